import { messages, PGlite, protocol } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { EmbeddedDatabase } from './database.ts';
import {
  assume,
  begin,
  commit,
  ResultCollector,
  rollback,
  type Statement,
  StatementRefused,
  type StatementResult,
  type TransactionSettings,
} from './statements.ts';

const { serialize } = protocol;

/** One pipeline of PostgreSQL's extended protocol: every statement unnamed, one Sync at the end. */
function pipeline(statements: readonly Statement[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { query, params } of statements) {
    parts.push(
      serialize.parse({ text: query }),
      serialize.bind({ values: params as (string | null)[] }),
      serialize.describe({ type: 'P' }),
      serialize.execute(),
    );
  }
  parts.push(serialize.sync());
  return Buffer.concat(parts);
}

async function execute(
  client: PGlite,
  statements: readonly Statement[],
): Promise<StatementResult[]> {
  const answer = await client.execProtocol(pipeline(statements), { throwOnError: false });
  const collector = new ResultCollector();
  for (const message of answer.messages) {
    if (message instanceof messages.DataRowMessage) collector.row(message.fields);
    else if (message instanceof messages.RowDescriptionMessage) collector.describe(message.fields);
    else if (message instanceof messages.CommandCompleteMessage) collector.complete(message.text);
    else if (message instanceof messages.DatabaseError) throw new StatementRefused(message);
    else if (message.name === 'emptyQuery') collector.complete('');
  }
  return collector.results;
}

/**
 * PGlite has one connection, so callers wait for each other: nothing about concurrency can be
 * tested on it.
 */
export async function openPglite(
  options: { directory: string } | { template?: Blob },
): Promise<EmbeddedDatabase> {
  const client = await PGlite.create(
    'directory' in options
      ? { dataDir: options.directory }
      : options.template === undefined
        ? {}
        : { loadDataDir: options.template },
  );
  const database = drizzle(client);

  const run = (
    statements: readonly Statement[],
    settings?: TransactionSettings,
    role?: string,
  ): Promise<StatementResult[]> =>
    // Both locks, since a Drizzle transaction holds only the outer one between its statements.
    client._runExclusiveTransaction(() =>
      client._runExclusiveQuery(async () => {
        if (settings === undefined && role === undefined) return execute(client, statements);
        // The one connection is everybody's, so a role lasts as long as a transaction.
        const first = [begin(settings ?? {}), ...(role === undefined ? [] : [assume(role)])];
        try {
          const results = await execute(client, [...first, ...statements, commit]);
          return results.slice(first.length, -1);
        } catch (error) {
          await execute(client, [rollback]);
          throw error;
        }
      }),
    );

  return {
    run,
    drizzle: database,
    migrate: (folder) => migrate(database, { migrationsFolder: folder }),
    close: () => client.close(),
    // Not compressed: it is read back at once on the same machine, and packing costs more than it
    // saves.
    dump: () => client.dumpDataDir('none'),
  };
}
