import { flushInbox, removeWhatIsOver } from '../db/queries/housekeeping.ts';
import { CLOSING_GRACE_MS, flushRule } from '../domain/flush-rule.ts';
import { readFailure } from './http/failure.ts';
import { log } from './http/log.ts';
import type { Service } from './service.ts';

/**
 * What the cron trigger runs: takes submissions apart, then removes what has done its work. Safe to run twice and at any
 * time. How many submissions were taken apart is told nowhere: with the time of a log line it would say when they came.
 */
export async function keepHouse({ databases: { flusher }, now }: Service): Promise<void> {
  const moment = now();
  try {
    await flushInbox(flusher, flushRule, new Date(moment.getTime() - CLOSING_GRACE_MS), null);
  } catch (error) {
    log('error', { event: 'flush-failed', cause: readFailure(error).cause ?? 'unknown' });
    throw error;
  }
  try {
    const { rows } = await removeWhatIsOver(flusher, moment, crypto.randomUUID());
    const [removed] = rows;
    log('info', {
      event: 'housekeeping',
      removed: {
        parts: removed?.parts ?? 0,
        spentAssertions: removed?.spent_assertions ?? 0,
        idempotencyRecords: removed?.idempotency_records ?? 0,
      },
    });
  } catch (error) {
    log('error', { event: 'housekeeping-failed', cause: readFailure(error).cause ?? 'unknown' });
    throw error;
  }
}
