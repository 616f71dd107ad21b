import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { EthnicCategory, ModerationDecision, Perspective } from '../../domain/vocabulary.ts';
import { bytes } from './bytes.ts';

/*
 * What becomes of submissions: parts without a common key, filled only by the flush, in random order and with new
 * random ids. As in the inbox there is no time, no sequence, no sender and no foreign key. Each part has the keyed hash
 * of a handle of its own, which only the holder of the receipt can make; a part that nobody has a receipt for has a
 * random one, so that they look alike.
 */

/** The ratings of one submission. */
export const ratingParts = pgTable(
  'rating_parts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    cycleId: uuid('cycle_id').notNull(),
    organisation: text('organisation').notNull(),
    service: text('service'),
    perspective: text('perspective').$type<Perspective>().notNull(),
    /** Aligned to the cycle's standards, then to those about the evaluation: null is unanswered, -1 is not applicable. */
    asIs: smallint('as_is').array().$type<(number | null)[]>().notNull(),
    toBe: smallint('to_be').array().$type<(number | null)[]>().notNull(),
    receiptHash: bytes('receipt_hash').notNull(),
  },
  (table) => [
    index('rating_parts_cycle_organisation').on(table.cycleId, table.organisation),
    index('rating_parts_receipt_hash').on(table.receiptHash),
  ],
);

/** One answer: each text of a submission stands alone. */
export const textParts = pgTable(
  'text_parts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    cycleId: uuid('cycle_id').notNull(),
    organisation: text('organisation').notNull(),
    /** Null also where too few who were taken apart together share it. */
    service: text('service'),
    /** Null where too few who were taken apart together share it. */
    perspective: text('perspective').$type<Perspective>(),
    /** Code of the cycle's question. */
    question: text('question').notNull(),
    /** Screened. Null once a moderator deleted it. */
    text: text('text'),
    safeguarding: boolean('safeguarding').notNull(),
    /** Null while it waits for a moderator. */
    decision: text('decision').$type<ModerationDecision>(),
    decisionReason: text('decision_reason'),
    /** Themes in which a moderator found it. */
    themes: uuid('themes').array().notNull().default([]),
    receiptHash: bytes('receipt_hash').notNull(),
  },
  (table) => [
    index('text_parts_cycle_organisation').on(table.cycleId, table.organisation),
    index('text_parts_waiting').on(table.cycleId, table.id).where(sql`${table.decision} is null`),
    index('text_parts_receipt_hash').on(table.receiptHash),
    index('text_parts_themes').using('gin', table.themes),
    check(
      'text_parts_deleted',
      sql`(${table.text} is null) = (${table.decision} is not distinct from 'delete')`,
    ),
  ],
);

/** An equality answer, without service and perspective: it is counted for a cycle and organisation and nothing finer. */
export const equalityParts = pgTable(
  'equality_parts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    cycleId: uuid('cycle_id').notNull(),
    organisation: text('organisation').notNull(),
    ethnicity: text('ethnicity').$type<EthnicCategory>().notNull(),
    receiptHash: bytes('receipt_hash').notNull(),
  },
  (table) => [
    index('equality_parts_cycle_organisation').on(table.cycleId, table.organisation),
    index('equality_parts_receipt_hash').on(table.receiptHash),
  ],
);
