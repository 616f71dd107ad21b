import {
  and,
  arrayContains,
  arrayOverlaps,
  asc,
  eq,
  getTableColumns,
  gt,
  isNotNull,
  isNull,
  lte,
  or,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { CycleTimes } from '../../domain/cycle.ts';
import type { Phase } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import { cycles, organisations, standardSetVersions } from '../schema/index.ts';

const organisationNames = sql<{ odsCode: string; name: string }[]>`(
  select json_agg(json_build_object('odsCode', ${organisations.odsCode}, 'name', ${organisations.name})
    order by array_position(${cycles.organisations}, ${organisations.odsCode}))
  from ${organisations} where ${organisations.odsCode} = any(${cycles.organisations}))`;

/** All but the reason of a legal hold, which is for staff. */
const { legalHoldReason: _legalHoldReason, ...shownColumns } = getTableColumns(cycles);

/** The set about the evaluation itself, beside the cycle's own. */
const aboutThisEvaluation = alias(standardSetVersions, 'about_this_evaluation');

function select(db: Db) {
  return db
    .select({
      cycle: shownColumns,
      organisationNames,
      standardSet: {
        title: standardSetVersions.title,
        scale: standardSetVersions.scale,
        standards: standardSetVersions.standards,
      },
      aboutThisEvaluation: {
        title: aboutThisEvaluation.title,
        scale: aboutThisEvaluation.scale,
        standards: aboutThisEvaluation.standards,
      },
    })
    .from(cycles)
    .innerJoin(
      standardSetVersions,
      and(
        eq(standardSetVersions.setId, cycles.standardSetId),
        eq(standardSetVersions.version, cycles.standardSetVersion),
      ),
    )
    .leftJoin(
      aboutThisEvaluation,
      and(
        eq(aboutThisEvaluation.setId, cycles.aboutThisEvaluationSetId),
        eq(aboutThisEvaluation.version, cycles.aboutThisEvaluationSetVersion),
      ),
    );
}

/** A cycle with the names and the standard sets that it refers to. */
export type CycleRow = Awaited<ReturnType<typeof select>>[number];

/** What a new cycle is stored as; its standard sets and organisations are checked by {@link readReferences}. */
export type CycleValues = Omit<
  typeof cycles.$inferInsert,
  'version' | 'releasedAt' | 'legalHoldSince' | 'legalHoldReason'
>;

/** One cycle whatever its phase, or nothing. */
export function readCycle(db: Db, id: string) {
  return select(db).where(eq(cycles.id, id));
}

/** Who may see drafts: the organisations of a member of staff; null is the public, who see none. */
export type DraftsOf = readonly string[] | null;

/** Cycles by id, which is random: the order tells nothing. One more than the limit. */
export function listCycles(
  db: Db,
  filter: {
    organisation: string | undefined;
    phase: Phase | undefined;
    draftsOf: DraftsOf;
    now: Date;
  },
  page: { after: string | null; limit: number },
) {
  return select(db)
    .where(
      and(
        filter.organisation === undefined
          ? undefined
          : arrayContains(cycles.organisations, [filter.organisation]),
        filter.phase === undefined ? undefined : isInPhase(filter.phase, filter.now),
        filter.draftsOf === null
          ? isNotNull(cycles.scheduledAt)
          : or(
              isNotNull(cycles.scheduledAt),
              arrayOverlaps(cycles.organisations, [...filter.draftsOf]),
            ),
        page.after === null ? undefined : gt(cycles.id, page.after),
      ),
    )
    .orderBy(asc(cycles.id))
    .limit(page.limit + 1);
}

/** The same rule as phaseAt() in domain/cycle.ts, for a WHERE. */
function isInPhase(phase: Phase, now: Date) {
  if (phase === 'draft') return isNull(cycles.scheduledAt);
  const letGo = isNotNull(cycles.scheduledAt);
  if (phase === 'scheduled') return and(letGo, gt(cycles.opensAt, now));
  if (phase === 'open') return and(letGo, lte(cycles.opensAt, now), gt(cycles.closesAt, now));
  const over = and(letGo, lte(cycles.opensAt, now), lte(cycles.closesAt, now));
  return and(over, phase === 'closed' ? isNull(cycles.releasedAt) : isNotNull(cycles.releasedAt));
}

type ReferringValues = Pick<
  CycleValues,
  | 'organisations'
  | 'standardSetId'
  | 'standardSetVersion'
  | 'aboutThisEvaluationSetId'
  | 'aboutThisEvaluationSetVersion'
>;

/** Whether what a cycle refers to is there. */
export interface References extends Record<string, unknown> {
  is_set_published: boolean;
  is_about_this_evaluation_published: boolean;
  known_organisations: string[];
}

/** Looks up what a cycle refers to. In a batch before the write, it also says why that wrote nothing. */
export function readReferences(db: Db, values: ReferringValues) {
  return db.execute<References>(sql`
    select ${isSetPublished(values)} as is_set_published,
      ${isAboutThisEvaluationPublished(values)} as is_about_this_evaluation_published,
      array(select ods_code from ${organisations} where ods_code = any(${sql.param(values.organisations)}::text[])) as known_organisations`);
}

function isSetPublished({ standardSetId, standardSetVersion }: ReferringValues) {
  return isPublished(standardSetId, standardSetVersion);
}

/** Also where there is none. */
function isAboutThisEvaluationPublished(values: ReferringValues) {
  const { aboutThisEvaluationSetId: id, aboutThisEvaluationSetVersion: version } = values;
  return id && version ? isPublished(id, version) : sql`true`;
}

function isPublished(setId: string, version: number) {
  return sql`exists (select from ${standardSetVersions}
    where set_id = ${setId} and version = ${version} and published_at is not null)`;
}

function areReferencesGood(values: ReferringValues) {
  return sql`${isSetPublished(values)} and ${isAboutThisEvaluationPublished(values)} and ${values.organisations.length} =
    (select count(*) from ${organisations} where ods_code = any(${sql.param(values.organisations)}::text[]))`;
}

/** Stores a cycle if its references are good; otherwise nothing. */
export function insertCycle(db: Db, values: CycleValues) {
  return db.execute(sql`
    insert into ${cycles} (id, title, organisations, standard_set_id, standard_set_version, perspectives, questions,
      services, channels, opens_at, closes_at, threshold, round_to, look_again_on, retention_days,
      about_this_evaluation_set_id, about_this_evaluation_set_version, equality_table, scheduled_at, anonymity_statement,
      anonymity_statement_sha256)
    select ${values.id}::uuid, ${values.title}, ${sql.param(values.organisations)}::text[], ${values.standardSetId},
      ${values.standardSetVersion}::integer, ${sql.param(values.perspectives)}::text[],
      ${JSON.stringify(values.questions)}::jsonb, ${JSON.stringify(values.services)}::jsonb,
      ${sql.param(values.channels)}::text[], ${values.opensAt.toISOString()}::timestamptz,
      ${values.closesAt.toISOString()}::timestamptz, ${values.threshold}::integer, ${values.roundTo}::integer,
      ${values.lookAgainOn ?? null}::date, ${values.retentionDays}::integer,
      ${values.aboutThisEvaluationSetId ?? null}::text, ${values.aboutThisEvaluationSetVersion ?? null}::integer,
      ${values.equalityTable ?? false}::boolean, ${values.scheduledAt?.toISOString() ?? null}::timestamptz,
      ${values.anonymityStatement}, ${values.anonymityStatementSha256}
    where ${areReferencesGood(values)}`);
}

/** Replaces a cycle's members if it is still at the version, its references are good, and `guard` still holds. */
export function updateCycle(
  db: Db,
  values: CycleValues & { id: string },
  version: number,
  guard: 'not-yet-open' | 'any-phase',
  now: Date,
) {
  const { id, ...members } = values;
  return db
    .update(cycles)
    .set({ ...members, version: version + 1 })
    .where(
      and(
        eq(cycles.id, id),
        eq(cycles.version, version),
        guard === 'not-yet-open'
          ? or(isNull(cycles.scheduledAt), gt(cycles.opensAt, now))
          : undefined,
        areReferencesGood(values),
      ),
    );
}

/**
 * Sets or ends (null) a legal hold on a cycle, if row-level policies let the caller change it. Its version stays: nothing
 * that a respondent was promised changes, and submissions under way are held against it.
 */
export function holdCycle(db: Db, id: string, hold: { since: Date; reason: string } | null) {
  return db
    .update(cycles)
    .set({
      legalHoldSince: hold
        ? sql`coalesce(${cycles.legalHoldSince}, ${hold.since.toISOString()}::timestamptz)`
        : null,
      legalHoldReason: hold?.reason ?? null,
    })
    .where(eq(cycles.id, id));
}

/** The timestamps of a row, from which its phase follows. */
export function timesOf({ cycle }: CycleRow): CycleTimes {
  const { scheduledAt, opensAt, closesAt, releasedAt } = cycle;
  return { scheduledAt, opensAt, closesAt, releasedAt };
}
