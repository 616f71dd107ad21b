import type pg from 'pg';

/*
 * One row of RHA and one of RV3 in each table that staff work with, and one of both where there can be such; each labelled
 * `of RHA`, `of RV3`, `of both`. None of it is published.
 */

/** What staff see of a table by their labels. */
export const labelled = {
  cycles: "select title as label from cycles where title like 'of %' order by 1",
  standard_set_versions:
    "select title as label from standard_set_versions where title like 'of %' order by 1",
  loop_records: "select title as label from loop_records where title like 'of %' order by 1",
  loop_record_publications:
    "select title as label from loop_record_publications where title like 'of %' order by 1",
  api_clients: "select title as label from api_clients where title like 'of %' order by 1",
  api_client_uses:
    "select replace(client_id, '-', ' ') as label from api_client_uses where client_id like 'of-%' order by 1",
  text_parts: "select text as label from text_parts where text like 'of %' order by 1",
  audit_events:
    "select operation as label from audit_events where operation like 'of %' order by 1",
  staff_members: 'select name as label from staff_members order by 1',
  staff_assignments:
    "select 'of ' || organisation as label from staff_assignments where role = 'moderator' order by 1",
  webhook_endpoints: 'select url as label from webhook_endpoints order by 1',
  webhook_events: "select data->>'label' as label from webhook_events order by 1",
  webhook_deliveries:
    'select url as label from webhook_deliveries join webhook_endpoints on id = endpoint_id order by 1',
} as const;

/** Who holds which label. */
const owners = { 'of RHA': ['RHA'], 'of RV3': ['RV3'], 'of both': ['RHA', 'RV3'] };

/** Puts them there past every policy. */
export async function fillForTwoTrusts(owner: pg.Client): Promise<void> {
  for (const [index, [label, organisations]] of Object.entries(owners).entries()) {
    await owner.query(
      `insert into cycles (title, organisations, standard_set_id, standard_set_version, perspectives, questions, services,
         channels, opens_at, closes_at, threshold, round_to, anonymity_statement, anonymity_statement_sha256)
       select $1, $2, standard_set_id, standard_set_version, perspectives, questions, services, channels, opens_at,
         closes_at, threshold, round_to, anonymity_statement, anonymity_statement_sha256
       from cycles limit 1`,
      [label, organisations],
    );
    await owner.query(
      `insert into audit_events (number, occurred_at, actor_kind, organisations, purpose, request_id, operation, outcome,
         previous_hash, hash)
       values (1000 + $1, now(), 'client', $2, 'test', gen_random_uuid(), $3, 'done', '', '')`,
      [index, organisations, label],
    );
    await owner.query(
      "insert into api_clients (client_id, title, organisations, scopes) values ($1, $2, $3, '{}')",
      [label.replace(' ', '-'), label, organisations],
    );
    await owner.query("insert into api_client_uses values ($1, '2026-11-26')", [
      label.replace(' ', '-'),
    ]);
    await owner.query(
      `with endpoint as (
         insert into webhook_endpoints (client_id, organisations, url, events) values ($1, $2, $3, '{}') returning id
       ), event as (
         insert into webhook_events (type, organisations, occurred_at, data)
         values ('test', $2, now(), jsonb_build_object('label', $3::text)) returning id
       )
       insert into webhook_deliveries (endpoint_id, event_id) select endpoint.id, event.id from endpoint, event`,
      [label.replace(' ', '-'), organisations, label],
    );
  }
  for (const organisation of ['RHA', 'RV3']) {
    const label = `of ${organisation}`;
    await owner.query(
      `insert into text_parts (cycle_id, organisation, question, text, safeguarding, receipt_hash)
       select id, $1, 'what-good', $2, false, '' from cycles limit 1`,
      [organisation, label],
    );
    await owner.query(
      `with record as (
         insert into loop_records (organisation, title, you_said, we_did, updated_at)
         values ($1, $2, '{}', '{}', now()) returning id
       )
       insert into loop_record_publications (record_id, version, title, you_said, we_did, published_at)
       select id, 1, $2, '{}', '{}', now() from record`,
      [organisation, label],
    );
    await owner.query(
      `with member as (
         insert into staff_members (issuer, subject, name, reference) values ('x', $1, $1, $1) returning id
       )
       insert into staff_assignments (staff_member_id, organisation, role) select id, $2, 'moderator' from member`,
      [label, organisation],
    );
    await owner.query('insert into standard_sets (id, organisation) values ($1, $2)', [
      `set-${organisation}`,
      organisation,
    ]);
    await owner.query(
      `insert into standard_set_versions (set_id, version, title, wording_status, scale, standards, co_produced_by, dissent)
       values ($1, 1, $2, 'own', '{}', '[]', '{}', '{}')`,
      [`set-${organisation}`, label],
    );
  }
}

/** What somebody who acts for RHA may not write, though their role may write the columns. */
export const writesForOthers: Readonly<Record<string, string>> = {
  'a cycle for another': `insert into cycles (title, organisations, standard_set_id, standard_set_version, perspectives,
      questions, services, channels, opens_at, closes_at, threshold, round_to, anonymity_statement, anonymity_statement_sha256)
    select 'x', array['RHA', 'RV3'], standard_set_id, standard_set_version, perspectives, questions, services, channels,
      opens_at, closes_at, threshold, round_to, '', '' from cycles limit 1`,
  'a loop record for another': `insert into loop_records (organisation, title, you_said, we_did, updated_at)
    values ('RV3', 'x', '{}', '{}', now())`,
  'a loop record over to another':
    "update loop_records set organisation = 'RV3' where title = 'of RHA'",
  'a cycle over to another':
    "update cycles set organisations = array['RHA', 'RV3'] where title = 'of RHA'",
  'a set for another': "insert into standard_sets (id, organisation) values ('x', 'RV3')",
  'a set for nobody': "insert into standard_sets (id, organisation) values ('x', null)",
  "a version of another's set": `insert into standard_set_versions (set_id, version, title, wording_status, scale, standards,
      co_produced_by, dissent) values ('set-RV3', 2, 'x', 'own', '{}', '[]', '{}', '{}')`,
  'a client for another': `insert into api_clients (client_id, title, organisations, scopes)
    values ('x', 'x', array['RHA', 'RV3'], '{}')`,
  'a webhook endpoint for another': `insert into webhook_endpoints (client_id, organisations, url, events)
    values ('of-RHA', array['RHA', 'RV3'], 'x', '{}')`,
  'a webhook endpoint over to another':
    "update webhook_endpoints set organisations = array['RV3'] where url = 'of RHA'",
  'a test event for another': `insert into webhook_events (type, organisations, occurred_at, data)
    values ('test', '{RV3}', now(), '{}')`,
  'an event that did not happen': `insert into webhook_events (type, organisations, occurred_at, data)
    values ('results.released', '{RHA}', now(), '{}')`,
  'a release of theirs and another, proposed': `insert into release_proposals (id, cycle_id, number, threshold, round_to, shown,
      hidden, sha256, proposed_by, proposed_at)
    select gen_random_uuid(), id, 1, 10, 5, 0, 0, '', 'x', now() from cycles where title = 'of both'`,
  'a client over to another':
    "update api_clients set organisations = array['RV3'] where title = 'of RHA'",
};

/** What they may name, and which yet does not exist for them. */
export const changesToOthers: Readonly<Record<string, string>> = {
  'a text of another': "update text_parts set decision = 'publish' where text = 'of RV3'",
  'a cycle of theirs and another': "update cycles set title = 'x' where title = 'of both'",
  'a draft of another': "update standard_set_versions set title = 'x' where title = 'of RV3'",
  'a loop record of another': "update loop_records set title = 'x' where title = 'of RV3'",
  'a webhook endpoint of another':
    "update webhook_endpoints set disabled_at = now() where url = 'of RV3'",
  'a client of theirs and another':
    "update api_clients set revoked_at = now() where title = 'of both'",
};
