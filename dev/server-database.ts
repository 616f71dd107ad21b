import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Database } from './database.ts';
import {
  begin,
  commit,
  DatabaseUnavailable,
  ResultCollector,
  rollback,
  type Statement,
  StatementRefused,
  type StatementResult,
  saysUnavailable,
  type TransactionSettings,
} from './statements.ts';

/** Any number that no other program on the server is likely to lock on. */
const migrationLock = 7_267_801;

/** PostgreSQL cannot bind more parameters to one statement than a 16-bit count can say. */
const parameterLimit = 65_535;

function explain(error: unknown): StatementRefused | DatabaseUnavailable {
  if (error instanceof pg.DatabaseError && !saysUnavailable(error.code))
    return new StatementRefused(error);
  const { message, code } = error as { message?: string; code?: string };
  return new DatabaseUnavailable(message || code || 'the connection failed', code, error);
}

/**
 * Statements sent in one go with one Sync at the end, each unnamed: one round trip for a whole
 * batch, where pg's own Query takes one for each. Answers come as the text that PostgreSQL sent.
 */
class Pipeline implements pg.Submittable {
  readonly answered: Promise<StatementResult[]>;
  readonly #statements: readonly Statement[];
  readonly #collector = new ResultCollector();
  #resolve!: (results: StatementResult[]) => void;
  #reject!: (error: unknown) => void;

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork();
    for (const { query, params } of this.#statements) {
      connection.parse({ text: query, name: '', types: [] }, false);
      connection.bind({ values: params as Value[] }, false);
      connection.describe({ type: 'P', name: '' }, false);
      connection.execute({}, false);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription(message: { fields: Parameters<ResultCollector['describe']>[0] }): void {
    this.#collector.describe(message.fields);
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#collector.row(message.fields);
  }

  handleCommandComplete(message: { text: string }): void {
    this.#collector.complete(message.text);
  }

  handleEmptyQuery(): void {
    this.#collector.complete('');
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#collector.results);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }

  handleCopyInResponse(connection: pg.Connection): void {
    connection.stream.destroy(new Error('COPY FROM STDIN cannot run over the HTTP endpoint'));
  }

  handleCopyData(): void {}

  handlePortalSuspended(): void {}
}

type Value = string | null;

async function execute(
  client: pg.PoolClient,
  statements: readonly Statement[],
): Promise<StatementResult[]> {
  return client.query(new Pipeline(statements)).answered;
}

async function runOn(
  client: pg.PoolClient,
  statements: readonly Statement[],
  settings: TransactionSettings | undefined,
): Promise<StatementResult[]> {
  if (settings === undefined) return execute(client, statements);
  try {
    return (await execute(client, [begin(settings), ...statements, commit])).slice(1, -1);
  } catch (error) {
    await execute(client, [rollback]);
    throw error;
  }
}

/**
 * @throws DatabaseUnavailable when the server does not answer within `connectTimeoutMs` (5 s), or
 * refuses the sign-in
 */
export async function openServer(options: {
  url: string;
  connections?: number;
  connectTimeoutMs?: number;
}): Promise<Database> {
  // A role of the connection's start is what it falls back to as well: it cannot be left.
  const openPool = (role?: string): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: options.url,
      max: options.connections ?? 20,
      connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
      fallback_application_name: 'full-circle',
      ...(role !== undefined && { options: `-c role=${role}` }),
    });
    // A server that goes away says so on idle connections too; unheard, that would end this process.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  };
  const ownerPool = openPool();
  const database = drizzle(ownerPool);
  const rolePools = new Map<string, pg.Pool>();
  const poolOf = (role: string | undefined): pg.Pool => {
    if (role === undefined) return ownerPool;
    const pool = rolePools.get(role) ?? openPool(role);
    rolePools.set(role, pool);
    return pool;
  };

  const run = async (
    statements: readonly Statement[],
    settings?: TransactionSettings,
    role?: string,
  ): Promise<StatementResult[]> => {
    if (statements.some(({ params }) => params.length > parameterLimit)) {
      throw new StatementRefused({
        message: `a statement takes at most ${parameterLimit} parameters`,
        code: '54000',
      });
    }
    const client = await poolOf(role)
      .connect()
      .catch((error: unknown) => {
        throw explain(error);
      });
    try {
      const results = await runOn(client, statements, settings);
      client.release();
      return results;
    } catch (error) {
      const explained = explain(error);
      client.release(explained instanceof DatabaseUnavailable);
      throw explained;
    }
  };

  try {
    await run([{ query: 'select 1', params: [] }]);
  } catch (error) {
    await ownerPool.end();
    throw error;
  }

  return {
    run,
    drizzle: database,
    migrate: async (folder) => {
      const holder = await ownerPool.connect();
      try {
        // Two processes may start on one database at the same time.
        await holder.query('select pg_advisory_lock($1)', [migrationLock]);
        await migrate(database, { migrationsFolder: folder });
      } finally {
        await holder.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {});
        holder.release();
      }
    },
    close: async () => {
      await Promise.all([ownerPool, ...rolePools.values()].map((pool) => pool.end()));
    },
  };
}
