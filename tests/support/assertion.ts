import { randomUUID } from 'node:crypto';
import { importJWK, type JWTHeaderParameters, SignJWT } from 'jose';
import type { DemoClient } from '../../dev/keys.ts';

/**
 * A client assertion as a trust's system signs it (RS512, five minutes at most).
 * @param changes what a test gets wrong on purpose: a claim or a header given as undefined is left
 * out
 */
export async function signAssertion(
  client: DemoClient,
  audience: string,
  changes: { claims?: Record<string, unknown>; header?: Record<string, unknown> } = {},
): Promise<string> {
  const { privateJwk, clientId } = client;
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    exp: Math.floor(Date.now() / 1000) + 240,
    ...changes.claims,
  };
  const header = { alg: 'RS512', typ: 'JWT', kid: privateJwk.kid, ...changes.header };
  const present = <T extends object>(members: T): T =>
    Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
  const key = await importJWK(privateJwk, header.alg);
  return new SignJWT(present(claims))
    .setProtectedHeader(present(header) as JWTHeaderParameters)
    .sign(key);
}

/** The form of a token request. */
export function tokenForm(assertion: string): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
}
