import { createSecretKey, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';

interface Claims {
  clientId: string;
  organisations: string[];
  scopes: readonly string[];
  issuer: string;
}

const now = (): number => Math.floor(Date.now() / 1000);

/**
 * Access tokens that look right for a registered client and must not be taken, by what is wrong with them.
 *
 * @param signingKey the service's own: what it must refuse even then
 */
export async function badTokens(
  signingKey: JWK,
  { clientId, organisations, scopes, issuer }: Claims,
): Promise<Record<string, string>> {
  const claims = {
    iss: issuer,
    aud: issuer,
    sub: clientId,
    client_id: clientId,
    client_version: 1,
    organisations,
    scope: scopes.join(' '),
    jti: randomUUID(),
    iat: now() - 10,
    exp: now() + 500,
  };
  const header = { alg: 'RS256', typ: 'at+jwt', kid: signingKey.kid ?? '' };
  const own = await importJWK(signingKey, 'RS256');
  const { privateKey: foreign, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const publicText = JSON.stringify({ n: signingKey.n, e: signingKey.e, kty: 'RSA' });

  const sign = (changes: object = {}, key = own, head: object = {}): Promise<string> =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ ...header, ...head }).sign(key);
  const good = await sign();
  const [head = '', payload = '', signature = ''] = good.split('.');
  const moreScopes = Buffer.from(JSON.stringify({ ...claims, organisations: ['RHA', 'RV3'] }));
  const without = (name: keyof typeof claims): Promise<string> => sign({ [name]: undefined });

  return {
    'that has expired': await sign({ iat: now() - 700, exp: now() - 100 }),
    'that is not valid yet': await sign({ nbf: now() + 1000 }),
    'that never ends': await without('exp'),
    'that names no client': await without('client_id'),
    'that is signed with another key': await sign({}, foreign),
    'that brings its own key': await sign({}, foreign, { jwk: await exportJWK(publicKey) }),
    'whose claims were changed': `${head}.${moreScopes.toString('base64url')}.${signature}`,
    'without its signature': `${head}.${payload}.`,
    'with alg none': new UnsecuredJWT(claims).encode(),
    'with alg none and our header': `${Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url')}.${payload}.`,
    'that is signed with the public key as a secret': await sign(
      {},
      createSecretKey(Buffer.from(publicText)) as unknown as CryptoKey,
      { alg: 'HS256' },
    ),
    'of another issuer': await sign({ iss: 'https://somewhere.else.example' }),
    'for another audience': await sign({ aud: 'https://somewhere.else.example' }),
    'that is no access token': await sign({}, own, { typ: 'JWT' }),
    'that is no JWT': 'not-a-token',
  };
}
