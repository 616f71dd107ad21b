import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Sent, type Shown, send } from './support/send.ts';
import {
  createWebhookEndpoint,
  newWebhookEndpoint,
  publishLoopRecord,
  registerClient,
  signIn,
} from './support/things.ts';

/* What staff do with their endpoints. How webhooks are sent: webhooks.test.ts. */

let service: Service;
/** Of somebody who may do it for RV3 alone. */
let otherToken: string;
beforeAll(async () => {
  service = await startService();
  const other = await registerClient(service, { organisations: ['RV3'], scopes: ['loop:write'] });
  otherToken = await signIn(service, other);
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const stale = { status: 412, code: 'precondition-failed' };
const notFound = { status: 404, code: 'not-found' };
const invalid = { status: 400, code: 'validation-failed' };
const forbidden = { status: 403, code: 'forbidden' };

const create = (changes: Record<string, unknown>, options: object = staff) =>
  send(service, 'POST', '/v1/webhook-endpoints', { ...options, body: newWebhookEndpoint(changes) });
const at = (id: string, rest = '') => `/v1/webhook-endpoints/${id}${rest}`;
const change = (id: string, version: number, body: object, options: object = staff) =>
  send(service, 'PATCH', at(id), {
    ...options,
    headers: { 'if-match': `W/"${version}"` },
    body,
  });
const rotate = (id: string, version: number, options: object = staff): Promise<Sent> =>
  send(service, 'POST', at(id, '/secret'), {
    ...options,
    headers: { 'if-match': `W/"${version}"` },
  });
const deliveries = async (id: string, query = ''): Promise<Shown[]> =>
  (await send(service, 'GET', at(id, `/deliveries?${query}`), staff)).body.items;

describe('an endpoint', () => {
  it('is registered with a secret that is shown then and never again', async () => {
    const made = await create({});
    expect(made.status).toBe(201);
    const { secret, ...endpoint } = made.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made.headers.get('location')).toBe(at(endpoint.id));
    expect(made.headers.get('cache-control')).toBe('no-store');
    const read = await send(service, 'GET', at(endpoint.id), staff);
    expect(read.body).toEqual(endpoint);
    expect(read.headers.get('etag')).toBe('W/"1"');
    expect((await createWebhookEndpoint(service)).secret).not.toBe(secret);
  });

  it('is for all organisations of its client where it names none', async () => {
    const made = await create({ organisations: undefined }, { token: otherToken });
    expect(made.body.organisations).toEqual(['RV3']);
  });

  it.each([
    ['http', 'http://hooks.example.org/'],
    ['a private address', 'https://10.0.0.1/'],
    ['a private address in one number', 'https://167772161/'],
    ['the address of a cloud', 'https://169.254.169.254/'],
    ['a mapped address', 'https://[::ffff:127.0.0.1]/'],
    ['a private name', 'https://database.internal/'],
    ['a password', 'https://user:secret@hooks.example.org/'],
    ['a line break in its name', 'https://hooks.exa\nmple.org/\r\nX: y'],
    ['the name of a cluster', 'https://kubernetes.default.svc/'],
    ['a port of something else', 'https://hooks.example.org:5432/'],
  ])('is refused at %s', async (_, url) => {
    const refused = await create({ url });
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(['/url']);
    const { id } = await createWebhookEndpoint(service);
    expect(pointersOf(await change(id, 1, { url }))).toEqual(['/url']);
  });

  it.each([
    ['no type', { events: [] }, '/events'],
    ['a type twice', { events: ['theme.published', 'theme.published'] }, '/events'],
    ['a type that there is not', { events: ['submission.created'] }, '/events/0'],
    ['a test, which everybody may have', { events: ['test'] }, '/events/0'],
    ['no organisation', { organisations: [] }, '/organisations'],
  ])('is refused with %s', async (_, changes, pointer) => {
    const refused = await create(changes);
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual([pointer]);
  });

  it('is refused for an organisation that the client is not of', async () => {
    const token = { token: otherToken };
    expect(refusalOf(await create({ organisations: ['RHA'] }, token))).toEqual(forbidden);
    expect(refusalOf(await create({ organisations: ['RV3', 'RHA'] }, token))).toEqual(forbidden);
    const { body } = await create({ organisations: ['RV3'] }, token);
    expect(refusalOf(await change(body.id, 1, { organisations: ['RHA'] }, token))).toEqual(
      forbidden,
    );
  });

  it('is refused once a client has a hundred', async () => {
    const client = await registerClient(service, { scopes: ['loop:write'] });
    await service.database.query(
      `insert into webhook_endpoints (client_id, organisations, url, events)
       select $1, '{RHA}', 'https://hooks.example.org/' || number, '{theme.published}' from generate_series(1, 99) as number`,
      [client.clientId],
    );
    const token = { token: await signIn(service, client) };
    expect((await create({}, token)).status).toBe(201);
    expect(refusalOf(await create({}, token))).toEqual(forbidden);
  });

  it.each([
    ['https://HOOKS.example.org:443/a/../b c', 'https://hooks.example.org/b%20c'],
    ['https:\\\\bücher.example', 'https://xn--bcher-kva.example/'],
  ])('is kept as the URL standard writes its address: %s', async (url, normal) => {
    const made = await create({ url });
    expect(made.body.url).toBe(normal);
    const { id } = await createWebhookEndpoint(service);
    expect((await change(id, 1, { url: `${url}?` })).body.url).toBe(`${normal}?`);
  });

  it('is refused at an address where its client has one, in whatever spelling and however many ask', async () => {
    const client = await registerClient(service, { scopes: ['loop:write'] });
    const token = { token: await signIn(service, client) };
    const spellings = ['https://Hooks.example.org/x', 'https://hooks.example.org:443/x'];
    const made = await Promise.all(
      [...spellings, ...spellings].map((url) => create({ url }, token)),
    );
    const taken = { status: 409, code: 'already-exists' };
    expect(made.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(made.filter(({ status }) => status !== 201).map(refusalOf)).toEqual(
      Array(3).fill(taken),
    );
    const { body } = await create({}, token);
    expect(refusalOf(await change(body.id, 1, { url: spellings[0] }, token))).toEqual(taken);
    // Another client may have one there: it is told nothing of this.
    expect((await create({ url: spellings[0] })).status).toBe(201);
  });

  it('is changed by whoever read it last', async () => {
    const { id } = await createWebhookEndpoint(service);
    const url = 'https://other.example.org/';
    const changed = await change(id, 1, { url, events: ['theme.published'] });
    expect(changed.body).toMatchObject({ version: 2, url, events: ['theme.published'] });
    expect(refusalOf(await change(id, 1, { url }))).toEqual(stale);
    expect(refusalOf(await rotate(id, 1))).toEqual(stale);
  });

  it('is put to sleep and woken, and a second time changes nothing of when it fell asleep', async () => {
    const { id } = await createWebhookEndpoint(service);
    const asleep = await change(id, 1, { enabled: false });
    expect(asleep.body).toMatchObject({ enabled: false, disabledReason: 'by_client' });
    await service.database.query(
      "update webhook_endpoints set disabled_at = '2026-01-01', disabled_reason = 'failed' where id = $1",
      [id],
    );
    expect((await change(id, 2, { enabled: false })).body).toMatchObject({
      ...{ disabledAt: '2026-01-01T00:00:00Z', disabledReason: 'failed' },
    });
    await service.database.query(
      'update webhook_endpoints set failing_since = now() where id = $1',
      [id],
    );
    expect((await change(id, 3, { enabled: true })).body).toMatchObject({
      ...{ enabled: true, disabledAt: null, disabledReason: null, failingSince: null },
    });
  });

  it('gets a new secret each time, and says since when', async () => {
    const { id, secret } = await createWebhookEndpoint(service);
    const second = await rotate(id, 1);
    const third = await rotate(id, 2);
    expect(new Set([secret, second.body.secret, third.body.secret]).size).toBe(3);
    expect(third.body).toMatchObject({ version: 3, secretRotatedAt: expect.any(String) });
  });

  it('gets a new secret only from the client that registered it, which alone is shown it', async () => {
    const { id } = await createWebhookEndpoint(service);
    const client = await registerClient(service, { scopes: ['loop:write'] });
    const token = { token: await signIn(service, client) };
    const refused = await rotate(id, 1, token);
    expect(refusalOf(refused)).toEqual(forbidden);
    expect(refused.text).not.toContain('whsec_');
    // It is there for them, and its secret is the one that it was.
    const read = await send(service, 'GET', at(id), token);
    expect(read.body).toMatchObject({ version: 1, secretRotatedAt: null });
    expect((await send(service, 'POST', at(id, '/tests'), token)).status).toBe(202);
    expect((await rotate(id, 1)).status).toBe(200);
  });

  it('is sent no test while it is disabled', async () => {
    const { id } = await createWebhookEndpoint(service);
    await change(id, 1, { enabled: false });
    const refused = await send(service, 'POST', at(id, '/tests'), staff);
    expect(refusalOf(refused)).toEqual({ status: 409, code: 'wrong-phase' });
    expect(refused.body.detail).toContain('Enable it first');
    expect(await deliveries(id)).toEqual([]);
    await change(id, 2, { enabled: true });
    expect((await send(service, 'POST', at(id, '/tests'), staff)).status).toBe(202);
  });

  it('ends with its log', async () => {
    const { id } = await createWebhookEndpoint(service);
    await send(service, 'POST', at(id, '/tests'), staff);
    expect((await send(service, 'DELETE', at(id), staff)).status).toBe(204);
    const rows = 'select event_id from webhook_deliveries where endpoint_id = $1';
    expect(await service.database.query(rows, [id])).toEqual([]);
    expect(refusalOf(await send(service, 'GET', at(id), staff))).toEqual(notFound);
    expect(refusalOf(await send(service, 'DELETE', at(id), staff))).toEqual(notFound);
  });
});

it("another trust's endpoint does not exist for a client, nor one that it shares with others", async () => {
  const theirs = await createWebhookEndpoint(service, { organisations: ['RHA'] });
  const shared = await createWebhookEndpoint(service, { organisations: ['RV3', 'RHA'] });
  const token = { token: otherToken };
  for (const { id } of [theirs, shared]) {
    const headers = { 'if-match': 'W/"1"' };
    const attempts: [string, string, object][] = [
      ['GET', at(id), {}],
      ['PATCH', at(id), { headers, body: { enabled: false } }],
      ['DELETE', at(id), {}],
      ['POST', at(id, '/secret'), { headers }],
      ['POST', at(id, '/tests'), {}],
      ['GET', at(id, '/deliveries'), {}],
      ['POST', at(id, '/replays'), { body: { since: '2026-01-01T00:00:00Z' } }],
    ];
    for (const [method, path, options] of attempts)
      expect(refusalOf(await send(service, method, path, { ...token, ...options }))).toEqual(
        notFound,
      );
    const { body } = await send(service, 'GET', '/v1/webhook-endpoints?limit=100', token);
    expect(body.items.map(({ id }: Shown) => id)).not.toContain(id);
    expect(await deliveries(id)).toEqual([]);
  }
});

describe('the log of deliveries', () => {
  it('shows what waits, what came and what was given up, page by page', async () => {
    const { id } = await createWebhookEndpoint(service, { organisations: ['RXG'] });
    for (let count = 0; count < 3; count += 1)
      await publishLoopRecord(service, { organisation: 'RXG' });
    const [first, second, third] = await deliveries(id);
    expect(first).toMatchObject({ type: 'loop_record.published', status: 'waiting', attempts: 0 });
    await service.database.query(
      'update webhook_deliveries set next_attempt_at = null, delivered_at = now() where event_id = $1',
      [second.event],
    );
    await service.database.query(
      'update webhook_deliveries set next_attempt_at = null where event_id = $1',
      [third.event],
    );
    for (const [status, { event }] of [
      ['waiting', first],
      ['delivered', second],
      ['given_up', third],
    ] as const) {
      const found = await deliveries(id, `status=${status}`);
      expect(found.map((each) => [each.event, each.status])).toEqual([[event, status]]);
    }
    const { body } = await send(service, 'GET', at(id, '/deliveries?limit=2'), staff);
    const rest = await deliveries(id, `cursor=${body.next}`);
    expect([...body.items, ...rest].map(({ event }) => event)).toEqual(
      [first, second, third].map(({ event }) => event),
    );
  });
});

describe('a replay', () => {
  const replay = (id: string, body: object) =>
    send(service, 'POST', at(id, '/replays'), { ...staff, body });
  const end = (id: string) =>
    service.database.query(
      'update webhook_deliveries set next_attempt_at = null, attempts = 10 where endpoint_id = $1',
      [id],
    );

  it('queues one event again, as if it had never been tried', async () => {
    const { id } = await createWebhookEndpoint(service, { organisations: ['R1C'] });
    for (const _ of 'ab') await publishLoopRecord(service, { organisation: 'R1C' });
    await end(id);
    const [one, other] = await deliveries(id);
    expect((await replay(id, { event: one.event })).body).toEqual({ queued: 1 });
    const [now, untouched] = await deliveries(id);
    expect(now).toMatchObject({ event: one.event, status: 'waiting', attempts: 0 });
    expect(untouched).toEqual(other);
  });

  it('queues what happened since a moment and is asked for: also for an endpoint that came later', async () => {
    await createWebhookEndpoint(service, { organisations: ['RDY'] });
    const before = new Date(Date.now() - 5000).toISOString();
    await publishLoopRecord(service, { organisation: 'RDY' });
    const late = await createWebhookEndpoint(service, { organisations: ['RDY'] });
    const otherType = await createWebhookEndpoint(service, {
      organisations: ['RDY'],
      events: ['theme.published'],
    });
    const otherTrust = await createWebhookEndpoint(service, { organisations: ['RX2'] });
    expect((await replay(late.id, { since: before })).body).toEqual({ queued: 1 });
    for (const { id } of [otherType, otherTrust])
      expect((await replay(id, { since: before })).body).toEqual({ queued: 0 });
    const after = new Date(Date.now() + 60_000).toISOString();
    expect((await replay(late.id, { since: after })).body).toEqual({ queued: 0 });
    const [{ event }] = await deliveries(late.id);
    for (const { id } of [otherType, otherTrust])
      expect(refusalOf(await replay(id, { event }))).toEqual(invalid);
  });

  it('needs either an event or a moment', async () => {
    const { id } = await createWebhookEndpoint(service);
    for (const body of [{}, { event: randomUUID(), since: '2026-01-01T00:00:00Z' }])
      expect(pointersOf(await replay(id, body))).toEqual(['/event']);
    expect(pointersOf(await replay(id, { event: randomUUID() }))).toEqual(['/event']);
  });
});

it('the audit trail says who did what with an endpoint, and nothing of its address', async () => {
  const { id } = await createWebhookEndpoint(service);
  await change(id, 1, { events: ['theme.published'] });
  await rotate(id, 2);
  await send(service, 'POST', at(id, '/tests'), staff);
  await send(service, 'POST', at(id, '/replays'), {
    ...staff,
    body: { since: '2026-01-01T00:00:00Z' },
  });
  await send(service, 'DELETE', at(id), staff);
  const { body } = await send(service, 'GET', '/v1/audit-events?limit=100', {
    as: 'demo-admin',
  });
  const events = body.items.filter(({ subject }: Shown) => subject?.id === id).reverse();
  expect(events.map(({ operation }: Shown) => operation)).toEqual([
    'createWebhookEndpoint',
    'changeWebhookEndpoint',
    'rotateWebhookSecret',
    'testWebhookEndpoint',
    'replayWebhooks',
    'deleteWebhookEndpoint',
  ]);
  for (const event of events)
    expect(event).toMatchObject({
      actor: { kind: 'client', id: 'demo-admin' },
      organisations: ['RHA'],
      purpose: 'loop:write',
      outcome: 'done',
    });
  expect(JSON.stringify(events)).not.toContain('example.org');
});
