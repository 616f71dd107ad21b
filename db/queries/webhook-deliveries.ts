import { lt, sql } from 'drizzle-orm';
import type { WebhookFailure } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import { apiClients, webhookDeliveries, webhookEndpoints, webhookEvents } from '../schema/index.ts';

/* What the schedule does with deliveries. It sees all of them. */

/** A delivery that a run of the schedule has to itself until its claim is over. */
export interface ClaimedDelivery {
  endpoint_id: string;
  event_id: string;
  /** How many attempts there were, with the one that is now made. */
  attempts: number;
  /** The moment until which it is claimed, as PostgreSQL writes it: shown again when its outcome is noted. */
  claim: string;
  url: string;
  secret_version: number;
  /** Whether the secret before still signs too. */
  is_changing_over: boolean;
  type: string;
  /** As the API writes a moment. */
  occurred_at: string;
  data: Record<string, unknown>;
}

/**
 * Claims deliveries that are due, of endpoints that are sent to and clients that are not revoked, at most so many of each
 * endpoint, so that one which does not answer holds up no other. A client gets no more than `perClient` while another waits;
 * within that what happened comes before tests and replays, and each client's first before anybody's second. Nobody else gets
 * them before `claimSeconds` are over; a run that ends without noting anything (a crash) only delays them.
 */
export function claimDeliveries(
  db: Db,
  limits: {
    total: number;
    perEndpoint: number;
    perClient: number;
    claimSeconds: number;
    overlapHours: number;
  },
) {
  return db.execute<Record<string, unknown> & ClaimedDelivery>(sql`
    with due as (
      select found.*, row_number() over (
        partition by endpoint.client_id order by found.by_hand, found.next_attempt_at, found.event_id) as nth
      from ${webhookEndpoints} as endpoint
      cross join lateral (
        select delivery.endpoint_id, delivery.event_id, delivery.next_attempt_at, delivery.by_hand
        from ${webhookDeliveries} as delivery
        where delivery.endpoint_id = endpoint.id and delivery.next_attempt_at <= clock_timestamp()
        order by delivery.by_hand, delivery.next_attempt_at limit ${limits.perEndpoint}::integer
        for update skip locked
      ) as found
      where endpoint.disabled_at is null and exists (
        select from ${apiClients} as client where client.client_id = endpoint.client_id and client.revoked_at is null)
    ), share as (
      select * from due order by nth > ${limits.perClient}::integer, by_hand, nth, next_attempt_at
      limit ${limits.total}::integer
    )
    update ${webhookDeliveries} as delivery
    set attempts = delivery.attempts + 1,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${limits.claimSeconds}::integer)
    from share as due
    join ${webhookEndpoints} as endpoint on endpoint.id = due.endpoint_id
    join ${webhookEvents} as event on event.id = due.event_id
    where delivery.endpoint_id = due.endpoint_id and delivery.event_id = due.event_id
    returning delivery.endpoint_id, delivery.event_id, delivery.attempts, delivery.next_attempt_at::text as claim,
      endpoint.url, endpoint.secret_version,
      coalesce(endpoint.rotated_at > clock_timestamp() - make_interval(hours => ${limits.overlapHours}::integer), false)
        as is_changing_over,
      event.type, event.data,
      to_char(event.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as occurred_at`);
}

/** What became of one claimed delivery. */
export interface Attempt {
  endpointId: string;
  eventId: string;
  claim: string;
  status: number | null;
  /** Null: it was taken. */
  failure: WebhookFailure | null;
  /** When the next attempt is due after one that failed; null: there is none. */
  delayMs: number | null;
  /** The endpoint says that it is gone for good. */
  isGone: boolean;
}

/** Notes what became of a batch of deliveries, and disables endpoints that are gone or have taken nothing for so long. */
export function noteAttempts(
  db: Db,
  attempts: readonly Attempt[],
  failingLimitDays: number,
  requestId: string,
) {
  const column = <Member extends keyof Attempt>(member: Member) =>
    sql.param(attempts.map((attempt) => attempt[member]));
  const gone = attempts.filter(({ isGone }) => isGone).map(({ endpointId }) => endpointId);
  return db.execute(sql`
    select note_webhook_attempts(${column('endpointId')}::uuid[], ${column('eventId')}::uuid[],
      ${column('claim')}::timestamptz[], ${column('status')}::integer[], ${column('failure')}::text[],
      ${column('delayMs')}::integer[], ${sql.param(gone)}::uuid[],
      make_interval(days => ${failingLimitDays}::integer), ${requestId}::uuid)`);
}

/** Removes events that happened before a moment, and with them what became of them. */
export function removeOldEvents(db: Db, before: Date) {
  return db.delete(webhookEvents).where(lt(webhookEvents.occurredAt, before));
}
