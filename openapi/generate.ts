import { mkdir, writeFile } from 'node:fs/promises';
import { documents } from './documents.ts';

/** `npm run openapi`: writes every generated document; a test fails when one of them is stale. */
for (const { path, text } of await documents()) {
  await mkdir(new URL('.', path), { recursive: true });
  await writeFile(path, text);
}
