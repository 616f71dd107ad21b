import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHAIN_START, type ChainedEvent, followChain } from '../../domain/audit-chain.ts';
import { type Service, startService } from '../support/service.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { registerClient, signIn } from './support/things.ts';

const EVENT_COUNT = 300;

let service: Service;
let token: string;
beforeAll(async () => {
  service = await startService();
  const { privateJwk: key } = service.client('demo-admin');
  // Of one trust of several, and with no other scope.
  token = await signIn(
    service,
    await registerClient(service, { organisations: ['RV3'], scopes: ['audit:read'], key }),
  );
  await service.database.query('truncate audit_events');
  await service.database.query(
    `select append_audit_event(case when n % 7 = 0 then 'schedule' else 'client' end,
       case when n % 7 <> 0 then 'client-' || n end, case n % 3 when 0 then '{}' when 1 then '{RHA}' else '{RHA,RV3}' end::text[],
       'moderation:write', gen_random_uuid(), 'decideOnText', case when n % 2 = 0 then 'text' end,
       case when n % 2 = 0 then gen_random_uuid()::text end, case when n % 5 = 0 then 'refused' else 'done' end,
       case when n % 7 = 0 then jsonb_build_object('usedReceipts', n, 'parts', 1) end)
     from generate_series(1, ${EVENT_COUNT}) as n`,
  );
  await service.database.query('create table kept as select * from audit_events');
});
afterAll(() => service?.stop());
afterEach(async () => {
  await service.database.query('truncate audit_events');
  await service.database.query('insert into audit_events select * from kept');
});

async function verify(): Promise<Shown> {
  const sent = await send(service, 'GET', '/v1/audit-verification', { token });
  expect(sent.status, sent.text).toBe(200);
  return sent.body;
}
const lastHash = async () =>
  (
    await service.database.query<{ hash: string }>(
      "select encode(hash, 'hex') as hash from audit_events order by number desc limit 1",
    )
  )[0]?.hash;

/** Where the rule finds the chain broken, that `npm run verify-audit` goes by. */
async function brokenByTheRule(): Promise<number | null> {
  const events = await service.database.query<ChainedEvent & Record<string, unknown>>(
    `select number::int as number,
       replace(to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z') as "occurredAt",
       actor_kind as "actorKind", actor, organisations, purpose, request_id as "requestId", operation,
       subject_kind as "subjectKind", subject, outcome, counts::text as counts,
       encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash
     from audit_events order by number`,
  );
  const followed = await followChain(CHAIN_START, events);
  return 'brokenAt' in followed ? followed.brokenAt : null;
}

describe('the trail', () => {
  it('is verified whole, over the events of everybody, with the hash to note', async () => {
    const verified = await verify();
    expect(verified).toEqual({
      intact: true,
      eventCount: EVENT_COUNT,
      firstBroken: null,
      lastHash: await lastHash(),
      verifiedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(await brokenByTheRule()).toBeNull();
    // Reading so much of it is not an event, which would change it.
    expect((await verify()).eventCount).toBe(EVENT_COUNT);
  });

  it('without an event is whole', async () => {
    await service.database.query('truncate audit_events');
    expect(await verify()).toMatchObject({
      intact: true,
      eventCount: 0,
      firstBroken: null,
      lastHash: null,
    });
  });

  const shift = (by: number, from: number) =>
    `update audit_events set number = number + ${by} where number >= ${from}`;
  /** The hash of an event and of those after it made anew. */
  const anew = (from: number) => `do $$ declare event audit_events; before bytea; begin
      select hash into before from audit_events where number = ${from - 1};
      for event in select * from audit_events where number >= ${from} order by number loop
        event.previous_hash := before;
        before := sha256(convert_to(audit_event_text(event), 'UTF8'));
        update audit_events set previous_hash = event.previous_hash, hash = before where number = event.number;
      end loop; end $$`;
  it.each<[string, string[], number]>([
    ['was changed', ["update audit_events set actor = 'x' where number = 150"], 150],
    ['was another outcome', ["update audit_events set outcome = 'done' where number = 5"], 5],
    ['had other counts', ["update audit_events set counts = '{}' where number = 7"], 7],
    [
      'came half a second later',
      ["update audit_events set occurred_at = occurred_at + interval '0.5 s' where number = 8"],
      8,
    ],
    [
      'has organisations that read alike',
      ['update audit_events set organisations = \'{"RHA,RV3"}\' where number = 2'],
      2,
    ],
    [
      'has an actor that is empty and was none',
      ["update audit_events set actor = '' where number = 14"],
      14,
    ],
    [
      'has an organisation that is empty',
      ['update audit_events set organisations = \'{""}\' where number = 3'],
      3,
    ],
    ['was removed', ['delete from audit_events where number = 101'], 101],
    ['was removed at the beginning', ['delete from audit_events where number <= 3'], 1],
    [
      'was put in',
      [
        shift(1_000_000, 40),
        'insert into audit_events select (jsonb_populate_record(a, jsonb_build_object($$number$$, 40))).* from audit_events a where number = 39',
        shift(-999_999, 1_000_000),
      ],
      40,
    ],
    [
      'was put in before the first',
      [
        'insert into audit_events select (jsonb_populate_record(a, jsonb_build_object($$number$$, 0))).* from audit_events a where number = 1',
      ],
      1,
    ],
    [
      'was changed with all hashes from there, and noted before as another',
      [
        "update audit_events set actor = 'x' where number = 200",
        anew(200),
        "update audit_events set hash = '' where number = 250",
      ],
      250,
    ],
  ])('shows an event that %s, as the rule of verify-audit does', async (_, statements, number) => {
    for (const statement of statements) await service.database.query(statement);
    expect(await brokenByTheRule()).toBe(number);
    expect(await verify()).toMatchObject({ intact: false, firstBroken: number });
  });

  it('written anew from some event on is whole, so what was noted before has to be compared', async () => {
    const noted = (await verify()).lastHash;
    await service.database.query("update audit_events set actor = 'x' where number = 200");
    await service.database.query(anew(200));
    const { intact, lastHash } = await verify();
    expect(intact).toBe(true);
    expect(lastHash).not.toBe(noted);
  });
});

it('only whoever may read the trail may verify it', async () => {
  const refused = await send(service, 'GET', '/v1/audit-verification', { as: 'demo-trust' });
  expect(refusalOf(refused)).toEqual({ status: 403, code: 'forbidden' });
  // Nor does the database tell it within an operation of another scope.
  const rows = await service.database.query('select * from verify_audit_trail()');
  expect(rows).toEqual([]);
});
