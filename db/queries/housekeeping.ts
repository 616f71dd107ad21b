import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';

/** When submissions are taken apart (docs/adr/0012). */
export interface FlushRule {
  /** So many of one organisation in one cycle must wait. */
  minWaitingCount: number;
  /** So many of those taken apart together must share a service or perspective for a text to say it. */
  minSharingCount: number;
}

/**
 * Takes apart the submissions of each cycle and organisation of which enough wait, or whose cycle closed at
 * `closedBefore` or earlier. One row: the SQLSTATE of a cycle that could not be taken apart, or null.
 */
export function flushDue(
  db: Db,
  { minWaitingCount, minSharingCount }: FlushRule,
  closedBefore: Date,
) {
  return db.execute<{ failure: string | null }>(sql`select flush_due(${minWaitingCount}::integer,
    ${minSharingCount}::integer, ${closedBefore.toISOString()}::timestamptz) as failure`);
}

/** Takes apart what waits of a cycle that closes now. */
export function flushClosing(
  db: Db,
  { minWaitingCount, minSharingCount }: FlushRule,
  now: Date,
  cycleId: string,
) {
  return db.execute(sql`select flush_inbox(${minWaitingCount}::integer, ${minSharingCount}::integer,
    ${now.toISOString()}::timestamptz, ${cycleId}::uuid)`);
}

/** Rewrites the inbox without what left it, so that no file of the database holds it any more. One row: whether it could. */
export function sweepInbox(db: Db) {
  return db.execute<{ sweep_inbox: boolean }>(sql`select sweep_inbox()`);
}

/** Removes what is over (see keep_house in db/migrations) and notes it in the audit trail. One row: how much it was. */
export function removeWhatIsOver(db: Db, now: Date, requestId: string) {
  return db.execute<{ parts: number; idempotency_records: number; spent_assertions: number }>(
    sql`select * from keep_house(${now.toISOString()}::timestamptz, ${requestId}::uuid)`,
  );
}
