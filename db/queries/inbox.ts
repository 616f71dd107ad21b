import type { InboxEntry } from '../../domain/submission.ts';
import type { Db } from '../client.ts';
import type { TokenClient } from './api-clients.ts';

/**
 * The statements that take submissions into the inbox. They are the busiest of the product, so they are constant
 * texts given straight to the driver: building them with Drizzle took a tenth of a request.
 *
 * Each checks everything that can have changed since the entries were held against the cycle: the client is
 * registered as its token says, the cycle is at the same version, and open.
 */

/** What entries are taken in for, and held against once more. */
export interface TakeInGate {
  cycleId: string;
  /** The version of the cycle that the entries were held against. */
  cycleVersion: number;
  /** The client that sends; null for the public. */
  client: TokenClient | null;
  now: Date;
}

const isOpenCycle = `cycles.id = $1::uuid and cycles.version = $2::integer and cycles.scheduled_at is not null
    and cycles.opens_at <= $3::timestamptz and cycles.closes_at > $3::timestamptz`;

/** True for the public, who have no client id. */
const isRegistered = `($4::text is null or exists (
    select from api_clients where client_id = $4 and version = $5::integer and revoked_at is null))`;

/** A function in the database (db/migrations/0002), which keeps its plan. */
const takeInOneText =
  'select take_in_one($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as is_stored';

/** Takes in one submission. False: the gate did not open, and nothing was stored. */
export async function takeInOne(db: Db, gate: TakeInGate, entry: InboxEntry): Promise<boolean> {
  const { organisation, service, perspective, asIs, toBe, answers, ethnicity } = entry;
  const [outcome] = (await db.$client.query(takeInOneText, [
    ...gateParameters(gate),
    ...[organisation, service, perspective],
    ...[numberArray(asIs), numberArray(toBe), textArray(answers), ethnicity],
  ])) as { is_stored: boolean }[];
  return outcome?.is_stored === true;
}

/** A batch that must be stored once however often it is sent. */
export interface Claim {
  keyHash: string;
  bodyHash: string;
  /** Random for this request: tells it from its copies. */
  attempt: string;
  /** Positions in the batch of what is not stored. */
  rejectedIndexes: number[];
}

/** What is remembered of a batch, whoever stored it. */
export type BatchRecord = Pick<Claim, 'bodyHash' | 'rejectedIndexes'>;

/**
 * A copy of a batch that arrives while the first is under way waits on the unique key for it to end, and is then
 * shown the first's record (`on conflict do update`, which changes nothing). Rows are inserted in random order, so
 * that not even the table's own order tells which came first.
 */
const takeInBatchText = `
  with known as (
    select body_hash, rejected_indexes from idempotency_records where key_hash = $6
  ), claimed as (
    insert into idempotency_records as record (key_hash, cycle_id, body_hash, attempt, rejected_indexes)
    select $6, cycles.id, $7, $8::uuid, $9::integer[]
    from cycles where ${isOpenCycle} and ${isRegistered} and not exists (select from known)
    on conflict (key_hash) do update set attempt = record.attempt
    returning attempt, body_hash, rejected_indexes
  ), stored as (
    insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, ethnicity)
    select $1::uuid, organisation, service, perspective, as_is::smallint[], to_be::smallint[], answers::text[], ethnicity
    from unnest($10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
      as entry (organisation, service, perspective, as_is, to_be, answers, ethnicity)
    where exists (select from claimed where attempt = $8::uuid) order by random()
  )
  select body_hash, rejected_indexes from claimed
  union all
  select body_hash, rejected_indexes from known where ${isRegistered}`;

/**
 * Takes in the entries of a batch, all together and once.
 *
 * @returns the record of the batch, made by this request or by an earlier one; null when the gate did not open and
 * the batch was never stored
 */
export async function takeInBatch(
  db: Db,
  gate: TakeInGate,
  claim: Claim,
  entries: readonly InboxEntry[],
): Promise<BatchRecord | null> {
  const column = (read: (entry: InboxEntry) => string | null) => entries.map(read);
  const [record] = (await db.$client.query(takeInBatchText, [
    ...gateParameters(gate),
    ...[claim.keyHash, claim.bodyHash, claim.attempt, claim.rejectedIndexes],
    column(({ organisation }) => organisation),
    column(({ service }) => service),
    column(({ perspective }) => perspective),
    column(({ asIs }) => numberArray(asIs)),
    column(({ toBe }) => numberArray(toBe)),
    column(({ answers }) => textArray(answers)),
    column(({ ethnicity }) => ethnicity),
  ])) as { body_hash: string; rejected_indexes: number[] }[];
  return record ? { bodyHash: record.body_hash, rejectedIndexes: record.rejected_indexes } : null;
}

function gateParameters({ cycleId, cycleVersion, now, client }: TakeInGate) {
  return [
    ...[cycleId, cycleVersion, now.toISOString()],
    ...[client?.clientId ?? null, client?.clientVersion ?? null],
  ];
}

const isGateOpenText = `
  select 1 from cycles where ${isOpenCycle} and ${isRegistered}`;

/** Whether {@link takeInBatch} would take a batch that is new: for a dry run. */
export async function isGateOpen(db: Db, gate: TakeInGate): Promise<boolean> {
  const rows = await db.$client.query(isGateOpenText, gateParameters(gate));
  return rows.length === 1;
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
