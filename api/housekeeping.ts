import {
  removeEndedIdempotencyRecords,
  removeExpiredAssertions,
} from '../db/queries/housekeeping.ts';
import { readFailure } from './http/failure.ts';
import { log } from './http/log.ts';
import type { Service } from './service.ts';

/**
 * What the cron trigger runs: removes what has done its work. Safe to run twice and at any time, since each
 * statement looks only at what is over.
 */
export async function keepHouse({ db, now }: Service): Promise<void> {
  try {
    const [assertions, records] = await db.batch([
      removeExpiredAssertions(db, now()),
      removeEndedIdempotencyRecords(db, now()),
    ]);
    log('info', {
      event: 'housekeeping',
      removed: {
        spentAssertions: assertions.rowCount ?? 0,
        idempotencyRecords: records.rowCount ?? 0,
      },
    });
  } catch (error) {
    log('error', { event: 'housekeeping-failed', cause: readFailure(error).cause ?? 'unknown' });
    throw error;
  }
}
