import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { experienceCycleId } from '../../dev/demo.ts';
import { webhookReceiver } from '../../openapi/reference/introductions.ts';
import { type Service, startService } from '../support/service.ts';
import { ask } from '../support/workshop.ts';
import { type Shown, send } from './support/send.ts';
import {
  closeCycle,
  createLoopRecord,
  createWebhookEndpoint,
  publishLoopRecord,
  publishTheme,
  registerClient,
  signIn,
} from './support/things.ts';
import { dump } from './support/traces.ts';
import { type Received, type Receiver, startReceiver } from './support/webhook-receiver.ts';

/*
 * What is published reaches whoever asked for it: from the real Worker in workerd, on a real PostgreSQL, to real servers over
 * https. The database's clock decides when a delivery is due; `makeDue` moves what waits to now.
 */

let service: Service;
let receiver: Receiver;
let untrusted: Receiver;
beforeAll(async () => {
  const certificates = await ask(inject('run').workshopUrl, '/certificates');
  [receiver, untrusted, service] = await Promise.all([
    startReceiver(certificates.trusted),
    startReceiver(certificates.untrusted),
    startService({ database: 'server', outbound: 'workerd' }),
  ]);
});
afterAll(() => Promise.all([service?.stop(), receiver?.stop(), untrusted?.stop()]));
afterEach(() => service.database.query('delete from webhook_endpoints'));

const staff = { as: 'demo-admin' };

/** Runs the schedule that sends webhooks. */
const run = () => service.scheduled({ cron: '* * * * *' });

type Endpoint = { id: string; path: string; secret: string; received: () => Received[] };

/** An endpoint at a path of its own, which takes what comes. */
async function register(changes: Record<string, unknown> = {}): Promise<Endpoint> {
  const path = `/${randomUUID()}`;
  const { id, secret } = await createWebhookEndpoint(service, {
    url: receiver.url + path,
    ...changes,
  });
  return { id, secret, path, received: () => receiver.at(path) };
}

const at = (endpoint: { id: string }, rest = '') => `/v1/webhook-endpoints/${endpoint.id}${rest}`;
const readEndpoint = async (endpoint: { id: string }): Promise<Shown> =>
  (await send(service, 'GET', at(endpoint), staff)).body;
const deliveries = async (endpoint: { id: string }): Promise<Shown[]> =>
  (await send(service, 'GET', at(endpoint, '/deliveries?limit=100'), staff)).body.items;
const onlyDelivery = async (endpoint: { id: string }): Promise<Shown> => {
  const all = await deliveries(endpoint);
  expect(all).toHaveLength(1);
  return all[0];
};
const withdraw = (id: string) =>
  send(service, 'DELETE', `/v1/loop-records/${id}/publication`, staff);
const makeDue = () =>
  service.database.query(
    'update webhook_deliveries set next_attempt_at = now() where next_attempt_at is not null',
  );

/** What a receiver reads, or an error where the signature is not good. */
const verify = (webhook: Received | undefined, secret: string): Shown =>
  new Webhook(secret).verify(webhook?.body ?? '', webhook?.headers ?? {});

/** What an endpoint was told of, in no order. */
const toldOf = (endpoint: Endpoint): Shown[] =>
  endpoint.received().map((webhook) => {
    const { type, data } = verify(webhook, endpoint.secret);
    return { type, data };
  });

/** Seconds from now of a moment that the API showed. */
const secondsAhead = (time: string) => (Date.parse(time) - Date.now()) / 1000;

describe('what is published', () => {
  it('reaches a receiver once, signed as Standard Webhooks says, with ids and nothing in words', async () => {
    const endpoint = await register();
    const record = await publishLoopRecord(service);
    await run();
    await run();
    const [webhook] = endpoint.received();
    expect(endpoint.received()).toHaveLength(1);
    expect(verify(webhook, endpoint.secret)).toEqual({
      type: 'loop_record.published',
      timestamp: record.publishedAt,
      data: {
        id: record.id,
        version: 1,
        organisation: 'RHA',
        cycle: null,
        href: `${service.url}/v1/loop-records/${record.id}`,
      },
    });
    expect(webhook?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect((await onlyDelivery(endpoint)).event).toBe(webhook?.headers['webhook-id']);
    expect(await onlyDelivery(endpoint)).toMatchObject({
      status: 'delivered',
      attempts: 1,
      lastStatus: 204,
      lastFailure: null,
      nextAttemptAt: null,
    });
  });

  it('is found genuine by the program in the reference, as it came and only so', async () => {
    const endpoint = await register();
    await publishLoopRecord(service);
    await run();
    const program = `data:text/javascript,${encodeURIComponent(webhookReceiver)}`;
    const { isGenuine } = await import(/* @vite-ignore */ program);
    const [{ headers, body }] = endpoint.received() as [Received];
    expect(isGenuine(headers, body, endpoint.secret)).toBe(true);
    expect(isGenuine(headers, `${body} `, endpoint.secret)).toBe(false);
    expect(isGenuine(headers, body, (await register()).secret)).toBe(false);
    const old = {
      ...headers,
      'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 301),
    };
    expect(isGenuine(old, body, endpoint.secret)).toBe(false);
  });

  it('cannot be forged or changed on the way', async () => {
    const endpoint = await register();
    await publishLoopRecord(service);
    await run();
    const [webhook] = endpoint.received() as [Received];
    const other = await register();
    expect(() => verify(webhook, other.secret)).toThrow();
    const changed = webhook.body.replace('RHA', 'RV3');
    expect(() => verify({ ...webhook, body: changed }, endpoint.secret)).toThrow();
    const headers = { ...webhook.headers, 'webhook-id': randomUUID() };
    expect(() => verify({ ...webhook, headers }, endpoint.secret)).toThrow();
  });

  it('is told again in each later version, and its withdrawal by a tombstone', async () => {
    const endpoint = await register();
    const { id } = await publishLoopRecord(service);
    await send(service, 'PATCH', `/v1/loop-records/${id}`, {
      ...staff,
      headers: { 'if-match': 'W/"1"' },
      body: { title: 'Another title' },
    });
    const publication = `/v1/loop-records/${id}/publication`;
    for (const _ of 'twice') await send(service, 'PUT', publication, staff);
    await withdraw(id);
    await run();
    const told = endpoint.received().map((webhook) => verify(webhook, endpoint.secret));
    const lines = told.map(({ type, data }) => `${type} ${data.id === id} ${data.version}`);
    expect(lines.sort()).toEqual([
      'loop_record.published true 1',
      'loop_record.published true 2',
      'loop_record.withdrawn true 2',
    ]);
    const href = told.find(({ type }) => type === 'loop_record.withdrawn').data.href;
    expect((await fetch(href)).status).toBe(410);
  });

  it('is not told before it is: a draft, a change to one, and one that failed', async () => {
    const endpoint = await register();
    const { id } = await createLoopRecord(service);
    await service.database.query('update loop_records set withdrawn_at = now() where id = $1', [
      id,
    ]);
    await expect(
      service.database.query(
        `insert into loop_record_publications (record_id, version, title, you_said, we_did, published_at)
         select id, version, title, you_said, we_did, now() from loop_records, generate_series(1, 2) where id = $1`,
        [id],
      ),
    ).rejects.toThrow();
    expect(await deliveries(endpoint)).toEqual([]);
  });

  it('is told of themes: published, merged into another, withdrawn', async () => {
    const endpoint = await register({
      events: ['theme.published', 'theme.withdrawn', 'theme.merged'],
    });
    const [theme, target] = [await publishTheme(service), await publishTheme(service)];
    const path = (id: string) => `/v1/themes/${id}`;
    await send(service, 'POST', `${path(theme.id)}/merges`, {
      ...staff,
      body: { into: target.id },
    });
    await send(service, 'DELETE', `${path(target.id)}/publication`, staff);
    await run();
    const about = (id: string) => ({
      ...{ id, version: 1, organisation: 'RHA', cycle: theme.cycle },
      href: service.url + path(id),
    });
    const told = toldOf(endpoint);
    expect(told).toHaveLength(4);
    expect(told).toEqual(
      expect.arrayContaining([
        { type: 'theme.published', data: about(theme.id) },
        { type: 'theme.published', data: about(target.id) },
        { type: 'theme.merged', data: { ...about(theme.id), mergedInto: target.id } },
        { type: 'theme.withdrawn', data: about(target.id) },
      ]),
    );
  });

  it('is told of priorities', async () => {
    const endpoint = await register({ events: ['priority.published'] });
    const { id: cycle } = await closeCycle(service);
    const [priority] = await service.database.query<{ id: string }>(
      `with priority as (
         insert into priorities (organisation, cycle_id, ranking, decided_by, decided_on, rationale, dissent, updated_at)
         values ('RHA', $1, '[]', '[]', now(), 'x', '{}', now()) returning *
       )
       insert into priority_publications (priority_id, version, ranking, decided_by, decided_on, rationale, dissent,
         published_at)
       select id, 1, ranking, decided_by, decided_on, rationale, dissent, now() from priority returning priority_id as id`,
      [cycle],
    );
    await run();
    const href = `${service.url}/v1/priorities/${priority?.id}`;
    expect(toldOf(endpoint)).toEqual([
      {
        type: 'priority.published',
        data: { id: priority?.id, version: 1, organisation: 'RHA', cycle, href },
      },
    ]);
  });

  it('is told of released results, by where they can be read', async () => {
    const endpoint = await register({ events: ['results.released'] });
    const { id: cycleId } = await closeCycle(service);
    const release = () =>
      send(service, 'POST', `/v1/cycles/${cycleId}/releases`, { ...staff, body: {} });
    const released = await release();
    await run();
    const results = `/v1/cycles/${cycleId}/results?release=1`;
    const href = service.url + results;
    expect(toldOf(endpoint)).toEqual([
      { type: 'results.released', data: { cycleId, release: 1, organisations: ['RHA'], href } },
    ]);
    expect((await send(service, 'GET', results)).body.sha256).toBe(released.body.sha256);
  });

  it('is told to those who asked for it of that organisation, and to nobody else', async () => {
    const own = await register({ organisations: ['RHA'] });
    const shared = await register({ organisations: ['RV3', 'RHA'] });
    const other = await register({ organisations: ['RV3'] });
    const otherType = await register({ events: ['results.released'] });
    await publishLoopRecord(service);
    await run();
    const counts = [own, shared, other, otherType].map((endpoint) => endpoint.received().length);
    expect(counts).toEqual([1, 1, 0, 0]);
  });

  it('is kept nowhere while nobody asks for it', async () => {
    const events = 'select count(*)::int as count from webhook_events';
    const before = await service.database.query(events);
    await publishLoopRecord(service);
    await run();
    expect(await service.database.query(events)).toEqual(before);
  });

  it('is no longer told to a client that was revoked', async () => {
    const client = await registerClient(service, { scopes: ['loop:write'] });
    const path = `/${randomUUID()}`;
    await send(service, 'POST', '/v1/webhook-endpoints', {
      token: await signIn(service, client),
      body: { url: receiver.url + path, events: ['loop_record.published'] },
    });
    await publishLoopRecord(service);
    await send(service, 'DELETE', `/v1/api-clients/${client.clientId}`, staff);
    await run();
    expect(receiver.at(path)).toEqual([]);
  });
});

describe('a receiver that', () => {
  it('fails is tried again, at longer and longer intervals, until it takes the same webhook', async () => {
    const endpoint = await register();
    const statuses = [500, 404, 200];
    receiver.answer(endpoint.path, () => ({ status: statuses.shift() ?? 500 }));
    await publishLoopRecord(service);
    await run();
    const first = await onlyDelivery(endpoint);
    expect(first).toMatchObject({
      status: 'waiting',
      attempts: 1,
      lastStatus: 500,
      lastFailure: 'status',
    });
    expect(secondsAhead(first.nextAttemptAt)).toBeGreaterThan(50);
    expect(secondsAhead(first.nextAttemptAt)).toBeLessThan(70);
    expect((await readEndpoint(endpoint)).failingSince).not.toBeNull();
    await run();
    expect(endpoint.received()).toHaveLength(1);

    await makeDue();
    await run();
    const second = await onlyDelivery(endpoint);
    expect(second).toMatchObject({ status: 'waiting', attempts: 2, lastStatus: 404 });
    expect(secondsAhead(second.nextAttemptAt)).toBeGreaterThan(290);

    await makeDue();
    await run();
    expect(await onlyDelivery(endpoint)).toMatchObject({
      ...{ status: 'delivered', attempts: 3, lastStatus: 200, lastFailure: null },
    });
    expect((await readEndpoint(endpoint)).failingSince).toBeNull();
    const ids = endpoint.received().map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    const [one, , three] = endpoint.received();
    expect(three?.body).toBe(one?.body);
  });

  it('fails ten times is not tried again', async () => {
    const endpoint = await register();
    receiver.answer(endpoint.path, () => ({ status: 503 }));
    await publishLoopRecord(service);
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await makeDue();
      await run();
    }
    expect(endpoint.received()).toHaveLength(10);
    expect(await onlyDelivery(endpoint)).toMatchObject({
      ...{ status: 'given_up', attempts: 10, nextAttemptAt: null, lastStatus: 503 },
    });
  });

  it('hangs is left after fifteen seconds, and holds up nobody else', async () => {
    const [hanging, working] = await Promise.all([register(), register()]);
    receiver.answer(hanging.path, () => 'nothing');
    await publishLoopRecord(service);
    const started = Date.now();
    await run();
    expect(Date.now() - started).toBeGreaterThan(14_000);
    expect(hanging.received()).toHaveLength(1);
    expect(working.received()).toHaveLength(1);
    expect(await onlyDelivery(hanging)).toMatchObject({
      ...{ status: 'waiting', lastStatus: null, lastFailure: 'timeout' },
    });
  }, 40_000);

  it('redirects is not followed', async () => {
    const [endpoint, target] = await Promise.all([
      register(),
      register({ events: ['results.released'] }),
    ]);
    receiver.answer(endpoint.path, () => ({ status: 308, headers: { location: target.path } }));
    await publishLoopRecord(service);
    await run();
    expect(target.received()).toEqual([]);
    expect(await onlyDelivery(endpoint)).toMatchObject({
      ...{ status: 'waiting', lastStatus: 308, lastFailure: 'redirect' },
    });
  });

  it('has a certificate that nobody vouches for gets nothing', async () => {
    const endpoint = await register({ url: `${untrusted.url}/hook` });
    await publishLoopRecord(service);
    await run();
    expect(untrusted.received).toEqual([]);
    expect(await onlyDelivery(endpoint)).toMatchObject({
      ...{ status: 'waiting', lastStatus: null, lastFailure: 'connection' },
    });
  });

  it('is not there is tried again later', async () => {
    const gone = await startReceiver(
      (await ask(inject('run').workshopUrl, '/certificates')).trusted,
    );
    await gone.stop();
    const endpoint = await register({ url: `${gone.url}/hook` });
    await publishLoopRecord(service);
    await run();
    expect(await onlyDelivery(endpoint)).toMatchObject({
      ...{ status: 'waiting', lastFailure: 'connection' },
    });
  });

  it('is at an address that is refused by now is not connected to', async () => {
    const endpoint = await register();
    await service.database.query('update webhook_endpoints set url = $2 where id = $1', [
      endpoint.id,
      receiver.url.replace('localhost', '127.0.0.1'),
    ]);
    await publishLoopRecord(service);
    const before = receiver.received.length;
    await run();
    expect(receiver.received).toHaveLength(before);
    expect(await onlyDelivery(endpoint)).toMatchObject({
      ...{ status: 'waiting', attempts: 1, lastFailure: 'refused_address' },
    });
  });

  it('answers 410 is disabled at once, which the audit trail says, and what waits stays', async () => {
    await service.database.query('delete from webhook_events');
    const endpoint = await register();
    receiver.answer(endpoint.path, () => ({ status: 410 }));
    await publishLoopRecord(service);
    await run();
    const disabled = await readEndpoint(endpoint);
    expect(disabled).toMatchObject({ enabled: false, disabledReason: 'gone', version: 2 });
    await publishLoopRecord(service);
    await makeDue();
    await run();
    expect(endpoint.received()).toHaveLength(1);
    const { body } = await send(
      service,
      'GET',
      '/v1/audit-events?operation=disableWebhookEndpoint&limit=1',
      staff,
    );
    expect(body.items[0]).toMatchObject({
      actor: { kind: 'schedule', id: null },
      organisations: ['RHA'],
      subject: { kind: 'webhook-endpoint', id: endpoint.id },
    });

    // Once it is enabled again it gets what waited, and what happened meanwhile if it asks.
    receiver.answer(endpoint.path, () => ({ status: 200 }));
    const enabled = await send(service, 'PATCH', at(endpoint), {
      ...staff,
      headers: { 'if-match': 'W/"2"' },
      body: { enabled: true },
    });
    expect(enabled.body).toMatchObject({ enabled: true, disabledReason: null, failingSince: null });
    await run();
    expect(endpoint.received()).toHaveLength(2);
    expect(new Set(endpoint.received().map(({ body }) => body)).size).toBe(1);
    const again = await send(service, 'POST', at(endpoint, '/replays'), {
      ...staff,
      body: { since: new Date(Date.now() - 60_000).toISOString() },
    });
    expect(again.body).toEqual({ queued: 2 });
    await run();
    const ids = endpoint.received().map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([4, 2]);
  });

  it('has taken nothing for five days is disabled; one that takes anything is not', async () => {
    const [failing, mending] = await Promise.all([register(), register()]);
    for (const { path } of [failing, mending]) receiver.answer(path, () => ({ status: 500 }));
    await publishLoopRecord(service);
    await run();
    const failFor = (days: number) =>
      service.database.query(
        'update webhook_endpoints set failing_since = now() - make_interval(days => $1::integer)',
        [days],
      );
    await failFor(4);
    await makeDue();
    await run();
    expect((await readEndpoint(failing)).enabled).toBe(true);
    await failFor(6);
    receiver.answer(mending.path, () => ({ status: 200 }));
    await makeDue();
    await run();
    expect(await readEndpoint(failing)).toMatchObject({
      enabled: false,
      disabledReason: 'failed',
    });
    expect(await readEndpoint(mending)).toMatchObject({ enabled: true, failingSince: null });
  });
});

describe('nothing is lost and nothing doubled', () => {
  it('when two schedules run at once: each webhook is sent by one of them', async () => {
    const endpoints = await Promise.all(Array.from({ length: 6 }, () => register()));
    for (let count = 0; count < 4; count += 1) await publishLoopRecord(service);
    await Promise.all([run(), run(), run()]);
    for (const endpoint of endpoints) {
      const ids = endpoint.received().map(({ headers }) => headers['webhook-id']);
      expect(ids).toHaveLength(4);
      expect(new Set(ids).size).toBe(4);
    }
  });

  it('when a run ends between sending and noting it: it is sent again later, with the same id', async () => {
    const endpoint = await register();
    receiver.answer(endpoint.path, () => {
      service.endpoint.faults.unavailable = true;
      return { status: 200 };
    });
    await publishLoopRecord(service);
    await expect(run()).rejects.toThrow();
    service.endpoint.faults.unavailable = false;
    receiver.answer(endpoint.path, () => ({ status: 200 }));
    const claimed = await onlyDelivery(endpoint);
    expect(claimed).toMatchObject({ status: 'waiting', attempts: 1 });
    expect(secondsAhead(claimed.nextAttemptAt)).toBeGreaterThan(200);
    // Nobody takes it before the claim is over.
    await run();
    expect(endpoint.received()).toHaveLength(1);
    await makeDue();
    await run();
    expect(await onlyDelivery(endpoint)).toMatchObject({ status: 'delivered', attempts: 2 });
    const [one, two] = endpoint.received().map(({ headers }) => headers['webhook-id']);
    expect(two).toBe(one);
    expect(endpoint.received()).toHaveLength(2);
    await expect.poll(service.logs).toContainEqual(expect.stringContaining('webhooks-failed'));
  });

  it('when the Worker is killed while a receiver has not answered yet: what it was sending and what it was not goes out after the restart', async () => {
    const endpoint = await register();
    const records = [await publishLoopRecord(service), await publishLoopRecord(service)];
    const restarted = new Promise<void>((resolve, reject) => {
      receiver.answer(endpoint.path, async () => {
        // A second webhook may come before the process is gone.
        receiver.answer(endpoint.path, () => 'nothing');
        await service.killAndRestart().then(resolve, reject);
        return 'nothing' as const;
      });
    });
    await Promise.all([expect(run()).rejects.toThrow(), restarted]);
    const before = endpoint.received().map(({ headers }) => headers['webhook-id']);
    const statuses = async () => (await deliveries(endpoint)).map(({ status }) => status);
    expect(await statuses()).toEqual(Array(2).fill('waiting'));

    receiver.answer(endpoint.path, () => ({ status: 200 }));
    const later = await publishLoopRecord(service);
    await makeDue();
    await run();
    const told = endpoint.received().slice(before.length);
    const ids = told.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toEqual(expect.arrayContaining(before));
    expect(told.map((webhook) => verify(webhook, endpoint.secret).data.id).sort()).toEqual(
      [...records, later].map(({ id }) => id).sort(),
    );
    expect(told).toHaveLength(3);
    expect(await statuses()).toEqual(Array(3).fill('delivered'));
  });

  it('when a run takes so long that another has taken its work over: what the first learns is not noted', async () => {
    const endpoint = await register();
    receiver.answer(endpoint.path, async () => {
      await service.database.query(
        "update webhook_deliveries set next_attempt_at = now() + interval '10 minutes'",
      );
      return { status: 500 };
    });
    await publishLoopRecord(service);
    await run();
    const delivery = await onlyDelivery(endpoint);
    expect(delivery).toMatchObject({ status: 'waiting', lastStatus: null, lastFailure: null });
    expect(secondsAhead(delivery.nextAttemptAt)).toBeGreaterThan(500);
  });

  it('when an endpoint ends while something is published: the publication stands', async () => {
    const [ending, staying] = await Promise.all([register(), register()]);
    const { id } = await createLoopRecord(service);
    // Deleted, and not yet for others to see.
    const ended = service.database.query(
      'delete from webhook_endpoints where id = $1 returning pg_sleep(1)',
      [ending.id],
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    const published = await send(service, 'PUT', `/v1/loop-records/${id}/publication`, staff);
    await ended;
    expect(published.status, published.text).toBe(200);
    await run();
    expect([ending.received().length, staying.received().length]).toEqual([0, 1]);
  });
});

it('one endpoint with much that waits does not hold up another', async () => {
  const [busy, other] = await Promise.all([register(), register({ organisations: ['RV3'] })]);
  await service.database.query(
    `with told as (
       insert into webhook_events (type, organisations, occurred_at, data)
       select 'loop_record.published', '{RHA}', now(), '{"href": "/"}' from generate_series(1, 60) returning id
     )
     insert into webhook_deliveries (endpoint_id, event_id, next_attempt_at)
     select $1, id, now() - interval '1 day' from told`,
    [busy.id],
  );
  await publishLoopRecord(service, { organisation: 'RV3' });
  await run();
  expect(other.received()).toHaveLength(1);
  expect(busy.received()).toHaveLength(10);
});

it('a run with nothing to send asks the database once', async () => {
  const before = service.endpoint.calls;
  await run();
  expect(service.endpoint.calls - before).toBe(1);
});

it('what happened more than thirty days ago is removed by the schedule, with what became of it', async () => {
  const endpoint = await register();
  await publishLoopRecord(service);
  await publishLoopRecord(service);
  await run();
  const [kept, old] = await deliveries(endpoint);
  await service.database.query(
    "update webhook_events set occurred_at = now() - interval '31 days' where id = $1",
    [old.event],
  );
  await service.database.query(
    "update webhook_events set occurred_at = now() - interval '29 days' where id = $1",
    [kept.event],
  );
  await service.scheduled();
  expect((await deliveries(endpoint)).map(({ event }) => event)).toEqual([kept.event]);
});

it('a test reaches the endpoint that it is for, and no other', async () => {
  const [endpoint, other] = await Promise.all([register(), register()]);
  const { status, body } = await send(service, 'POST', at(endpoint, '/tests'), staff);
  expect(status).toBe(202);
  await run();
  const [webhook] = endpoint.received();
  expect(verify(webhook, endpoint.secret)).toMatchObject({
    type: 'test',
    data: { endpoint: endpoint.id, href: service.url + at(endpoint) },
  });
  expect(webhook?.headers['webhook-id']).toBe(body.event);
  expect(other.received()).toEqual([]);
});

it('after a rotation the secret before signs beside the new one for a day, then no longer', async () => {
  const endpoint = await register();
  const rotate = (version: number) =>
    send(service, 'POST', at(endpoint, '/secret'), {
      ...staff,
      headers: { 'if-match': `W/"${version}"` },
    });
  const { body: rotated } = await rotate(1);
  expect(rotated.secret).not.toBe(endpoint.secret);
  await publishLoopRecord(service);
  await run();
  const [both] = endpoint.received();
  for (const secret of [endpoint.secret, rotated.secret])
    expect(verify(both, secret).type).toBe('loop_record.published');

  await service.database.query(
    "update webhook_endpoints set rotated_at = now() - interval '25 hours' where id = $1",
    [endpoint.id],
  );
  await publishLoopRecord(service);
  await run();
  const [, later] = endpoint.received();
  expect(verify(later, rotated.secret).type).toBe('loop_record.published');
  expect(() => verify(later, endpoint.secret)).toThrow();
});

it('no secret is in the database or in a log, and no address in a log', async () => {
  const endpoint = await register({ url: `${receiver.url}/zqxaddress` });
  receiver.answer('/zqxaddress', () => ({ status: 500 }));
  await publishLoopRecord(service);
  await run();
  const held = await dump(service.database);
  const key = Buffer.from(endpoint.secret.replace('whsec_', ''), 'base64');
  expect(key).toHaveLength(32);
  const forms = [endpoint.secret.slice(6), key.toString('hex'), key.toString('base64url')];
  expect(held).toContain('zqxaddress');
  for (const form of forms) {
    expect(held).not.toContain(form);
    expect(service.logs().join('\n')).not.toContain(form);
  }
  expect(service.logs().join('\n')).not.toContain('zqxaddress');
  for (const path of ['', '/deliveries'])
    expect((await send(service, 'GET', at(endpoint, path), staff)).text).not.toContain('whsec_');
});

it('is about the cycle that was answered', async () => {
  const endpoint = await register();
  await publishLoopRecord(service, { cycle: experienceCycleId });
  await run();
  expect(verify(endpoint.received()[0], endpoint.secret).data.cycle).toBe(experienceCycleId);
});
