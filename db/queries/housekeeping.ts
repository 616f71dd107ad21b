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
 * `closedBefore` or earlier.
 *
 * @param cycleId only this cycle; null for all
 */
export function flushInbox(
  db: Db,
  { minWaitingCount, minSharingCount }: FlushRule,
  closedBefore: Date,
  cycleId: string | null,
) {
  return db.execute<{ flush_inbox: number }>(sql`select flush_inbox(${minWaitingCount}::integer,
    ${minSharingCount}::integer, ${closedBefore.toISOString()}::timestamptz, ${cycleId}::uuid)`);
}

/** Removes what is over (see keep_house in db/migrations) and notes it in the audit trail. One row: how much it was. */
export function removeWhatIsOver(db: Db, now: Date, requestId: string) {
  return db.execute<{ parts: number; idempotency_records: number; spent_assertions: number }>(
    sql`select * from keep_house(${now.toISOString()}::timestamptz, ${requestId}::uuid)`,
  );
}
