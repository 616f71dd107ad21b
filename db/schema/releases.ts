import { integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { cycles } from './cycles.ts';

/** Results as they were published. Rows are added, never changed: a correction is the next release. */
export const releases = pgTable(
  'releases',
  {
    cycleId: uuid('cycle_id')
      .notNull()
      .references(() => cycles.id),
    /** Counts from 1. */
    number: integer('number').notNull(),
    releasedAt: timestamp('released_at', { withTimezone: true, mode: 'date' }).notNull(),
    /** The whole reply as JSON text, byte for byte. */
    body: text('body').notNull(),
    /** Of the same text without its member `sha256`. */
    sha256: text('sha256').notNull(),
    threshold: integer('threshold').notNull(),
    roundTo: integer('round_to').notNull(),
    /** Version of the service that made it. */
    codeVersion: text('code_version').notNull(),
    /** The client that asked for it. */
    releasedBy: text('released_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.cycleId, table.number] })],
);
