import { lt, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { cycles, idempotencyRecords, spentAssertions } from '../schema/index.ts';

/** How long after a cycle's end a lost answer may still be asked for again. */
const DAYS_AFTER_CLOSING = 7;

/** Spent `jti`s whose assertions have ended: they would be refused for their age now. */
export function removeExpiredAssertions(db: Db, now: Date) {
  return db.delete(spentAssertions).where(lt(spentAssertions.expiresAt, now));
}

/** Records of cycles that ended a week ago: a repeat cannot be stored twice, since nothing is taken any more. */
export function removeEndedIdempotencyRecords(db: Db, now: Date) {
  return db.delete(idempotencyRecords).where(
    sql`${idempotencyRecords.cycleId} in (
      select ${cycles.id} from ${cycles}
      where ${cycles.closesAt} < ${now.toISOString()}::timestamptz - make_interval(days => ${DAYS_AFTER_CLOSING}))`,
  );
}
