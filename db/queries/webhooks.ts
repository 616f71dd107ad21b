import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { WebhookDeliveryStatus, WebhookEventType } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import { webhookDeliveries, webhookEndpoints, webhookEvents } from '../schema/index.ts';

/*
 * What staff do with their endpoints. Row-level policies show each caller those of which all organisations are theirs, and
 * the deliveries of those. What the schedule does stands in webhook-deliveries.ts.
 */

export type WebhookEndpointRow = typeof webhookEndpoints.$inferSelect;

/** Endpoints by id, which is random. One more than the limit. */
export function listWebhookEndpoints(db: Db, page: { after: string | null; limit: number }) {
  return db
    .select()
    .from(webhookEndpoints)
    .where(page.after === null ? undefined : gt(webhookEndpoints.id, page.after))
    .orderBy(asc(webhookEndpoints.id))
    .limit(page.limit + 1);
}

/**
 * One endpoint, or nothing, which nobody else changes or queues something for until the batch is over. What is published
 * meanwhile does not wait for it.
 */
export function holdWebhookEndpoint(db: Db, id: string) {
  return readWebhookEndpoint(db, id).for('no key update');
}

/** One endpoint, or nothing. */
export function readWebhookEndpoint(db: Db, id: string) {
  return db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
}

/** Stores an endpoint unless its client has as many as it may have. One at the same address refuses it (a constraint). */
export function insertWebhookEndpoint(
  db: Db,
  endpoint: Pick<WebhookEndpointRow, 'id' | 'clientId' | 'organisations' | 'url' | 'events'>,
  maxPerClient: number,
) {
  const { id, clientId, organisations, url, events } = endpoint;
  return db.execute(sql`
    insert into ${webhookEndpoints} (id, client_id, organisations, url, events)
    select ${id}::uuid, ${clientId}, ${sql.param(organisations)}::text[], ${url}, ${sql.param(events)}::text[]
    where (select count(*) from ${webhookEndpoints} where client_id = ${clientId}) < ${maxPerClient}::integer`);
}

/** What to replace of an endpoint; a member that is undefined stays. */
export interface WebhookEndpointChanges {
  organisations?: string[] | undefined;
  url?: string | undefined;
  events?: WebhookEventType[] | undefined;
  /** True: it is sent to again, as if it had never failed. False: no longer, since its own side says so. */
  enabled?: boolean | undefined;
}

/** Changes an endpoint that is at the version. */
export function updateWebhookEndpoint(
  db: Db,
  id: string,
  version: number,
  { enabled, ...changes }: WebhookEndpointChanges,
  now: Date,
) {
  // Another address has not failed yet.
  const fresh = enabled === true || changes.url !== undefined ? { failingSince: null } : {};
  const { disabledAt, disabledReason } = webhookEndpoints;
  const state =
    enabled === undefined
      ? {}
      : enabled
        ? { disabledAt: null, disabledReason: null }
        : {
            disabledAt: sql`coalesce(${disabledAt}, ${now.toISOString()}::timestamptz)`,
            disabledReason: sql`coalesce(${disabledReason}, 'by_client')`,
          };
  return db
    .update(webhookEndpoints)
    .set({ ...changes, ...fresh, ...state, version: version + 1 })
    .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.version, version)))
    .returning();
}

/** Gives an endpoint of the client that is at the version its next secret. */
export function rotateWebhookSecret(
  db: Db,
  { id, version, clientId }: Pick<WebhookEndpointRow, 'id' | 'version' | 'clientId'>,
  now: Date,
) {
  return db
    .update(webhookEndpoints)
    .set({
      version: version + 1,
      secretVersion: sql`${webhookEndpoints.secretVersion} + 1`,
      rotatedAt: now,
    })
    .where(
      and(
        eq(webhookEndpoints.id, id),
        eq(webhookEndpoints.version, version),
        eq(webhookEndpoints.clientId, clientId),
      ),
    )
    .returning();
}

/** Ends an endpoint with everything that waits for it. */
export function deleteWebhookEndpoint(db: Db, id: string, expectedVersion: number | undefined) {
  return db
    .delete(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.id, id),
        expectedVersion === undefined ? undefined : eq(webhookEndpoints.version, expectedVersion),
      ),
    )
    .returning({ id: webhookEndpoints.id });
}

const { deliveredAt, nextAttemptAt } = webhookDeliveries;

/** The rows of each status: what deliveryStatus() in domain/webhook-delivery.ts says of one. */
const statuses: Readonly<Record<WebhookDeliveryStatus, SQL | undefined>> = {
  delivered: isNotNull(deliveredAt),
  waiting: and(isNull(deliveredAt), isNotNull(nextAttemptAt)),
  given_up: and(isNull(deliveredAt), isNull(nextAttemptAt)),
};

/** Deliveries to an endpoint with the type and moment of their events, by the event's id. One more than the limit. */
export function listWebhookDeliveries(
  db: Db,
  endpointId: string,
  status: WebhookDeliveryStatus | undefined,
  page: { after: string | null; limit: number },
) {
  return db
    .select({
      delivery: webhookDeliveries,
      type: webhookEvents.type,
      occurredAt: webhookEvents.occurredAt,
    })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        status === undefined ? undefined : statuses[status],
        page.after === null ? undefined : gt(webhookDeliveries.eventId, page.after),
      ),
    )
    .orderBy(asc(webhookDeliveries.eventId))
    .limit(page.limit + 1);
}

export type WebhookDeliveryRow = Awaited<ReturnType<typeof listWebhookDeliveries>>[number];

/** How many tests and replays wait for an endpoint (a row named `endpoint`). */
const waitingByHand = sql`(
  select count(*) from ${webhookDeliveries} as waiting
  where waiting.endpoint_id = endpoint.id and waiting.by_hand and waiting.next_attempt_at is not null)`;

/** Notes in the audit trail that something was sent to an endpoint (a row named `endpoint`). */
const noteSending = sql`note_audit_event('webhook-endpoint', endpoint.id::text, endpoint.organisations, 'done')`;

/**
 * Queues a test for one endpoint, and notes it, unless the endpoint is disabled or so many tests and replays wait for it. To
 * be run while the endpoint is held. A row count of 0: it was not queued.
 */
export function queueTest(
  db: Db,
  endpointId: string,
  eventId: string,
  maxByHand: number,
  now: Date,
) {
  return db.execute(sql`
    with endpoint as (
      select * from ${webhookEndpoints} as endpoint
      where id = ${endpointId}::uuid and disabled_at is null and ${waitingByHand} < ${maxByHand}::integer
    ), told as (
      insert into ${webhookEvents} (id, type, organisations, occurred_at, data)
      select ${eventId}::uuid, 'test', organisations, ${now.toISOString()}::timestamptz,
        jsonb_build_object('endpoint', id, 'href', '/v1/webhook-endpoints/' || id)
      from endpoint
      returning id
    ), queued as (
      insert into ${webhookDeliveries} (endpoint_id, event_id, next_attempt_at, by_hand)
      select ${endpointId}::uuid, told.id, clock_timestamp(), true from told
    )
    select ${noteSending} from endpoint`);
}

/**
 * Queues events anew for one endpoint, whatever became of them before, and notes it: one that was sent to it or that it asks
 * for, or those that it asks for and that happened since a moment; unless so many tests and replays wait for it. To be run
 * while the endpoint is held. One row: how many; none: too many wait.
 */
export function queueAgain(
  db: Db,
  endpointId: string,
  { event, since }: { event: string | null; since: string | null },
  maxByHand: number,
) {
  return db.execute<{ queued: number }>(sql`
    with endpoint as (
      select * from ${webhookEndpoints} as endpoint
      where id = ${endpointId}::uuid and ${waitingByHand} < ${maxByHand}::integer
    ), queued as (
      insert into ${webhookDeliveries} as delivery (endpoint_id, event_id, next_attempt_at, by_hand)
      select endpoint.id, event.id, clock_timestamp(), true
      from endpoint
      join ${webhookEvents} as event on event.organisations && endpoint.organisations
      where (event.id = ${event}::uuid or event.occurred_at >= ${since}::timestamptz)
        and (event.type = any (endpoint.events) or (event.id = ${event}::uuid and exists (
          select from ${webhookDeliveries} as sent where sent.endpoint_id = endpoint.id and sent.event_id = event.id)))
      on conflict (endpoint_id, event_id) do update
        set attempts = 0, next_attempt_at = excluded.next_attempt_at, delivered_at = null, by_hand = true
      returning 1
    )
    select (select count(*)::integer from queued) as queued, ${noteSending} from endpoint`);
}
