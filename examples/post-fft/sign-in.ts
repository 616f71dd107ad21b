import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { importJWK, type JWK, SignJWT } from 'jose';
import { PostFftError } from './errors.ts';
import { exchange, type Persistence, persist } from './retry.ts';

/** A registered client with its private key, as the clients file gives it. */
export interface Client {
  clientId: string;
  organisations: string[];
  scopes: string[];
  privateJwk: JWK;
  tokenUrl: string;
}

/** Reads one client from `{ "tokenUrl", "clients": [{ clientId, organisations, scopes, privateJwk }] }`. */
export async function readClient(path: string, clientId: string): Promise<Client> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const hint =
      error.code === 'ENOENT' ? 'no such file (npm start writes it)' : (error.code ?? 'unreadable');
    throw new PostFftError(`cannot read the clients file ${path}: ${hint}`);
  });
  let known: { tokenUrl: string; clients: Omit<Client, 'tokenUrl'>[] };
  try {
    known = JSON.parse(text);
  } catch {
    // The parser's message would quote the file, and the file holds private keys.
    throw new PostFftError(`the clients file ${path} is not JSON`);
  }
  if (typeof known?.tokenUrl !== 'string' || !Array.isArray(known.clients)) {
    throw new PostFftError(`the clients file ${path} must hold "tokenUrl" and "clients"`);
  }
  const client = known.clients.find((entry) => entry.clientId === clientId);
  if (!client) {
    throw new PostFftError(
      `no client "${clientId}" in ${path}: it has ${known.clients.map((entry) => entry.clientId).join(', ')}`,
    );
  }
  if (!client.scopes.includes('submissions:write')) {
    throw new PostFftError(`client "${clientId}" is not registered for submissions:write`);
  }
  return { ...client, tokenUrl: known.tokenUrl };
}

export interface SignIn {
  /** A token that is good for a while yet, signing in when there is none. */
  token(): Promise<string>;
  /** Says that the service no longer takes this token: the next call signs in again. */
  forget(token: string): void;
}

/** Tokens are renewed this long before they end, so that one does not run out on the way. Milliseconds. */
const renewBefore = 60_000;
/** Life of an assertion, in seconds. At most 300 are allowed; less leaves room for a clock that runs ahead. */
const assertionLife = 180;

/**
 * Signs in as NHS England's API platform asks for: OAuth 2.0 client credentials with a signed JWT (RFC 7523, RS512).
 *
 * @throws PostFftError (from `token`) when the service refuses, with the service's own words.
 */
export function signIn(client: Client, persistence: Persistence): SignIn {
  let current: { token: string; goodUntil: number } | undefined;

  const assertion = async () => {
    const { kid } = client.privateJwk;
    if (!kid) throw new PostFftError(`the private key of "${client.clientId}" has no "kid"`);
    return new SignJWT()
      .setProtectedHeader({ alg: 'RS512', typ: 'JWT', kid })
      .setIssuer(client.clientId)
      .setSubject(client.clientId)
      .setAudience(client.tokenUrl)
      .setJti(randomUUID())
      .setExpirationTime(Math.floor(persistence.clock.now() / 1000) + assertionLife)
      .sign(await importJWK(client.privateJwk, 'RS512'));
  };

  return {
    async token() {
      const { clock } = persistence;
      if (current && clock.now() < current.goodUntil) return current.token;
      const asked = clock.now();
      // A fresh assertion for each try: its jti is good for one use, and a lost answer may have used it.
      const reply = await persist(
        'signing in',
        async () =>
          exchange(client.tokenUrl, {
            method: 'POST',
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              accept: 'application/json',
            },
            body: new URLSearchParams({
              grant_type: 'client_credentials',
              client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
              client_assertion: await assertion(),
            }).toString(),
          }),
        persistence,
      );
      const body = (reply.body ?? {}) as {
        access_token?: unknown;
        expires_in?: unknown;
        error_description?: unknown;
      };
      if (reply.status !== 200 || typeof body.access_token !== 'string') {
        throw new PostFftError(
          `signing in as "${client.clientId}" was refused (HTTP ${reply.status}): ${String(body.error_description ?? 'no reason given')}`,
        );
      }
      // The platform sends numbers as strings. A life shorter than the margin is used for half of it.
      const life = Number(body.expires_in ?? 0) * 1000 || 0;
      current = {
        token: body.access_token,
        goodUntil: asked + Math.max(life - renewBefore, life / 2),
      };
      return current.token;
    },
    forget(token) {
      if (current?.token === token) current = undefined;
    },
  };
}
