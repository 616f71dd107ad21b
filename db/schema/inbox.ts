import { boolean, index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { EthnicCategory, Perspective } from '../../domain/vocabulary.ts';
import { bytes } from './bytes.ts';

/**
 * Submissions that wait to be taken apart. On purpose there is no time, no sequence, no sender, no client
 * record id and no foreign key here: the id is random, and rows of a batch are inserted in random order.
 */
export const inbox = pgTable(
  'inbox',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    cycleId: uuid('cycle_id').notNull(),
    organisation: text('organisation').notNull(),
    service: text('service'),
    perspective: text('perspective').$type<Perspective>().notNull(),
    /** Aligned to the cycle's standards, then to those about the evaluation: null is unanswered, -1 is not applicable. */
    asIs: smallint('as_is').array().$type<(number | null)[]>().notNull(),
    toBe: smallint('to_be').array().$type<(number | null)[]>().notNull(),
    /** Screened; aligned to the cycle's questions. */
    answers: text('answers').array().$type<(string | null)[]>().notNull(),
    /** Aligned to the answers: somebody may be in danger. A version before this one did not look: null. */
    safeguarding: boolean('safeguarding').array().$type<(boolean | null)[]>(),
    ethnicity: text('ethnicity').$type<EthnicCategory>(),
    /** Keyed hashes of the receipt's handles, one for each part; null where nobody holds a receipt. */
    ratingReceipt: bytes('rating_receipt'),
    textReceipts: bytes('text_receipts').array().$type<(string | null)[]>(),
    equalityReceipt: bytes('equality_receipt'),
  },
  (table) => [
    index('inbox_cycle_organisation').on(table.cycleId, table.organisation),
    index('inbox_rating_receipt').on(table.ratingReceipt),
  ],
);
