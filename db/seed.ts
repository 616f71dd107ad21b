import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import * as schema from './schema/index.ts';
import { organisations } from './seeds/organisations.ts';
import { standardSets } from './seeds/standard-sets.ts';

/** Drizzle on any PostgreSQL, as its owner. */
export type OwnerDatabase = PgDatabase<PgQueryResultHKT>;

/**
 * Stores the reference data that comes with the product: organisations and standard sets. Run after every
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
    .insert(schema.standardSetVersions)
    .values(standardSets.map(({ id, ...version }) => ({ ...version, setId: id, publishedAt: now })))
    .onConflictDoNothing();
}
