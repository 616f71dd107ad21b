import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../dev/database.ts';
import {
  createServerDatabase,
  type OwnerAccess,
  ownerAccess,
  type Row,
} from '../support/database.ts';
import { migrateTo, migrateToLatest, readAll } from './support/versions.ts';

/*
 * A database as version 0.2 left it - with parts that were taken apart, decided texts, a release and published loop records, and
 * without themes, questions about the evaluation and webhooks - is brought up to date.
 */

const cycleId = '0f0e6d7c-2f3b-4a52-9c64-5b1d7f3a9e01';
const recordId = '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d';
const textId = '7d9b2f0c-3a64-4c1e-8f52-6b1e0d9a4c73';
const PART_COUNT = 25;

let database: Database;
let owner: OwnerAccess;
let before: Record<string, Row[]>;
beforeAll(async () => {
  database = await openDatabase({ url: await createServerDatabase({ seeded: false }) });
  owner = ownerAccess(database);
  await migrateTo(database, '0006_count-ratings');
  await fill();
  before = await readAll(owner);
  await migrateToLatest(database);
});
afterAll(() => database?.close());

async function fill(): Promise<void> {
  const content = `'Somewhere quiet', '{"text": "It is loud."}', '{"status": "done", "text": "It is quiet."}'`;
  const hash = 'sha256(gen_random_uuid()::text::bytea)';
  const part = `select '${cycleId}', 'RHA'`;
  const many = `from generate_series(1, ${PART_COUNT})`;
  for (const statement of [
    "insert into organisations (ods_code, name, status) values ('RHA', 'A trust', 'active')",
    "insert into standard_sets (id) values ('fft')",
    `insert into standard_set_versions (set_id, version, title, wording_status, scale, standards, co_produced_by, dissent,
       published_at)
     values ('fft', 1, 'FFT', 'verbatim', '{"min": 1, "max": 5}', '[{"code": "overall-experience"}]', '{}', '{}', now())`,
    `insert into cycles (id, title, organisations, standard_set_id, standard_set_version, perspectives, questions, services,
       channels, opens_at, closes_at, threshold, round_to, scheduled_at, released_at, anonymity_statement,
       anonymity_statement_sha256)
     values ('${cycleId}', 'Winter', '{RHA}', 'fft', 1, '{carer}', '[{"code": "what-good"}]', '[]', '{public}',
       now() - interval '9 days', now() - interval '2 days', 10, 5, now(), now(), '{}', 'frozen')`,
    `insert into rating_parts (cycle_id, organisation, perspective, as_is, to_be, receipt_hash)
     ${part}, 'carer', '{4}', '{5}', ${hash} ${many}`,
    `insert into text_parts (cycle_id, organisation, question, text, safeguarding, decision, receipt_hash)
     ${part}, 'what-good', 'It was calm.', false, 'publish', ${hash} ${many}`,
    `insert into text_parts (id, cycle_id, organisation, question, text, safeguarding, receipt_hash)
     values ('${textId}', '${cycleId}', 'RHA', 'what-good', 'It waits.', false, '\\x01')`,
    `insert into equality_parts (cycle_id, organisation, ethnicity, receipt_hash) ${part}, 'A', ${hash} ${many}`,
    `insert into releases (cycle_id, number, released_at, body, sha256, threshold, round_to, code_version, released_by)
     values ('${cycleId}', 1, now(), '{"results": []}', 'digest', 10, 5, '0.2.0', 'staff')`,
    `insert into loop_records (id, organisation, title, you_said, we_did, updated_at, published_version)
     values ('${recordId}', 'RHA', ${content}, now(), 1)`,
    `insert into loop_record_publications (record_id, version, title, you_said, we_did, published_at)
     values ('${recordId}', 1, ${content}, now())`,
    `insert into api_clients (client_id, title, organisations, scopes, jwks)
     values ('staff', 'A trust', '{RHA}', '{cycles:write,results:publish}', '{"keys": []}')`,
  ])
    await owner.query(statement);
}

/** Runs queries one after the other in a transaction, as a role. @returns the rows of the last */
async function runAs(role: string, ...queries: string[]): Promise<unknown[][]> {
  const results = await database.run(
    queries.map((query) => ({ query, params: [] })),
    undefined,
    role,
  );
  return (results.at(-1)?.rows ?? []) as unknown[][];
}

const actFor = (purpose: string) =>
  `select act_for('staff', 1, '{RHA}', gen_random_uuid(), 'test', '${purpose}')`;

it('every row is still there, with what is new left empty or at its default', async () => {
  const after = await readAll(owner);
  for (const [table, rows] of Object.entries(before))
    expect(after[table], table).toMatchObject(rows);
  expect(after.cycles).toMatchObject([
    {
      equality_table: false,
      about_this_evaluation_set_id: null,
      about_this_evaluation_set_version: null,
    },
  ]);
  for (const text of after.text_parts ?? []) expect(text).toMatchObject({ themes: [] });
});

it('what was published is published, versions and all', async () => {
  expect(
    await runAs(
      'full_circle_public',
      'select record_id, version from published_loop_record_versions',
    ),
  ).toEqual([[recordId, '1']]);
  expect(await runAs('full_circle_public', 'select number from releases')).toEqual([['1']]);
});

it('a receipt is found, with nothing that came of it yet', async () => {
  const rows = await runAs(
    'full_circle_public',
    "select stage, themes, loop_records from read_receipt('\\x02', array['\\x01'::bytea], '\\x03')",
  );
  expect(rows).toEqual([['in_moderation', '[]', '[]']]);
});

it('what was taken apart is counted: participation in tens, and no equality answer that was not declared', async () => {
  const participation = `select people from count_participation('${cycleId}')`;
  expect(await runAs('full_circle_staff', actFor('cycles:write'), participation)).toEqual([['20']]);
  const equality = `select * from count_equality('${cycleId}')`;
  expect(await runAs('full_circle_staff', actFor('results:publish'), equality)).toEqual([]);
});
