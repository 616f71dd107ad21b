import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deliveryStatus,
  failureOfStatus,
  isGone,
  nextDelayMs,
  retryDelaysMs,
} from '../../domain/webhook-delivery.ts';

const HOUR_MS = 3_600_000;

describe('a webhook that was not taken', () => {
  it('is tried again later each time, for about three days, then given up', () => {
    const delays = Array.from({ length: 12 }, (_, index) => nextDelayMs(index + 1, 0));
    const given = delays.filter((delay) => delay !== null);
    expect(delays.slice(given.length)).toEqual([null, null, null]);
    expect(given.toSorted((one, other) => one - other)).toEqual(given);
    expect(given[0]).toBe(60_000);
    const total = given.reduce((sum, delay) => sum + delay, 0);
    expect(total / HOUR_MS).toBeGreaterThan(72);
    expect(total / HOUR_MS).toBeLessThan(84);
  });

  it('comes back at a moment of its own, never earlier than the delay and at most a tenth later', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: retryDelaysMs.length }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, random) => {
          const delay = retryDelaysMs[attempts - 1] ?? 0;
          const drawn = nextDelayMs(attempts, random) ?? 0;
          expect(drawn).toBeGreaterThanOrEqual(delay);
          expect(drawn).toBeLessThanOrEqual(Math.round(delay * 1.1));
        },
      ),
    );
    expect(nextDelayMs(1, 0.9)).toBeGreaterThan(nextDelayMs(1, 0.1) ?? 0);
  });
});

it('only 2xx takes a webhook, a redirect is one kind of failure, and 410 is the end', () => {
  for (const status of [200, 201, 202, 204, 299]) expect(failureOfStatus(status)).toBeNull();
  for (const status of [300, 301, 302, 307, 308, 304])
    expect(failureOfStatus(status)).toBe('redirect');
  for (const status of [100, 199, 400, 401, 404, 410, 429, 500, 503, 526])
    expect(failureOfStatus(status)).toBe('status');
  expect([410, 404, 500, 200, null].map(isGone)).toEqual([true, false, false, false, false]);
});

it('a delivery is delivered, waiting or given up', () => {
  const moment = new Date();
  expect(deliveryStatus({ deliveredAt: null, nextAttemptAt: moment })).toBe('waiting');
  expect(deliveryStatus({ deliveredAt: moment, nextAttemptAt: null })).toBe('delivered');
  expect(deliveryStatus({ deliveredAt: null, nextAttemptAt: null })).toBe('given_up');
});
