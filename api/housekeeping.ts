import { flushDue, removeWhatIsOver, sweepInbox } from '../db/queries/housekeeping.ts';
import { removeOverStaffSessions } from '../db/queries/staff-sessions.ts';
import { removeOldEvents } from '../db/queries/webhook-deliveries.ts';
import { CLOSING_GRACE_MS, flushRule } from '../domain/flush-rule.ts';
import { EVENT_RETENTION_DAYS } from '../domain/webhook-delivery.ts';
import { readFailure } from './http/failure.ts';
import { log } from './http/log.ts';
import type { Service } from './service.ts';

const DAY_MS = 86_400_000;

/**
 * What the cron trigger runs: takes submissions apart, then removes what has done its work, also where the first failed:
 * a promise to delete does not wait. Safe to run twice and at any time. How many submissions were taken apart is told
 * nowhere: with the time of a log line it would say when they came.
 */
export async function keepHouse({ databases: { flusher }, now }: Service): Promise<void> {
  const moment = now();
  const failures = [
    await failureOf('flush-failed', async () => {
      const closedBefore = new Date(moment.getTime() - CLOSING_GRACE_MS);
      const { rows } = await flushDue(flusher, flushRule, closedBefore);
      const failure = rows[0]?.failure ?? null;
      if (failure !== null) throw new NotTakenApart(failure);
    }),
    await failureOf('sweep-failed', async () => {
      const { rows } = await sweepInbox(flusher);
      if (rows[0]?.sweep_inbox !== true) throw new Error('The inbox could not be swept.');
    }),
    await failureOf('housekeeping-failed', async () => {
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
    }),
    await failureOf('housekeeping-failed', () =>
      removeOldEvents(flusher, new Date(moment.getTime() - EVENT_RETENTION_DAYS * DAY_MS)),
    ),
    await failureOf('housekeeping-failed', () => removeOverStaffSessions(flusher)),
  ];
  // The platform counts a run that throws as failed.
  for (const failure of failures) if (failure !== null) throw failure.error;
}

/** Some cycle could not be taken apart; the others were. */
class NotTakenApart extends Error {
  readonly sqlState: string;

  constructor(sqlState: string) {
    super('A cycle could not be taken apart.');
    this.sqlState = sqlState;
  }
}

/** Runs a step and logs it if it fails. */
async function failureOf(
  event: 'flush-failed' | 'sweep-failed' | 'housekeeping-failed',
  step: () => PromiseLike<unknown>,
): Promise<{ error: unknown } | null> {
  try {
    await step();
    return null;
  } catch (error) {
    log('error', { event, cause: causeOf(error) });
    return { error };
  }
}

function causeOf(error: unknown): string {
  if (error instanceof NotTakenApart) return `database ${error.sqlState}`;
  return readFailure(error).cause ?? 'unknown';
}
