import type { Service } from '../service.ts';
import type { Operation } from './contract.ts';
import { networkOf } from './network.ts';
import type { Principal } from './principal.ts';
import { Problem } from './problem.ts';

/** Limits that an operation can have, and the Worker's bindings for them (wrangler.toml says how many a minute). */
export type RateLimitName = 'publicSubmission' | 'confirmation' | 'receipt' | 'token';

/** The period of every limit in wrangler.toml: whoever waits as long is let in again. */
const PERIOD_SECONDS = 60;

const HOUR_MS = 3_600_000;

/**
 * Refuses a request whose sender has sent too many of its kind. The platform counts by a keyed hash of the network that it
 * comes from, which is another every hour and which nothing here stores or logs.
 *
 * @throws Problem 429 with Retry-After
 */
export async function limitRate(
  { rateLimit }: Operation,
  headers: Headers,
  caller: Principal | null,
  service: Service,
  now: Date,
): Promise<void> {
  if (rateLimit === undefined) return;
  // A trust's system is known by its registration, and sends for many people.
  if (rateLimit === 'publicSubmission' && caller !== null) return;
  const network = networkOf(headers.get('cf-connecting-ip') ?? '');
  const hour = String(Math.floor(now.getTime() / HOUR_MS));
  const key = await service.pepper.hash('rate-limit', [rateLimit, network, hour]);
  const { success } = await service.rateLimits[rateLimit].limit({ key });
  if (!success)
    throw new Problem(
      'too-many-requests',
      `Too many requests. Try again in ${PERIOD_SECONDS} seconds.`,
      { headers: { 'Retry-After': String(PERIOD_SECONDS) } },
    );
}
