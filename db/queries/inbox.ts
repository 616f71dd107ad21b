import { type SQL, sql } from 'drizzle-orm';
import type { InboxEntry } from '../../domain/submission.ts';
import type { Db } from '../client.ts';
import type { RejectedItem } from '../schema/index.ts';
import { apiClients, cycles, idempotencyRecords, inbox } from '../schema/index.ts';
import type { TokenClient } from './api-clients.ts';

/** A batch that must be stored once however often it is sent. */
export interface Claim {
  keyHash: string;
  bodyHash: string;
  /** Random for this request. */
  attempt: string;
  submissionCount: number;
  rejected: RejectedItem[];
}

export interface TakeIn {
  cycleId: string;
  /** The version of the cycle that the entries were held against. */
  cycleVersion: number;
  entries: readonly InboxEntry[];
  /** The client that sends; null for the public. */
  client: TokenClient | null;
  /** For a batch; null for a single submission. */
  claim: Claim | null;
  /** Check only: everything is told as if it were stored. */
  isDryRun: boolean;
  now: Date;
}

/** What the one statement found and did. */
export interface TakeInOutcome {
  isClientRegistered: boolean;
  /** Null: there is no such cycle. */
  cycleVersion: number | null;
  isOpen: boolean;
  /** Entries stored by this request. */
  storedCount: number;
  /** The batch's record, whoever made it; null without a claim, or when nothing was claimed. */
  record: {
    attempt: string;
    bodyHash: string;
    submissionCount: number;
    rejected: RejectedItem[];
  } | null;
}

interface OutcomeRow extends Record<string, unknown> {
  is_client_registered: boolean;
  cycle_version: number | null;
  is_open: boolean | null;
  stored_count: number;
  record: {
    attempt: string;
    body_hash: string;
    submission_count: number;
    rejected: RejectedItem[];
  } | null;
}

/**
 * Takes submissions into the inbox in one statement, in which everything that can have changed is checked: the
 * client is registered, the cycle is at the version that the entries were checked against and open, the batch
 * was not stored before. Rows are inserted in random order, so that not even the table's own order tells which
 * came first.
 *
 * A copy of a batch that arrives while the first is under way waits on the unique key for it to end, and is
 * then shown the first's record (`on conflict do update`, which changes nothing).
 */
export async function takeIn(db: Db, takeIn: TakeIn): Promise<TakeInOutcome> {
  const { rows } = await db.execute<OutcomeRow>(statement(takeIn));
  const row = rows[0];
  if (row === undefined) throw new Error('The inbox statement answers with one row.');
  const { record } = row;
  return {
    isClientRegistered: row.is_client_registered,
    cycleVersion: row.cycle_version,
    isOpen: row.is_open ?? false,
    storedCount: row.stored_count,
    record: record && {
      attempt: record.attempt,
      bodyHash: record.body_hash,
      submissionCount: record.submission_count,
      rejected: record.rejected,
    },
  };
}

function statement({ cycleId, cycleVersion, entries, client, claim, isDryRun, now }: TakeIn): SQL {
  const isRegistered = client
    ? sql`exists (select from ${apiClients} where client_id = ${client.clientId}
        and version = ${client.clientVersion}::integer and revoked_at is null)`
    : sql`true`;
  const facts = sql`
    with cycle as (
      select version, scheduled_at is not null and opens_at <= ${now.toISOString()}::timestamptz
        and closes_at > ${now.toISOString()}::timestamptz as is_open
      from ${cycles} where id = ${cycleId} and scheduled_at is not null
    ), client as (
      select ${isRegistered} as is_registered
    ), permission as (
      select from cycle, client
      where is_open and is_registered and version = ${cycleVersion}::integer
    )`;
  if (isDryRun)
    return sql`${facts}
      select is_registered as is_client_registered, version as cycle_version, is_open,
        0 as stored_count, null as record
      from client left join cycle on true`;

  if (claim === null)
    return sql`${facts}, stored as (
        ${insertEntries(cycleId, entries, sql`exists (select from permission)`)} returning 1
      )
      select is_registered as is_client_registered, version as cycle_version, is_open,
        (select count(*)::integer from stored) as stored_count, null as record
      from client left join cycle on true`;

  return sql`${facts}, known as (
      select attempt, body_hash, submission_count, rejected from ${idempotencyRecords}
      where key_hash = ${claim.keyHash}
    ), claimed as (
      insert into ${idempotencyRecords} as record (key_hash, cycle_id, body_hash, attempt, submission_count, rejected)
      select ${claim.keyHash}, ${cycleId}::uuid, ${claim.bodyHash}, ${claim.attempt}::uuid,
        ${claim.submissionCount}::integer, ${JSON.stringify(claim.rejected)}::jsonb
      from permission where not exists (select from known)
      on conflict (key_hash) do update set attempt = record.attempt
      returning attempt, body_hash, submission_count, rejected
    ), stored as (
      ${insertEntries(cycleId, entries, sql`exists (select from claimed where attempt = ${claim.attempt}::uuid)`)}
      returning 1
    )
    select is_registered as is_client_registered, version as cycle_version, is_open,
      (select count(*)::integer from stored) as stored_count,
      (select to_json(either) from (select * from known union all select * from claimed) as either) as record
    from client left join cycle on true`;
}

/** Column by column, so that a batch is one statement with a fixed number of parameters. */
function insertEntries(cycleId: string, entries: readonly InboxEntry[], condition: SQL): SQL {
  const column = (read: (entry: InboxEntry) => string | null) => sql.param(entries.map(read));
  return sql`
    insert into ${inbox} (cycle_id, organisation, service, perspective, as_is, to_be, answers, ethnicity)
    select ${cycleId}::uuid, organisation, service, perspective, as_is::smallint[], to_be::smallint[],
      answers::text[], ethnicity
    from unnest(
      ${column((entry) => entry.organisation)}::text[], ${column((entry) => entry.service)}::text[],
      ${column((entry) => entry.perspective)}::text[],
      ${column((entry) => numberArray(entry.asIs))}::text[], ${column((entry) => numberArray(entry.toBe))}::text[],
      ${column((entry) => textArray(entry.answers))}::text[], ${column((entry) => entry.ethnicity)}::text[]
    ) as entry (organisation, service, perspective, as_is, to_be, answers, ethnicity)
    where ${condition} order by random()`;
}

/** A PostgreSQL array literal of whole numbers. */
function numberArray(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join()}}`;
}

/** A PostgreSQL array literal of texts: quotes and backslashes escaped, nothing else is special within quotes. */
function textArray(values: readonly (string | null)[]): string {
  const literals = values.map((value) =>
    value === null ? 'null' : `"${value.replaceAll(/["\\]/g, '\\$&')}"`,
  );
  return `{${literals.join()}}`;
}
