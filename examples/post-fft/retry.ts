import { PostFftError } from './errors.ts';

/** Time and chance, as arguments so that tests need not wait. Milliseconds; `random` is 0 (inclusive) to 1. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
};

/** A reply of any status. `body` is the parsed JSON, or undefined when there is none. */
export interface Reply {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Persistence {
  clock: Clock;
  /** Asking stops this long after the first try. Milliseconds. */
  giveUpAfter: number;
  /** Told before each wait: why, and for how many milliseconds. */
  onWait?: (reason: string, milliseconds: number) => void;
}

const firstWait = 500;
const longestWait = 30_000;
const answerTimeout = 60_000;

/** Too many requests, or something between here and the service failed: the same request may succeed later. */
const passing = new Set([408, 429, 502, 503, 504, 520, 521, 522, 523, 524]);

/**
 * Sends a request until it is answered for good.
 *
 * Only for requests that may be repeated: reads, sign-ins with a fresh assertion, posts with an Idempotency-Key. A 409 is
 * final unless it carries Retry-After, which says that the first copy is still under way.
 *
 * @throws PostFftError when the time is up, saying what was last seen.
 */
export async function persist(
  what: string,
  send: () => Promise<Reply>,
  persistence: Persistence,
): Promise<Reply> {
  const { clock, giveUpAfter, onWait } = persistence;
  const deadline = clock.now() + giveUpAfter;
  for (let attempt = 0; ; attempt += 1) {
    let reason: string;
    let asked: number | null = null;
    try {
      const reply = await send();
      asked = retryAfter(reply.headers, clock.now());
      if (!passing.has(reply.status) && !(reply.status === 409 && asked !== null)) return reply;
      reason = `HTTP ${reply.status}`;
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error;
      reason = error.message;
    }
    const wait = backoff(attempt, asked, clock.random());
    if (clock.now() + wait > deadline) {
      const tries = attempt === 0 ? 'one try' : `${attempt + 1} tries`;
      const told = asked === null ? '' : ` (asked to wait ${Math.ceil(asked / 1000)} s)`;
      throw new PostFftError(
        `${what}: gave up after ${tries}, last: ${reason}${told}. Run the same command again later: nothing is stored twice.`,
      );
    }
    onWait?.(reason, wait);
    await clock.sleep(wait);
  }
}

/**
 * How long to wait before trying again, in milliseconds: exponential with full jitter, so that many clients that failed
 * together do not return together (Brooker, "Exponential backoff and jitter", 2015). A wait that the service asked
 * for is a floor.
 */
export function backoff(attempt: number, asked: number | null, random: number): number {
  if (asked !== null) return asked + random * firstWait;
  return random * Math.min(longestWait, firstWait * 2 ** attempt);
}

/** `Retry-After` in milliseconds from now (seconds or an HTTP date, RFC 9110 section 10.2.3), or null. */
export function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  // Both dates by the service's clock where it tells its own: this machine's may be minutes off.
  const theirs = Date.parse(headers.get('date') ?? '');
  return Math.max(0, until - (Number.isNaN(theirs) ? now : theirs));
}

/** The request may or may not have been carried out: nobody said. */
class LostAnswer extends Error {}

/** One HTTP exchange. A broken connection, a timeout and half a reply all count as a lost answer, for `persist` to repeat. */
export async function exchange(url: string, init: RequestInit): Promise<Reply> {
  let response: globalThis.Response;
  let text: string;
  try {
    // A redirect would carry the token, or the comments, to a place that nobody configured.
    response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerTimeout),
    });
    text = await response.text();
  } catch (error) {
    throw new LostAnswer(describe(error));
  }
  const { status, headers } = response;
  try {
    return { status, headers, body: JSON.parse(text) };
  } catch {
    // A refusal may come from a proxy, as a page; a success that is no JSON was cut short.
    if (response.ok) throw new LostAnswer('half an answer');
    return { status, headers, body: undefined };
  }
}

function describe(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `no answer${code}`;
}
