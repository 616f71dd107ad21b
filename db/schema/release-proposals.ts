import { sql } from 'drizzle-orm';
import { integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cycles } from './cycles.ts';
import { moment } from './moment.ts';

/** What somebody proposed to publish of a cycle, for somebody else to confirm. Rows are ended, never deleted. */
export const releaseProposals = pgTable(
  'release_proposals',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    cycleId: uuid('cycle_id')
      .notNull()
      .references(() => cycles.id),
    /** The number that the release would have, and has once it is confirmed. */
    number: integer('number').notNull(),
    threshold: integer('threshold').notNull(),
    roundTo: integer('round_to').notNull(),
    /** Rows of all tables together. */
    shown: integer('shown').notNull(),
    hidden: integer('hidden').notNull(),
    /** Of all that would be published, but for when and by which version of the service. */
    sha256: text('sha256').notNull(),
    /** The client or the member of staff who proposed it. */
    proposedBy: text('proposed_by').notNull(),
    proposedAt: moment('proposed_at').notNull(),
    withdrawnAt: moment('withdrawn_at'),
    /** When somebody else confirmed it. */
    releasedAt: moment('released_at'),
  },
  (table) => [
    uniqueIndex('release_proposals_open')
      .on(table.cycleId)
      .where(sql`${table.withdrawnAt} is null and ${table.releasedAt} is null`),
  ],
);
