import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('the migrations make exactly the schema: nothing waits for `npm run migration`', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'full-circle-migrations-'));
  try {
    await cp(join(root, 'db/migrations'), folder, { recursive: true });
    const before = await readdir(folder);
    const drizzleKit = join(root, 'node_modules/drizzle-kit/bin.cjs');
    const out = relative(root, folder);
    await promisify(execFile)(
      process.execPath,
      [
        ...[drizzleKit, 'generate', '--dialect', 'postgresql'],
        ...['--schema', './db/schema/index.ts', '--out', out, '--name', 'missing'],
      ],
      { cwd: root },
    );
    expect(await readdir(folder), 'run `npm run migration` and review what it writes').toEqual(
      before,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
