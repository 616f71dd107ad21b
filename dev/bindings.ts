import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RuntimeRole } from '../db/roles.ts';
import type { Secrets } from './keys.ts';

export type WorkerBindings = {
  readonly vars: Record<string, string>;
  readonly secrets: Record<string, string>;
};

/**
 * The checked-out commit, read from the files of git, which need not be installed; `unknown`
 * outside a checkout.
 */
function readCommitId(): string {
  const read = (path: string): string =>
    readFileSync(new URL(`../.git/${path}`, import.meta.url), 'utf8').trim();
  try {
    const head = read('HEAD');
    return head.startsWith('ref: ') ? read(head.slice('ref: '.length)) : head;
  } catch {
    return 'unknown';
  }
}

function readVersion(): string {
  const file = fileURLToPath(new URL('../package.json', import.meta.url));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/**
 * What the Worker is given on a developer's machine, over what wrangler.toml says.
 * @param options.serviceUrl where clients reach the service, without a slash at the end
 * @param options.endpointUrl the Neon endpoint
 */
export function workerBindings(options: {
  serviceUrl: string;
  endpointUrl: string;
  secrets: Secrets;
}): WorkerBindings {
  const { serviceUrl, endpointUrl, secrets } = options;
  const version = readVersion();
  const databaseUrl = (role: RuntimeRole) =>
    `postgres://${role}:${secrets.databasePassword}@127.0.0.1/full_circle`;
  return {
    vars: {
      ENVIRONMENT: 'development',
      BACKUP_WINDOW_DAYS: '7',
      SERVICE_URL: serviceUrl,
      WEBHOOK_ALLOWED_HOSTS: 'localhost',
      DATABASE_FETCH_ENDPOINT: endpointUrl,
      VERSION: version,
      REVISION: '0',
      RELEASE_ID: `full-circle-${version}`,
      COMMIT_ID: readCommitId(),
    },
    secrets: {
      DATABASE_URL_PUBLIC: databaseUrl('full_circle_public'),
      DATABASE_URL_TRUST: databaseUrl('full_circle_trust'),
      DATABASE_URL_STAFF: databaseUrl('full_circle_staff'),
      DATABASE_URL_FLUSHER: databaseUrl('full_circle_flusher'),
      TOKEN_SIGNING_KEY: JSON.stringify(secrets.tokenSigningKey),
      PEPPER: secrets.pepper,
      STATUS_API_KEY: secrets.statusApiKey,
    },
  };
}
