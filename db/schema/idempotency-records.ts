import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/**
 * Which items of a batch were stored, so that its repeat is answered the same and stored no second time. Kept until
 * a week after its cycle has closed, without any time. Key and body are kept as keyed hashes only, so that neither a
 * sender's numbering nor a guess at the content can be checked against it; why an item was rejected is worked out
 * anew from the repeat, since it can point at a member by a name that the sender chose.
 */
export const idempotencyRecords = pgTable(
  'idempotency_records',
  {
    keyHash: text('key_hash').primaryKey(),
    cycleId: uuid('cycle_id').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** Random for each request: tells the request that stored the batch from its copies. */
    attempt: uuid('attempt').notNull(),
    /** Positions in the batch, from 0. */
    rejectedIndexes: integer('rejected_indexes').array().notNull(),
  },
  (table) => [index('idempotency_records_cycle').on(table.cycleId)],
);
