import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ResultRow } from '../../domain/disclosure/publish.ts';
import type { ConfirmationAnswer, Perspective } from '../../domain/vocabulary.ts';
import { loopRecords } from './loop-records.ts';

/** How many said of a loop record whether it changed for them. Counts only: who said it and when is nowhere. */
export const confirmationCounts = pgTable(
  'confirmation_counts',
  {
    recordId: uuid('record_id')
      .notNull()
      .references(() => loopRecords.id),
    /** `not_said` where somebody did not say from which role they speak. */
    perspective: text('perspective').$type<Perspective | 'not_said'>().notNull(),
    answer: text('answer').$type<ConfirmationAnswer>().notNull(),
    people: integer('people').notNull(),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.perspective, table.answer] })],
);

/** What of the counts is shown: it changes only when as many as the threshold have come since. */
export const shownConfirmations = pgTable('shown_confirmations', {
  recordId: uuid('record_id')
    .primaryKey()
    .references(() => loopRecords.id),
  /** How many were counted when this was made; for the next time, never shown. */
  people: integer('people').notNull(),
  /** Rows by perspective and their total, as the rules of disclosure made them. */
  rows: jsonb('rows').$type<ResultRow[]>().notNull(),
});
