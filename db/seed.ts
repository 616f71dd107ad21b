import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import * as schema from './schema/index.ts';
import { enquiryCategorySeeds } from './seeds/enquiry-categories.ts';
import { organisations } from './seeds/organisations.ts';
import { questionSets } from './seeds/question-sets.ts';
import { standardSets } from './seeds/standard-sets.ts';

/** Drizzle on any PostgreSQL, as its owner. */
export type OwnerDatabase = PgDatabase<PgQueryResultHKT>;

/**
 * Stores the reference data that comes with the product: organisations, standard sets, question sets and what
 * themes can be about. Run after every
 * migration; what is there already stays as it is, since a published version never changes.
 */
export async function seedReferenceData(db: OwnerDatabase, now: Date): Promise<void> {
  await db
    .insert(schema.organisations)
    .values([...organisations])
    .onConflictDoNothing();
  await db
    .insert(schema.standardSets)
    .values(standardSets.map(({ id }) => ({ id, organisation: null })))
    .onConflictDoNothing();
  await db
    .insert(schema.enquiryCategories)
    .values([...enquiryCategorySeeds])
    .onConflictDoNothing();
  await db
    .insert(schema.questionSets)
    .values([...questionSets])
    .onConflictDoNothing();
  await db
    .insert(schema.standardSetVersions)
    .values(standardSets.map(({ id, ...version }) => ({ ...version, setId: id, publishedAt: now })))
    .onConflictDoNothing();
}
