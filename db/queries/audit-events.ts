import { and, arrayOverlaps, desc, lt, sql } from 'drizzle-orm';
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

/** Events that concern some organisations, the newest first. One more than the limit. */
export function listAuditEvents(
  db: Db,
  filter: { organisations: readonly string[]; operation: string | undefined },
  page: { before: number | null; limit: number },
) {
  return db
    .select()
    .from(auditEvents)
    .where(
      and(
        arrayOverlaps(auditEvents.organisations, [...filter.organisations]),
        filter.operation === undefined
          ? undefined
          : sql`${auditEvents.operation} = ${filter.operation}`,
        page.before === null ? undefined : lt(auditEvents.number, page.before),
      ),
    )
    .orderBy(desc(auditEvents.number))
    .limit(page.limit + 1);
}
