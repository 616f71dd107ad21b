import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../dev/database.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import {
  createServerDatabase,
  type OwnerAccess,
  ownerAccess,
  type Row,
} from '../support/database.ts';
import { migrateTo, migrateToLatest, readAll } from './support/versions.ts';

/*
 * A database as version 0.1 left it, with data in it, is brought up to date. Version 0.1 had migrations 0000 to 0002: no
 * parts, no screening, no receipts.
 */

const cycleId = '0f0e6d7c-2f3b-4a52-9c64-5b1d7f3a9e01';
const recordId = '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d';
const waitingCount = flushRule.minWaitingCount + 2;

let database: Database;
let owner: OwnerAccess;
let before: Record<string, Row[]>;
beforeAll(async () => {
  database = await openDatabase({ url: await createServerDatabase({ seeded: false }) });
  owner = ownerAccess(database);
  await migrateTo(database, '0002_take-in-one');
  await fill();
  before = await readAll(owner);
  await migrateToLatest(database);
});
afterAll(() => database?.close());

/** One of everything that version 0.1 keeps, and submissions that it took in itself. */
async function fill(): Promise<void> {
  const content = `'Somewhere quiet', '{"text": "It is loud."}', '{"status": "done", "text": "It is quiet."}'`;
  for (const statement of [
    "insert into organisations (ods_code, name, status) values ('RHA', 'A trust', 'active')",
    "insert into standard_sets (id) values ('fft')",
    `insert into standard_set_versions (set_id, version, title, wording_status, scale, standards, co_produced_by, dissent,
       published_at)
     values ('fft', 1, 'FFT', 'verbatim', '{"min": 1, "max": 5}', '[{"code": "overall-experience"}]', '{}', '{}', now())`,
    `insert into cycles (id, title, organisations, standard_set_id, standard_set_version, perspectives, questions, services,
       channels, opens_at, closes_at, threshold, round_to, scheduled_at, anonymity_statement, anonymity_statement_sha256)
     values ('${cycleId}', 'Winter', '{RHA}', 'fft', 1, '{carer}', '[{"code": "what-good"}, {"code": "could-improve"}]',
       '[]', '{public}', now() - interval '1 day', now() + interval '1 day', 10, 5, now(), '{}', 'frozen')`,
    `insert into loop_records (id, organisation, title, you_said, we_did, updated_at, published_version)
     values ('${recordId}', 'RHA', ${content}, now(), 1)`,
    `insert into loop_record_publications (record_id, version, title, you_said, we_did, published_at)
     values ('${recordId}', 1, ${content}, now())`,
    `insert into api_clients (client_id, title, organisations, scopes, jwks)
     values ('trust', 'A trust', '{RHA}', '{submissions:write}', '{"keys": []}')`,
    `insert into idempotency_records (key_hash, cycle_id, body_hash, attempt, rejected_indexes)
     values ('key', '${cycleId}', 'body', gen_random_uuid(), '{1}')`,
    "insert into spent_assertions (client_id, jti_hash, expires_at) values ('trust', 'jti', now() + interval '1 day')",
    // The second answer stays out.
    `select take_in_one('${cycleId}', 1, now(), null, null, 'RHA', null, 'carer', '{4}', '{null}',
       array['Call me on 07700 900123, says number ' || person, null], 'Z')
     from generate_series(1, ${waitingCount}) as person`,
  ])
    await owner.query(statement);
}

it('there is data in every table that version 0.1 has', () => {
  expect(Object.keys(before).length).toBe(10);
  for (const [table, rows] of Object.entries(before))
    expect([table, rows.length]).not.toEqual([table, 0]);
  expect(before.inbox?.length).toBe(waitingCount);
});

it('every row is still there, with what is new left empty or at its default', async () => {
  const after = await readAll(owner);
  for (const [table, rows] of Object.entries(before))
    expect(after[table], table).toMatchObject(rows);
  expect(after.cycles).toMatchObject([{ retention_days: 365, legal_hold_since: null }]);
  for (const waiting of after.inbox ?? [])
    expect(waiting).toMatchObject({ safeguarding: null, rating_receipt: null });
});

it('what was published is published', async () => {
  const [shown] = await database.run(
    [{ query: 'select id, title from published_loop_records', params: [] }],
    undefined,
    'full_circle_public',
  );
  expect(shown?.rows).toEqual([[recordId, 'Somewhere quiet']]);
});

it('a client that was registered can go on', async () => {
  const [acted] = await database.run(
    [{ query: "select act_for('trust', 1, '{RHA}', gen_random_uuid(), 'x', 'x')", params: [] }],
    undefined,
    'full_circle_trust',
  );
  expect(acted?.rowCount).toBe(1);
});

it('submissions that waited are taken apart, and a person reads first what nobody screened', async () => {
  const { minWaitingCount, minSharingCount } = flushRule;
  await database.run(
    [
      {
        query: 'select flush_inbox($1, $2, now(), null)',
        params: [String(minWaitingCount), String(minSharingCount)],
      },
    ],
    undefined,
    'full_circle_flusher',
  );
  const after = await readAll(owner);
  expect(after.inbox).toEqual([]);
  const {
    rating_parts: ratings = [],
    text_parts: texts = [],
    equality_parts: equality = [],
  } = after;
  expect([ratings.length, texts.length, equality.length]).toEqual(Array(3).fill(waitingCount));
  for (const rating of ratings)
    expect(rating).toMatchObject({
      cycle_id: cycleId,
      organisation: 'RHA',
      as_is: [4],
      to_be: [null],
    });
  for (const text of texts)
    expect(text).toMatchObject({ question: 'what-good', safeguarding: true, decision: null });
  const written = texts.map(({ text }) => text).sort();
  expect(written).toEqual(before.inbox?.map(({ answers }) => (answers as string[])[0]).sort());
  // Nobody has a receipt for them; they look like those of which somebody has.
  const hashes = [...ratings, ...texts, ...equality].map(({ receipt_hash }) =>
    (receipt_hash as Buffer).toString('hex'),
  );
  expect(new Set(hashes).size).toBe(3 * waitingCount);
});
