import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  WebhookDisabledReason,
  WebhookEventType,
  WebhookFailure,
} from '../../domain/vocabulary.ts';
import { apiClients } from './api-clients.ts';
import { moment } from './moment.ts';

/** Where a registered client wants to be told what was published. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Counts changes; the weak ETag. */
    version: integer('version').notNull().default(1),
    clientId: text('client_id')
      .notNull()
      .references(() => apiClients.clientId),
    /** Of whose publications it is told. */
    organisations: text('organisations').array().notNull(),
    /** As the WHATWG URL standard writes it. */
    url: text('url').notNull(),
    events: text('events').array().$type<WebhookEventType[]>().notNull(),
    /** The signing secret is derived from the id and this number (api/webhooks/secret.ts), and kept nowhere. */
    secretVersion: integer('secret_version').notNull().default(1),
    /** Since when the secret is the one that it is; null for the first. */
    rotatedAt: moment('rotated_at'),
    /** Since when every attempt has failed; null after one that did not. */
    failingSince: moment('failing_since'),
    /** No longer sent to, since this moment; null while it is. */
    disabledAt: moment('disabled_at'),
    disabledReason: text('disabled_reason').$type<WebhookDisabledReason>(),
  },
  (table) => [
    index('webhook_endpoints_organisations').using('gin', table.organisations),
    uniqueIndex('webhook_endpoints_client_url').on(table.clientId, table.url),
  ],
);

/** That something was published or withdrawn: written by the database with the change itself. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    type: text('type').$type<WebhookEventType | 'test'>().notNull(),
    organisations: text('organisations').array().notNull(),
    occurredAt: moment('occurred_at').notNull(),
    /** What it is about: ids, a version, and the path where it can be read; nothing that is not published. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index('webhook_events_occurred_at').on(table.occurredAt)],
);

/** One event on its way to one endpoint. It goes with either of them. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    eventId: uuid('event_id')
      .notNull()
      .references(() => webhookEvents.id, { onDelete: 'cascade' }),
    attempts: integer('attempts').notNull().default(0),
    /** When it is due, or while it is under way until when nobody else may take it; null when it is over. */
    nextAttemptAt: moment('next_attempt_at'),
    deliveredAt: moment('delivered_at'),
    lastAttemptAt: moment('last_attempt_at'),
    /** HTTP status of the last answer; null where there was none. */
    lastStatus: integer('last_status'),
    /** Why the last attempt was none; null where it was taken. */
    lastFailure: text('last_failure').$type<WebhookFailure>(),
    /** Last queued as a test or a replay, and not by what happened. */
    byHand: boolean('by_hand').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.eventId] }),
    index('webhook_deliveries_event').on(table.eventId),
    index('webhook_deliveries_due').on(table.endpointId, table.nextAttemptAt),
  ],
);
