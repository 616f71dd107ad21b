import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { ResultRow } from '../../domain/disclosure/publish.ts';
import type { Db } from '../client.ts';
import { cycles, releases } from '../schema/index.ts';

/** What was counted of one group, for the standard at a position from 1. */
export interface CountedRow extends Record<string, unknown> {
  organisation: string;
  service: string | null;
  perspective: string;
  position: number;
  as_is: number[];
  to_be: number[];
}

/** How many of each group gave each answer. No row while the cycle is open, or for whoever may not publish its results. */
export function countRatings(db: Db, cycleId: string, scale: { min: number; max: number }) {
  return db.execute<CountedRow>(sql`
    select * from count_ratings(${cycleId}::uuid, ${scale.min}::integer, ${scale.max}::integer)`);
}

/** How many of a closed cycle gave each equality answer. No row where the cycle did not declare that this is published. */
export function countEquality(db: Db, cycleId: string) {
  return db.execute<{ ethnicity: string; people: number }>(sql`
    select * from count_equality(${cycleId}::uuid)`);
}

/** How many texts belong to each published theme, by question; for releases, as {@link countRatings}. */
export function countThemeTexts(db: Db, cycleId: string) {
  return db.execute<{
    theme_id: string;
    organisation: string;
    question: string;
    texts: number;
    mentioned: number;
  }>(sql`
    select * from count_theme_texts(${cycleId}::uuid) order by organisation, theme_id, question`);
}

/** What the public may know of releases. */
const shown = {
  cycleId: releases.cycleId,
  number: releases.number,
  releasedAt: releases.releasedAt,
  sha256: releases.sha256,
  threshold: releases.threshold,
  roundTo: releases.roundTo,
  codeVersion: releases.codeVersion,
};

/** Every release of a cycle without its body, the first one first. */
export function listReleases(db: Db, cycleId: string) {
  return db
    .select(shown)
    .from(releases)
    .where(eq(releases.cycleId, cycleId))
    .orderBy(asc(releases.number));
}

export type ReleaseRow = Awaited<ReturnType<typeof listReleases>>[number];

/** One release with its body. @param number undefined for the latest */
export function readRelease(db: Db, cycleId: string, number: number | undefined) {
  return db
    .select({ ...shown, body: releases.body })
    .from(releases)
    .where(
      and(
        eq(releases.cycleId, cycleId),
        number === undefined ? undefined : eq(releases.number, number),
      ),
    )
    .orderBy(desc(releases.number))
    .limit(1);
}

/**
 * The newest release of each earlier cycle on the same standard set, whichever version, in which some of the same
 * organisations took part: what a change over time is measured against. Of its rows only those of organisations as a whole:
 * whole bodies would fill the Worker's memory.
 */
export function readEarlierReleases(
  db: Db,
  cycle: { id: string; organisations: readonly string[]; standardSetId: string; closesAt: Date },
) {
  return db.execute<{
    cycle_id: string;
    number: number;
    organisations: string[];
    results: ResultRow[];
  }>(sql`
    select distinct on (earlier.closes_at, earlier.id) earlier.id as cycle_id, latest.number, earlier.organisations,
      jsonb_path_query_array(latest.body::jsonb, '$.results[*] ? (@.service == null)') as results
    from ${cycles} as earlier join ${releases} as latest on latest.cycle_id = earlier.id
    where earlier.id <> ${cycle.id}::uuid and earlier.standard_set_id = ${cycle.standardSetId}
      and earlier.closes_at <= ${cycle.closesAt.toISOString()}::timestamptz
      and earlier.organisations && ${sql.param([...cycle.organisations])}::text[]
    order by earlier.closes_at desc, earlier.id, latest.number desc
    limit 5`);
}

export type ReleaseValues = typeof releases.$inferInsert;

/** Stores the next release of a cycle that is closed, if nobody else made it meanwhile. */
export function insertRelease(db: Db, values: ReleaseValues) {
  return db.insert(releases).values(values).onConflictDoNothing();
}

/** Marks a closed cycle as released, if it is; the first release's time stays. */
export function markReleased(db: Db, cycleId: string, now: Date) {
  return db
    .update(cycles)
    .set({ releasedAt: now, version: sql`${cycles.version} + 1` })
    .where(
      and(
        eq(cycles.id, cycleId),
        sql`${cycles.releasedAt} is null`,
        sql`exists (select from ${releases} where ${releases.cycleId} = ${cycleId}::uuid)`,
      ),
    );
}
