import { join } from 'node:path';
import { readJson, writePrivateJson } from './data-directory.ts';
import { createClients, createSecrets, type DemoClient, type Secrets } from './keys.ts';

/**
 * `clients.json`: what a client of the local service needs to sign in. Its shape is relied on
 * outside this repository.
 */
export type ClientsFile = { readonly tokenUrl: string; readonly clients: readonly DemoClient[] };

/**
 * The keys of a data directory, made at the first start and kept: `secrets.json` holds the
 * service's, `clients.json` those of the demonstration's clients with the address where they sign
 * in.
 * @throws CannotStart when a file is damaged
 */
export async function prepareCredentials(
  directory: string,
  tokenUrl: string,
): Promise<{ secrets: Secrets; clients: readonly DemoClient[] }> {
  const secretsFile = join(directory, 'secrets.json');
  const clientsFile = join(directory, 'clients.json');
  const [oldSecrets, oldClients] = await Promise.all([
    readJson<Secrets>(secretsFile),
    readJson<ClientsFile>(clientsFile),
  ]);
  const [secrets, clients] = await Promise.all([
    oldSecrets ?? createSecrets(),
    oldClients?.clients ?? createClients(),
  ]);
  if (oldSecrets === undefined) await writePrivateJson(secretsFile, secrets);
  if (oldClients?.tokenUrl !== tokenUrl) {
    const content: ClientsFile = { tokenUrl, clients };
    await writePrivateJson(clientsFile, content);
  }
  return { secrets, clients };
}
