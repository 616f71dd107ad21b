import { asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { enquiryCategories, questionSets } from '../schema/index.ts';

/** The categories of one version in their order. @param version undefined for the current one */
export function listEnquiryCategories(db: Db, version: number | undefined) {
  return db
    .select()
    .from(enquiryCategories)
    .where(
      eq(
        enquiryCategories.version,
        version ?? sql`(select max(version) from ${enquiryCategories})`,
      ),
    )
    .orderBy(asc(enquiryCategories.position));
}

/** Each set as its newest version, by id. One more than the limit. */
export function listQuestionSets(db: Db, page: { after: string | null; limit: number }) {
  return db
    .selectDistinctOn([questionSets.id])
    .from(questionSets)
    .where(page.after === null ? undefined : gt(questionSets.id, page.after))
    .orderBy(asc(questionSets.id), desc(questionSets.version))
    .limit(page.limit + 1);
}
