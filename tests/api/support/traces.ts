import type { OwnerAccess } from '../../support/database.ts';

/** Every row of every table by the table's name, as text, as whoever owns the database can read it. */
export async function dumpTables(database: OwnerAccess): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const rows = await database.query<{ name: string; held: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, coalesce(string_agg(held::text, E'\\n'), '') as held from ${name} as held`,
      )
      .join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]));
}

/** The same in one piece. */
export async function dump(database: OwnerAccess): Promise<string> {
  return Object.values(await dumpTables(database)).join('\n');
}

/** A word that is nowhere else: letters alone, which no screening takes for a number or a code. */
export function uniqueWord(): string {
  const letters = 'bcdfghjklmnpqrst';
  return Array.from(
    crypto.getRandomValues(new Uint8Array(20)),
    (byte) => letters[byte & 15] ?? '',
  ).join('');
}
