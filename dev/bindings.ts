import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RuntimeRole } from '../db/roles.ts';
import type { Secrets } from './keys.ts';

/** What the console has to know of an OpenID provider. */
export type SignInClient = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly rolesClaim: string;
};

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
 * @param options.signIn where staff sign in to the console; nowhere if left out
 */
export function workerBindings(options: {
  serviceUrl: string;
  endpointUrl: string;
  secrets: Secrets;
  signIn?: SignInClient | undefined;
}): WorkerBindings {
  const { serviceUrl, endpointUrl, secrets, signIn } = options;
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
      ...(signIn && {
        OIDC_ISSUER: signIn.issuer,
        OIDC_CLIENT_ID: signIn.clientId,
        OIDC_ROLES_CLAIM: signIn.rolesClaim,
      }),
    },
    secrets: {
      DATABASE_URL_PUBLIC: databaseUrl('full_circle_public'),
      DATABASE_URL_TRUST: databaseUrl('full_circle_trust'),
      DATABASE_URL_STAFF: databaseUrl('full_circle_staff'),
      DATABASE_URL_FLUSHER: databaseUrl('full_circle_flusher'),
      TOKEN_SIGNING_KEY: JSON.stringify(secrets.tokenSigningKey),
      PEPPER: secrets.pepper,
      STATUS_API_KEY: secrets.statusApiKey,
      ...(signIn && { OIDC_CLIENT_SECRET: signIn.clientSecret }),
    },
  };
}
