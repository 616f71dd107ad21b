import { sql } from 'drizzle-orm';
import { declined } from '../../domain/loop.ts';
import type { Db } from '../client.ts';
import {
  cycles,
  organisations,
  publishedLoopRecords,
  publishedLoopRecordVersions,
  publishedThemes,
  releases,
  shownConfirmations,
} from '../schema/index.ts';
import { isOverdueOn } from './loop-records.ts';

/** How one organisation's loop stands, counted from what it has published. */
export interface LoopSummaryRow extends Record<string, unknown> {
  ods_code: string;
  name: string;
  themes_published: number;
  themes_answered: number;
  considering: number;
  planned: number;
  in_progress: number;
  done: number;
  cannot_do: number;
  no_longer_needed: number;
  overdue: number;
  /** Of 0 to 1, to two decimals; null where there is no answer. */
  declined_with_reason: number | null;
  confirmed: number;
  contested: number;
  /** Days, to one decimal; null where no theme of a released cycle has an answer. */
  median_days_to_first_answer: number | null;
}

/** Which summaries are wanted; what is undefined does not matter. */
export interface LoopSummaryFilter {
  /** Undefined: every organisation that has published anything, by ODS code. */
  organisation: string | undefined;
  cycle: string | undefined;
}

/** Ids of the themes that a published loop record answers. */
const linkedIn = (youSaid: 'record.you_said' | 'version.you_said') =>
  sql`jsonb_array_elements_text(coalesce(${sql.raw(youSaid)} -> 'themes', '[]')) as linked (id)`;

/**
 * Counts how the loop of one organisation, or of each, stands, in one statement over what is published. No row for an
 * organisation that does not exist.
 *
 * The rules, which the contract tells to readers:
 * - A theme that went into another counts as the other, also where a record still links the one that went.
 * - A theme is answered once a published record of its organisation links it and says something in words: what is done, or
 *   why nothing is.
 * - Overdue: the date has passed, and the promise is open (`isOverdue` of domain/loop.ts).
 * - A claim of `done` is contested where more people say no than yes and partly together; confirmed where anybody says yes
 *   or partly and it is not contested; otherwise, and where nothing is shown, unconfirmed.
 * - The days to an answer run from the first release of the cycle to the first version of a record that links the theme;
 *   an answer that came before the release took none.
 *
 * @param today `YYYY-MM-DD`, UTC
 */
export function summariseLoops(db: Db, { organisation, cycle }: LoopSummaryFilter, today: string) {
  const isWanted = (column: 'theme' | 'record') =>
    organisation === undefined ? sql`true` : sql`${sql.raw(column)}.organisation = ${organisation}`;
  const isOfCycle = (column: 'theme' | 'record') =>
    cycle === undefined ? sql`true` : sql`${sql.raw(column)}.cycle_id = ${cycle}::uuid`;
  return db.execute<LoopSummaryRow>(sql`
    with recursive way (id, leads_to) as (
      select theme.id, theme.merged_into from ${publishedThemes} as theme
      where theme.merged_into is not null and ${isWanted('theme')}
      union
      select way.id, theme.merged_into from way join ${publishedThemes} as theme on theme.id = way.leads_to
      where theme.merged_into is not null and ${isWanted('theme')}
    ), standing (id, counts_as) as (
      select theme.id, theme.id from ${publishedThemes} as theme where theme.merged_into is null and ${isWanted('theme')}
      union all
      select way.id, way.leads_to from way
    ), shown_theme as (
      select theme.id, theme.organisation, theme.cycle_id from ${publishedThemes} as theme
      where theme.merged_into is null and theme.withdrawn_at is null and ${isWanted('theme')} and ${isOfCycle('theme')}
    ), shown_record as (
      select record.id, record.organisation, record.cycle_id, record.you_said, record.we_did
      from ${publishedLoopRecords} as record where record.withdrawn_at is null and ${isWanted('record')}
    ), link as (
      select distinct record.id as record_id, theme.id as theme_id
      from shown_record as record cross join lateral ${linkedIn('record.you_said')}
      join standing on standing.id = linked.id::uuid
      join shown_theme as theme on theme.id = standing.counts_as and theme.organisation = record.organisation
      where btrim(coalesce(record.we_did ->> 'text', '') || coalesce(record.we_did ->> 'reason', '')) <> ''
    ), first_answer as (
      select link.theme_id, min(version.published_at) as answered_at
      from link join ${publishedLoopRecordVersions} as version on version.record_id = link.record_id
      cross join lateral ${linkedIn('version.you_said')}
      join standing on standing.id = linked.id::uuid and standing.counts_as = link.theme_id
      group by link.theme_id
    ), theme_sums as (
      select theme.organisation, count(*)::integer as published, count(first_answer.theme_id)::integer as answered,
        percentile_cont(0.5) within group (order by greatest(0,
            (first_answer.answered_at at time zone 'UTC')::date - (release.released_at at time zone 'UTC')::date))
          filter (where first_answer.answered_at is not null and release.released_at is not null) as median_days
      from shown_theme as theme
      left join first_answer on first_answer.theme_id = theme.id
      left join ${releases} as release on release.cycle_id = theme.cycle_id and release.number = 1
      group by theme.organisation
    ), answer as (
      select record.organisation, record.we_did ->> 'status' as status, ${isOverdueOn(sql`record.we_did`, today)} as is_overdue,
        btrim(coalesce(record.we_did ->> 'reason', '')) <> '' as has_reason,
        (told.answers ->> 0)::integer + (told.answers ->> 1)::integer as agreeing, (told.answers ->> 2)::integer as denying
      from shown_record as record
      left join ${shownConfirmations} as shown on shown.record_id = record.id
      left join lateral (
        select told.value -> 'asIs' -> 'distribution' as answers from jsonb_array_elements(shown.rows) as told (value)
        where told.value ->> 'perspective' = 'all'
          and jsonb_typeof(told.value -> 'asIs' -> 'distribution') = 'array'
        limit 1) as told on true
      where ${isOfCycle('record')}
    ), answer_sums as (
      select organisation,
        (count(*) filter (where status = 'considering'))::integer as considering,
        (count(*) filter (where status = 'planned'))::integer as planned,
        (count(*) filter (where status = 'in_progress'))::integer as in_progress,
        (count(*) filter (where status = 'done'))::integer as done,
        (count(*) filter (where status = 'cannot_do'))::integer as cannot_do,
        (count(*) filter (where status = 'no_longer_needed'))::integer as no_longer_needed,
        (count(*) filter (where is_overdue))::integer as overdue,
        round((count(*) filter (where status = any(${sql.param([...declined])}::text[]) and has_reason))::numeric / count(*), 2)
          ::double precision as declined_with_reason,
        (count(*) filter (where status = 'done' and agreeing > 0 and denying <= agreeing))::integer as confirmed,
        (count(*) filter (where status = 'done' and denying > agreeing))::integer as contested
      from answer group by organisation
    )
    select organisation.ods_code, organisation.name, coalesce(theme_sums.published, 0) as themes_published,
      coalesce(theme_sums.answered, 0) as themes_answered, coalesce(answer_sums.considering, 0) as considering,
      coalesce(answer_sums.planned, 0) as planned, coalesce(answer_sums.in_progress, 0) as in_progress,
      coalesce(answer_sums.done, 0) as done, coalesce(answer_sums.cannot_do, 0) as cannot_do,
      coalesce(answer_sums.no_longer_needed, 0) as no_longer_needed, coalesce(answer_sums.overdue, 0) as overdue,
      answer_sums.declined_with_reason, coalesce(answer_sums.confirmed, 0) as confirmed,
      coalesce(answer_sums.contested, 0) as contested,
      round(theme_sums.median_days::numeric, 1)::double precision as median_days_to_first_answer
    from ${organisations} as organisation
    left join theme_sums on theme_sums.organisation = organisation.ods_code
    left join answer_sums on answer_sums.organisation = organisation.ods_code
    where ${organisation === undefined ? hasPublished(cycle) : sql`organisation.ods_code = ${organisation}`}
    order by organisation.ods_code`);
}

/** Organisations that have published anything: a theme or a loop record, withdrawn since or not, or results. */
function hasPublished(cycle: string | undefined) {
  const ofCycle = sql`coalesce(${cycle ?? null}::uuid, cycle_id)`;
  return sql`organisation.ods_code in (
      select organisation from ${publishedThemes} where cycle_id = ${ofCycle}
      union
      select organisation from ${publishedLoopRecords}
      where ${cycle === undefined ? sql`true` : sql`cycle_id = ${cycle}::uuid`}
      union
      select unnest(cycle.organisations) from ${cycles} as cycle join ${releases} as release on release.cycle_id = cycle.id
      where release.number = 1 and cycle.id = coalesce(${cycle ?? null}::uuid, cycle.id))`;
}
