import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Database } from '../../../dev/database.ts';
import type { OwnerAccess, Row } from '../../support/database.ts';

const migrations = resolve(import.meta.dirname, '../../../db/migrations');

/** Brings a database to where an earlier version left it. @param last tag of the last migration that it had */
export async function migrateTo(database: Database, last: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'full-circle-migrations-'));
  try {
    await cp(migrations, folder, { recursive: true });
    const file = join(folder, 'meta/_journal.json');
    const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
    const end = journal.entries.findIndex(({ tag }) => tag === last) + 1;
    await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }));
    await database.migrate(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Applies every migration that a database has not had yet. */
export function migrateToLatest(database: Database): Promise<void> {
  return database.migrate(migrations);
}

/** Every row of every table. */
export async function readAll(owner: OwnerAccess): Promise<Record<string, Row[]>> {
  const tables = await owner.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const rows: Record<string, Row[]> = {};
  for (const { name } of tables)
    rows[name] = await owner.query(`select * from "${name}" order by 1`);
  return rows;
}
