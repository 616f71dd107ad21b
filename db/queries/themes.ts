import {
  and,
  arrayOverlaps,
  asc,
  eq,
  getViewSelectedFields,
  gt,
  isNull,
  type SQL,
  sql,
} from 'drizzle-orm';
import { strengthFactors } from '../../domain/theme.ts';
import type { Strength } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import {
  cycles,
  enquiryCategories,
  publishedQuotes,
  publishedThemes,
  standardSetVersions,
  textParts,
  themePublications,
  themes,
} from '../schema/index.ts';

export type ThemeRow = typeof themes.$inferSelect;

/** What a moderator writes of a theme. */
export interface ThemeContent {
  title: string;
  description: string | null;
  enquiryCategory: string;
  standards: string[];
}

/** Members to replace; one that is undefined stays. */
export type ThemeChanges = {
  [Member in keyof ThemeContent]?: ThemeContent[Member] | undefined;
} & { quotes?: string[] | undefined };

/** A text that is shown with a theme. */
export interface Quote {
  id: string;
  question: string;
  text: string;
}

/** Which themes a list is about; what is undefined does not matter. */
export interface ThemeFilter {
  organisation: string | undefined;
  cycle: string | undefined;
  enquiryCategory: string | undefined;
  /** Code of a standard that the theme is linked to. */
  standard: string | undefined;
}

/** The version of the vocabulary that new themes are sorted by. */
export const currentVocabulary = sql`(select max(version) from ${enquiryCategories})`;

/*
 * Inside a subquery a column of the outer query is written with its table: Drizzle leaves the table out where a query has only
 * one, and then another column of the same name would be meant.
 */

const quotesOfPublished = sql<Quote[]>`coalesce((
  select json_agg(json_build_object('id', quoted.text_id, 'question', quoted.question, 'text', quoted.quote) order by quoted.text_id)
  from ${publishedQuotes} as quoted where quoted.theme_id = ${publishedThemes}.id), '[]')`;

const quotesOfWorkingCopy = sql<Quote[]>`coalesce((
  select json_agg(json_build_object('id', part.id, 'question', part.question, 'text', part.text) order by part.id)
  from ${textParts} as part where part.id = any (${themes}.quotes) and ${themes}.id = any (part.themes) and ${isQuotable(sql`part`)}), '[]')`;

const firstPublishedAt = sql<Date | null>`(
  select min(published_at) from ${themePublications} as first where first.theme_id = ${themes}.id)`.mapWith(
  (value: unknown) => (value === null ? null : new Date(String(value))),
);

/** The band of the version that the public reads. */
const publishedStrength = sql<Strength | null>`(
  select strength from ${themePublications} as public
  where public.theme_id = ${themes}.id and public.version = ${themes}.published_version)`;

/** Whether texts to a question are never published: then they say nothing of how many said a thing. */
function isPrivate(cycle: SQL, question: SQL) {
  return sql`${cycle}.questions @> jsonb_build_array(jsonb_build_object('code', ${question}, 'publication', 'private'))`;
}

/** Words that a moderator let be quoted. */
function isQuotable(part: SQL) {
  return sql`${part}.decision in ('publish', 'redact') and ${part}.text is not null`;
}

function selectPublished(db: Db) {
  return db
    .select({ theme: getViewSelectedFields(publishedThemes), quotes: quotesOfPublished })
    .from(publishedThemes);
}

export type PublishedThemeRow = Awaited<ReturnType<typeof selectPublished>>[number];

/** Counted for all themes at once: under row-level policies an index over arrays is not used, and each would read all texts. */
function selectWorkingCopies(db: Db) {
  const asked = sql`(
    select each.theme, part.cycle_id, part.question, count(*)::integer as texts
    from ${textParts} as part, unnest(part.themes) as each (theme)
    where part.text is not null group by each.theme, part.cycle_id, part.question)`;
  const behind = db
    .select({
      theme: sql<string>`asked.theme`.as('theme'),
      texts: sql<number>`sum(asked.texts)::integer`.as('texts'),
      people:
        sql<number>`max(asked.texts) filter (where not ${isPrivate(sql`cycle`, sql`asked.question`)})`.as(
          'people',
        ),
      threshold: sql<number>`max(cycle.threshold)`.as('threshold'),
    })
    .from(sql`${asked} as asked join ${cycles} as cycle on cycle.id = asked.cycle_id`)
    .groupBy(sql`asked.theme`)
    .as('behind');
  return db
    .select({
      theme: themes,
      quotes: quotesOfWorkingCopy,
      textCount: sql<number>`coalesce(${behind.texts}, 0)`,
      /** Who surely said it; with the threshold of the cycle, null where there are no texts. */
      people: sql<number>`coalesce(${behind.people}, 0)`,
      threshold: sql<number | null>`${behind.threshold}`,
      publishedStrength,
      firstPublishedAt,
    })
    .from(themes)
    .leftJoin(behind, eq(behind.theme, themes.id));
}

/** A theme as its organisation works on it. */
export type WorkingThemeRow = Awaited<ReturnType<typeof selectWorkingCopies>>[number];

function isListed(
  { organisation, cycle, enquiryCategory, standard }: ThemeFilter,
  from: typeof themes | typeof publishedThemes,
  after: string | null,
): SQL | undefined {
  return and(
    isNull(from.withdrawnAt),
    organisation === undefined ? undefined : eq(from.organisation, organisation),
    cycle === undefined ? undefined : eq(from.cycleId, cycle),
    enquiryCategory === undefined ? undefined : eq(from.enquiryCategory, enquiryCategory),
    standard === undefined ? undefined : arrayOverlaps(from.standards, [standard]),
    after === null ? undefined : gt(from.id, after),
  );
}

/** Published themes that are not withdrawn, by id, which is random. One more than the limit. */
export function listPublishedThemes(
  db: Db,
  filter: ThemeFilter,
  page: { after: string | null; limit: number },
) {
  return selectPublished(db)
    .where(isListed(filter, publishedThemes, page.after))
    .orderBy(asc(publishedThemes.id))
    .limit(page.limit + 1);
}

/** A published or withdrawn theme by id, or nothing. */
export function readPublishedTheme(db: Db, id: string) {
  return selectPublished(db).where(eq(publishedThemes.id, id));
}

/** Working copies, by id. Row-level policies leave those of the caller's organisations. One more than the limit. */
export function listWorkingThemes(
  db: Db,
  filter: ThemeFilter,
  page: { after: string | null; limit: number },
) {
  return selectWorkingCopies(db)
    .where(isListed(filter, themes, page.after))
    .orderBy(asc(themes.id))
    .limit(page.limit + 1);
}

/** A theme's working copy by id, withdrawn or not, or nothing. */
export function readWorkingTheme(db: Db, id: string) {
  return selectWorkingCopies(db).where(eq(themes.id, id));
}

/** What a theme may not refer to. */
export interface ThemeReferences extends Record<string, unknown> {
  is_cycle_known: boolean;
  is_category_known: boolean;
  unknown_standards: string[];
}

/** Whether a cycle is one that an organisation takes part in and that is no longer a draft. */
function isCycleOf(cycleId: SQL, organisation: SQL) {
  return sql`exists (select from ${cycles} as cycle where cycle.id = ${cycleId} and cycle.scheduled_at is not null
    and cycle.organisations @> array[${organisation}])`;
}

export function isCategory(code: string) {
  return sql`exists (select from ${enquiryCategories} where version = ${currentVocabulary} and code = ${code})`;
}

export function unknownStandards(cycleId: SQL, codes: readonly string[]) {
  return sql`array(
    select given.code from unnest(${sql.param([...codes])}::text[]) as given (code)
    where given.code not in (
      select standard.value ->> 'code' from ${cycles} as cycle
      join ${standardSetVersions} as version
        on version.set_id = cycle.standard_set_id and version.version = cycle.standard_set_version,
      jsonb_array_elements(version.standards) as standard
      where cycle.id = ${cycleId}))`;
}

/** Looks up what a new theme refers to. In a batch before the write, it also says why that wrote nothing. */
export function readThemeReferences(
  db: Db,
  place: { cycleId: string; organisation: string },
  { enquiryCategory, standards }: Pick<ThemeContent, 'enquiryCategory' | 'standards'>,
) {
  const cycleId = sql`${place.cycleId}::uuid`;
  return db.execute<ThemeReferences>(sql`
    select ${isCycleOf(cycleId, sql`${place.organisation}::text`)} as is_cycle_known,
      ${isCategory(enquiryCategory)} as is_category_known,
      ${unknownStandards(cycleId, standards)} as unknown_standards`);
}

/** The same for a change of a theme, of what the change says. */
export function readChangeReferences(
  db: Db,
  id: string,
  { enquiryCategory, standards, quotes }: ThemeChanges,
) {
  const cycleId = sql`(select theme.cycle_id from ${themes} as theme where theme.id = ${id})`;
  return db.execute<ThemeReferences & { unknown_quotes: string[] }>(sql`
    select true as is_cycle_known,
      ${enquiryCategory === undefined ? sql`true` : isCategory(enquiryCategory)} as is_category_known,
      ${unknownStandards(cycleId, standards ?? [])} as unknown_standards,
      ${unknownQuotes(sql`${id}::uuid`, quotes ?? [])} as unknown_quotes`);
}

/** Quotes must be texts of the theme that a moderator let be quoted. */
function unknownQuotes(themeId: SQL, quotes: readonly string[]) {
  return sql`array(
    select given.id from unnest(${sql.param([...quotes])}::uuid[]) as given (id)
    where not exists (select from ${textParts} as part
      where part.id = given.id and part.themes @> array[${themeId}] and ${isQuotable(sql`part`)}))`;
}

/** Stores a draft if what it refers to is there; otherwise nothing. */
export function insertTheme(
  db: Db,
  id: string,
  place: { cycleId: string; organisation: string },
  content: ThemeContent,
  now: Date,
) {
  const { title, description, enquiryCategory, standards } = content;
  const cycleId = sql`${place.cycleId}::uuid`;
  return db.execute(sql`
    insert into ${themes} (id, organisation, cycle_id, title, description, vocabulary_version, enquiry_category, standards,
      quotes, updated_at)
    select ${id}::uuid, ${place.organisation}, ${cycleId}, ${title}, ${description}, ${currentVocabulary}, ${enquiryCategory},
      ${sql.param(standards)}::text[], '{}', ${now.toISOString()}::timestamptz
    where ${isCycleOf(cycleId, sql`${place.organisation}::text`)} and ${isCategory(enquiryCategory)}
      and cardinality(${unknownStandards(cycleId, standards)}) = 0`);
}

/** Replaces members of a theme that is at the version, neither withdrawn nor merged, if what they refer to is there. */
export function updateTheme(db: Db, id: string, version: number, changes: ThemeChanges, now: Date) {
  const { enquiryCategory, standards, quotes, ...rest } = changes;
  return db
    .update(themes)
    .set({
      ...rest,
      ...(enquiryCategory !== undefined && {
        enquiryCategory,
        vocabularyVersion: sql`${currentVocabulary}`,
      }),
      ...(standards !== undefined && { standards }),
      ...(quotes !== undefined && { quotes }),
      version: version + 1,
      updatedAt: now,
    })
    .where(
      and(
        eq(themes.id, id),
        eq(themes.version, version),
        isNull(themes.withdrawnAt),
        isNull(themes.mergedInto),
        enquiryCategory === undefined ? undefined : isCategory(enquiryCategory),
        standards === undefined
          ? undefined
          : sql`cardinality(${unknownStandards(sql`${themes}.cycle_id`, standards)}) = 0`,
        quotes === undefined
          ? undefined
          : sql`cardinality(${unknownQuotes(sql`${themes}.id`, quotes)}) = 0`,
      ),
    );
}

/**
 * Publishes the version that a theme is at, with the band of how many people surely said it, keeping it for good. Publishing the
 * same version again changes nothing, also not the band. Does nothing to one that is withdrawn or merged, or when another
 * version was expected.
 */
export function publishTheme(db: Db, id: string, expectedVersion: number | undefined, now: Date) {
  return db.execute(sql`
    with publishable as (
      select theme.*, cycle.threshold, coalesce((
          select max(asked.people) from (
            select count(*) as people from ${textParts} as part
            where part.themes @> array[theme.id] and part.text is not null
              and not ${isPrivate(sql`cycle`, sql`part.question`)}
            group by part.question) as asked), 0) as people
      from ${themes} as theme join ${cycles} as cycle on cycle.id = theme.cycle_id
      where theme.id = ${id} and theme.withdrawn_at is null and theme.merged_into is null
        and theme.version = coalesce(${expectedVersion ?? null}::integer, theme.version)
      for update of theme
    ), kept as (
      insert into ${themePublications} (theme_id, version, title, description, vocabulary_version, enquiry_category, standards,
        quotes, strength, published_at)
      select id, version, title, description, vocabulary_version, enquiry_category, standards, quotes,
        case when people >= ${strengthFactors.many} * threshold then 'many'
          when people >= ${strengthFactors.some} * threshold then 'some'
          when people >= ${strengthFactors.a_few} * threshold then 'a_few' end,
        ${now.toISOString()}::timestamptz
      from publishable
      on conflict do nothing
    )
    update ${themes} set published_version = publishable.version
    from publishable where ${themes}.id = publishable.id`);
}

/** Withdraws a published theme for good: its tombstone stays. */
export function withdrawTheme(db: Db, id: string, expectedVersion: number | undefined, now: Date) {
  return db.execute(sql`
    update ${themes} set withdrawn_at = ${now.toISOString()}::timestamptz
    where id = ${id} and withdrawn_at is null and published_version is not null
      and version = coalesce(${expectedVersion ?? null}::integer, version)`);
}
