import {
  and,
  arrayOverlaps,
  asc,
  eq,
  getViewSelectedFields,
  gt,
  inArray,
  isNotNull,
  isNull,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import { settled } from '../../domain/loop.ts';
import type { LoopStatus } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import {
  cycles,
  loopRecordPublications,
  loopRecords,
  publishedLoopRecords,
  shownConfirmations,
  themes,
} from '../schema/index.ts';

export type LoopRecordRow = typeof loopRecords.$inferSelect;
export type LoopRecordContent = Pick<
  LoopRecordRow,
  'organisation' | 'cycleId' | 'title' | 'youSaid' | 'weDid' | 'difference' | 'lookAgainOn'
>;

/** When a record was first published; null while it never was. */
const firstPublishedAt = sql<Date | null>`(
  select min(published_at) from ${loopRecordPublications} as first
  where first.record_id = ${loopRecords.id})`.mapWith(toDateOrNull);

function toDateOrNull(value: unknown): Date | null {
  return value === null ? null : new Date(String(value));
}

function selectPublished(db: Db) {
  return db
    .select({
      ...getViewSelectedFields(publishedLoopRecords),
      /** As they are shown; null while nothing is. */
      confirmations: shownConfirmations.rows,
    })
    .from(publishedLoopRecords)
    .leftJoin(shownConfirmations, eq(shownConfirmations.recordId, publishedLoopRecords.id));
}

/** A record as the public reads it: the version that is published, or only that it was withdrawn. */
export type PublishedRow = Awaited<ReturnType<typeof selectPublished>>[number];

/** Which records a list is about; what is undefined does not matter. */
export interface LoopRecordFilter {
  cycle: string | undefined;
  status: LoopStatus | undefined;
  /** Code of a standard that the record is linked to. */
  standard: string | undefined;
  /** Id of a theme that the record is linked to. */
  theme: string | undefined;
  /** Whether the promise is overdue, and on which day that is asked. */
  overdue: { is: boolean; today: string } | undefined;
}

/**
 * The rule of `isOverdue`, for the database. Dates are compared as text, as there: a cast could fail.
 *
 * @param weDid what a record promises, as it is stored
 */
export function isOverdueOn(weDid: SQLWrapper, today: string): SQL {
  return sql`((${weDid} ->> 'dueOn') collate "C" < ${today}
    and not ${weDid} ->> 'status' = any(${sql.param([...settled])}::text[])) is true`;
}

/** @param records whose words are looked at: those of the working copies or those that are published */
function isListed(
  { cycle, status, standard, theme, overdue }: LoopRecordFilter,
  records: typeof loopRecords | typeof publishedLoopRecords,
  after: string | null,
): SQL | undefined {
  return and(
    isNull(records.withdrawnAt),
    cycle === undefined ? undefined : eq(records.cycleId, cycle),
    status === undefined ? undefined : sql`${records.weDid}->>'status' = ${status}`,
    standard === undefined
      ? undefined
      : sql`${records.youSaid}->'standards' @> ${JSON.stringify([standard])}::jsonb`,
    theme === undefined
      ? undefined
      : sql`${records.youSaid}->'themes' @> ${JSON.stringify([theme])}::jsonb`,
    overdue === undefined
      ? undefined
      : sql`(${isOverdueOn(records.weDid, overdue.today)}) = ${overdue.is}`,
    after === null ? undefined : gt(records.id, after),
  );
}

/** Published records that are not withdrawn, by id, which is random. One more than the limit. */
export function listPublished(
  db: Db,
  filter: LoopRecordFilter & { organisation: string | undefined },
  page: { after: string | null; limit: number },
) {
  const { organisation } = filter;
  return selectPublished(db)
    .where(
      and(
        organisation === undefined
          ? undefined
          : eq(publishedLoopRecords.organisation, organisation),
        isListed(filter, publishedLoopRecords, page.after),
      ),
    )
    .orderBy(asc(publishedLoopRecords.id))
    .limit(page.limit + 1);
}

/** A published or withdrawn record by id, or nothing. */
export function readPublished(db: Db, id: string) {
  return selectPublished(db).where(eq(publishedLoopRecords.id, id));
}

function selectWorkingCopies(db: Db) {
  return db
    .select({ record: loopRecords, firstPublishedAt, confirmations: shownConfirmations.rows })
    .from(loopRecords)
    .leftJoin(shownConfirmations, eq(shownConfirmations.recordId, loopRecords.id));
}

/** A record as its organisation works on it. */
export type WorkingCopyRow = Awaited<ReturnType<typeof selectWorkingCopies>>[number];

/** Working copies of some organisations, by id. One more than the limit. */
export function listWorkingCopies(
  db: Db,
  filter: LoopRecordFilter & { organisations: readonly string[] },
  page: { after: string | null; limit: number },
) {
  return selectWorkingCopies(db)
    .where(
      and(
        inArray(loopRecords.organisation, [...filter.organisations]),
        isListed(filter, loopRecords, page.after),
      ),
    )
    .orderBy(asc(loopRecords.id))
    .limit(page.limit + 1);
}

/** A record's working copy by id, withdrawn or not, or nothing. */
export function readWorkingCopy(db: Db, id: string) {
  return selectWorkingCopies(db).where(eq(loopRecords.id, id));
}

/** Whether a cycle is one that an organisation takes part in and that is no longer a draft. */
function isAnsweredBy(organisation: string) {
  return and(isNotNull(cycles.scheduledAt), arrayOverlaps(cycles.organisations, [organisation]));
}

/** Whether the cycle of a record may be referred to, and which of its themes may not, by their places from 0. */
export type References = { is_cycle_known: boolean; unknown_themes: number[] };

/**
 * What of a record's content refers to something that it may not: one row, to be read in the batch that stores it. A record
 * without a cycle refers to none.
 */
export function readReferences(db: Db, id: string, content: LoopRecordContent) {
  return db.execute<References>(sql`
    select ${isCycleKnown(content)} as is_cycle_known,
      array(select place - 1 from (${unknownThemes(id, content)}) as unknown order by place)::integer[] as unknown_themes`);
}

function isReferenceGood(id: string, content: LoopRecordContent): SQL {
  return sql`${isCycleKnown(content)} and not exists (${unknownThemes(id, content)})`;
}

function isCycleKnown({ cycleId, organisation }: LoopRecordContent): SQL {
  return cycleId === null
    ? sql`true`
    : sql`exists (select from ${cycles} where ${cycles.id} = ${cycleId} and ${isAnsweredBy(organisation)})`;
}

/**
 * Places (from 1) of the linked themes that are none of its organisation's, or are withdrawn. A link that the record had
 * before is let be: a theme that was withdrawn since does not stand in the way of mending the record.
 */
function unknownThemes(id: string, { youSaid, organisation }: LoopRecordContent): SQL {
  return sql`
    select linked.place from jsonb_array_elements_text(${JSON.stringify(youSaid.themes ?? [])}::jsonb)
      with ordinality as linked (id, place)
    where not exists (
      select from ${themes} as theme
      where theme.id = linked.id::uuid and theme.organisation = ${organisation} and theme.withdrawn_at is null
    ) and not exists (
      select from ${loopRecords} as before
      where before.id = ${id}::uuid and before.you_said -> 'themes' @> to_jsonb(linked.id))`;
}

/** Stores a draft if the cycle and the themes that it answers are there; otherwise nothing. */
export function insertLoopRecord(db: Db, id: string, content: LoopRecordContent, now: Date) {
  return db.execute(sql`
    insert into ${loopRecords} (id, organisation, cycle_id, title, you_said, we_did, difference, look_again_on, updated_at)
    select ${id}::uuid, ${content.organisation}, ${content.cycleId}::uuid, ${content.title},
      ${JSON.stringify(content.youSaid)}::jsonb, ${JSON.stringify(content.weDid)}::jsonb, ${content.difference},
      ${content.lookAgainOn}::date, ${now.toISOString()}::timestamptz
    where ${isReferenceGood(id, content)}`);
}

/** Replaces the content of a record that is at the version, not withdrawn, and whose new cycle and themes are there. */
export function updateLoopRecord(
  db: Db,
  id: string,
  version: number,
  content: LoopRecordContent,
  now: Date,
) {
  const { organisation: _organisation, ...members } = content;
  return db
    .update(loopRecords)
    .set({ ...members, version: version + 1, updatedAt: now })
    .where(
      and(
        eq(loopRecords.id, id),
        eq(loopRecords.version, version),
        isNull(loopRecords.withdrawnAt),
        // Where a published record belongs is published too, and its confirmations are shown by that cycle's rules.
        sql`(${loopRecords.publishedVersion} is null or ${loopRecords.cycleId} is not distinct from ${content.cycleId}::uuid)`,
        isReferenceGood(id, content),
      ),
    );
}

/**
 * Publishes the version that a record is at, keeping it for good. Publishing the same version again changes
 * nothing. Does nothing to a withdrawn record, to another organisation's, or when another version was expected.
 */
export function publishLoopRecord(
  db: Db,
  id: string,
  organisations: readonly string[],
  expectedVersion: number | undefined,
  now: Date,
) {
  return db.execute(sql`
    with publishable as (
      select * from ${loopRecords}
      where id = ${id} and withdrawn_at is null
        and organisation = any(${sql.param([...organisations])}::text[])
        and version = coalesce(${expectedVersion ?? null}::integer, version)
      for update
    ), kept as (
      insert into ${loopRecordPublications} (record_id, version, title, you_said, we_did, difference, look_again_on, published_at)
      select id, version, title, you_said, we_did, difference, look_again_on, ${now.toISOString()}::timestamptz
      from publishable
      on conflict do nothing
    )
    update ${loopRecords} set published_version = publishable.version
    from publishable where ${loopRecords}.id = publishable.id`);
}

/** Withdraws a published record for good: its tombstone stays. */
export function withdrawLoopRecord(
  db: Db,
  id: string,
  organisations: readonly string[],
  expectedVersion: number | undefined,
  now: Date,
) {
  return db.execute(sql`
    update ${loopRecords} set withdrawn_at = ${now.toISOString()}::timestamptz
    where id = ${id} and withdrawn_at is null and published_version is not null
      and organisation = any(${sql.param([...organisations])}::text[])
      and version = coalesce(${expectedVersion ?? null}::integer, version)`);
}
