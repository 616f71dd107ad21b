import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveHandles, makeReceipt, RECEIPT_SYMBOL_COUNT } from '../../domain/receipt.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, send } from './support/send.ts';
import {
  createCycle,
  createLoopRecord,
  dateTimeIn,
  moveCycle,
  newCycle,
  openCycle,
  postBatch,
  submission,
} from './support/things.ts';
import { uniqueWord } from './support/traces.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const RETENTION_DAYS = 30;

const wholeSubmission = () =>
  submission({
    answers: [{ question: 'what-good', text: `Good ${uniqueWord()}` }],
    equality: { ethnicity: 'M' },
  });

const newReceipt = () => makeReceipt(crypto.getRandomValues(new Uint8Array(RECEIPT_SYMBOL_COUNT)));

/** A cycle with 20 submissions that were taken apart, the first two with receipts of devices. */
async function filledCycle(changes: Record<string, unknown> = {}) {
  const { id } = await openCycle(service, { retentionDays: RETENTION_DAYS, ...changes });
  const receipts = [newReceipt(), newReceipt()];
  const items: unknown[] = await Promise.all(
    receipts.map(async (receipt) => ({
      ...wholeSubmission(),
      receiptHandles: await deriveHandles(receipt),
    })),
  );
  while (items.length < 20) items.push(wholeSubmission());
  expect((await postBatch(service, id, items)).body.accepted).toBe(20);
  await service.scheduled();
  return { id, receipts };
}

/** Time passes: the cycle closed so long ago, as PostgreSQL writes an interval. */
const closedAgo = (id: string, interval: string) =>
  service.database.query(
    "update cycles set opens_at = now() - interval '90 days', closes_at = now() - $2::interval where id = $1",
    [id, interval],
  );

const partsOf = async (id: string) => {
  const [row] = await service.database.query(
    `select (select count(*) from inbox where cycle_id = $1)::int as inbox,
      (select count(*) from rating_parts where cycle_id = $1)::int as ratings,
      (select count(*) from text_parts where cycle_id = $1)::int as texts,
      (select count(*) from equality_parts where cycle_id = $1)::int as equality,
      (select count(*) from used_receipts where cycle_id = $1)::int as used,
      (select count(*) from shown_participation_weeks where cycle_id = $1)::int as weeks`,
    [id],
  );
  return row;
};
const all = { inbox: 0, ratings: 20, texts: 20, equality: 20, used: 2, weeks: 1 };
const nothing = { inbox: 0, ratings: 0, texts: 0, equality: 0, used: 0, weeks: 0 };

/** What the schedule notes of a run. */
async function run() {
  const [before] = await service.database.query<{ last: number }>(
    'select coalesce(max(number), 0)::int as last from audit_events',
  );
  await service.scheduled();
  return service.database.query(
    `select actor_kind, actor, organisations, purpose, operation, subject_kind, subject, outcome, counts
     from audit_events where number > $1 order by number`,
    [before?.last],
  );
}

const expired = (id: string, counts: Record<string, number>, organisations = ['RHA']) => ({
  actor_kind: 'schedule',
  actor: null,
  organisations,
  purpose: 'retention',
  operation: 'removeExpiredParts',
  subject_kind: 'cycle',
  subject: id,
  outcome: 'done',
  counts,
});

const hold = (id: string, reason = 'Order of the coroner.') =>
  send(service, 'PUT', `/v1/cycles/${id}/legal-hold`, { as: 'demo-admin', body: { reason } });
const endHold = (id: string) =>
  send(service, 'DELETE', `/v1/cycles/${id}/legal-hold`, { as: 'demo-admin' });

describe('what people sent', () => {
  it('goes once its time is over, and its count is noted; not a minute before, and not under a legal hold', async () => {
    const over = await filledCycle();
    const notYet = await filledCycle();
    const held = await filledCycle();
    const longer = await filledCycle({ retentionDays: RETENTION_DAYS + 1 });
    await run();
    for (const { id } of [over, held, longer]) await closedAgo(id, '30 days 1 minute');
    await closedAgo(notYet.id, '29 days 23 hours 59 minutes');
    expect((await hold(held.id)).status).toBe(200);

    const events = await run();
    // Batches of these cycles are over too.
    expect(events.filter(({ operation }) => operation !== 'removeEndedRecords')).toEqual([
      expired(over.id, { parts: 60, usedReceipts: 2 }),
    ]);
    expect(await partsOf(over.id)).toEqual(nothing);
    for (const { id } of [notYet, held, longer]) expect(await partsOf(id)).toEqual(all);
    for (const [operation, receipt] of [
      ['status', over.receipts[0]],
      ['withdrawal', over.receipts[1]],
    ])
      expect(
        (await send(service, 'POST', `/v1/receipts/${operation}`, { body: { receipt } })).status,
      ).toBe(404);
    expect(await run()).toEqual([]);

    // The hold ends: gone with the next run.
    expect((await endHold(held.id)).body.legalHold).toBe(false);
    expect(await partsOf(held.id)).toEqual(all);
    expect(await run()).toEqual([expired(held.id, { parts: 60, usedReceipts: 2 })]);
    expect(await partsOf(held.id)).toEqual(nothing);
    expect(await partsOf(notYet.id)).toEqual(all);
  });

  it('of several trusts is noted for each of them, and shown to them', async () => {
    const { id } = await filledCycle({
      organisations: ['RHA'],
      services: [],
    });
    await service.database.query("update cycles set organisations = '{RHA,RV3}' where id = $1", [
      id,
    ]);
    await closedAgo(id, '31 days');
    const events = await run();
    expect(events).toContainEqual(expired(id, { parts: 60, usedReceipts: 2 }, ['RHA', 'RV3']));
    const { body } = await send(service, 'GET', '/v1/audit-events?operation=removeExpiredParts', {
      as: 'demo-admin',
      headers: { 'nhsd-end-user-organisation-ods': 'RV3' },
    });
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      actor: { kind: 'schedule', id: null },
      subject: { kind: 'cycle', id },
      counts: expect.arrayContaining([
        { what: 'parts', count: 60 },
        { what: 'usedReceipts', count: 2 },
      ]),
    });
  });

  it('and was not even taken apart goes in the same run', async () => {
    const { id } = await openCycle(service, { retentionDays: 1 });
    expect((await postBatch(service, id, [wholeSubmission()])).body.accepted).toBe(1);
    await closedAgo(id, '2 days');
    expect(await partsOf(id)).toMatchObject({ inbox: 1 });
    expect(await run()).toContainEqual(expired(id, { parts: 3, usedReceipts: 0 }));
    expect(await partsOf(id)).toEqual(nothing);
  });

  it('goes without the cycle, what was promised of it, and what was done about it', async () => {
    const { id } = await filledCycle();
    const { id: recordId } = await createLoopRecord(service, { cycle: id });
    await closedAgo(id, '31 days');
    await run();
    expect(await partsOf(id)).toEqual(nothing);
    expect((await send(service, 'GET', `/v1/cycles/${id}`)).body.phase).toBe('closed');
    expect((await send(service, 'GET', `/v1/cycles/${id}/anonymity-statement`)).status).toBe(200);
    const record = await send(service, 'GET', `/v1/loop-records/${recordId}`, { as: 'demo-admin' });
    expect(record.body.cycle).toBe(id);
  });

  it('goes also while something keeps submissions from being taken apart', async () => {
    const { id } = await filledCycle();
    await closedAgo(id, '31 days');
    const waiting = await openCycle(service);
    await postBatch(service, waiting.id, [wholeSubmission()]);
    await closedAgo(waiting.id, '1 day');
    await service.database.query(
      `alter table rating_parts add constraint refuses check (cycle_id <> '${waiting.id}') not valid`,
    );
    await expect(service.scheduled()).rejects.toThrow();
    expect(await partsOf(id)).toEqual(nothing);
    expect(await partsOf(waiting.id)).toMatchObject({ inbox: 1 });
    await expect
      .poll(() => service.logs().join('\n'))
      .toContain('{"level":"error","event":"flush-failed","cause":"database 23514"}');
    await service.database.query('alter table rating_parts drop constraint refuses');
    await service.scheduled();
    expect(await partsOf(waiting.id)).toMatchObject({ inbox: 0, ratings: 1 });
  });

  it('is counted in the log, and told of in no other way', async () => {
    const { id } = await filledCycle();
    await closedAgo(id, '31 days');
    const before = service.logs().length;
    await run();
    await expect
      .poll(() => service.logs().slice(before).join('\n'))
      .toMatch(
        /^info: \{"level":"info","event":"housekeeping","removed":\{"parts":60,"spentAssertions":\d+,"idempotencyRecords":\d+\}\}$/,
      );
  });
});

describe('a legal hold', () => {
  it('shows on the cycle, to everybody, and its reason to nobody', async () => {
    const { id } = await openCycle(service);
    const reason = `Inquest ${uniqueWord()}`;
    const shown = async () => {
      const sent = await send(service, 'GET', `/v1/cycles/${id}`);
      expect(sent.text).not.toContain(reason);
      return sent.body.legalHold;
    };
    expect(await shown()).toBe(false);
    const set = await hold(id, reason);
    expect(set).toMatchObject({ status: 200, body: { id, legalHold: true } });
    expect(set.text).not.toContain(reason);
    expect(await shown()).toBe(true);
    const kept = async () => {
      const [row] = await service.database.query(
        'select legal_hold_since, legal_hold_reason from cycles where id = $1',
        [id],
      );
      return row;
    };
    const first = await kept();
    expect(first).toMatchObject({ legal_hold_reason: reason });
    await hold(id, 'Another order. Call 07700 900123.');
    expect(await kept()).toEqual({ ...first, legal_hold_reason: 'Another order. Call [phone].' });
    expect(await endHold(id)).toMatchObject({ status: 200, body: { legalHold: false } });
    expect(await kept()).toEqual({ legal_hold_since: null, legal_hold_reason: null });
    // There is none any more: ending it again changes nothing.
    expect((await endHold(id)).status).toBe(200);
    expect(await shown()).toBe(false);
  });

  it('needs a reason', async () => {
    const { id } = await openCycle(service);
    for (const body of [{}, { reason: '' }, { reason: 'x'.repeat(501) }]) {
      const refused = await send(service, 'PUT', `/v1/cycles/${id}/legal-hold`, {
        as: 'demo-admin',
        body,
      });
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
      expect(pointersOf(refused)).toEqual(['/reason']);
    }
    expect((await send(service, 'GET', `/v1/cycles/${id}`)).body.legalHold).toBe(false);
  });

  it('does not keep what somebody withdraws', async () => {
    const { id, receipts } = await filledCycle();
    await hold(id);
    await closedAgo(id, '31 days');
    await run();
    expect(await partsOf(id)).toEqual(all);
    const withdrawn = await send(service, 'POST', '/v1/receipts/withdrawal', {
      body: { receipt: receipts[0] },
    });
    expect(withdrawn).toMatchObject({ status: 200, body: { withdrawn: 'everything' } });
    expect(await partsOf(id)).toEqual({ ...all, ratings: 19, texts: 19, equality: 19 });
  });

  it('can be set while submissions come in, and turns none away', async () => {
    const { id } = await openCycle(service);
    expect((await postBatch(service, id, [submission()])).body.accepted).toBe(1);
    await hold(id);
    expect((await postBatch(service, id, [submission()])).body.accepted).toBe(1);
    await endHold(id);
    expect((await postBatch(service, id, [submission()])).body.accepted).toBe(1);
    expect(await partsOf(id)).toMatchObject({ inbox: 3 });
  });
});

describe('how long it is kept', () => {
  const change = (id: string, version: number, body: unknown) =>
    send(service, 'PATCH', `/v1/cycles/${id}`, {
      as: 'demo-admin',
      headers: { 'if-match': `W/"${version}"` },
      body,
    });

  it('is promised in the statement, can change until the cycle opens, and never after', async () => {
    const draft = await createCycle(service, { opensAt: dateTimeIn(1) });
    expect(draft.retentionDays).toBe(365);
    const promised = async () => {
      const { body } = await send(service, 'GET', `/v1/cycles/${draft.id}/anonymity-statement`, {
        as: 'demo-admin',
      });
      return JSON.parse(body.statement).retention.days;
    };
    expect(await promised()).toBe(365);
    const changed = await change(draft.id, draft.version, { retentionDays: 90 });
    expect(changed.body.retentionDays).toBe(90);
    expect(await promised()).toBe(90);
    const scheduled = await moveCycle(service, draft.id, 'scheduled');
    const again = await change(draft.id, scheduled.version, { retentionDays: 60 });
    expect(again.body.retentionDays).toBe(60);

    const expectFrozen = async ({ id, version }: { id: string; version: number }) => {
      for (const retentionDays of [59, 61, 3650]) {
        const refused = await change(id, version, { retentionDays });
        expect(refusalOf(refused)).toEqual({ status: 409, code: 'wrong-phase' });
      }
    };
    await expectFrozen(await moveCycle(service, draft.id, 'open'));
    const { id: closing } = await openCycle(service);
    await expectFrozen(await moveCycle(service, closing, 'closed'));
    expect((await send(service, 'GET', `/v1/cycles/${draft.id}`)).body.retentionDays).toBe(60);
    expect(await promised()).toBe(60);
  });

  it('is at least a day and at most ten years', async () => {
    for (const retentionDays of [0, -1, 1.5, 3651, '30', null]) {
      const refused = await send(service, 'POST', '/v1/cycles', {
        as: 'demo-admin',
        body: newCycle({ retentionDays }),
      });
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
      expect(pointersOf(refused)).toEqual(['/retentionDays']);
    }
    for (const retentionDays of [1, 3650])
      expect((await createCycle(service, { retentionDays })).retentionDays).toBe(retentionDays);
  });
});

it('spent ids of assertions and records of batches that are over go too, and are counted for nobody but the operator', async () => {
  await service.token('demo-trust');
  await service.token('demo-admin');
  await run();
  await service.database.query('delete from spent_assertions');
  for (const expires of ['-1 minute', '-1 day', '1 minute'])
    await service.database.query(
      "insert into spent_assertions values ('demo-trust', $1, now() + $2::interval)",
      [randomUUID(), expires],
    );
  const over = await openCycle(service);
  const recent = await openCycle(service);
  for (const { id } of [over, recent]) await postBatch(service, id, [submission()]);
  await closedAgo(over.id, '7 days 1 minute');
  await closedAgo(recent.id, '6 days 23 hours');
  expect(await run()).toEqual([
    {
      actor_kind: 'schedule',
      actor: null,
      organisations: [],
      purpose: 'retention',
      operation: 'removeEndedRecords',
      subject_kind: null,
      subject: null,
      outcome: 'done',
      counts: { idempotencyRecords: 1, spentAssertions: 2 },
    },
  ]);
  const left = await service.database.query(
    'select cycle_id from idempotency_records where cycle_id in ($1, $2)',
    [over.id, recent.id],
  );
  expect(left).toEqual([{ cycle_id: recent.id }]);
  expect(await service.database.query('select 1 as one from spent_assertions')).toHaveLength(1);
  const { body } = await send(service, 'GET', '/v1/audit-events?operation=removeEndedRecords', {
    as: 'demo-admin',
  });
  expect(body.items).toEqual([]);
});
