import { and, arrayOverlaps, desc, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { auditEvents } from '../schema/index.ts';

/** Notes what the batch under way read, or that it was refused. What it changes, the database notes by itself. */
export function noteAuditEvent(
  db: Db,
  event: {
    organisations: readonly string[];
    outcome: 'done' | 'refused';
    subject?: { kind: string; id: string };
  },
) {
  const { organisations, outcome, subject } = event;
  return db.execute(sql`select note_audit_event(${subject?.kind ?? null}, ${subject?.id ?? null},
    ${sql.param([...organisations])}::text[], ${outcome})`);
}

export type AuditEventRow = typeof auditEvents.$inferSelect;

/** What of the trail is asked for; what is undefined narrows nothing. */
export interface AuditEventFilter {
  /** ODS codes; of events that concern one of them. */
  organisations: readonly string[];
  operation: string | undefined;
  actor: string | undefined;
  /** Days (UTC), `YYYY-MM-DD`, the last one included. */
  since: string | undefined;
  until: string | undefined;
}

/** Events that concern some organisations, the newest first. One more than the limit. */
export function listAuditEvents(
  db: Db,
  filter: AuditEventFilter,
  page: { before: number | null; limit: number },
) {
  return db
    .select()
    .from(auditEvents)
    .where(
      and(
        arrayOverlaps(auditEvents.organisations, [...filter.organisations]),
        filter.operation === undefined ? undefined : eq(auditEvents.operation, filter.operation),
        filter.actor === undefined ? undefined : eq(auditEvents.actor, filter.actor),
        filter.since === undefined
          ? undefined
          : sql`${auditEvents.occurredAt} >= ${filter.since}::timestamp at time zone 'UTC'`,
        filter.until === undefined
          ? undefined
          : sql`${auditEvents.occurredAt} < (${filter.until}::date + 1)::timestamp at time zone 'UTC'`,
        page.before === null ? undefined : lt(auditEvents.number, page.before),
      ),
    )
    .orderBy(desc(auditEvents.number))
    .limit(page.limit + 1);
}

/**
 * Goes through the whole trail and makes every hash anew (see verify_audit_trail in db/migrations). One row: how many events
 * there are, the first number at which the chain is not whole, or null, and the last hash, or null of a trail without events.
 */
export function verifyAuditTrail(db: Db) {
  return db.execute<{ event_count: number; first_broken: number | null; last_hash: string | null }>(
    sql`select event_count::integer, first_broken::integer, encode(last_hash, 'hex') as last_hash
      from verify_audit_trail()`,
  );
}
