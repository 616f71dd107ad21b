import type { InboxEntry } from '../../domain/submission.ts';
import type { Db } from '../client.ts';
import type { TokenClient } from './act-for.ts';

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

/** A submission as the inbox takes it: held against its cycle, screened, and with what its receipt is found by. */
export interface InboxRow extends InboxEntry {
  /** Aligned to the answers: somebody may be in danger. */
  safeguarding: (boolean | null)[];
  /** Null where nobody holds a receipt. */
  receipts: InboxReceipts | null;
}

/** Keyed hashes, in PostgreSQL's hexadecimal form of bytea. */
export interface InboxReceipts {
  rating: string;
  /** Aligned to the answers. */
  texts: (string | null)[];
  equality: string;
  /** Where the submitter made the receipt: by which a repeat is known. Null where the service made it. */
  used: string | null;
}

/** Functions in the database (db/migrations/0004), which keep their plans. */
const takeInOneText =
  'select take_in_one($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) as is_stored';

/** Takes in one submission. False: the gate did not open, and nothing was stored. */
export async function takeInOne(db: Db, gate: TakeInGate, row: InboxRow): Promise<boolean> {
  const { organisation, service, perspective, asIs, toBe, answers, safeguarding } = row;
  const { ethnicity, receipts } = row;
  const [outcome] = (await db.$client.query(takeInOneText, [
    ...gateParameters(gate),
    ...[organisation, service, perspective],
    ...[plainArray(asIs), plainArray(toBe), textArray(answers), plainArray(safeguarding)],
    ...[ethnicity, receipts?.rating ?? null, receipts ? textArray(receipts.texts) : null],
    ...[receipts?.equality ?? null, receipts?.used ?? null],
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

const takeInBatchText = `select * from take_in_batch(
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`;

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
  entries: readonly InboxRow[],
): Promise<BatchRecord | null> {
  const column = (read: (row: InboxRow) => string | null | undefined) =>
    entries.map((row) => read(row) ?? null);
  const [record] = (await db.$client.query(takeInBatchText, [
    ...gateParameters(gate),
    ...[claim.keyHash, claim.bodyHash, claim.attempt, claim.rejectedIndexes],
    column(({ organisation }) => organisation),
    column(({ service }) => service),
    column(({ perspective }) => perspective),
    column(({ asIs }) => plainArray(asIs)),
    column(({ toBe }) => plainArray(toBe)),
    column(({ answers }) => textArray(answers)),
    column(({ safeguarding }) => plainArray(safeguarding)),
    column(({ ethnicity }) => ethnicity),
    column(({ receipts }) => receipts?.rating),
    column(({ receipts }) => receipts && textArray(receipts.texts)),
    column(({ receipts }) => receipts?.equality),
    column(({ receipts }) => receipts?.used),
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

/** A PostgreSQL array literal of values that need no quotes. */
function plainArray(values: readonly (number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join()}}`;
}

/** A PostgreSQL array literal of texts: quotes and backslashes escaped, nothing else is special within quotes. */
function textArray(values: readonly (string | null)[]): string {
  const literals = values.map((value) =>
    value === null ? 'null' : `"${value.replaceAll(/["\\]/g, '\\$&')}"`,
  );
  return `{${literals.join()}}`;
}
