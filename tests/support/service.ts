import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';
import { runtimeRoles } from '../../db/roles.ts';
import { workerBindings } from '../../dev/bindings.ts';
import { type Database, openDatabase } from '../../dev/database.ts';
import type { DemoClient } from '../../dev/keys.ts';
import { type NeonEndpoint, startNeonEndpoint } from '../../dev/neon-endpoint.ts';
import { importWrangler } from '../../dev/quiet-wrangler.ts';
import { signAssertion, tokenForm } from './assertion.ts';
import { createServerDatabase, type OwnerAccess, ownerAccess } from './database.ts';
import { ask } from './workshop.ts';
import './run.ts';

export type ServiceOptions = {
  /**
   * `embedded` (the default) starts quickest and has one connection; `server` is a real PostgreSQL,
   * for anything about concurrency.
   */
  readonly database?: 'embedded' | 'server';
  /** The limits of wrangler.toml, or (the default) limits that no test reaches. */
  readonly rateLimits?: 'as-configured' | 'out-of-reach';
  /** Over what the local stack gives the Worker. */
  readonly vars?: Record<string, string>;
  readonly secrets?: Record<string, string>;
};

export type Service = {
  /** Where it listens, and what it calls itself (SERVICE_URL); no slash at the end. */
  readonly url: string;
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  readonly database: OwnerAccess;
  readonly endpoint: NeonEndpoint;
  /** The three demo clients with their private keys, as in clients.json. */
  readonly clients: readonly DemoClient[];
  /** The key that opens `/_status`. */
  readonly statusApiKey: string;
  readonly client: (clientId: string) => DemoClient;
  /**
   * An access token, got through the token endpoint; kept for the client until `fresh` asks for
   * another.
   */
  readonly token: (clientId: string, options?: { fresh?: boolean }) => Promise<string>;
  /** Runs the scheduled event as the cron trigger does. */
  readonly scheduled: (options?: { cron?: string; scheduledTime?: Date }) => Promise<void>;
  /** What the Worker wrote to its console, a line each. */
  readonly logs: () => string[];
  readonly stop: () => Promise<void>;
};

async function openTestDatabase(
  kind: 'embedded' | 'server',
  workshopUrl: string,
): Promise<Database> {
  if (kind === 'server') return openDatabase({ url: await createServerDatabase({ seeded: true }) });
  const { path } = await ask(workshopUrl, '/template');
  return openDatabase({ template: new Blob([await readFile(path)]) });
}

/**
 * Starts the Worker in workerd on a database of its own, migrated and seeded. Call `stop` in
 * afterAll.
 */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { workshopUrl } = inject('run');
  const [keys, worker, database, { createTestHarness }] = await Promise.all([
    ask(workshopUrl, '/keys'),
    ask(workshopUrl, '/worker'),
    openTestDatabase(options.database ?? 'embedded', workshopUrl),
    importWrangler(),
  ]);
  const endpoint = await startNeonEndpoint({
    database,
    password: keys.secrets.databasePassword,
    roles: runtimeRoles,
  });

  const harnessOptions = (serviceUrl: string) => {
    const bindings = workerBindings({
      serviceUrl,
      endpointUrl: endpoint.url,
      secrets: keys.secrets,
    });
    const generous = options.rateLimits !== 'as-configured';
    return {
      workers: [
        {
          configPath: generous ? worker.generousConfigPath : worker.configPath,
          prebuiltWorkerDir: worker.directory,
          vars: { ...bindings.vars, ...options.vars },
          secrets: { ...bindings.secrets, ...options.secrets },
        },
      ],
    };
  };
  const harness = createTestHarness(harnessOptions('http://127.0.0.1'));
  const stop = async (): Promise<void> => {
    await harness.close();
    await endpoint.close();
    await database.close();
  };

  try {
    const { url: listening } = await harness.listen();
    const url = listening.origin;
    // The port is only known now, and the Worker must know its own address: assertions are made out
    // to it.
    await harness.update(harnessOptions(url));
    const fetchPath = (path: string, init?: RequestInit): Promise<Response> =>
      fetch(new URL(path, url), { redirect: 'manual', ...init });
    const client = (clientId: string): DemoClient => {
      const found = keys.clients.find((known) => known.clientId === clientId);
      if (found === undefined) throw new Error(`no demo client is called ${clientId}`);
      return found;
    };
    const requestToken = async (clientId: string): Promise<string> => {
      const assertion = await signAssertion(client(clientId), `${url}/oauth2/token`);
      const response = await fetchPath('/oauth2/token', {
        method: 'POST',
        body: tokenForm(assertion),
      });
      if (!response.ok)
        throw new Error(`no token for ${clientId}: ${response.status} ${await response.text()}`);
      return ((await response.json()) as { access_token: string }).access_token;
    };
    const tokens = new Map<string, Promise<string>>();

    return {
      url,
      fetch: fetchPath,
      database: ownerAccess(database),
      endpoint,
      clients: keys.clients,
      statusApiKey: keys.secrets.statusApiKey,
      client,
      token: (clientId, { fresh = false } = {}) => {
        const token = (fresh ? undefined : tokens.get(clientId)) ?? requestToken(clientId);
        tokens.set(clientId, token);
        return token;
      },
      scheduled: async ({ cron = '*/15 * * * *', scheduledTime = new Date() } = {}) => {
        const { outcome } = await harness.getWorker().scheduled({ cron, scheduledTime });
        if (outcome !== 'ok') throw new Error(`the scheduled event ended with ${outcome}`);
      },
      logs: () => harness.getLogs().map(({ level, message }) => `${level}: ${message}`),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
