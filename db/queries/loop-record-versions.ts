import { and, asc, eq, getViewSelectedFields, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import {
  publishedLoopRecordVersions as published,
  publishedLoopRecords,
  shownConfirmations,
} from '../schema/index.ts';

/** Whether a record is published, in which version, and whether it was withdrawn: one row or none. */
export function readStanding(db: Db, recordId: string) {
  return db
    .select({
      version: publishedLoopRecords.version,
      withdrawnAt: publishedLoopRecords.withdrawnAt,
      firstPublishedAt: publishedLoopRecords.firstPublishedAt,
    })
    .from(publishedLoopRecords)
    .where(eq(publishedLoopRecords.id, recordId));
}

export type Standing = Awaited<ReturnType<typeof readStanding>>[number];

/** Every version of a record that was published, the oldest first; none once it is withdrawn. */
export function listVersions(db: Db, recordId: string) {
  return db
    .select({ version: published.version, publishedAt: published.publishedAt })
    .from(published)
    .where(eq(published.recordId, recordId))
    .orderBy(asc(published.version));
}

function selectVersions(db: Db, recordId: string, condition: SQL | undefined) {
  return db
    .select({ ...getViewSelectedFields(published), confirmations: shownConfirmations.rows })
    .from(published)
    .leftJoin(shownConfirmations, eq(shownConfirmations.recordId, published.recordId))
    .where(and(eq(published.recordId, recordId), condition))
    .orderBy(asc(published.version));
}

/** A published version as it was, with the confirmations that are shown now. */
export type VersionRow = Awaited<ReturnType<typeof selectVersions>>[number];

/** One version of a record that was published, or nothing. */
export function readVersion(db: Db, recordId: string, version: number) {
  return selectVersions(db, recordId, eq(published.version, version));
}

/**
 * The versions between which somebody asks for the difference: `to` or the newest, and `from` or the one before that (the
 * same one, where there is none before). One row where both are the same, none of those that were never published.
 */
export function readTwoVersions(
  db: Db,
  recordId: string,
  { from, to }: { from: number | undefined; to: number | undefined },
) {
  const newestOf = (condition: SQL) =>
    sql`(select max(version) from ${published} where ${published.recordId} = ${recordId} and ${condition})`;
  const last = to === undefined ? newestOf(sql`true`) : sql`${to}::integer`;
  const first =
    from === undefined
      ? sql`coalesce(${newestOf(sql`${published.version} < ${last}`)}, ${last})`
      : sql`${from}::integer`;
  return selectVersions(db, recordId, sql`${published.version} in (${first}, ${last})`);
}
