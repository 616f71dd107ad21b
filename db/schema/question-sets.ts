import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Question } from '../../domain/cycle.ts';

/** Open questions that a cycle can ask as they stand: a form under one id, in numbered versions, of which none ever changes. */
export const questionSets = pgTable(
  'question_sets',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    title: text('title').notNull(),
    /** What it is for, and what whoever fills it in should know first. */
    introduction: text('introduction').notNull(),
    source: text('source').notNull(),
    licence: text('licence').notNull(),
    attribution: text('attribution').notNull(),
    questions: jsonb('questions').$type<Question[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
);
