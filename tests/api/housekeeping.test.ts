import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { openCycle, postBatch, submission } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

/** How many rows each table holds. */
async function counts(): Promise<Record<string, number>> {
  const tables = await service.database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const counted: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await service.database.query<{ count: number }>(
      `select count(*)::int as count from "${name}"`,
    );
    counted[name] = row?.count ?? 0;
  }
  return counted;
}

const spend = (expires: string) =>
  service.database.query(
    `insert into spent_assertions values ('demo-trust', $1, now() + $2::interval)`,
    [randomUUID(), expires],
  );

it('the scheduled event removes what is over, and nothing else', async () => {
  await service.database.query('delete from spent_assertions');
  for (const expires of ['-1 day', '-1 minute', '1 minute']) await spend(expires);
  const token = await service.token('demo-trust');
  const keys: Record<string, string> = {};
  const cycleIds: Record<string, string> = {};
  for (const closed of ['-8 days', '-6 days', '20 days']) {
    const { id } = await openCycle(service);
    keys[closed] = randomUUID();
    cycleIds[closed] = id;
    await postBatch(service, id, [submission()], { key: keys[closed], token });
    await service.database.query(
      "update cycles set opens_at = now() - interval '90 days', closes_at = now() + $2::interval where id = $1",
      [id, closed],
    );
  }
  const before = await counts();

  await service.scheduled();
  expect(await counts()).toEqual({
    ...before,
    spent_assertions: (before.spent_assertions ?? 0) - 2,
    idempotency_records: (before.idempotency_records ?? 0) - 1,
    // What waited of the two cycles that had closed is taken apart; the trail says what was removed.
    inbox: (before.inbox ?? 0) - 2,
    rating_parts: (before.rating_parts ?? 0) + 2,
    audit_events: (before.audit_events ?? 0) + 1,
  });
  const kept = await service.database.query<{ cycle_id: string }>(
    'select cycle_id from idempotency_records',
  );
  expect(kept.map(({ cycle_id }) => cycle_id).sort()).toEqual(
    [cycleIds['-6 days'], cycleIds['20 days']].sort(),
  );
  await expect
    .poll(service.logs)
    .toContain(
      'info: {"level":"info","event":"housekeeping","removed":{"parts":0,"spentAssertions":2,"idempotencyRecords":1}}',
    );

  // A week after its end, a repeat can no longer be answered as before, and is not stored either.
  const post = (closed: string) =>
    postBatch(service, cycleIds[closed] ?? '', [submission()], { key: keys[closed] ?? '', token });
  const inbox = (await counts()).inbox;
  expect((await post('-8 days')).body.code).toBe('cycle-not-open');
  expect((await post('-6 days')).body).toMatchObject({ accepted: 1 });
  expect((await counts()).inbox).toBe(inbox);
});

it('a second run at once finds nothing more to do', async () => {
  await service.scheduled();
  const before = await counts();
  await Promise.all([service.scheduled(), service.scheduled()]);
  expect(await counts()).toEqual(before);
});

it('a run while the database is away says so without a detail, and the next one does its work', async () => {
  await spend('-1 day');
  const before = await counts();
  service.endpoint.faults.unavailable = true;
  await expect(service.scheduled()).rejects.toThrow();
  service.endpoint.faults.unavailable = false;
  await expect
    .poll(() => service.logs().join('\n'))
    .toContain('{"level":"error","event":"flush-failed","cause":"database-unavailable"}');
  await service.scheduled();
  expect((await counts()).spent_assertions).toBe((before.spent_assertions ?? 0) - 1);
});
