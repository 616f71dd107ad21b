import { fileURLToPath } from 'node:url';
import { runtimeRoles } from '../db/roles.ts';
import { workerBindings } from './bindings.ts';
import { prepareCredentials } from './credentials.ts';
import { registered } from './keys.ts';
import { startLocalWorker } from './local-worker.ts';
import { startNeonEndpoint } from './neon-endpoint.ts';
import { migrateStackDatabase, openStackDatabase } from './open-stack-database.ts';
import type { Settings } from './settings.ts';
import { startSignInProvider } from './sign-in-provider.ts';

const migrations = fileURLToPath(new URL('../db/migrations', import.meta.url));

/**
 * Starts the database, Neon's protocol in front of it, the demo sign-in and the Worker, in a data directory that this
 * process holds.
 * @param onStarted is given the way to end each part as soon as it runs, also when a later one
 * fails
 * @throws CannotStart when the database does not answer, cannot be opened or holds something else
 */
export async function startStack(
  { port, dataDirectory, databaseUrl }: Settings,
  onStarted: (stop: () => Promise<void>) => void,
): Promise<{ url: string }> {
  const url = `http://127.0.0.1:${port}`;
  const credentials = prepareCredentials(dataDirectory, `${url}/oauth2/token`);
  credentials.catch(() => {}); // Awaited below, after what takes longer.
  const database = await openStackDatabase(dataDirectory, databaseUrl);
  onStarted(database.close);
  await migrateStackDatabase(database, migrations);
  const { secrets, clients } = await credentials;

  const endpoint = await startNeonEndpoint({
    database,
    password: secrets.databasePassword,
    roles: runtimeRoles,
  });
  onStarted(endpoint.close);
  // The port after the service's where it is free, so that people's browsers and records know it again.
  const signIn = await startSignInProvider({ serviceUrl: url, port: port + 1 });
  onStarted(signIn.close);
  const working = startLocalWorker(
    port,
    workerBindings({ serviceUrl: url, endpointUrl: endpoint.url, secrets, signIn: signIn.client }),
  );
  working.then(
    (worker) => onStarted(worker.stop),
    () => {}, // Reported where it is awaited.
  );
  // Seeded while workerd starts: nobody is told of the address before both are done.
  const { seed } = await import('./seed.ts');
  await seed(database.drizzle, { now: new Date(), clients: clients.map(registered) });
  await working;
  return { url };
}
