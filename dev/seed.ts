import { sql } from 'drizzle-orm';
import type { JWK } from 'jose';
import { withStatement } from '../api/cycles/statement.ts';
import type { PublicJwk } from '../db/schema/index.ts';
import * as schema from '../db/schema/index.ts';
import { type OwnerDatabase, seedReferenceData } from '../db/seed.ts';
import type { Scope } from '../domain/vocabulary.ts';
import { type DemoCycle, type DemoLoopRecord, demoCycles, demoLoopRecords } from './demo.ts';
import { type DemoPriority, type DemoTheme, demoPriority, demoThemes } from './demo-themes.ts';

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
  await db
    .insert(schema.themes)
    .values(demoThemes.map((theme) => toTheme(theme, now)))
    .onConflictDoNothing();
  await db
    .insert(schema.themePublications)
    .values(demoThemes.map((theme) => toThemePublication(theme, now)))
    .onConflictDoNothing();
  await db
    .insert(schema.priorities)
    .values([toPriority(demoPriority, now)])
    .onConflictDoNothing();
  await db
    .insert(schema.priorityPublications)
    .values([toPriorityPublication(demoPriority, now)])
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

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000);

function toThemeContent(theme: DemoTheme) {
  const { title, description, vocabularyVersion, enquiryCategory, standards } = theme;
  return { title, description, vocabularyVersion, enquiryCategory, standards, quotes: [] };
}

function toTheme(theme: DemoTheme, now: Date) {
  const { id, version, organisation, cycle: cycleId, publishedDaysAgo } = theme;
  return {
    ...toThemeContent(theme),
    ...{ id, version, organisation, cycleId },
    updatedAt: daysBefore(now, publishedDaysAgo),
    publishedVersion: version,
  };
}

function toThemePublication(theme: DemoTheme, now: Date) {
  const { id: themeId, version, strength, publishedDaysAgo } = theme;
  const publishedAt = daysBefore(now, publishedDaysAgo);
  return { ...toThemeContent(theme), themeId, version, strength, publishedAt };
}

function toPriorityContent(priority: DemoPriority, now: Date) {
  const { ranking, decidedBy, rationale, dissent, decidedDaysAgo } = priority;
  const decidedOn = daysBefore(now, decidedDaysAgo).toISOString().slice(0, 10);
  return { ranking, decidedBy, rationale, dissent, decidedOn };
}

function toPriority(priority: DemoPriority, now: Date) {
  const { id, version, organisation, cycle: cycleId, decidedDaysAgo } = priority;
  return {
    ...toPriorityContent(priority, now),
    ...{ id, version, organisation, cycleId },
    updatedAt: daysBefore(now, decidedDaysAgo),
    publishedVersion: version,
  };
}

function toPriorityPublication(priority: DemoPriority, now: Date) {
  const { id: priorityId, version, decidedDaysAgo } = priority;
  const publishedAt = daysBefore(now, decidedDaysAgo);
  return { ...toPriorityContent(priority, now), priorityId, version, publishedAt };
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
