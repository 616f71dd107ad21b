import { sql } from 'drizzle-orm';
import type { JWK } from 'jose';
import { withStatement } from '../api/cycles/statement.ts';
import type { PublicJwk } from '../db/schema/index.ts';
import * as schema from '../db/schema/index.ts';
import { type OwnerDatabase, seedReferenceData } from '../db/seed.ts';
import type { Scope } from '../domain/vocabulary.ts';
import { type DemoCycle, type DemoLoopRecord, demoCycles, demoLoopRecords } from './demo.ts';

/** What the local database is filled with beside the reference data and the demonstration. */
export interface SeedOptions {
  /** Dates of the demonstration are counted from here, once: at the first start. */
  now: Date;
  clients: readonly {
    clientId: string;
    organisations: readonly string[];
    scopes: readonly string[];
    publicJwk: JWK;
  }[];
}

/** Fills a migrated database for local use. Run at every start: what is there stays, except that clients get the keys of this machine. */
export async function seed(db: OwnerDatabase, { now, clients }: SeedOptions): Promise<void> {
  await seedReferenceData(db, now);
  await db
    .insert(schema.apiClients)
    .values(
      clients.map(({ clientId, organisations, scopes, publicJwk }) => ({
        clientId,
        title: `Demonstration: ${clientId}`,
        organisations: [...organisations],
        scopes: [...scopes] as Scope[],
        jwks: { keys: [publicJwk as PublicJwk] },
      })),
    )
    .onConflictDoUpdate({
      target: schema.apiClients.clientId,
      set: { jwks: sql`excluded.jwks`, jwksUrl: null },
    });
  await db
    .insert(schema.cycles)
    .values(await Promise.all(demoCycles(now).map(toCycle)))
    .onConflictDoNothing();
  const records = demoLoopRecords(now);
  await db.insert(schema.loopRecords).values(records.map(toLoopRecord)).onConflictDoNothing();
  await db
    .insert(schema.loopRecordPublications)
    .values(records.map(toPublication))
    .onConflictDoNothing();
}

function toCycle(cycle: DemoCycle) {
  const { id, standardSet, aboutThisEvaluation, disclosurePolicy, opensAt, closesAt, ...members } =
    cycle;
  return withStatement(
    id,
    {
      ...members,
      standardSetId: standardSet.id,
      standardSetVersion: standardSet.version,
      aboutThisEvaluationSetId: aboutThisEvaluation?.id ?? null,
      aboutThisEvaluationSetVersion: aboutThisEvaluation?.version ?? null,
      threshold: disclosurePolicy.threshold,
      roundTo: disclosurePolicy.roundTo,
      opensAt: new Date(opensAt),
      closesAt: new Date(closesAt),
      scheduledAt: new Date(opensAt),
      retentionDays: 365,
    },
    { backupWindowDays: 7 },
  );
}

function toContent({ title, youSaid, weDid, difference, lookAgainOn }: DemoLoopRecord) {
  return { title, youSaid, weDid, difference, lookAgainOn };
}

function toLoopRecord(record: DemoLoopRecord) {
  const { id, version, organisation, cycle: cycleId, updatedAt } = record;
  return {
    ...toContent(record),
    ...{ id, version, organisation, cycleId },
    updatedAt: new Date(updatedAt),
    publishedVersion: version,
  };
}

function toPublication(record: DemoLoopRecord) {
  return {
    ...toContent(record),
    recordId: record.id,
    version: record.version,
    publishedAt: new Date(record.publishedAt),
  };
}
