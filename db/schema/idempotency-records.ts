import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** Why an item of a batch was refused, by its place; holds nothing of what was sent. */
export interface RejectedItem {
  index: number;
  errors: { pointer: string; detail: string }[];
}

/**
 * What a batch was answered, so that its repeat is answered the same. Lives as long as its cycle takes
 * submissions and holds no time; key and body are kept as keyed hashes only, so that neither a sender's
 * numbering nor a guess at the content can be checked against it.
 */
export const idempotencyRecords = pgTable(
  'idempotency_records',
  {
    keyHash: text('key_hash').primaryKey(),
    cycleId: uuid('cycle_id').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** Random for each request: tells the request that stored the batch from its copies. */
    attempt: uuid('attempt').notNull(),
    submissionCount: integer('submission_count').notNull(),
    rejected: jsonb('rejected').$type<RejectedItem[]>().notNull(),
  },
  (table) => [index('idempotency_records_cycle').on(table.cycleId)],
);
