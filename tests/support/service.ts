import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';
import { runtimeRoles } from '../../db/roles.ts';
import { type WorkerBindings, workerBindings } from '../../dev/bindings.ts';
import { type Database, openDatabase } from '../../dev/database.ts';
import type { DemoClient } from '../../dev/keys.ts';
import { type NeonEndpoint, startNeonEndpoint } from '../../dev/neon-endpoint.ts';
import { type SignInProvider, startSignInProvider } from '../../dev/sign-in-provider.ts';
import { signAssertion, tokenForm } from './assertion.ts';
import { createServerDatabase, type OwnerAccess, ownerAccess } from './database.ts';
import { type RunningWorker, startConnectedWorker, startHarnessedWorker } from './worker.ts';
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
  /**
   * How the Worker reaches other servers: `harness` (the default) has Node fetch for it, which starts quicker and loses how a
   * redirect or a failure looks; `workerd` lets it connect by itself, as in production.
   */
  readonly outbound?: 'harness' | 'workerd';
  /** `demo` starts the demo sign-in beside the Worker (dev/sign-in-provider.ts); by default nobody can sign in to the console. */
  readonly signIn?: 'demo';
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
  /** The demo sign-in. Only with `signIn: 'demo'`. */
  readonly signInProvider: () => SignInProvider;
  /**
   * An access token, got through the token endpoint; kept for the client until `fresh` asks for
   * another.
   */
  readonly token: (clientId: string, options?: { fresh?: boolean }) => Promise<string>;
  /** Runs the scheduled event as the cron trigger does. */
  readonly scheduled: (options?: { cron?: string }) => Promise<void>;
  /** What the Worker wrote to its console, a line each. */
  readonly logs: () => string[];
  /** Kills the processes of the Worker, and starts it anew on the same database. Only with `outbound: 'workerd'`. */
  readonly killAndRestart: () => Promise<void>;
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
  const [keys, worker, database] = await Promise.all([
    ask(workshopUrl, '/keys'),
    ask(workshopUrl, '/worker'),
    openTestDatabase(options.database ?? 'embedded', workshopUrl),
  ]);
  const endpoint = await startNeonEndpoint({
    database,
    password: keys.secrets.databasePassword,
    roles: runtimeRoles,
  });

  let listening = '';
  const signIn = options.signIn && (await startSignInProvider({ serviceUrl: () => listening }));

  const bindingsAt = (serviceUrl: string): WorkerBindings => {
    // Told of an address that is not yet known first, and of the real one last.
    listening = serviceUrl;
    const bindings = workerBindings({
      serviceUrl,
      endpointUrl: endpoint.url,
      secrets: keys.secrets,
      signIn: signIn?.client,
    });
    return {
      vars: { ...bindings.vars, ...options.vars },
      secrets: { ...bindings.secrets, ...options.secrets },
    };
  };
  const generous = options.rateLimits !== 'as-configured';
  const configPath = generous ? worker.generousConfigPath : worker.configPath;
  let running: RunningWorker | undefined;
  const stop = async (): Promise<void> => {
    await running?.stop();
    await signIn?.close();
    await endpoint.close();
    await database.close();
  };

  try {
    running =
      options.outbound === 'workerd'
        ? await startConnectedWorker(configPath, bindingsAt)
        : await startHarnessedWorker(configPath, worker.directory, bindingsAt);
    const { url, runSchedule, logs, killAndRestart } = running;
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
      signInProvider: () => {
        if (!signIn) throw new Error("signIn: 'demo' is needed");
        return signIn;
      },
      token: (clientId, { fresh = false } = {}) => {
        const token = (fresh ? undefined : tokens.get(clientId)) ?? requestToken(clientId);
        tokens.set(clientId, token);
        return token;
      },
      scheduled: async ({ cron = '*/15 * * * *' } = {}) => {
        if (!(await runSchedule(cron))) throw new Error('the scheduled event failed');
      },
      logs,
      killAndRestart: async () => {
        if (!killAndRestart) throw new Error("outbound: 'workerd' is needed");
        await killAndRestart();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
