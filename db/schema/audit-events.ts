import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytes } from './bytes.ts';

/** Who acted: a registered client, a person at the console, the schedule, or whoever runs the service. */
export type ActorKind = 'client' | 'person' | 'schedule' | 'operator';

/**
 * What staff and the schedule did, never what it was about in words. Written only by functions of the database, never
 * changed; each event holds the hash of the one before, so that a gap or a change shows (`npm run verify-audit`).
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    /** Counts from 1 without a gap. */
    number: bigint('number', { mode: 'number' }).primaryKey(),
    occurredAt: timestamp('occurred_at', { withTimezone: true, mode: 'date' }).notNull(),
    actorKind: text('actor_kind').$type<ActorKind>().notNull(),
    /** The id of the client or of the staff member; null for the schedule. */
    actor: text('actor'),
    /** ODS codes of the organisations that the thing belongs to. */
    organisations: text('organisations').array().notNull(),
    /** What the actor was allowed to do it for: a scope, `retention` or `sign-in`. */
    purpose: text('purpose').notNull(),
    requestId: uuid('request_id').notNull(),
    operation: text('operation').notNull(),
    /** Which kind of thing, and its id. */
    subjectKind: text('subject_kind'),
    subject: text('subject'),
    outcome: text('outcome').$type<'done' | 'refused'>().notNull(),
    /** How many rows the schedule removed. */
    counts: jsonb('counts').$type<Record<string, number>>(),
    previousHash: bytes('previous_hash').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [index('audit_events_organisations').using('gin', table.organisations)],
);
