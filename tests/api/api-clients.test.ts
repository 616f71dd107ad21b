import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoClient, PrivateJwk } from '../../dev/keys.ts';
import { signAssertion } from '../support/assertion.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import { createKey, publicPart, registerClient, requestToken, signIn } from './support/things.ts';

let service: Service;
let key: PrivateJwk;
let otherKey: PrivateJwk;
/** Registered for RHA, with the two scopes that it can give away. */
let manager: DemoClient;
let managerToken: string;
beforeAll(async () => {
  service = await startService();
  [key, otherKey] = await Promise.all([createKey('one'), createKey('two')]);
  manager = await registerClient(service, {
    organisations: ['RHA'],
    scopes: ['clients:write', 'submissions:write'],
    key,
  });
  managerToken = await signIn(service, manager);
});
afterAll(() => service?.stop());

type Options = Parameters<typeof send>[3];
const staff = { as: 'demo-admin' };
const newClient = (changes: Record<string, unknown> = {}) => ({
  title: 'Ward kiosks',
  organisations: ['RHA'],
  scopes: ['submissions:write'],
  jwks: { keys: [publicPart(key)] },
  ...changes,
});
const register = (changes: Record<string, unknown> = {}, options: Options = staff) =>
  send(service, 'POST', '/v1/api-clients', { ...options, body: newClient(changes) });
const read = (id: string, options: Options = staff) =>
  send(service, 'GET', `/v1/api-clients/${id}`, options);
const change = (id: string, version: number, body: unknown, options: Options = staff) =>
  send(service, 'PATCH', `/v1/api-clients/${id}`, {
    ...options,
    headers: { 'if-match': `W/"${version}"` },
    body,
  });
const revoke = (id: string, options: Options = staff) =>
  send(service, 'DELETE', `/v1/api-clients/${id}`, options);

const notFound = { status: 404, code: 'not-found' };
const forbidden = { status: 403, code: 'forbidden' };
const invalid = { status: 400, code: 'validation-failed' };
const unauthenticated = { status: 401, code: 'unauthenticated' };

describe('a new client', () => {
  it('is answered as it was registered, with an id of the service', async () => {
    const made = await register();
    expect(made.status, made.text).toBe(201);
    expect(made.headers.get('location')).toBe(`/v1/api-clients/${made.body.clientId}`);
    expect(made.headers.get('etag')).toBe('W/"1"');
    expect(made.body).toEqual({
      ...newClient(),
      clientId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      version: 1,
      jwksUrl: null,
      revokedAt: null,
      lastUsedOn: null,
    });
    expect((await read(made.body.clientId)).body).toEqual(made.body);
  });

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])(
    'is refused with the private member %s in its key, and nothing of it is kept',
    async (member) => {
      const secret = 'c2VjcmV0LXpxeGpr';
      const keys = [{ ...publicPart(key), [member]: secret }];
      const refused = await register({ jwks: { keys } });
      expect(refusalOf(refused)).toEqual(invalid);
      expect(pointersOf(refused)).toEqual([`/jwks/keys/0/${member}`]);
      expect(refused.text).not.toContain(secret);
      const rows = await service.database.query('select * from api_clients');
      expect(JSON.stringify(rows)).not.toContain(secret);
    },
  );

  const jwksUrl = 'https://trust.example.nhs.uk/jwks.json';
  it.each<[string, () => Record<string, unknown>, string]>([
    ['no keys at all', () => ({ jwks: null }), '/jwks'],
    ['keys from two places', () => ({ jwksUrl }), '/jwks'],
    ['an empty key set', () => ({ jwks: { keys: [] } }), '/jwks/keys'],
    [
      'two keys with one kid',
      () => ({ jwks: { keys: [publicPart(key), publicPart(key)] } }),
      '/jwks/keys',
    ],
    [
      'a key for another algorithm',
      () => ({ jwks: { keys: [{ ...publicPart(key), alg: 'RS256' }] } }),
      '/jwks/keys/0/alg',
    ],
    [
      'a key that is too short',
      () => ({ jwks: { keys: [{ ...publicPart(key), n: key.n?.slice(0, 171) }] } }),
      '/jwks/keys/0/n',
    ],
    ['an address that is no https', () => ({ jwks: null, jwksUrl: 'http://x.org/' }), '/jwksUrl'],
    [
      'an address with a NUL',
      () => ({ jwks: null, jwksUrl: 'https://example.org/\u0000' }),
      '/jwksUrl',
    ],
    ['no organisation', () => ({ organisations: [] }), '/organisations'],
    ['no scope', () => ({ scopes: [] }), '/scopes'],
    ['an unknown scope', () => ({ scopes: ['everything'] }), '/scopes/0'],
    ['an id of its own choice', () => ({ clientId: 'demo-admin' }), '/clientId'],
  ])('is refused with %s', async (_, changes, pointer) => {
    const refused = await register(changes());
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual([pointer]);
  });
});

describe('nobody can give away more than they have', () => {
  const who = () => ({ token: managerToken });

  it('not an organisation, nor a scope, to a new client', async () => {
    expect(refusalOf(await register({ organisations: ['RHA', 'RV3'] }, who()))).toEqual(forbidden);
    expect(refusalOf(await register({ scopes: ['loop:write'] }, who()))).toEqual(forbidden);
    expect((await register({}, who())).status).toBe(201);
  });

  it('not to a client that is there, themselves included', async () => {
    const { clientId } = await registerClient(service, { key });
    for (const changes of [{ organisations: ['RV3'] }, { scopes: ['loop:write'] }])
      for (const id of [clientId, manager.clientId])
        expect(refusalOf(await change(id, 1, changes, who()))).toEqual(forbidden);
  });

  it('not by putting their own key into a client that may do more', async () => {
    const more = await registerClient(service, {
      scopes: ['submissions:write', 'loop:write'],
      key,
    });
    const keys = { jwks: { keys: [publicPart(otherKey)] } };
    expect(refusalOf(await change(more.clientId, 1, keys, who()))).toEqual(forbidden);
    expect((await read(more.clientId)).body.jwks.keys).toEqual([publicPart(key)]);
  });

  it('not when they act for one organisation of several', async () => {
    const headers = { 'nhsd-end-user-organisation-ods': 'RHA' };
    expect(refusalOf(await register({ organisations: ['RV3'] }, { ...staff, headers }))).toEqual(
      forbidden,
    );
  });

  it('and a client of more organisations than their own does not exist for them', async () => {
    const both = await registerClient(service, { organisations: ['RHA', 'RV3'], key });
    expect(refusalOf(await read(both.clientId, who()))).toEqual(notFound);
    expect(refusalOf(await change(both.clientId, 1, { title: 'x' }, who()))).toEqual(notFound);
    expect(refusalOf(await revoke(both.clientId, who()))).toEqual(notFound);
    const { body } = await send(service, 'GET', '/v1/api-clients?limit=100', who());
    const ids = body.items.map(({ clientId }: Shown) => clientId);
    expect(ids).toContain(manager.clientId);
    expect(ids).not.toContain(both.clientId);
    for (const { organisations } of body.items) expect(organisations).toEqual(['RHA']);
    expect(refusalOf(await read('demo-admin', who()))).toEqual(notFound);
  });
});

describe('a change of a client', () => {
  it('ends its access tokens at once; a new one has what it may do now', async () => {
    const client = await registerClient(service, {
      scopes: ['loop:write', 'submissions:write'],
      key,
    });
    const old = await signIn(service, client);
    const list = (token: string) => send(service, 'GET', '/v1/loop-records', { token });
    expect((await list(old)).status).toBe(200);
    const changed = await change(client.clientId, 1, { scopes: ['submissions:write'] });
    expect(changed).toMatchObject({ status: 200, body: { version: 2 } });
    expect(refusalOf(await list(old))).toEqual(unauthenticated);
    const fresh = await signIn(service, client);
    const refused = await send(service, 'POST', '/v1/loop-records', { token: fresh, body: {} });
    expect(refusalOf(refused)).toEqual(forbidden);
  });

  it('rotates its keys: the old one signs in no more, the new one does', async () => {
    const client = await registerClient(service, { key });
    const keys = { jwks: { keys: [publicPart(otherKey)] } };
    expect((await change(client.clientId, 1, keys)).body.jwks.keys).toEqual([publicPart(otherKey)]);
    const tokenUrl = `${service.url}/oauth2/token`;
    const refused = await requestToken(service, await signAssertion(client, tokenUrl));
    expect({ status: refused.status, text: refused.body.error_description }).toEqual({
      status: 401,
      text: "Invalid 'kid' header in client_assertion JWT - no matching public key",
    });
    await signIn(service, { ...client, privateJwk: otherKey });
  });

  it('replaces a key document by an address and the other way round, never both', async () => {
    const { clientId } = await registerClient(service, { key });
    const jwksUrl = 'https://trust.example.nhs.uk/jwks.json';
    const published = await change(clientId, 1, { jwksUrl });
    expect(published.body).toMatchObject({ jwks: null, jwksUrl });
    const jwks = { keys: [publicPart(key)] };
    expect((await change(clientId, 2, { jwks })).body).toMatchObject({ jwks, jwksUrl: null });
    for (const none of [{ jwks: null }, { jwksUrl: null }, { jwks: null, jwksUrl: null }])
      expect(refusalOf(await change(clientId, 3, none))).toEqual(invalid);
  });

  it('needs the version that was read, and one of two wins', async () => {
    const { clientId } = await registerClient(service, { key });
    const sent = await Promise.all(['One', 'Two'].map((title) => change(clientId, 1, { title })));
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 412]);
    const body = { title: 'x' };
    const without = await send(service, 'PATCH', `/v1/api-clients/${clientId}`, { ...staff, body });
    expect(refusalOf(without)).toEqual({ status: 428, code: 'precondition-required' });
    expect(refusalOf(await change(randomUUID(), 1, body))).toEqual(notFound);
  });
});

describe('a client that is revoked', () => {
  it('stays in the list with its date, which revoking again does not change', async () => {
    const { clientId } = await registerClient(service, { key });
    expect((await revoke(clientId)).status).toBe(204);
    const first = (await read(clientId)).body.revokedAt;
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    await service.database.query(
      "update api_clients set revoked_at = revoked_at - interval '1 day' where client_id = $1",
      [clientId],
    );
    const { revokedAt } = (await read(clientId)).body;
    expect((await revoke(clientId)).status).toBe(204);
    expect((await read(clientId)).body.revokedAt).toBe(revokedAt);
  });

  it('has no token that works from that moment', async () => {
    const client = await registerClient(service, { scopes: ['clients:write'], key });
    const token = await signIn(service, client);
    expect((await read(client.clientId, { token })).status).toBe(200);
    await revoke(client.clientId);
    expect(refusalOf(await read(client.clientId, { token }))).toEqual(unauthenticated);
  });

  it('may have revoked itself', async () => {
    const client = await registerClient(service, { scopes: ['clients:write'], key });
    const token = await signIn(service, client);
    expect((await revoke(client.clientId, { token })).status).toBe(204);
    expect(refusalOf(await revoke(client.clientId, { token }))).toEqual(unauthenticated);
  });

  it('cannot be changed back into use', async () => {
    const { clientId } = await registerClient(service, { key });
    await revoke(clientId);
    const refused = await change(clientId, 1, { title: 'x' });
    expect(refusalOf(refused)).toEqual({ status: 410, code: 'gone' });
  });
});

describe('the last use of a client', () => {
  const today = () => new Date().toISOString().slice(0, 10);
  const usesOf = (id: string) =>
    service.database.query(
      'select last_used_on::text as day, xmin::text as written from api_client_uses where client_id = $1',
      [id],
    );
  const lastUsedOn = async (id: string) => {
    const { body } = await read(id);
    const list = (await send(service, 'GET', '/v1/api-clients?limit=100', staff)).body.items;
    const listed = list.find(({ clientId }: Shown) => clientId === id);
    expect(listed).toEqual(body);
    return body.lastUsedOn;
  };

  it('is the day on which it was given a token, and no time', async () => {
    const client = await registerClient(service, { key });
    expect(await lastUsedOn(client.clientId)).toBeNull();
    const before = today();
    await signIn(service, client);
    expect([before, today()]).toContain(await lastUsedOn(client.clientId));
    const changed = await change(client.clientId, 1, { title: 'Another' });
    expect([before, today()]).toContain(changed.body.lastUsedOn);
    const [type] = await service.database.query(
      `select data_type from information_schema.columns
       where table_name = 'api_client_uses' and column_name <> 'client_id'`,
    );
    expect(type).toEqual({ data_type: 'date' });
  });

  it('is written once a day, replaces the day before, and never goes back', async () => {
    const client = await registerClient(service, { key });
    const { clientId } = client;
    const set = (day: string) =>
      service.database.query('update api_client_uses set last_used_on = $2 where client_id = $1', [
        clientId,
        day,
      ]);
    await signIn(service, client);
    await set('2026-01-02');
    await signIn(service, client);
    const [first] = await usesOf(clientId);
    expect(first?.day).toBe(today());
    await signIn(service, client);
    await Promise.all(Array.from({ length: 5 }, () => signIn(service, client)));
    expect(await usesOf(clientId)).toEqual([first]);
    await set('2999-01-01');
    await signIn(service, client);
    expect((await usesOf(clientId))[0]?.day).toBe('2999-01-01');
  });

  it('is none where no token was given, and is told only to those who see the client', async () => {
    const client = await registerClient(service, { key, organisations: ['RV3'] });
    const forged = await signAssertion(
      { ...client, privateJwk: { ...otherKey, kid: key.kid } },
      `${service.url}/oauth2/token`,
    );
    expect((await requestToken(service, forged)).status).toBe(401);
    expect(await usesOf(client.clientId)).toEqual([]);
    await signIn(service, client);
    expect(await usesOf(client.clientId)).toHaveLength(1);
    expect(refusalOf(await read(client.clientId, { token: managerToken }))).toEqual(notFound);
  });
});

it('the list visits each client once, page by page', async () => {
  const whole = (await send(service, 'GET', '/v1/api-clients?limit=100', staff)).body;
  expect(whole.next).toBeNull();
  const visited: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: Shown } = await send(
      service,
      'GET',
      `/v1/api-clients?limit=4${cursor && `&cursor=${cursor}`}`,
      staff,
    );
    visited.push(...body.items.map(({ clientId }: Shown) => clientId));
    cursor = body.next;
  }
  expect(visited).toEqual(whole.items.map(({ clientId }: Shown) => clientId));
});
