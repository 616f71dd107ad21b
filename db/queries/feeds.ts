import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { organisations, publishedLoopRecords } from '../schema/index.ts';

/** When what the public reads of a record changed last: by a publication, or by its withdrawal. */
const changedAt = sql`coalesce(${publishedLoopRecords.withdrawnAt}, ${publishedLoopRecords.publishedAt})`;

/** Published records and those that were withdrawn, the latest change first, with the names of their organisations. */
export function listChanges(
  db: Db,
  { organisation, cycle }: { organisation: string | undefined; cycle: string | undefined },
  limit: number,
) {
  return db
    .select({
      id: publishedLoopRecords.id,
      organisation: publishedLoopRecords.organisation,
      name: organisations.name,
      title: publishedLoopRecords.title,
      youSaid: publishedLoopRecords.youSaid,
      weDid: publishedLoopRecords.weDid,
      difference: publishedLoopRecords.difference,
      publishedAt: publishedLoopRecords.publishedAt,
      firstPublishedAt: publishedLoopRecords.firstPublishedAt,
      withdrawnAt: publishedLoopRecords.withdrawnAt,
    })
    .from(publishedLoopRecords)
    .innerJoin(organisations, eq(organisations.odsCode, publishedLoopRecords.organisation))
    .where(
      and(
        organisation === undefined
          ? undefined
          : eq(publishedLoopRecords.organisation, organisation),
        cycle === undefined ? undefined : eq(publishedLoopRecords.cycleId, cycle),
      ),
    )
    .orderBy(desc(changedAt), desc(publishedLoopRecords.id))
    .limit(limit);
}

/** A record that the public reads, or only that it was withdrawn: then its content is not there, whatever its type says. */
export type ChangeRow = Awaited<ReturnType<typeof listChanges>>[number];
