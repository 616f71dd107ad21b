import pg from 'pg';
import { type RuntimeRole, runtimeRoles } from '../../../db/roles.ts';
import { createServerDatabase } from '../../support/database.ts';

/** A connection to a real database for each role, which it cannot leave, and one for the owner. */
export interface RoleConnections {
  owner: pg.Client;
  of: Readonly<Record<RuntimeRole, pg.Client>>;
  /** A further connection of a role, which it cannot leave either; whoever asks for it ends it. */
  another: (role: RuntimeRole) => Promise<pg.Client>;
  close: () => Promise<void>;
}

/** Connects to a new database, migrated and seeded. */
export async function connectRoles(): Promise<RoleConnections> {
  const connectionString = await createServerDatabase({ seeded: true });
  const connect = async (options: { options?: string } = {}) => {
    const client = new pg.Client({ connectionString, ...options });
    await client.connect();
    return client;
  };
  const owner = await connect();
  const another = (role: RuntimeRole) => connect({ options: `-c role=${role}` });
  const clients = await Promise.all(
    runtimeRoles.map(async (role) => [role, await another(role)] as const),
  );
  return {
    owner,
    of: Object.fromEntries(clients) as Record<RuntimeRole, pg.Client>,
    another,
    close: async () => {
      await Promise.all([owner, ...clients.map(([, client]) => client)].map((each) => each.end()));
    },
  };
}

/** `allowed`, or the SQLSTATE with which a statement is refused. */
export async function outcomeOf(client: pg.Client, statement: string): Promise<string> {
  try {
    await client.query(statement);
    return 'allowed';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** For whom a batch acts. */
export interface Acting {
  client?: string;
  version?: number;
  organisations: readonly string[];
}

/**
 * Runs a statement in a transaction that acts for a client, as the product's batches do, and takes it back.
 * @throws pg.DatabaseError as the database does
 */
export async function actingFor<Row extends pg.QueryResultRow>(
  connection: pg.Client,
  { client = 'demo-admin', version = 1, organisations }: Acting,
  statement: string,
): Promise<pg.QueryResult<Row>> {
  await connection.query('begin');
  try {
    await connection.query("select act_for($1, $2, $3, gen_random_uuid(), 'test', 'test')", [
      ...[client, version, organisations],
    ]);
    return await connection.query<Row>(statement);
  } finally {
    await connection.query('rollback');
  }
}
