import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { ask } from '../support/workshop.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import {
  createWebhookEndpoint,
  newWebhookEndpoint,
  publishLoopRecord,
  registerClient,
  signIn,
} from './support/things.ts';
import { type Receiver, startReceiver } from './support/webhook-receiver.ts';

/* What one client queues by hand takes nothing from others: how a run is shared, and how much can wait. */

let service: Service;
let receiver: Receiver;
let otherToken: string;
beforeAll(async () => {
  const { trusted } = await ask(inject('run').workshopUrl, '/certificates');
  [receiver, service] = await Promise.all([
    startReceiver(trusted),
    startService({ database: 'server', outbound: 'workerd' }),
  ]);
  const other = await registerClient(service, { organisations: ['RV3'], scopes: ['loop:write'] });
  otherToken = await signIn(service, other);
});
afterAll(() => Promise.all([service?.stop(), receiver?.stop()]));
afterEach(() => service.database.query('delete from webhook_endpoints'));

const staff = { as: 'demo-admin' };
const tooMany = { status: 409, code: 'wrong-phase' };
const run = () => service.scheduled({ cron: '* * * * *' });
const at = (id: string, rest = '') => `/v1/webhook-endpoints/${id}${rest}`;
const test = (id: string, options: object = staff) =>
  send(service, 'POST', at(id, '/tests'), options);
const replay = (id: string, body: object) =>
  send(service, 'POST', at(id, '/replays'), { ...staff, body });
const longAgo = '2026-01-01T00:00:00Z';

/** An endpoint of one client or the other, and of what types it was told. */
async function register(options: object = staff) {
  const path = `/${randomUUID()}`;
  const organisations = options === staff ? ['RHA'] : ['RV3'];
  const { body } = await send(service, 'POST', '/v1/webhook-endpoints', {
    ...options,
    body: newWebhookEndpoint({ url: receiver.url + path, organisations }),
  });
  const told = (): string[] => receiver.at(path).map((webhook) => JSON.parse(webhook.body).type);
  return { id: body.id as string, told };
}

/** Five endpoints with twenty tests each. */
async function flood() {
  const endpoints = await Promise.all(Array.from({ length: 5 }, () => register()));
  for (const { id } of endpoints)
    await Promise.all(
      Array.from({ length: 20 }, async () => expect((await test(id)).status).toBe(202)),
    );
  return () => endpoints.flatMap(({ told }) => told()).length;
}

describe('a flood of tests by one client', () => {
  it('does not keep what happened from reaching another in the next run', async () => {
    const flooded = await flood();
    const other = await register({ token: otherToken });
    await publishLoopRecord(service, { organisation: 'RV3' });
    await run();
    expect(other.told()).toEqual(['loop_record.published']);
    // What nobody else needs of the run is its own.
    expect(flooded()).toBe(39);
  });

  it('does not keep the tests of another from being sent: it gets a quarter of the run', async () => {
    const flooded = await flood();
    const other = await register({ token: otherToken });
    for (let count = 0; count < 10; count += 1) await test(other.id, { token: otherToken });
    await run();
    expect(other.told()).toHaveLength(10);
    expect(flooded()).toBe(30);
  });

  it('comes after what happened for the same endpoint', async () => {
    const { id, told } = await register();
    for (let count = 0; count < 12; count += 1) await test(id);
    await publishLoopRecord(service);
    await run();
    expect(told()).toHaveLength(10);
    expect(told()).toContain('loop_record.published');
  });
});

it('a client with much that happened leaves room for the test of another', async () => {
  const busy = await Promise.all(Array.from({ length: 5 }, () => register()));
  for (let count = 0; count < 10; count += 1) await publishLoopRecord(service);
  const other = await register({ token: otherToken });
  await test(other.id, { token: otherToken });
  await run();
  expect(other.told()).toEqual(['test']);
  expect(busy.flatMap(({ told }) => told())).toHaveLength(39);
});

describe('while twenty tests and replays wait for an endpoint', () => {
  it('no other is queued, however many ask at once, and the audit trail notes only what was', async () => {
    const { id } = await createWebhookEndpoint(service);
    await publishLoopRecord(service);
    const sent = await Promise.all(Array.from({ length: 25 }, () => test(id)));
    const refused = sent.filter(({ status }) => status !== 202);
    expect(refused.map(refusalOf)).toEqual(Array(5).fill(tooMany));
    expect(refusalOf(await replay(id, { since: longAgo }))).toEqual(tooMany);
    const { body } = await send(service, 'GET', '/v1/audit-events?limit=100', staff);
    const noted = body.items.filter(({ subject }: Shown) => subject?.id === id);
    expect(noted).toHaveLength(21);
    // Another endpoint is not held up, and this one neither once they are sent.
    expect((await test((await createWebhookEndpoint(service)).id)).status).toBe(202);
    await service.database.query('update webhook_deliveries set next_attempt_at = null');
    expect((await test(id)).status).toBe(202);
  });

  it('the twentieth counts that is being queued at this moment', async () => {
    const { id } = await createWebhookEndpoint(service);
    for (let count = 0; count < 19; count += 1) await test(id);
    // As a request does: the endpoint is held, and what is queued is not yet for others to see.
    const twentieth = service.database.query(
      `with held as (
         select id, organisations from webhook_endpoints where id = $1 for no key update
       ), told as (
         insert into webhook_events (type, organisations, occurred_at, data)
         select 'test', organisations, now(), '{"href": "/"}' from held returning id
       )
       insert into webhook_deliveries (endpoint_id, event_id, next_attempt_at, by_hand)
       select $1, id, now(), true from told returning pg_sleep(1)`,
      [id],
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    const refused = await test(id);
    await twentieth;
    expect(refusalOf(refused)).toEqual(tooMany);
  });

  it('replays count, also of what was sent because it happened', async () => {
    await service.database.query('delete from webhook_events');
    const { id } = await createWebhookEndpoint(service);
    for (let count = 0; count < 20; count += 1) await publishLoopRecord(service);
    expect((await replay(id, { since: longAgo })).body).toEqual({ queued: 20 });
    expect(refusalOf(await replay(id, { since: longAgo }))).toEqual(tooMany);
    expect(refusalOf(await test(id))).toEqual(tooMany);
  });
});
