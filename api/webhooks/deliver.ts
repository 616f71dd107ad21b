import {
  type Attempt,
  type ClaimedDelivery,
  claimDeliveries,
  noteAttempts,
} from '../../db/queries/webhook-deliveries.ts';
import type { WebhookFailure } from '../../domain/vocabulary.ts';
import { faultOfWebhookAddress } from '../../domain/webhook-address.ts';
import {
  FAILING_LIMIT_DAYS,
  failureOfStatus,
  isGone,
  nextDelayMs,
  SECRET_OVERLAP_HOURS,
} from '../../domain/webhook-delivery.ts';
import { readFailure } from '../http/failure.ts';
import { log } from '../http/log.ts';
import type { Service } from '../service.ts';
import { signWebhook, webhookKey } from './secret.ts';

/** A receiver that has not answered by then is tried again later. */
const ANSWER_TIMEOUT_MS = 15_000;

/** The platform opens no more connections than these at once; a later one would wait while its time runs. */
const MAX_CONNECTIONS = 6;

/** Of one run, so that it stays under the 50 requests that the smallest plan of the platform gives one. */
const MAX_DELIVERIES = 40;

/** Of one run to one endpoint, so that one that does not answer cannot take all of it. */
const MAX_DELIVERIES_PER_ENDPOINT = 10;

/** Of one run for one client while others wait: a quarter, so that none has to wait for all that another has queued. */
const MAX_DELIVERIES_PER_CLIENT = 10;

/** Longer than a run can take: 40 deliveries, 6 at a time, 15 seconds each. */
const CLAIM_SECONDS = 300;

/**
 * Sends the webhooks that are due, and notes what became of each. Run by the schedule once a minute. Safe to run twice, at
 * any time, and to be cut off: what was claimed and not noted is sent again later with the same webhook-id.
 */
export async function deliverWebhooks(service: Service): Promise<void> {
  const { flusher } = service.databases;
  try {
    const { rows } = await claimDeliveries(flusher, {
      total: MAX_DELIVERIES,
      perEndpoint: MAX_DELIVERIES_PER_ENDPOINT,
      perClient: MAX_DELIVERIES_PER_CLIENT,
      claimSeconds: CLAIM_SECONDS,
      overlapHours: SECRET_OVERLAP_HOURS,
    });
    if (rows.length === 0) return;
    const attempts = await eachAtMost(MAX_CONNECTIONS, rows, (claimed) =>
      attemptDelivery(service, claimed),
    );
    await noteAttempts(flusher, attempts, FAILING_LIMIT_DAYS, crypto.randomUUID());
  } catch (error) {
    log('error', { event: 'webhooks-failed', cause: readFailure(error).cause ?? 'unknown' });
    throw error;
  }
}

async function attemptDelivery(service: Service, claimed: ClaimedDelivery): Promise<Attempt> {
  const { status, failure } = await post(service, claimed);
  const { endpoint_id: endpointId, event_id: eventId, claim, attempts } = claimed;
  return {
    ...{ endpointId, eventId, claim, status, failure },
    delayMs: failure === null ? null : nextDelayMs(attempts, Math.random()),
    isGone: isGone(status),
  };
}

/** Posts one event. Nothing of an answer is looked at but its status. */
async function post(
  service: Service,
  claimed: ClaimedDelivery,
): Promise<{ status: number | null; failure: WebhookFailure | null }> {
  // The rule may have become stricter since the address was registered.
  if (faultOfWebhookAddress(claimed.url, service.webhookExemptHosts) !== null)
    return { status: null, failure: 'refused_address' };
  try {
    const response = await fetch(claimed.url, {
      method: 'POST',
      ...(await messageOf(service, claimed)),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return { status: response.status, failure: failureOfStatus(response.status) };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { status: null, failure: isLate ? 'timeout' : 'connection' };
  }
}

/** An event as Standard Webhooks has it: body and headers. */
async function messageOf({ pepper, url, now }: Service, claimed: ClaimedDelivery) {
  const { type, occurred_at, data, event_id: id, endpoint_id, secret_version } = claimed;
  const body = JSON.stringify({
    type,
    timestamp: occurred_at,
    data: { ...data, href: `${url}${data.href}` },
  });
  const timestamp = Math.floor(now().getTime() / 1000);
  const versions = claimed.is_changing_over
    ? [secret_version, secret_version - 1]
    : [secret_version];
  const keys = await Promise.all(
    versions.map((version) => webhookKey(pepper, endpoint_id, version)),
  );
  const signature = await signWebhook(keys, { id, timestamp, body });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'full-circle-webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    },
  };
}

/** Does something with each item, so many at a time, and answers the results in the order of the items. */
async function eachAtMost<Item, Result>(
  count: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: count }, worker));
  return results;
}
