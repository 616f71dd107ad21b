import { createSign, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { checkPublished } from '../../api/key-set-checks/check.ts';
import { readKeyDocument } from '../../api/sign-in/client-keys.ts';
import type { PrivateJwk } from '../../dev/keys.ts';
import { type Service, startService } from '../support/service.ts';
import { ask } from '../support/workshop.ts';
import { pointersOf, refusalOf, type Sent, type Shown, send } from './support/send.ts';
import { createKey, publicPart, registerClient, requestToken, signIn } from './support/things.ts';
import { dump } from './support/traces.ts';
import { type Receiver, startReceiver } from './support/webhook-receiver.ts';

// In workerd, which reaches a real server over https by itself, as in production.
let service: Service;
let server: Receiver;
let untrusted: Receiver;
let key: PrivateJwk;
let otherKey: PrivateJwk;
beforeAll(async () => {
  const certificates = await ask(inject('run').workshopUrl, '/certificates');
  [server, untrusted, service, key, otherKey] = await Promise.all([
    startReceiver(certificates.trusted),
    startReceiver(certificates.untrusted),
    startService({ outbound: 'workerd' }),
    createKey('one'),
    createKey('two'),
  ]);
});
afterAll(() => Promise.all([service?.stop(), server?.stop(), untrusted?.stop()]));

/** An RSA key as somebody might have made it. */
function keyOf(bits: number, kid: string) {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { ...publicKey.export({ format: 'jwk' }), kid };
}

const check = (body: unknown, options: Parameters<typeof send>[3] = { as: 'demo-admin' }) =>
  send(service, 'POST', '/v1/key-set-checks', { ...options, body });

async function checked(body: unknown): Promise<Shown> {
  const sent = await check(body);
  expect(sent.status, sent.text).toBe(200);
  return sent.body;
}

const good = (kid: string, bits = 2048) => ({ kid, bits, usable: true, problem: null });
const bad = (kid: string | null, problem: RegExp, bits: number | null = null) => ({
  kid,
  bits,
  usable: false,
  problem: expect.stringMatching(problem),
});

describe('a key set that is sent', () => {
  it('can be used where registering takes it, and each of its keys signs in', async () => {
    const keys = [publicPart(key), publicPart(otherKey)];
    expect(await checked({ jwks: { keys } })).toEqual({
      usable: true,
      problem: null,
      keys: [good('one'), good('two')],
    });
  });

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const leaked = { ...privateKey.export({ format: 'jwk' }), kid: 'leaked' };
  const { publicKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = keyOf(2048, 'rsa');
  it.each<[string, unknown, RegExp, unknown[]]>([
    ['no list of keys', { key: [] }, /no list "keys"/, []],
    ['a list that is none', { keys: 'x' }, /no list "keys"/, []],
    ['no key', { keys: [] }, /no key in it/, []],
    [
      'a private key',
      { keys: [rsa, leaked] },
      /private key in it\. Do not use/,
      [good('rsa'), bad('leaked', /private key/)],
    ],
    [
      'a key that is too short',
      { keys: [keyOf(1024, 'short')] },
      /Not every key/,
      [bad('short', /^The key has 1024 bits: make one of at least 2048\.$/, 1024)],
    ],
    [
      'a key of another kind',
      { keys: [{ ...curve.export({ format: 'jwk' }), kid: 'curve' }, rsa] },
      /Not every key/,
      [bad('curve', /RSA key/), good('rsa')],
    ],
    [
      'a key without a kid',
      { keys: [{ ...rsa, kid: undefined }] },
      /Not every key/,
      [bad(null, /needs a kid/)],
    ],
    [
      'a modulus that is none',
      { keys: [{ ...rsa, n: '!' }] },
      /Not every key/,
      [bad('rsa', /cannot be read/)],
    ],
    [
      'what is no key',
      { keys: [null, 7] },
      /Not every key/,
      [bad(null, /not a key/), bad(null, /not a key/)],
    ],
    [
      'one kid twice',
      { keys: [rsa, rsa] },
      /Each key needs a kid of its own/,
      [good('rsa'), bad('rsa', /same kid/, 2048)],
    ],
    [
      'another algorithm',
      { keys: [{ ...rsa, alg: 'RS256' }] },
      /Not every key/,
      [bad('rsa', /^alg: /, 2048)],
    ],
    [
      'a member that registering does not know',
      { keys: [{ ...rsa, x5t: 'abc' }] },
      /Not every key/,
      [bad('rsa', /^x5t: Not a member/, 2048)],
    ],
    [
      'a member beside its keys',
      { keys: [rsa], issuer: 'x' },
      /^issuer: Not a member/,
      [good('rsa')],
    ],
  ])(
    'with %s cannot be used, is told why, and is refused by registering too',
    async (_, jwks, problem, keys) => {
      expect(await checked({ jwks })).toEqual({
        usable: false,
        problem: expect.stringMatching(problem),
        keys,
      });
      const registered = await send(service, 'POST', '/v1/api-clients', {
        as: 'demo-admin',
        body: { title: 'x', organisations: ['RHA'], scopes: ['submissions:write'], jwks },
      });
      expect(refusalOf(registered)).toEqual({ status: 400, code: 'validation-failed' });
    },
  );

  it('is repeated nowhere, nor kept, but for the kid', async () => {
    const { status, text } = await check({ jwks: { keys: [{ ...leaked, x: 'zqxword' }] } });
    expect(status).toBe(200);
    const stored = await dump(service.database);
    for (const secret of [leaked.d, leaked.p, leaked.n, 'zqxword'])
      for (const place of [text, stored, service.logs().join('\n')])
        expect(place.includes(String(secret))).toBe(false);
  });

  it('may hold many keys: the first hundred are told of', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => ({ kty: 'EC', kid: `k${index}` }));
    expect((await checked({ jwks: { keys } })).keys).toHaveLength(100);
  });
});

describe('a key set at an address', () => {
  const at = (path: string) => ({ jwksUrl: server.url + path });
  const publish = (path: string, body: string, status = 200, headers = {}) =>
    server.answer(path, () => ({ status, headers, body }));
  const set = (...keys: unknown[]) => JSON.stringify({ keys });

  it('is read as sign-in reads it: a client that publishes it signs in', async () => {
    const published = set(keyOf(1024, 'old'), { ...publicPart(key), use: 'sig', x5t: 'abc' });
    publish('/good', published);
    expect(await checked(at('/good'))).toEqual({
      usable: true,
      problem: null,
      keys: [bad('old', /1024 bits/, 1024), good('one')],
    });
    const client = await registerClient(service, { key, jwksUrl: `${server.url}/good` });
    expect(await signIn(service, client)).toMatch(/^eyJ/);
  });

  it('of which no key can be used signs nobody in', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const short = { ...privateKey.export({ format: 'jwk' }), kid: 'short' } as PrivateJwk;
    publish('/short', set(publicPart(short)));
    expect(await checked(at('/short'))).toMatchObject({
      usable: false,
      problem: 'No key in it can be used to sign in.',
    });
    const { clientId } = await registerClient(service, { key, jwksUrl: `${server.url}/short` });
    const now = Math.floor(Date.now() / 1000);
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: clientId,
      sub: clientId,
      aud: `${service.url}/oauth2/token`,
      jti: 'x',
      exp: now + 60,
    };
    const signed = `${part({ alg: 'RS512', typ: 'JWT', kid: 'short' })}.${part(claims)}`;
    const signature = createSign('RSA-SHA512').update(signed).sign(privateKey, 'base64url');
    const refused = await requestToken(service, `${signed}.${signature}`);
    expect({ status: refused.status, told: refused.body.error }).toEqual({
      status: 401,
      told: 'public_key error',
    });
  });

  it.each<[string, () => void, RegExp]>([
    ['that is not there', () => publish('/x', 'Not found', 404), /status 404/],
    [
      'that redirects',
      () => publish('/x', '', 302, { location: `${server.url}/good` }),
      /redirects to another, which is not followed/,
    ],
    ['that is no JSON', () => publish('/x', '<html>'), /not JSON/],
    ['that is no key set', () => publish('/x', 'null'), /no list "keys"/],
    [
      'that is too large',
      () => publish('/x', `${set()}${' '.repeat(70_000)}`),
      /larger than 64 KB/,
    ],
    ['without a key', () => publish('/x', set()), /no key in it/],
    [
      'with a private key among good ones',
      () => publish('/x', set(publicPart(key), otherKey)),
      /private key in it\. Do not use/,
    ],
  ])('%s cannot be used, and is told why', async (_, answer, problem) => {
    answer();
    const { usable, problem: told } = await checked(at('/x'));
    expect({ usable, told }).toEqual({ usable: false, told: expect.stringMatching(problem) });
  });

  it.each([
    ['of a server with a certificate that nobody knows', () => `${untrusted.url}/x`],
    ['where no server is', () => 'https://localhost:1/jwks.json'],
  ])('%s cannot be reached', async (_, url) => {
    expect(await checked({ jwksUrl: url() })).toEqual({
      usable: false,
      problem: expect.stringMatching(/cannot be reached/),
      keys: [],
    });
  });

  it('that does not answer is waited for only so long', async () => {
    const late = (async (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      })) as typeof fetch;
    const document = await readKeyDocument(late, 'https://keys.example.org/');
    expect(await checkPublished(document)).toEqual({
      usable: false,
      problem: 'The address did not answer within 5 seconds.',
      keys: [],
    });
  }, 10_000);

  it.each([
    'https://192.168.0.1/jwks.json',
    'https://[::1]/jwks.json',
    'https://0x7f.1/jwks.json',
    'https://intranet/jwks.json',
    'https://keys.internal/jwks.json',
    'https://keys.example.org:22/jwks.json',
    'https://name:word@keys.example.org/jwks.json',
  ])('inside a network is not looked at: %s', async (jwksUrl) => {
    expect(await checked({ jwksUrl })).toEqual({
      usable: false,
      problem: expect.stringMatching(/^The address is not looked at\. Must /),
      keys: [],
    });
  });
});

describe('who may have a key set checked', () => {
  it('is a client that looks after clients, and no longer than it is registered', async () => {
    server.answer('/asked', () => ({ status: 200, body: '{}' }));
    const body = { jwksUrl: `${server.url}/asked` };
    expect(refusalOf(await check(body, {}))).toMatchObject({ status: 401 });
    expect(refusalOf(await check(body, { as: 'demo-trust' }))).toMatchObject({ status: 403 });
    const client = await registerClient(service, { scopes: ['clients:write'], key });
    const token = await signIn(service, client);
    await send(service, 'DELETE', `/v1/api-clients/${client.clientId}`, { as: 'demo-admin' });
    expect(refusalOf(await check(body, { token }))).toMatchObject({ status: 401 });
    expect(server.at('/asked')).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['/jwks']],
    ['both', { jwks: { keys: [] }, jwksUrl: 'https://keys.example.org/' }, ['/jwks']],
    ['no https', { jwksUrl: 'http://keys.example.org/' }, ['/jwksUrl']],
  ])('says which one: %s is refused', async (_, body, pointers) => {
    const refused: Sent = await check(body);
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(pointers);
  });
});
