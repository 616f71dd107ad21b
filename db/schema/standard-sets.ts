import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Scale, Standard } from '../../domain/cycle.ts';
import type { WordingStatus } from '../../domain/vocabulary.ts';
import { organisations } from './organisations.ts';

/** A co-produced framework under one id. What it says stands in its versions. */
export const standardSets = pgTable('standard_sets', {
  id: text('id').primaryKey(),
  /** Who may add versions; null for the published frameworks that come with the product. */
  organisation: text('organisation').references(() => organisations.odsCode),
});

/** One version of a set: a draft until `publishedAt`, and never changed after it. */
export const standardSetVersions = pgTable(
  'standard_set_versions',
  {
    setId: text('set_id')
      .notNull()
      .references(() => standardSets.id),
    version: integer('version').notNull(),
    /** Counts the changes of a draft; the weak ETag. */
    revision: integer('revision').notNull().default(1),
    title: text('title').notNull(),
    wordingStatus: text('wording_status').$type<WordingStatus>().notNull(),
    source: text('source'),
    licence: text('licence'),
    attribution: text('attribution'),
    scale: jsonb('scale').$type<Scale>().notNull(),
    standards: jsonb('standards').$type<Standard[]>().notNull(),
    /** Roles, never names. */
    coProducedBy: text('co_produced_by').array().notNull(),
    dissent: text('dissent').array().notNull(),
    changes: text('changes'),
    publishedAt: timestamp('published_at', { withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.setId, table.version] })],
);
