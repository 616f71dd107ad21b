import type { WebhookDeliveryStatus, WebhookFailure } from './vocabulary.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long after each attempt that failed the next one is due, from the first on: some three days in all. As Standard
 * Webhooks suggests, but that the schedule runs once a minute.
 */
export const retryDelaysMs: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** How much later than that an attempt may come, so that those that failed together do not come back together. */
const JITTER = 0.1;

/** An endpoint that has taken nothing for so long is no longer sent to. */
export const FAILING_LIMIT_DAYS = 5;

/** Events, and what became of them, are kept for so long, and can be sent again. */
export const EVENT_RETENTION_DAYS = 30;

/** After a rotation the secret before signs beside the new one for so long, so that a receiver can change over. */
export const SECRET_OVERLAP_HOURS = 24;

/**
 * When the next attempt is due, in milliseconds after one that failed; null: there is none, it is given up.
 *
 * @param attempts how many there were, the one that failed included
 * @param random from 0 to less than 1
 */
export function nextDelayMs(attempts: number, random: number): number | null {
  const delay = retryDelaysMs[attempts - 1];
  return delay === undefined ? null : Math.round(delay * (1 + JITTER * random));
}

/** Why an answer with this HTTP status is a failure; null: the webhook was taken. A redirect is never followed. */
export function failureOfStatus(status: number): WebhookFailure | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

/** Whether an answer says that there will never be an endpoint again (410, RFC 9110 15.5.11). */
export function isGone(status: number | null): boolean {
  return status === 410;
}

/** Where a delivery stands, by its two moments. */
export function deliveryStatus(delivery: {
  deliveredAt: Date | null;
  nextAttemptAt: Date | null;
}): WebhookDeliveryStatus {
  if (delivery.deliveredAt !== null) return 'delivered';
  return delivery.nextAttemptAt === null ? 'given_up' : 'waiting';
}
