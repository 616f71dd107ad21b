import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import {
  cycles,
  type Participants,
  priorities,
  priorityPublications,
  publishedPriorities,
  publishedThemes,
  type RankedTheme,
} from '../schema/index.ts';

/** What a group decided, without what it is about. */
export interface PriorityContent {
  ranking: RankedTheme[];
  decidedBy: Participants[];
  decidedOn: string;
  rationale: string;
  dissent: string[];
}

/** A priority as it is read: the published version or the working copy. Moments are texts of PostgreSQL. */
export interface PriorityRow extends Record<string, unknown> {
  id: string;
  version: number;
  organisation: string;
  cycle_id: string;
  /** In order, with the titles under which the themes are published now. */
  ranking: (RankedTheme & { title: string | null })[];
  decided_by: Participants[];
  decided_on: string;
  rationale: string;
  dissent: string[];
  /** When the version that the public reads was published; null where none is. */
  published_at: string | null;
  /** When what is shown was last changed. */
  updated_at: string;
  /** Of a working copy: which version the public reads. */
  published_version: number | null;
}

/** Which priorities a list is about; what is undefined does not matter. */
export interface PriorityFilter {
  organisations: readonly string[] | undefined;
  cycle: string | undefined;
}

/** A ranking of `priority` with the titles of its themes. A theme that was withdrawn has none. */
const titledRanking = sql`(
  select jsonb_agg(ranked.value || jsonb_build_object('title', theme.title) order by ranked.place)
  from jsonb_array_elements(priority.ranking) with ordinality as ranked (value, place)
  left join ${publishedThemes} as theme on theme.id = (ranked.value ->> 'theme')::uuid)`;

/** What both kinds of a priority have in common. */
const shown = sql`priority.id, priority.version, priority.organisation, priority.cycle_id, ${titledRanking} as ranking,
  priority.decided_by, priority.decided_on::text as decided_on, priority.rationale, priority.dissent`;

const published = sql`select ${shown}, priority.published_at::text as published_at, priority.published_at::text as updated_at,
    priority.version as published_version
  from ${publishedPriorities} as priority`;

const workingCopy = sql`select ${shown}, (
      select public.published_at::text from ${publishedPriorities} as public where public.id = priority.id) as published_at,
    priority.updated_at::text as updated_at, priority.published_version
  from ${priorities} as priority`;

function listed({ organisations, cycle }: PriorityFilter, page: Page): SQL {
  const ofOrganisations =
    organisations === undefined
      ? sql`true`
      : sql`priority.organisation = any(${sql.param([...organisations])}::text[])`;
  return sql`where ${ofOrganisations}
      and priority.cycle_id = coalesce(${cycle ?? null}::uuid, priority.cycle_id)
      and (${page.after}::uuid is null or priority.id > ${page.after}::uuid)
    order by priority.id limit ${page.limit + 1}`;
}

interface Page {
  after: string | null;
  limit: number;
}

/** Published priorities by id, which is random. One more than the limit. */
export function listPublished(db: Db, filter: PriorityFilter, page: Page) {
  return db.execute<PriorityRow>(sql`${published} ${listed(filter, page)}`);
}

/** A published priority by id, or nothing. */
export function readPublished(db: Db, id: string) {
  return db.execute<PriorityRow>(sql`${published} where priority.id = ${id}`);
}

/** Working copies by id. One more than the limit. */
export function listWorkingCopies(db: Db, filter: PriorityFilter, page: Page) {
  return db.execute<PriorityRow>(sql`${workingCopy} ${listed(filter, page)}`);
}

/** A working copy by id, or nothing. */
export function readWorkingCopy(db: Db, id: string) {
  return db.execute<PriorityRow>(sql`${workingCopy} where priority.id = ${id}`);
}

/** What came of a write. */
export interface Written extends Record<string, unknown> {
  is_done: boolean;
  /** Whether the organisation takes part in the cycle, and it is no longer a draft. */
  is_cycle_known: boolean;
  /** Places from 1 in the ranking, of themes that cannot be ranked. */
  wrong_places: number[];
}

/**
 * Places in a ranking of themes that cannot be ranked: not published, withdrawn, gone into another, or of another
 * organisation or cycle. Within the statement that writes, so that nothing comes between.
 *
 * @param ranking, organisation, cycleId expressions of the statement
 */
function wrongPlaces(ranking: SQL, organisation: SQL, cycleId: SQL): SQL {
  return sql`
    select ranked.place from jsonb_array_elements(${ranking}) with ordinality as ranked (value, place)
    where not exists (
      select from ${publishedThemes} as theme
      where theme.id = (ranked.value ->> 'theme')::uuid and theme.organisation = ${organisation}
        and theme.cycle_id = ${cycleId} and theme.withdrawn_at is null and theme.merged_into is null)`;
}

const toldPlaces = sql`coalesce((select array_agg(place::integer order by place) from wrong), '{}') as wrong_places`;

/** Stores a draft, unless the cycle or a theme is not right, or there is one for this cycle and organisation. One row. */
export function insertPriority(
  db: Db,
  id: string,
  { organisation, cycleId }: { organisation: string; cycleId: string },
  content: PriorityContent,
  now: Date,
) {
  const ranking = sql`${JSON.stringify(content.ranking)}::jsonb`;
  return db.execute<Written>(sql`
    with wrong as (
      ${wrongPlaces(ranking, sql`${organisation}`, sql`${cycleId}::uuid`)}
    ), known as (
      select id from ${cycles}
      where id = ${cycleId}::uuid and scheduled_at is not null and organisations @> array[${organisation}]::text[]
    ), made as (
      insert into ${priorities} (id, organisation, cycle_id, ranking, decided_by, decided_on, rationale, dissent, updated_at)
      select ${id}::uuid, ${organisation}, known.id, ${ranking}, ${JSON.stringify(content.decidedBy)}::jsonb,
        ${content.decidedOn}::date, ${content.rationale}, ${sql.param(content.dissent)}::text[],
        ${now.toISOString()}::timestamptz
      from known where not exists (select from wrong)
      on conflict (cycle_id, organisation) do nothing
      returning id
    )
    select exists (select from made) as is_done, exists (select from known) as is_cycle_known, ${toldPlaces}`);
}

/** Replaces members of a working copy that is at the version, unless a new ranking is not right. One row. */
export function updatePriority(
  db: Db,
  id: string,
  organisations: readonly string[],
  version: number,
  { ranking, decidedBy, decidedOn, rationale, dissent }: Partial<PriorityContent>,
  now: Date,
) {
  const json = (value: unknown) =>
    sql`${value === undefined ? null : JSON.stringify(value)}::jsonb`;
  return db.execute<Written>(sql`
    with found as (
      select id, organisation, cycle_id from ${priorities}
      where id = ${id} and organisation = any(${sql.param([...organisations])}::text[]) and version = ${version}
      for update
    ), wrong as (
      select wrong.place from found cross join lateral (
        ${wrongPlaces(json(ranking ?? []), sql`found.organisation`, sql`found.cycle_id`)}) as wrong
    ), made as (
      update ${priorities} set version = ${priorities}.version + 1, ranking = coalesce(${json(ranking)}, ranking),
        decided_by = coalesce(${json(decidedBy)}, decided_by),
        decided_on = coalesce(${decidedOn ?? null}::date, decided_on),
        rationale = coalesce(${rationale ?? null}::text, rationale),
        dissent = coalesce(${dissent === undefined ? null : sql.param(dissent)}::text[], dissent),
        updated_at = ${now.toISOString()}::timestamptz
      from found where ${priorities}.id = found.id and not exists (select from wrong)
      returning ${priorities}.id
    )
    select exists (select from made) as is_done, true as is_cycle_known, ${toldPlaces}`);
}

/**
 * Publishes the version that a priority is at, keeping it for good; publishing the same version again changes nothing. Not
 * where a theme cannot be ranked any more, nor another organisation's, nor another version than was expected. One row.
 */
export function publishPriority(
  db: Db,
  id: string,
  organisations: readonly string[],
  expectedVersion: number | undefined,
  now: Date,
) {
  return db.execute<Written>(sql`
    with found as (
      select * from ${priorities}
      where id = ${id} and organisation = any(${sql.param([...organisations])}::text[])
        and version = coalesce(${expectedVersion ?? null}::integer, version)
        and version is distinct from published_version
      for update
    ), wrong as (
      select wrong.place from found cross join lateral (
        ${wrongPlaces(sql`found.ranking`, sql`found.organisation`, sql`found.cycle_id`)}) as wrong
    ), kept as (
      insert into ${priorityPublications} (priority_id, version, ranking, decided_by, decided_on, rationale, dissent, published_at)
      select id, version, ranking, decided_by, decided_on, rationale, dissent, ${now.toISOString()}::timestamptz
      from found where not exists (select from wrong)
      on conflict do nothing
    ), made as (
      update ${priorities} set published_version = found.version
      from found where ${priorities}.id = found.id and not exists (select from wrong)
      returning ${priorities}.id
    )
    select exists (select from made) as is_done, true as is_cycle_known, ${toldPlaces}`);
}
