import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcessApi, type SignedIn, startInProcessApi } from '../support/in-process.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Sent, type Shown, send } from './support/send.ts';
import {
  closeCycle,
  moveCycle,
  newCycle,
  openCycle,
  rateAs,
  registerClient,
  signIn,
} from './support/things.ts';

// A real PostgreSQL: two who confirm must meet each other there.
let service: Service;
/** Three who may release for RHA, and one for another trust. */
let amina: string;
let bo: string;
let chris: string;
let otherTrust: string;
let boId: string;
beforeAll(async () => {
  service = await startService({ database: 'server' });
  const { privateJwk: key } = service.client('demo-admin');
  const publisher = async (organisation: string) => {
    const client = await registerClient(service, {
      organisations: [organisation],
      scopes: ['results:publish'],
      key,
    });
    return { id: client.clientId, token: await signIn(service, client) };
  };
  amina = (await publisher('RHA')).token;
  ({ token: bo, id: boId } = await publisher('RHA'));
  chris = (await publisher('RHA')).token;
  otherTrust = (await publisher('RV3')).token;
});
afterAll(() => service?.stop());

const path = (cycleId: string) => `/v1/cycles/${cycleId}/release-proposals`;
const propose = (cycleId: string, token = amina) => send(service, 'POST', path(cycleId), { token });
const list = (cycleId: string, token = amina) => send(service, 'GET', path(cycleId), { token });
const withdraw = (cycleId: string, id: string, token = bo) =>
  send(service, 'DELETE', `${path(cycleId)}/${id}`, { token });
const release = (cycleId: string, body: unknown, token = bo) =>
  send(service, 'POST', `/v1/cycles/${cycleId}/releases`, { token, body });
const confirm = (cycleId: string, proposal: string, token = bo) =>
  release(cycleId, { dryRun: false, proposal }, token);

/** A closed cycle in which 30 service users and 4 carers took part. */
async function ratedCycle(): Promise<string> {
  const { id } = await closeCycle(service);
  await rateAs(service, id, 'service_user', 30, { answer: 3 });
  await rateAs(service, id, 'carer', 4, { answer: 5 });
  return id;
}

async function proposed(): Promise<{ cycleId: string; id: string }> {
  const cycleId = await ratedCycle();
  const { status, text, body } = await propose(cycleId);
  expect(status, text).toBe(201);
  return { cycleId, id: body.id };
}

/** How many releases there are, and what the public is told of the cycle. */
async function published(cycleId: string) {
  const [row] = await service.database.query<{ releases: number }>(
    'select count(*)::int as releases from releases where cycle_id = $1',
    [cycleId],
  );
  const { body } = await send(service, 'GET', `/v1/cycles/${cycleId}`);
  return { ...row, phase: body.phase };
}
const nothing = { releases: 0, phase: 'closed' };

const detailOf = ({ body }: Sent) => body.detail;
const states = async (cycleId: string) =>
  (await list(cycleId)).body.items.map(({ state }: Shown) => state);

describe('proposing a release', () => {
  it('tells what would be shown and hidden, as the dry run does, and publishes nothing', async () => {
    const cycleId = await ratedCycle();
    const { body: dryRun } = await release(cycleId, { dryRun: true });
    const made = await propose(cycleId);
    expect(made.status, made.text).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      cycleId,
      release: 1,
      disclosurePolicy: { threshold: 10, roundTo: 5 },
      shown: dryRun.shown,
      hidden: dryRun.hidden.length,
      proposedBy: expect.any(String),
      proposedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      state: 'open',
      withdrawnAt: null,
      releasedAt: null,
    });
    expect(made.body.hidden).toBeGreaterThan(0);
    expect((await list(cycleId, bo)).body).toEqual({ items: [made.body], next: null });
    expect(await published(cycleId)).toEqual(nothing);
  });

  it('is for a closed cycle only', async () => {
    const { id } = await openCycle(service);
    expect(refusalOf(await propose(id))).toEqual({ status: 409, code: 'wrong-phase' });
    await moveCycle(service, id, 'closed');
    expect((await propose(id)).status).toBe(201);
  });

  it('is done once at a time, also by two at once', async () => {
    const cycleId = await ratedCycle();
    const both = await Promise.all([propose(cycleId, amina), propose(cycleId, bo)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(refusalOf(await propose(cycleId, chris))).toEqual({
      status: 409,
      code: 'already-exists',
    });
    const [open] = (await list(cycleId)).body.items;
    expect((await withdraw(cycleId, open.id)).status).toBe(204);
    expect((await propose(cycleId, chris)).status).toBe(201);
    expect(await states(cycleId)).toHaveLength(2);
  });

  it('is not for another trust, nor to be seen by it', async () => {
    const { cycleId, id } = await proposed();
    expect((await propose(cycleId, otherTrust)).status).toBe(403);
    expect((await list(cycleId, otherTrust)).status).toBe(404);
    expect((await withdraw(cycleId, id, otherTrust)).status).toBe(404);
    expect((await confirm(cycleId, id, otherTrust)).status).toBe(400);
    expect(await states(cycleId)).toEqual(['open']);
  });

  it('of what several trusts share is for whoever acts for all of them', async () => {
    const { id: cycleId } = await closeCycle(service, {
      organisations: ['RHA', 'RV3'],
      services: [],
    });
    expect((await propose(cycleId)).status).toBe(403);
    expect((await list(cycleId)).status).toBe(404);
    const both = { as: 'demo-admin' };
    expect((await send(service, 'POST', path(cycleId), both)).status).toBe(201);
    expect((await send(service, 'GET', path(cycleId), both)).body.items).toHaveLength(1);
  });
});

describe('a proposed release', () => {
  it('is made when somebody else confirms it', async () => {
    const { cycleId, id } = await proposed();
    const made = await confirm(cycleId, id);
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({ cycleId, release: 1 });
    expect(await published(cycleId)).toEqual({ releases: 1, phase: 'released' });
    const [row] = await service.database.query(
      'select released_by from releases where cycle_id = $1',
      [cycleId],
    );
    expect(row).toEqual({ released_by: boId });
    const [shown] = (await list(cycleId)).body.items;
    expect(shown).toMatchObject({ id, state: 'released', releasedAt: made.body.releasedAt });
  });

  it('is not made by whoever proposed it', async () => {
    const { cycleId, id } = await proposed();
    const own = await confirm(cycleId, id, amina);
    expect(refusalOf(own)).toEqual({ status: 403, code: 'forbidden' });
    expect(detailOf(own)).toBe('Somebody else has to confirm it.');
    expect(await published(cycleId)).toEqual(nothing);
    expect(await states(cycleId)).toEqual(['open']);
  });

  it('is not made once a number of it is another', async () => {
    const { cycleId, id } = await proposed();
    await rateAs(service, cycleId, 'service_user', 20, { answer: 1 });
    const late = await confirm(cycleId, id);
    expect(refusalOf(late)).toEqual({ status: 409, code: 'wrong-phase' });
    expect(detailOf(late)).toMatch(/^The numbers have changed since it was proposed/);
    expect(await published(cycleId)).toEqual(nothing);

    await withdraw(cycleId, id);
    const { body } = await propose(cycleId);
    expect((await confirm(cycleId, body.id)).status).toBe(201);
  });

  it('is not made once another release was', async () => {
    const { cycleId, id } = await proposed();
    expect((await release(cycleId, { dryRun: false }, chris)).status).toBe(201);
    expect(refusalOf(await confirm(cycleId, id))).toEqual({ status: 409, code: 'wrong-phase' });
    expect((await published(cycleId)).releases).toBe(1);
  });

  it('is made once, and told again to whoever confirms it again or at the same time', async () => {
    const { cycleId, id } = await proposed();
    const many = await Promise.all(
      [bo, chris, bo, chris, bo].map((token) => confirm(cycleId, id, token)),
    );
    many.push(await confirm(cycleId, id, bo), await confirm(cycleId, id, amina));
    expect(many.map(({ status }) => status)).toEqual(many.map(() => 201));
    expect(new Set(many.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await published(cycleId)).releases).toBe(1);
  });

  it('is told again also when it was corrected since, and its ratings are deleted', async () => {
    const { cycleId, id } = await proposed();
    const first = await confirm(cycleId, id);
    await release(cycleId, {}, chris);
    await service.database.query(
      "update cycles set opens_at = now() - interval '800 days', closes_at = now() - interval '400 days', version = version + 1 where id = $1",
      [cycleId],
    );
    expect((await confirm(cycleId, id)).body).toEqual(first.body);
    expect((await published(cycleId)).releases).toBe(2);
  });

  it('can be withdrawn by anybody who may release, and is then not made', async () => {
    const { cycleId, id } = await proposed();
    for (const _ of ['first', 'again']) expect((await withdraw(cycleId, id, bo)).status).toBe(204);
    const late = await confirm(cycleId, id, chris);
    expect(refusalOf(late)).toEqual({ status: 409, code: 'wrong-phase' });
    expect(detailOf(late)).toMatch(/withdrawn/);
    expect(await published(cycleId)).toEqual(nothing);
    expect(await states(cycleId)).toEqual(['withdrawn']);
  });

  it('stays once it was made', async () => {
    const { cycleId, id } = await proposed();
    await confirm(cycleId, id);
    expect(refusalOf(await withdraw(cycleId, id))).toEqual({ status: 409, code: 'wrong-phase' });
    expect(await states(cycleId)).toEqual(['released']);
  });

  it('is either made or withdrawn when both are tried at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { cycleId, id } = await proposed();
      const [made, ended] = await Promise.all([confirm(cycleId, id), withdraw(cycleId, id, chris)]);
      const isMade = made.status === 201;
      expect([made.status, ended.status]).toEqual(isMade ? [201, 409] : [409, 204]);
      expect(await states(cycleId)).toEqual([isMade ? 'released' : 'withdrawn']);
      expect(await published(cycleId)).toEqual(
        isMade ? { releases: 1, phase: 'released' } : nothing,
      );
    }
  });

  it('is of its own cycle, and no dry run', async () => {
    const { id } = await proposed();
    const { cycleId, id: other } = await proposed();
    for (const sent of [
      await confirm(cycleId, id),
      await confirm(cycleId, randomUUID()),
      await release(cycleId, { dryRun: true, proposal: other }),
    ]) {
      expect(sent.status, sent.text).toBe(400);
      expect(pointersOf(sent)).toEqual(['/proposal']);
    }
    expect(await published(cycleId)).toEqual(nothing);
  });

  it('leaves who proposed and who confirmed in the audit trail, without a number', async () => {
    const { cycleId, id } = await proposed();
    await confirm(cycleId, id);
    const events = await service.database.query<Record<string, unknown>>(
      'select operation, actor, counts from audit_events where subject in ($1, $2) and operation like $3 order by number',
      [id, cycleId, '%Release'],
    );
    expect(events).toEqual([
      { operation: 'proposeRelease', actor: expect.any(String), counts: null },
      { operation: 'createRelease', actor: boId, counts: null },
    ]);
    expect(events[0]?.actor).not.toBe(boId);
  });
});

describe('people at the console', () => {
  let console: InProcessApi;
  beforeAll(async () => {
    console = await startInProcessApi();
  });
  afterAll(() => console?.stop());

  const call = async (person: SignedIn, method: string, to: string, body?: unknown) => {
    const response = await console.fetch(person.caller, to, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return { status: response.status, body: (await response.json()) as Shown };
  };

  async function closedCycle(): Promise<string> {
    const person = await console.signIn({ RHA: ['administrator'] });
    const { body } = await call(person, 'POST', '/v1/cycles', newCycle());
    for (const to of ['open', 'closed'])
      await call(person, 'POST', `/v1/cycles/${body.id}/transitions`, { to });
    return body.id;
  }

  it('publish results two at a time: one proposes, another confirms', async () => {
    const cycleId = await closedCycle();
    const releases = `/v1/cycles/${cycleId}/releases`;
    const [first, second] = [
      await console.signIn({ RHA: ['publisher'] }),
      await console.signIn({ RHA: ['publisher'] }),
    ];
    expect((await call(first, 'POST', releases, { dryRun: true })).status).toBe(200);
    const alone = await call(first, 'POST', releases, { dryRun: false });
    expect([alone.status, alone.body.code]).toEqual([403, 'forbidden']);
    expect(alone.body.detail).toMatch(/^Two people publish results/);

    const made = await call(first, 'POST', path(cycleId));
    expect([made.status, made.body.proposedBy]).toEqual([201, first.memberId]);
    const proposal = made.body.id;
    expect((await call(first, 'POST', releases, { proposal })).status).toBe(403);
    expect((await call(second, 'POST', releases, { proposal })).status).toBe(201);
    expect(
      await console.database.query('select number, released_by from releases where cycle_id = $1', [
        cycleId,
      ]),
    ).toEqual([{ number: 1, released_by: second.memberId }]);
  });
});
