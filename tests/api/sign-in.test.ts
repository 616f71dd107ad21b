import { createHmac, createPublicKey, randomUUID } from 'node:crypto';
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  importJWK,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../api/contracts.ts';
import { ClientKeys, findKey } from '../../api/sign-in/client-keys.ts';
import type { DemoClient, PrivateJwk } from '../../dev/keys.ts';
import { signAssertion, tokenForm } from '../support/assertion.ts';
import { type Service, startService } from '../support/service.ts';
import { prepareEveryOperation } from './support/every-operation.ts';
import { type Sent, send, untilAnswered } from './support/send.ts';
import { createKey, publicPart, registerClient, requestToken, signIn } from './support/things.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// A real PostgreSQL: two uses of one jti must meet each other there.
let service: Service;
let tokenUrl: string;
let trust: DemoClient;
let strangerKey: PrivateJwk;
beforeAll(async () => {
  [service, strangerKey] = await Promise.all([
    startService({ database: 'server' }),
    createKey('stranger'),
  ]);
  tokenUrl = `${service.url}/oauth2/token`;
  trust = service.client('demo-trust');
});
afterAll(() => service?.stop());
afterEach(() => {
  service.endpoint.faults.delayMs = 0;
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const base64url = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

type Changes = { claims?: Record<string, unknown>; header?: Record<string, unknown> };
const sign = (changes: Changes = {}, client: DemoClient = trust) =>
  signAssertion(client, tokenUrl, changes);

const goodClaims = () => ({
  iss: trust.clientId,
  sub: trust.clientId,
  aud: tokenUrl,
  jti: randomUUID(),
  exp: inSeconds(240),
});

/** An assertion whose third part is whatever a forger puts there. */
function forge(header: Record<string, unknown>, makeSignature: (signed: string) => string): string {
  const signed = `${base64url(header)}.${base64url(goodClaims())}`;
  return `${signed}.${makeSignature(signed)}`;
}

function trustPublicPem(): string {
  const { kty, n, e } = trust.privateJwk as unknown as { kty: string; n: string; e: string };
  return createPublicKey({ key: { kty, n, e }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

async function postForm(form: Record<string, string>): Promise<Sent> {
  const response = await service.fetch('/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

function expectRefusal(sent: Sent, status: number, error: string, description: string): void {
  expect({ status: sent.status, ...sent.body }).toEqual({
    status,
    error,
    error_description: description,
    message_id: expect.stringMatching(uuidPattern),
  });
  expect(sent.headers.get('content-type')).toMatch(/^application\/json/);
  expect(sent.headers.get('cache-control')).toBe('no-store');
}

const text = {
  grantTypeMissing: 'grant_type is missing',
  grantTypeWrong: 'grant_type is invalid',
  assertionType:
    "Missing or invalid client_assertion_type - must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'",
  assertionMissing: 'Missing client_assertion',
  malformed: 'Malformed JWT in client_assertion',
  alg: "Invalid 'alg' header in client_assertion JWT - unsupported JWT algorithm - must be 'RS512'",
  kidMissing: "Missing 'kid' header in client_assertion JWT",
  kidUnknown: "Invalid 'kid' header in client_assertion JWT - no matching public key",
  typ: "Invalid 'typ' header in client_assertion JWT - must be 'JWT'",
  expMissing: "Missing 'exp' claim in client_assertion JWT",
  expNotInteger: "Invalid 'exp' claim in client_assertion JWT - must be an integer",
  expPast: "Invalid 'exp' claim in client_assertion JWT - JWT has expired",
  expTooFar: "Invalid 'exp' claim in client_assertion JWT - more than 5 minutes in future",
  issuer: "Missing or non-matching 'iss'/'sub' claims in client_assertion JWT",
  issuerUnknown: "Invalid 'iss'/'sub' claims in client_assertion JWT",
  jtiMissing: "Missing 'jti' claim in client_assertion JWT",
  jtiNotString:
    "Invalid 'jti' claim in client_assertion JWT - must be a unique string value such as a GUID",
  jtiSpent: "Non-unique 'jti' claim in client_assertion JWT",
  audience: "Missing or invalid 'aud' claim in client_assertion JWT",
  keyMissing:
    'You need to register a public key to use this authentication method - please contact support to configure',
  keysUnreachable: "The JWKS endpoint, for your client_assertion can't be reached",
  signature: 'JWT signature verification failed',
  revoked: 'The developer app associated with the API key is not approved or revoked',
  contentType: 'Content-Type header must be application/x-www-form-urlencoded',
};

describe('a form is refused in the words of the platform when', () => {
  const good = async () => Object.fromEntries(tokenForm(await sign()));
  it.each<[string, Record<string, string | undefined>, string, string]>([
    ['grant_type is missing', { grant_type: undefined }, 'invalid_request', text.grantTypeMissing],
    ['grant_type is empty', { grant_type: '' }, 'invalid_request', text.grantTypeMissing],
    [
      'grant_type is another',
      { grant_type: 'password' },
      'unsupported_grant_type',
      text.grantTypeWrong,
    ],
    [
      'client_assertion_type is missing',
      { client_assertion_type: undefined },
      'invalid_request',
      text.assertionType,
    ],
    [
      'client_assertion_type is another',
      { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' },
      'invalid_request',
      text.assertionType,
    ],
    [
      'client_assertion is missing',
      { client_assertion: undefined },
      'invalid_request',
      text.assertionMissing,
    ],
    [
      'client_assertion is empty',
      { client_assertion: '' },
      'invalid_request',
      text.assertionMissing,
    ],
    ['it is no JWT', { client_assertion: 'not-a-jwt' }, 'invalid_request', text.malformed],
    ['it has two parts', { client_assertion: 'e30.e30' }, 'invalid_request', text.malformed],
    [
      'its header is no JSON',
      { client_assertion: `${base64url('{')}.e30.c2ln` },
      'invalid_request',
      text.malformed,
    ],
    [
      'its claims are no JSON object',
      { client_assertion: `${base64url({ alg: 'RS512' })}.${base64url('7')}.c2ln` },
      'invalid_request',
      text.malformed,
    ],
    [
      'it is JSON instead of its compact form',
      { client_assertion: '{"payload":"e30","protected":"e30","signature":"c2ln"}' },
      'invalid_request',
      text.malformed,
    ],
    [
      'grant_type and everything else are wrong',
      { grant_type: 'password', client_assertion_type: 'x', client_assertion: 'y' },
      'unsupported_grant_type',
      text.grantTypeWrong,
    ],
  ])('%s', async (_, changes, error, description) => {
    const form = Object.entries({ ...(await good()), ...changes });
    const present = form.filter((entry): entry is [string, string] => entry[1] !== undefined);
    expectRefusal(await postForm(Object.fromEntries(present)), 400, error, description);
  });

  it('a parameter is repeated', async () => {
    const form = tokenForm(await sign());
    form.append('grant_type', 'client_credentials');
    const sent = await service.fetch('/oauth2/token', { method: 'POST', body: form });
    expect(sent.status).toBe(400);
    expect(await sent.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe('an assertion, signed with the right key, is refused in the words of the platform when', () => {
  const otherUrl = 'https://another.example.nhs.uk/oauth2/token';
  it.each<[string, () => Changes, number, string]>([
    ['alg is RS256', () => ({ header: { alg: 'RS256' } }), 400, text.alg],
    ['alg is RS384', () => ({ header: { alg: 'RS384' } }), 400, text.alg],
    ['alg is PS512', () => ({ header: { alg: 'PS512' } }), 400, text.alg],
    ['kid is missing', () => ({ header: { kid: undefined } }), 400, text.kidMissing],
    ['kid is empty', () => ({ header: { kid: '' } }), 400, text.kidMissing],
    ['kid is no text', () => ({ header: { kid: 1 } }), 400, text.kidMissing],
    ['kid is unknown', () => ({ header: { kid: 'another' } }), 401, text.kidUnknown],
    ['typ is missing', () => ({ header: { typ: undefined } }), 400, text.typ],
    ['typ is at+jwt', () => ({ header: { typ: 'at+jwt' } }), 400, text.typ],
    ['exp is missing', () => ({ claims: { exp: undefined } }), 400, text.expMissing],
    ['exp is null', () => ({ claims: { exp: null } }), 400, text.expMissing],
    ['exp is a text', () => ({ claims: { exp: String(inSeconds(60)) } }), 400, text.expNotInteger],
    [
      'exp has a fraction',
      () => ({ claims: { exp: inSeconds(60) + 0.5 } }),
      400,
      text.expNotInteger,
    ],
    ['exp is past', () => ({ claims: { exp: inSeconds(-30) } }), 400, text.expPast],
    [
      'exp is past by eleven seconds',
      () => ({ claims: { exp: inSeconds(-11) } }),
      400,
      text.expPast,
    ],
    ['exp is six minutes ahead', () => ({ claims: { exp: inSeconds(360) } }), 400, text.expTooFar],
    ['exp is in milliseconds', () => ({ claims: { exp: Date.now() } }), 400, text.expTooFar],
    ['iss is missing', () => ({ claims: { iss: undefined } }), 400, text.issuer],
    ['sub is missing', () => ({ claims: { sub: undefined } }), 400, text.issuer],
    ['iss is not sub', () => ({ claims: { sub: 'demo-admin' } }), 400, text.issuer],
    [
      'iss and sub are lists',
      () => ({ claims: { iss: ['demo-trust'], sub: ['demo-trust'] } }),
      400,
      text.issuer,
    ],
    [
      'iss and sub are nobody',
      () => ({ claims: { iss: 'nobody', sub: 'nobody' } }),
      401,
      text.issuerUnknown,
    ],
    [
      'iss and sub could not be a client',
      () => ({ claims: { iss: "x' or 1=1 --\u0000", sub: "x' or 1=1 --\u0000" } }),
      401,
      text.issuerUnknown,
    ],
    ['jti is missing', () => ({ claims: { jti: undefined } }), 400, text.jtiMissing],
    ['jti is empty', () => ({ claims: { jti: '' } }), 400, text.jtiMissing],
    ['jti is a number', () => ({ claims: { jti: 12345 } }), 400, text.jtiNotString],
    ['aud is missing', () => ({ claims: { aud: undefined } }), 401, text.audience],
    ['aud is another', () => ({ claims: { aud: otherUrl } }), 401, text.audience],
    ['aud ends in a slash', () => ({ claims: { aud: `${tokenUrl}/` } }), 401, text.audience],
    ['aud is a list of the right one', () => ({ claims: { aud: [tokenUrl] } }), 401, text.audience],
    [
      'aud is a list with the right one',
      () => ({ claims: { aud: [otherUrl, tokenUrl] } }),
      401,
      text.audience,
    ],

    // Two things wrong: the first in the platform's order is told.
    [
      'alg is wrong and it is past',
      () => ({ header: { alg: 'RS256' }, claims: { exp: inSeconds(-60) } }),
      400,
      text.alg,
    ],
    [
      'it is past and kid is missing',
      () => ({ header: { kid: undefined }, claims: { exp: inSeconds(-60) } }),
      400,
      text.expPast,
    ],
    [
      'kid is missing and typ is wrong',
      () => ({ header: { kid: undefined, typ: 'x' } }),
      400,
      text.kidMissing,
    ],
    [
      'typ is wrong and exp is missing',
      () => ({ header: { typ: 'x' }, claims: { exp: undefined } }),
      400,
      text.typ,
    ],
    [
      'exp is missing and iss is not sub',
      () => ({ claims: { exp: undefined, sub: 'x' } }),
      400,
      text.expMissing,
    ],
    [
      'iss is not sub and jti is missing',
      () => ({ claims: { sub: 'x', jti: undefined } }),
      400,
      text.issuer,
    ],
    [
      'jti is a number and exp is too far',
      () => ({ claims: { jti: 1, exp: inSeconds(900) } }),
      400,
      text.jtiNotString,
    ],
    [
      'exp is too far and aud is wrong',
      () => ({ claims: { exp: inSeconds(900), aud: otherUrl } }),
      400,
      text.expTooFar,
    ],
    [
      'aud is wrong and kid is unknown',
      () => ({ header: { kid: 'another' }, claims: { aud: otherUrl } }),
      401,
      text.audience,
    ],
  ])('%s', async (_, changes, status, description) => {
    const sent = await requestToken(service, await sign(changes()));
    expectRefusal(sent, status, 'invalid_request', description);
  });
});

describe('a forged assertion gets no token', () => {
  const header = () => ({ alg: 'RS512', typ: 'JWT', kid: trust.privateJwk.kid });

  it.each([
    ['none', ''],
    ['None', ''],
    ['NONE', 'c2ln'],
  ])('alg %s', async (alg, signature) => {
    const sent = await requestToken(
      service,
      forge({ ...header(), alg }, () => signature),
    );
    expectRefusal(sent, 400, 'invalid_request', text.alg);
  });

  it('without a signature', async () => {
    const sent = await requestToken(
      service,
      forge(header(), () => ''),
    );
    expectRefusal(sent, 401, 'public_key error', text.signature);
  });

  it.each(['HS256', 'HS512'])('%s with the public key as the secret', async (alg) => {
    const assertion = forge({ ...header(), alg }, (signed) =>
      createHmac(alg === 'HS256' ? 'sha256' : 'sha512', trustPublicPem())
        .update(signed)
        .digest('base64url'),
    );
    expectRefusal(await requestToken(service, assertion), 400, 'invalid_request', text.alg);
  });

  it('an HMAC that calls itself RS512', async () => {
    const assertion = forge(header(), (signed) =>
      createHmac('sha512', trustPublicPem()).update(signed).digest('base64url'),
    );
    expectRefusal(await requestToken(service, assertion), 401, 'public_key error', text.signature);
  });

  it('signed with a key that it brings along (jwk), or says where to find (jku, x5u)', async () => {
    const forger: DemoClient = { ...trust, privateJwk: strangerKey };
    const bringing = { jwk: publicPart(strangerKey), jku: tokenUrl, x5u: tokenUrl };
    const underOwnKid = await signAssertion(forger, tokenUrl, { header: bringing });
    expectRefusal(
      await requestToken(service, underOwnKid),
      401,
      'invalid_request',
      text.kidUnknown,
    );
    const underTheirKid = await signAssertion(forger, tokenUrl, {
      header: { ...bringing, kid: trust.privateJwk.kid },
    });
    expectRefusal(
      await requestToken(service, underTheirKid),
      401,
      'public_key error',
      text.signature,
    );
  });

  it('by another client of the service, for this one', async () => {
    const other = service.client('demo-trust-two');
    const assertion = await signAssertion(other, tokenUrl, {
      claims: { iss: trust.clientId, sub: trust.clientId },
    });
    expectRefusal(await requestToken(service, assertion), 401, 'invalid_request', text.kidUnknown);
  });

  it('claims changed after signing', async () => {
    const [head, , signature] = (await sign()).split('.');
    const assertion = `${head}.${base64url({ ...goodClaims(), jti: 'changed' })}.${signature}`;
    expectRefusal(await requestToken(service, assertion), 401, 'public_key error', text.signature);
  });

  it('with a crit header that names something unknown', async () => {
    const key = await importJWK(trust.privateJwk, 'RS512');
    const head = base64url({ ...header(), crit: ['x-unknown'], 'x-unknown': 1 });
    const signed = `${head}.${base64url(goodClaims())}`;
    const signature = await crypto.subtle.sign(
      'RSASSA-PKCS1-v1_5',
      key as CryptoKey,
      Buffer.from(signed),
    );
    const assertion = `${signed}.${Buffer.from(signature).toString('base64url')}`;
    expectRefusal(await requestToken(service, assertion), 401, 'public_key error', text.signature);
  });
});

describe('a good assertion', () => {
  it('is answered with exactly the reply of the platform', async () => {
    const before = Date.now();
    const sent = await requestToken(service, await sign());
    expect(sent.status).toBe(200);
    expect(Object.keys(sent.body).sort()).toEqual([
      'access_token',
      'expires_in',
      'issued_at',
      'token_type',
    ]);
    expect(sent.body).toMatchObject({ expires_in: '599', token_type: 'Bearer' });
    expect(sent.body.issued_at).toMatch(/^\d{13}$/);
    expect(Number(sent.body.issued_at)).toBeGreaterThanOrEqual(before - 1000);
    expect(Number(sent.body.issued_at)).toBeLessThanOrEqual(Date.now() + 1000);
    expect(sent.headers.get('cache-control')).toBe('no-store');
    expect(sent.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('costs at most two calls to the database', async () => {
    const assertion = await sign();
    const before = service.endpoint.calls;
    expect((await requestToken(service, assertion)).status).toBe(200);
    expect(service.endpoint.calls - before).toBeLessThanOrEqual(2);
  });

  it.each(['JWT', 'jwt', 'Jwt'])('may write typ as %s', async (typ) => {
    expect((await requestToken(service, await sign({ header: { typ } }))).status).toBe(200);
  });

  it.each([
    ['ended six seconds ago', -6],
    ['ends five minutes and six seconds ahead', 306],
  ])('by a clock that is a little off: %s', async (_, seconds) => {
    const sent = await requestToken(service, await sign({ claims: { exp: inSeconds(seconds) } }));
    expect(sent.status, sent.text).toBe(200);
  });

  it('may carry a jwk, jku or x5u header: they are not looked at', async () => {
    const header = { jwk: publicPart(strangerKey), jku: 'https://127.0.0.1:1/', x5u: 'x' };
    expect((await requestToken(service, await sign({ header }))).status).toBe(200);
  });

  it('may come in a form with parameters that are not known, and a charset', async () => {
    const form = tokenForm(await sign());
    form.set('scope', 'anything');
    const response = await service.fetch('/oauth2/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      body: form.toString(),
    });
    expect(response.status).toBe(200);
  });
});

describe('a jti', () => {
  it('is good once', async () => {
    const assertion = await sign();
    expect((await requestToken(service, assertion)).status).toBe(200);
    const again = await requestToken(service, assertion);
    expectRefusal(again, 400, 'invalid_request', text.jtiSpent);
  });

  it('is good once, also in an assertion that differs otherwise', async () => {
    const jti = randomUUID();
    expect((await requestToken(service, await sign({ claims: { jti } }))).status).toBe(200);
    const again = await sign({ claims: { jti, exp: inSeconds(100) } });
    expectRefusal(await requestToken(service, again), 400, 'invalid_request', text.jtiSpent);
  });

  it('of twenty simultaneous uses, exactly one gets a token', async () => {
    const assertion = await sign();
    const sent = await Promise.all(
      Array.from({ length: 20 }, () => requestToken(service, assertion)),
    );
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const refused of sent.filter(({ status }) => status !== 200))
      expectRefusal(refused, 400, 'invalid_request', text.jtiSpent);
  });

  it('is not burnt by somebody who cannot sign for the client', async () => {
    const jti = randomUUID();
    const forged = await signAssertion({ ...trust, privateJwk: strangerKey }, tokenUrl, {
      claims: { jti },
      header: { kid: trust.privateJwk.kid },
    });
    expectRefusal(await requestToken(service, forged), 401, 'public_key error', text.signature);
    expect((await requestToken(service, await sign({ claims: { jti } }))).status).toBe(200);
  });

  it('is its client’s own: another may use the same', async () => {
    const jti = randomUUID();
    expect((await requestToken(service, await sign({ claims: { jti } }))).status).toBe(200);
    const other = await sign({ claims: { jti } }, service.client('demo-trust-two'));
    expect((await requestToken(service, other)).status).toBe(200);
  });

  it('is stored as a digest only', async () => {
    const jti = `zqxjk-${randomUUID()}`;
    await requestToken(service, await sign({ claims: { jti } }));
    const rows = await service.database.query('select * from spent_assertions');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('zqxjk');
  });
});

describe('the token endpoint', () => {
  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'refuses the content type "%s"',
    async (contentType) => {
      const response = await service.fetch('/oauth2/token', {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: new TextEncoder().encode(tokenForm(await sign()).toString()),
      });
      const body = await response.text();
      const sent = { status: response.status, headers: response.headers, text: body };
      expectRefusal({ ...sent, body: JSON.parse(body) }, 415, 'invalid_request', text.contentType);
    },
  );

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('answers %s with an empty 405', async (method) => {
    const response = await service.fetch('/oauth2/token', { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.text()).toBe('');
  });

  it('refuses a form that is too large before anything else', async () => {
    const form = { grant_type: 'client_credentials', padding: 'x'.repeat(17_000) };
    const sent = await untilAnswered(() => postForm(form));
    expect({ status: sent.status, error: sent.body.error }).toEqual({
      status: 413,
      error: 'invalid_request',
    });
  });
});

describe('an access token', () => {
  it('can be verified by anybody with the published keys, and says what RFC 9068 asks', async () => {
    const token = await service.token('demo-admin', { fresh: true });
    const published = await send(service, 'GET', '/.well-known/jwks.json');
    const jwks = published.body as JSONWebKeySet;
    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'RS256',
      typ: 'at+jwt',
      kid: jwks.keys[0]?.kid,
    });
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      typ: 'at+jwt',
      issuer: service.url,
      audience: service.url,
      algorithms: ['RS256'],
    });
    expect(payload).toMatchObject({
      iss: service.url,
      aud: service.url,
      sub: 'demo-admin',
      client_id: 'demo-admin',
      scope: service.client('demo-admin').scopes.join(' '),
      jti: expect.stringMatching(uuidPattern),
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(600);
  });

  it('the published keys hold nothing private', async () => {
    const { body } = await send(service, 'GET', '/.well-known/jwks.json');
    for (const key of body.keys)
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('that was changed, signed by somebody else, or is an assertion is refused', async () => {
    const token = await service.token('demo-admin');
    const [head, body, signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString());
    const key = await importJWK(strangerKey, 'RS256');
    const signed = `${base64url({ alg: 'RS256', typ: 'at+jwt' })}.${base64url(claims)}`;
    const foreign = await crypto.subtle
      .sign('RSASSA-PKCS1-v1_5', key as CryptoKey, Buffer.from(signed))
      .then((bytes) => Buffer.from(bytes).toString('base64url'));
    const bad = [
      `${head}.${base64url({ ...claims, organisations: ['RDY'] })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${body}.`,
      `${base64url({ alg: 'none', typ: 'at+jwt' })}.${body}.`,
      `${signed}.${foreign}`,
      await sign(),
      'x',
    ];
    for (const forged of bad) {
      const sent = await send(service, 'GET', '/v1/api-clients', { token: forged });
      expect(sent.status).toBe(401);
      expect(sent.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    }
  });
});

describe('a client that was revoked', () => {
  it('gets no token, and those that it has end at once on every operation', async () => {
    const { organisations, scopes, privateJwk } = service.client('demo-admin');
    const client = await registerClient(service, {
      organisations: [...organisations],
      scopes: [...scopes],
      key: privateJwk,
    });
    const token = await signIn(service, client);
    const requests = await prepareEveryOperation(service);
    for (const path of ['/v1/cycles', '/v1/api-clients'])
      expect((await send(service, 'GET', path, { token })).status).toBe(200);

    const revoked = await send(service, 'DELETE', `/v1/api-clients/${client.clientId}`, {
      as: 'demo-admin',
    });
    expect(revoked.status).toBe(204);

    const sent = await requestToken(service, await sign({}, client));
    expectRefusal(sent, 401, 'access_denied', text.revoked);
    const answers: Record<string, number | undefined> = {};
    const expected: Record<string, number> = {};
    for (const { id, access } of contracts) {
      const needsClient =
        access.kind === 'scope' || (access.kind === 'public' && access.moreFor !== undefined);
      if (!needsClient) continue;
      answers[id] = (await requests[id]?.(token))?.status;
      expected[id] = 401;
    }
    expect(answers).toEqual(expected);
  });

  it('while it signs in gets no token', async () => {
    const client = await registerClient(service, { key: trust.privateJwk });
    service.endpoint.faults.delayMs = 150;
    const signingIn = requestToken(service, await sign({}, client));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await service.database.query('update api_clients set revoked_at = now() where client_id = $1', [
      client.clientId,
    ]);
    const sent = await signingIn;
    expect(sent.status).not.toBe(200);
  });
});

describe('keys of a client', () => {
  it('are asked for when none is registered', async () => {
    const client = await registerClient(service, { key: trust.privateJwk });
    await service.database.query('update api_clients set jwks = null where client_id = $1', [
      client.clientId,
    ]);
    const sent = await requestToken(service, await sign({}, client));
    expectRefusal(sent, 403, 'public_key error', text.keyMissing);
  });

  it('at an address that cannot be reached are told so', async () => {
    const jwksUrl = 'https://127.0.0.1:1/jwks.json';
    const client = await registerClient(service, { key: trust.privateJwk, jwksUrl });
    const sent = await requestToken(service, await sign({}, client));
    expectRefusal(sent, 403, 'public_key error', text.keysUnreachable);
  });

  it('may be several at once, each found by its kid, until one is taken away', async () => {
    const client = await registerClient(service, { key: { ...strangerKey, kid: 'old' } });
    const old = { ...client, privateJwk: { ...strangerKey, kid: 'old' } };
    const recent = { ...client, privateJwk: { ...trust.privateJwk, kid: 'new' } };
    const change = (keys: PrivateJwk[], version: number) =>
      send(service, 'PATCH', `/v1/api-clients/${client.clientId}`, {
        as: 'demo-admin',
        headers: { 'if-match': `W/"${version}"` },
        body: { jwks: { keys: keys.map(publicPart) } },
      });

    expect((await change([old.privateJwk, recent.privateJwk], 1)).status).toBe(200);
    expect((await requestToken(service, await sign({}, old))).status).toBe(200);
    expect((await requestToken(service, await sign({}, recent))).status).toBe(200);
    expect((await change([recent.privateJwk], 2)).status).toBe(200);
    expectRefusal(
      await requestToken(service, await sign({}, old)),
      401,
      'invalid_request',
      text.kidUnknown,
    );
    expect((await requestToken(service, await sign({}, recent))).status).toBe(200);
  });
});

describe('a key document that a client publishes', () => {
  const url = 'https://trust.example.nhs.uk/jwks.json';
  const keys = [{ kty: 'RSA' as const, kid: 'a', n: 'AQAB', e: 'AQAB' }];
  const now = new Date('2026-11-22T09:30:00Z');
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

  /** Keys that are read from answers given in turn; the last is given again. */
  function keysFrom(...answers: (() => Response | Promise<Response>)[]) {
    const requests: { url: string; init: RequestInit | undefined }[] = [];
    const clientKeys = new ClientKeys(async (input, init) => {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push({ url: String(input), init });
      if (answer === undefined) throw new Error('no answer');
      return answer();
    });
    return { requests, of: (at: Date) => clientKeys.of({ jwks: null, jwksUrl: url }, at) };
  }

  it('is kept for an hour, then read again', async () => {
    const { requests, of } = keysFrom(() => Response.json({ keys }));
    expect(await of(now)).toEqual({ keys });
    expect(await of(later(59))).toEqual({ keys });
    expect(requests).toHaveLength(1);
    await of(later(60));
    expect(requests).toHaveLength(2);
  });

  it('that could not be read is tried again at the next sign-in', async () => {
    const { of } = keysFrom(
      () => new Response(null, { status: 500 }),
      () => Response.json({ keys }),
    );
    expect(await of(now)).toBe('unreachable');
    expect(await of(now)).toEqual({ keys });
  });

  it('is asked for without following a redirect, and given up after a time', async () => {
    const { requests, of } = keysFrom(() => Response.json({ keys }));
    await of(now);
    expect(requests[0]?.url).toBe(url);
    expect(requests[0]?.init?.redirect).toBe('manual');
    expect(requests[0]?.init?.signal).toBeInstanceOf(AbortSignal);
  });

  it.each<[string, () => Response]>([
    ['a redirect', () => Response.redirect('https://elsewhere.example.org/', 302)],
    ['not found', () => new Response('{"keys":[]}', { status: 404 })],
    ['not JSON', () => new Response('<html>')],
    ['JSON without keys', () => Response.json({})],
    ['null', () => Response.json(null)],
    ['keys that are no list', () => Response.json({ keys: 'x' })],
    ['too large', () => Response.json({ keys, padding: 'x'.repeat(70_000) })],
  ])('that is %s counts as unreachable', async (_, answer) => {
    expect(await keysFrom(answer).of(now)).toBe('unreachable');
  });

  it('is unreachable when the connection fails', async () => {
    const { of } = keysFrom(() => Promise.reject(new Error('refused')));
    expect(await of(now)).toBe('unreachable');
  });

  it('without end is not read to its end', async () => {
    let sentBytes = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sentBytes += 65_536;
        if (sentBytes > 8_000_000) return controller.close();
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    expect(await keysFrom(() => new Response(endless)).of(now)).toBe('unreachable');
    expect(sentBytes).toBeLessThan(1_000_000);
  });

  it('has no key for a kid that it does not name, or that is no RSA key', async () => {
    expect(await findKey(keys, 'b')).toBeNull();
    expect(await findKey([{ kty: 'EC', kid: 'a' }], 'a')).toBeNull();
    expect(await findKey([null as never, { kty: 'RSA', kid: 'a' }], 'a')).toBeNull();
    const key = publicPart(strangerKey);
    const found = await findKey([key as never], key.kid);
    expect(found).toMatchObject({ type: 'public', algorithm: { hash: { name: 'SHA-512' } } });
  });

  it('that holds a private key by mistake gives only its public half', async () => {
    const found = await findKey([strangerKey], strangerKey.kid);
    expect(found?.type).toBe('public');
  });
});

it('no assertion, token or jti is ever written to the logs', async () => {
  const jti = `zqxjk-${randomUUID()}`;
  await requestToken(service, await sign({ claims: { jti } }));
  await requestToken(service, await sign({ claims: { jti } }));
  await requestToken(service, await sign({ claims: { jti, aud: 'zqxjk' } }));
  service.endpoint.faults.unavailable = true;
  const refused = await requestToken(service, await sign({ claims: { jti } }));
  service.endpoint.faults.unavailable = false;
  expect(refused.status).toBe(503);
  await expect.poll(() => service.logs().join('\n')).toContain('"operation":"issueToken"');
  expect(service.logs().join('\n')).not.toMatch(/zqxjk|eyJ/);
});
