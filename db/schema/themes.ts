import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  foreignKey,
  index,
  integer,
  pgTable,
  pgView,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Strength } from '../../domain/vocabulary.ts';
import { cycles } from './cycles.ts';
import { enquiryCategories } from './enquiry-categories.ts';
import { moment } from './moment.ts';
import { organisations } from './organisations.ts';

/** What both a working copy and a published version say. */
const content = {
  title: text('title').notNull(),
  description: text('description'),
  vocabularyVersion: integer('vocabulary_version').notNull(),
  enquiryCategory: text('enquiry_category').notNull(),
  /** Codes of standards of the cycle's set. */
  standards: text('standards').array().notNull(),
  /** Ids of texts that are shown with it, as long as they are there and may be. */
  quotes: uuid('quotes').array().notNull(),
};

/**
 * What many people said in a cycle, in a moderator's plain words: the working copy, and where its publication stands. Which
 * texts are behind it stands with the texts.
 */
export const themes = pgTable(
  'themes',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Counts changes; the weak ETag. */
    version: integer('version').notNull().default(1),
    organisation: text('organisation')
      .notNull()
      .references(() => organisations.odsCode),
    cycleId: uuid('cycle_id')
      .notNull()
      .references(() => cycles.id),
    ...content,
    /** The theme that this one was split off; null where it was not. */
    splitFrom: uuid('split_from').references((): AnyPgColumn => themes.id),
    /** The theme into which this one went; null where it stands by itself. */
    mergedInto: uuid('merged_into').references((): AnyPgColumn => themes.id),
    updatedAt: moment('updated_at').notNull(),
    /** The version that the public reads; null before the first publication. */
    publishedVersion: integer('published_version'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (table) => [
    foreignKey({
      name: 'themes_enquiry_category',
      columns: [table.vocabularyVersion, table.enquiryCategory],
      foreignColumns: [enquiryCategories.version, enquiryCategories.code],
    }),
    index('themes_cycle_organisation').on(table.cycleId, table.organisation),
  ],
);

/** Every version that was ever published, as it was, with how many said it then, as a band. */
export const themePublications = pgTable(
  'theme_publications',
  {
    themeId: uuid('theme_id')
      .notNull()
      .references(() => themes.id),
    version: integer('version').notNull(),
    ...content,
    /** Null while fewer than the threshold said it. */
    strength: text('strength').$type<Strength>(),
    publishedAt: moment('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.themeId, table.version] })],
);

/** Themes as the public reads them: the version that is published, or only that it was withdrawn. */
export const publishedThemes = pgView('published_themes', {
  id: uuid('id').notNull(),
  version: integer('version').notNull(),
  organisation: text('organisation').notNull(),
  cycleId: uuid('cycle_id').notNull(),
  ...content,
  strength: text('strength').$type<Strength>(),
  splitFrom: uuid('split_from'),
  mergedInto: uuid('merged_into'),
  publishedAt: moment('published_at').notNull(),
  firstPublishedAt: moment('first_published_at').notNull(),
  withdrawnAt: moment('withdrawn_at'),
})
  .with({ securityBarrier: true })
  .as(sql`
  select theme.id, publication.version, theme.organisation, theme.cycle_id,
    case when theme.withdrawn_at is null then publication.title end as title,
    case when theme.withdrawn_at is null then publication.description end as description,
    case when theme.withdrawn_at is null then publication.vocabulary_version end as vocabulary_version,
    case when theme.withdrawn_at is null then publication.enquiry_category end as enquiry_category,
    case when theme.withdrawn_at is null then publication.standards end as standards,
    case when theme.withdrawn_at is null then publication.quotes end as quotes,
    case when theme.withdrawn_at is null then publication.strength end as strength,
    theme.split_from, theme.merged_into, publication.published_at,
    (select min(first.published_at) from theme_publications as first where first.theme_id = theme.id) as first_published_at,
    theme.withdrawn_at
  from themes as theme
  join theme_publications as publication
    on publication.theme_id = theme.id and publication.version = theme.published_version`);

/** The quotes of published themes: a text that was withdrawn, deleted, kept private or taken out of the theme is not among them. */
export const publishedQuotes = pgView('published_quotes', {
  themeId: uuid('theme_id').notNull(),
  textId: uuid('text_id').notNull(),
  question: text('question').notNull(),
  quote: text('quote').notNull(),
})
  .with({ securityBarrier: true })
  .as(sql`
  select theme.id as theme_id, part.id as text_id, part.question, part.text as quote
  from themes as theme
  join theme_publications as publication
    on publication.theme_id = theme.id and publication.version = theme.published_version
  join text_parts as part on part.id = any (publication.quotes) and theme.id = any (part.themes)
    and part.organisation = theme.organisation and part.cycle_id = theme.cycle_id
  where theme.withdrawn_at is null and part.decision in ('publish', 'redact') and part.text is not null`);
