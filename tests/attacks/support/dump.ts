import type { OwnerAccess } from '../../support/database.ts';

/** A row as whoever owns the server sees it: its columns and PostgreSQL's own, all as text. */
export type DumpRow = Readonly<Record<string, string | null>>;

/** Every table by name, its rows in the order in which they lie on disk. */
export type Dump = Readonly<Record<string, readonly DumpRow[]>>;

/** What PostgreSQL keeps of each row beside its columns: when, in which order and where it was written. */
const systemColumns = ['ctid', 'xmin', 'cmin', 'xmax', 'cmax', 'tableoid'];

/** Every table of the product with everything that a superuser can read of a row. */
export async function dumpTables(owner: OwnerAccess): Promise<Dump> {
  const tables = await owner.query<{ schema: string; name: string; columns: string[] }>(
    `select table_schema as schema, table_name as name, array_agg(column_name::text) as columns
     from information_schema.tables join information_schema.columns using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
     group by table_schema, table_name`,
  );
  const entries = tables.map(async ({ schema, name, columns }) => {
    const read = [...systemColumns, ...columns].map((column) => `"${column}"::text as "${column}"`);
    return [name, await owner.query(`select ${read.join()} from "${schema}"."${name}"`)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Dump;
}

/** What the planner keeps of the values in each column, by which autovacuum remembers rows that are long gone. */
export async function dumpStatistics(owner: OwnerAccess): Promise<Dump> {
  const rows = await owner.query(
    `select tablename, attname, most_common_vals::text as common, histogram_bounds::text as bounds,
       most_common_elems::text as elements
     from pg_stats where schemaname = 'public'`,
  );
  return { statistics: rows as DumpRow[] };
}

/** The bytes of a table's file, dead rows included: what a copy of the disk holds. */
export async function dumpFile(owner: OwnerAccess, table: string): Promise<string> {
  await owner.query('checkpoint');
  const [file] = await owner.query<{ bytes: string }>(
    'select encode(pg_read_binary_file(pg_relation_filepath($1::regclass)), $2) as bytes',
    [table, 'base64'],
  );
  return Buffer.from(file?.bytes ?? '', 'base64').toString('latin1');
}
