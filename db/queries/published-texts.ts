import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { cycles, publishedTexts } from '../schema/index.ts';

/** One row if there is such a cycle, and it is no draft. */
export function readPublicCycle(db: Db, id: string) {
  return db
    .select({ id: cycles.id })
    .from(cycles)
    .where(and(eq(cycles.id, id), isNotNull(cycles.scheduledAt)));
}

/** Texts that are published whole, by their ids, which are random. One more than the limit. */
export function listPublishedTexts(
  db: Db,
  filter: { cycleId: string; organisation: string | undefined; question: string | undefined },
  page: { after: string | null; limit: number },
) {
  const { cycleId, organisation, question } = filter;
  return db
    .select()
    .from(publishedTexts)
    .where(
      and(
        eq(publishedTexts.cycleId, cycleId),
        organisation === undefined ? undefined : eq(publishedTexts.organisation, organisation),
        question === undefined ? undefined : eq(publishedTexts.question, question),
        page.after === null ? undefined : gt(publishedTexts.id, page.after),
      ),
    )
    .orderBy(asc(publishedTexts.id))
    .limit(page.limit + 1);
}
