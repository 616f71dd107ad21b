import { date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Perspective } from '../../domain/vocabulary.ts';
import { cycles } from './cycles.ts';

/**
 * The most that staff were told of how many have taken part. It never goes down: whoever sent submissions of their own and took
 * them back one by one could otherwise measure how many others there are.
 */
export const shownParticipation = pgTable(
  'shown_participation',
  {
    cycleId: uuid('cycle_id')
      .notNull()
      .references(() => cycles.id),
    organisation: text('organisation').notNull(),
    perspective: text('perspective').$type<Perspective>().notNull(),
    /** Whole tens. */
    people: integer('people').notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycleId, table.organisation, table.perspective] })],
);

/**
 * How that came about: the most that staff could be told at the end of each week in which it grew. Removed with what it
 * counts, when the retention period of the cycle has passed.
 */
export const shownParticipationWeeks = pgTable(
  'shown_participation_weeks',
  {
    cycleId: uuid('cycle_id')
      .notNull()
      .references(() => cycles.id),
    organisation: text('organisation').notNull(),
    perspective: text('perspective').$type<Perspective>().notNull(),
    /** Its Monday, in London. */
    week: date('week', { mode: 'string' }).notNull(),
    /** Whole tens. */
    people: integer('people').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'shown_participation_weeks_pk',
      columns: [table.cycleId, table.organisation, table.perspective, table.week],
    }),
  ],
);
