import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backoff,
  exchange,
  persist,
  type Reply,
  retryAfter,
} from '../../examples/post-fft/retry.ts';

/** A clock that jumps instead of waiting. */
function jumpingClock(random = () => 0.5) {
  const waits: number[] = [];
  let now = Date.UTC(2026, 10, 22);
  return {
    waits,
    now: () => now,
    random,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
}

const reply = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: new Headers(headers),
  body: {},
});

/** Gives these replies one after another, the last one for ever. */
function replies(...all: Reply[]) {
  let sent = 0;
  return { send: async () => all[Math.min(sent++, all.length - 1)] as Reply, sent: () => sent };
}

describe('what is tried again', () => {
  test.each([429, 502, 503, 504])('HTTP %i is', async (status) => {
    const { send, sent } = replies(reply(status), reply(status), reply(200));
    expect((await persist('it', send, { clock: jumpingClock(), giveUpAfter: 60_000 })).status).toBe(
      200,
    );
    expect(sent()).toBe(3);
  });

  test.each([200, 400, 403, 404, 409, 413, 500])('HTTP %i is final', async (status) => {
    const { send, sent } = replies(reply(status));
    expect((await persist('it', send, { clock: jumpingClock(), giveUpAfter: 60_000 })).status).toBe(
      status,
    );
    expect(sent()).toBe(1);
  });

  test('a 409 with Retry-After is: the first copy is still under way', async () => {
    const clock = jumpingClock();
    const { send } = replies(reply(409, { 'retry-after': '2' }), reply(200));
    expect((await persist('it', send, { clock, giveUpAfter: 60_000 })).status).toBe(200);
    expect(clock.waits[0]).toBeGreaterThanOrEqual(2000);
  });

  test('a connection that is refused is, until the time is up; then the message says so', async () => {
    const clock = jumpingClock();
    const attempt = persist('batch 1', () => exchange('http://127.0.0.1:1/', {}), {
      clock,
      giveUpAfter: 20_000,
    });
    await expect(attempt).rejects.toThrow(
      /^batch 1: gave up after \d+ tries, last: no answer.*Run the same command again later/,
    );
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(20_000);
  });

  test('half an answer is as good as none', async () => {
    const cut = 'data:application/json,%7B%22accepted%22%3A';
    await expect(exchange(cut, {})).rejects.toThrow('half an answer');
    await expect(exchange('data:application/json,', {})).rejects.toThrow('half an answer');
    expect((await exchange('data:application/json,%7B%7D', {})).body).toEqual({});
  });

  test('a mistake in the program is not mistaken for a lost answer', async () => {
    const attempt = persist('it', () => Promise.reject(new RangeError('bug')), {
      clock: jumpingClock(),
      giveUpAfter: 60_000,
    });
    await expect(attempt).rejects.toThrow(RangeError);
  });

  test('a wait longer than the time left is not begun', async () => {
    const clock = jumpingClock();
    const attempt = persist('it', replies(reply(503, { 'retry-after': '3600' })).send, {
      clock,
      giveUpAfter: 60_000,
    });
    await expect(attempt).rejects.toThrow('asked to wait 3600 s');
    expect(clock.waits).toEqual([]);
  });
});

describe('how long it waits', () => {
  test('between nothing and a ceiling that doubles up to 30 s (full jitter)', () => {
    expect([0, 1, 2, 3, 10].map((attempt) => backoff(attempt, null, 1))).toEqual([
      500, 1000, 2000, 4000, 30_000,
    ]);
    fc.assert(
      fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const wait = backoff(attempt, null, random);
        return wait >= 0 && wait <= 30_000;
      }),
    );
  });

  test('never less than the service asks for', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(100_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, asked, random) => backoff(attempt, asked, random) >= asked,
      ),
    );
  });

  test("Retry-After is read as seconds and as a date, by the service's clock where it tells it", () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    const of = (headers: Record<string, string>) => retryAfter(new Headers(headers), now);
    expect(of({ 'retry-after': '7' })).toBe(7000);
    expect(of({ 'retry-after': 'Sun, 22 Nov 2026 10:00:09 GMT' })).toBe(9000);
    expect(
      of({ 'retry-after': 'Sun, 22 Nov 2026 10:05:09 GMT', date: 'Sun, 22 Nov 2026 10:05:00 GMT' }),
    ).toBe(9000);
    expect(of({ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' })).toBe(0);
    expect(of({ 'retry-after': 'soon' })).toBeNull();
    expect(of({})).toBeNull();
  });
});
