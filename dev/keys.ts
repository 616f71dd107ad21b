import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { scopes } from '../domain/vocabulary.ts';

export type PrivateJwk = JWK & { readonly kid: string; readonly alg: string };

/** An API client of the demonstration, as it stands in `clients.json`. */
export type DemoClient = {
  readonly clientId: string;
  readonly organisations: readonly string[];
  readonly scopes: readonly string[];
  readonly privateJwk: PrivateJwk;
};

/** What the service registers of a client: everything but its private key. */
export type RegisteredClient = Omit<DemoClient, 'privateJwk'> & { readonly publicJwk: JWK };

export type Secrets = {
  /** Signs access tokens (RS256). */
  readonly tokenSigningKey: PrivateJwk;
  /** 32 random bytes, base64url. */
  readonly pepper: string;
  /** Opens `GET /_status`. */
  readonly statusApiKey: string;
  /** What the Worker shows the database endpoint. */
  readonly databasePassword: string;
};

const demonstration = [
  { clientId: 'demo-trust', organisations: ['RHA'], scopes: ['submissions:write'] },
  { clientId: 'demo-trust-two', organisations: ['RV3'], scopes: ['submissions:write'] },
  {
    clientId: 'demo-admin',
    organisations: ['RHA', 'RV3', 'RKL', 'RXG', 'RW1', 'R1C', 'RDY', 'RX2', 'G6V2S'],
    scopes,
  },
] as const;

async function createPrivateJwk(alg: 'RS256' | 'RS512'): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg };
}

/** New keys for the three clients of the demonstration. */
export function createClients(): Promise<DemoClient[]> {
  return Promise.all(
    demonstration.map(async (client) => ({
      ...client,
      privateJwk: await createPrivateJwk('RS512'),
    })),
  );
}

export async function createSecrets(): Promise<Secrets> {
  const random = (): string => randomBytes(32).toString('base64url');
  return {
    tokenSigningKey: await createPrivateJwk('RS256'),
    pepper: random(),
    statusApiKey: random(),
    databasePassword: random(),
  };
}

export function registered({ privateJwk, ...client }: DemoClient): RegisteredClient {
  const { kty, n, e, kid, alg } = privateJwk;
  return { ...client, publicJwk: { kty, n, e, kid, alg, use: 'sig' } as JWK };
}
