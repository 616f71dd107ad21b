import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { textParts, themes } from '../schema/index.ts';
import { currentVocabulary, isCategory, type ThemeContent, unknownStandards } from './themes.ts';

/*
 * Which texts are behind a theme. It stands with the text, so that it goes when the text goes. Row-level policies leave the
 * texts and themes of the caller's organisations.
 */

/**
 * Locks themes until the end of the batch, always in one order: what follows sees what others have done with them, and two who
 * merge, split or fill the same themes do so one after the other.
 */
export function lockThemes(db: Db, ids: readonly string[]) {
  return db.execute(sql`
    select id from ${themes} where id = any(${sql.param([...ids])}::uuid[]) order by id for update`);
}

/** Texts that may be put into a theme: decided on, still there, and of the same cycle and organisation. One row. */
export function readUnfitTexts(db: Db, id: string, texts: readonly string[]) {
  return db.execute<{ unfit: string[] }>(sql`select ${unfitTexts(id, texts)} as unfit`);
}

function unfitTexts(id: string, texts: readonly string[]) {
  return sql`array(
    select given.id from unnest(${sql.param([...texts])}::uuid[]) as given (id)
    where not exists (select from ${textParts} as part join ${themes} as theme
      on theme.id = ${id}::uuid and part.cycle_id = theme.cycle_id and part.organisation = theme.organisation
      where part.id = given.id and part.decision is not null and part.text is not null))`;
}

/**
 * Puts texts into a theme and takes others out, all or none. Nothing where one does not fit, or the theme is over. The theme has a
 * new version then, which can be published with another band; the audit trail notes it once, however many texts there are.
 */
export function changeTextsOfTheme(
  db: Db,
  id: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
  now: Date,
) {
  return db.execute(sql`
    with touched as (
      update ${themes} set updated_at = ${now.toISOString()}::timestamptz, version = version + 1
      where id = ${id}::uuid and withdrawn_at is null and merged_into is null
        and cardinality(${unfitTexts(id, add)}) = 0
      returning id
    )
    update ${textParts} set themes = case when id = any(${sql.param([...add])}::uuid[])
      then array_append(array_remove(themes, ${id}::uuid), ${id}::uuid) else array_remove(themes, ${id}::uuid) end
    where id = any(${sql.param([...add, ...remove])}::uuid[]) and exists (select from touched)`);
}

/**
 * Merges a theme into another of the same cycle and organisation: its texts belong to that from now on. Nothing where either is
 * withdrawn or merged already, or a published one would go into one that nobody can read.
 */
export function mergeTheme(
  db: Db,
  id: string,
  into: string,
  expectedVersion: number | undefined,
  now: Date,
) {
  return db.execute(sql`
    with merged as (
      update ${themes} as theme
      set merged_into = target.id, version = theme.version + 1, updated_at = ${now.toISOString()}::timestamptz
      from ${themes} as target
      where theme.id = ${id}::uuid and target.id = ${into}::uuid and theme.id <> target.id
        and theme.organisation = target.organisation and theme.cycle_id = target.cycle_id
        and theme.withdrawn_at is null and theme.merged_into is null
        and target.withdrawn_at is null and target.merged_into is null
        and (theme.published_version is null or target.published_version is not null)
        and theme.version = coalesce(${expectedVersion ?? null}::integer, theme.version)
      returning theme.id
    ), grown as (
      update ${themes} set version = version + 1, updated_at = ${now.toISOString()}::timestamptz
      where id = ${into}::uuid and exists (select from merged)
    ), moved as (
      update ${textParts}
      set themes = array_append(array_remove(array_remove(themes, ${id}::uuid), ${into}::uuid), ${into}::uuid)
      where themes @> array[${id}::uuid] and exists (select from merged)
    )
    select id from merged`);
}

/** Which of some texts do not belong to a theme. One row. */
export function readTextsOutside(db: Db, id: string, texts: readonly string[]) {
  return db.execute<{ outside: string[] }>(sql`select ${textsOutside(id, texts)} as outside`);
}

function textsOutside(id: string, texts: readonly string[]) {
  return sql`array(
    select given.id from unnest(${sql.param([...texts])}::uuid[]) as given (id)
    where not exists (select from ${textParts} as part
      where part.id = given.id and part.themes @> array[${id}::uuid]))`;
}

/** Splits a new theme off another: texts that are named go to it. Nothing where one does not belong to the old one. */
export function splitTheme(
  db: Db,
  id: string,
  newId: string,
  content: ThemeContent,
  texts: readonly string[],
  now: Date,
) {
  const { title, description, enquiryCategory, standards } = content;
  return db.execute(sql`
    with made as (
      insert into ${themes} (id, organisation, cycle_id, title, description, vocabulary_version, enquiry_category, standards,
        quotes, split_from, updated_at)
      select ${newId}::uuid, theme.organisation, theme.cycle_id, ${title}, ${description}, ${currentVocabulary},
        ${enquiryCategory}, ${sql.param(standards)}::text[], '{}', theme.id, ${now.toISOString()}::timestamptz
      from ${themes} as theme
      where theme.id = ${id}::uuid and theme.withdrawn_at is null and theme.merged_into is null
        and ${isCategory(enquiryCategory)}
        and cardinality(${unknownStandards(sql`theme.cycle_id`, standards)}) = 0
        and cardinality(${textsOutside(id, texts)}) = 0
      returning id
    ), shrunk as (
      update ${themes} set version = version + 1, updated_at = ${now.toISOString()}::timestamptz
      where id = ${id}::uuid and exists (select from made)
    ), moved as (
      update ${textParts} set themes = array_append(array_remove(themes, ${id}::uuid), ${newId}::uuid)
      where id = any(${sql.param([...texts])}::uuid[]) and exists (select from made)
    )
    select id from made`);
}
