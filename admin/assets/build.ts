import { mkdir, writeFile } from 'node:fs/promises';
import { consoleAssets } from './files.ts';

/** `npm run console-assets`: writes what browsers load; a test fails when one of the files is stale. */
const directory = new URL('../../assets/console/', import.meta.url);
await mkdir(directory, { recursive: true });
for (const [name, text] of Object.entries(await consoleAssets()))
  await writeFile(new URL(name, directory), text);
