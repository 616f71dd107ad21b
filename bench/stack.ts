import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AccessTokens } from '../api/http/access-token.ts';
import { workerBindings } from '../dev/bindings.ts';
import { type Database, openDatabase } from '../dev/database.ts';
import { createClients, createSecrets, registered } from '../dev/keys.ts';
import { freePort, startPostgres } from '../dev/postgres.ts';
import { seed } from '../dev/seed.ts';
import type { Scope } from '../domain/vocabulary.ts';
import {
  type Bundle,
  bundle,
  startWorkerd,
  stopProcess,
  type WorkerOptions,
  type WorkerProcess,
} from './worker-process.ts';

/** What a measurement stands on: a real PostgreSQL with the demonstration in it, and the Neon endpoint in front of it. */
export interface Stack {
  /** The database as its owner, past the endpoint. */
  database: Database;
  endpointUrl: string;
  /** The product as it is deployed. */
  productBundle: Bundle;
  startProduct(options?: WorkerOptions): Promise<WorkerProcess>;
  /** Starts another Worker to compare with. @param entry its file, from the root of the project */
  startFloor(entry: string, bindings: Record<string, string>): Promise<WorkerProcess>;
  /** Signed here: there are no rate limits under `workerd serve`, and the token endpoint would ask for one. */
  signToken(clientId: string, product: WorkerProcess): Promise<string>;
  /** From then on no Worker reaches the database. */
  stopEndpoint(): Promise<void>;
}

/** Runs a measurement on a stack of its own, and takes the stack away whatever happens. */
export async function withStack(measure: (stack: Stack) => Promise<void>): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    await measure(await startStack(undo));
  } finally {
    for (const stop of undo.reverse()) await stop().catch(() => {});
  }
}

async function startStack(undo: (() => Promise<unknown>)[]): Promise<Stack> {
  const directory = await mkdtemp(join(tmpdir(), 'full-circle-bench-'));
  undo.push(() => rm(directory, { recursive: true, force: true }));
  const productBundle = await bundle('worker.ts', join(directory, 'product'));
  const floorBundles = new Map<string, Bundle>();

  const clients = await createClients();
  const secrets = await createSecrets();
  const postgres = await startPostgres({ durable: true });
  undo.push(postgres.stop);
  await postgres.createDatabase('bench');
  const database = await openDatabase({ url: postgres.url('bench'), connections: 2 });
  await database.migrate(fileURLToPath(new URL('../db/migrations', import.meta.url)));
  await seed(database.drizzle, { now: new Date(), clients: clients.map(registered) });
  undo.push(database.close);
  const endpoint = await startEndpoint(postgres.url('bench'));
  const stopEndpoint = () => stopProcess(endpoint.process);
  undo.push(stopEndpoint);

  return {
    database,
    endpointUrl: endpoint.url,
    productBundle,
    startProduct: async (options = {}) => {
      const port = await freePort();
      const serviceUrl = `http://127.0.0.1:${port}`;
      const given = workerBindings({ serviceUrl, endpointUrl: endpoint.url, secrets });
      const bindings = { ...given.vars, ...given.secrets };
      const product = await startWorkerd(productBundle, port, bindings, options);
      undo.push(product.stop);
      return product;
    },
    startFloor: async (entry, bindings) => {
      const floorBundle =
        floorBundles.get(entry) ??
        (await bundle(entry, join(directory, `floor-${floorBundles.size}`)));
      floorBundles.set(entry, floorBundle);
      const floor = await startWorkerd(floorBundle, await freePort(), bindings);
      undo.push(floor.stop);
      return floor;
    },
    signToken: (clientId, product) => {
      const client = clients.find((each) => each.clientId === clientId);
      if (client === undefined) throw new Error(`the demonstration has no client ${clientId}`);
      const { organisations, scopes } = client;
      const principal = { clientId, clientVersion: 1, organisations, scopes: scopes as Scope[] };
      return new AccessTokens(secrets.tokenSigningKey, product.url).issue(principal, new Date());
    },
    stopEndpoint,
  };
}

async function startEndpoint(databaseUrl: string): Promise<{ url: string; process: ChildProcess }> {
  const child = fork(fileURLToPath(new URL('./endpoint.ts', import.meta.url)), [databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  for await (const line of child.stdout ?? []) return { url: String(line).trim(), process: child };
  throw new Error('the endpoint did not start');
}
