import { index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { bytes } from './bytes.ts';

/**
 * Receipts that submitters made themselves and that were used: a submission that is sent again, because its answer was
 * lost or after it was withdrawn, is not stored again. The keyed hash is made for this table alone, so that it joins
 * with no part.
 */
export const usedReceipts = pgTable(
  'used_receipts',
  {
    receiptHash: bytes('receipt_hash').primaryKey(),
    cycleId: uuid('cycle_id').notNull(),
  },
  (table) => [index('used_receipts_cycle').on(table.cycleId)],
);
