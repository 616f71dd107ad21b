import { index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { StaffRole } from '../../domain/vocabulary.ts';
import { bytes } from './bytes.ts';
import { moment } from './moment.ts';

/** People of staff who have signed in through a provider. Whoever has no role may do nothing. */
export const staffMembers = pgTable(
  'staff_members',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Counts changes of roles; the weak ETag, and part of each session, so that a change ends older sessions at once. */
    version: integer('version').notNull().default(1),
    /** Of the ID tokens by which they are known. */
    issuer: text('issuer').notNull(),
    /** The id that the issuer gives to them, and to nobody else. */
    subject: text('subject').notNull(),
    /** As the provider says, for display; null where it says nothing. */
    name: text('name'),
    /** Eight random symbols that they tell an administrator who is to give them a role. */
    reference: text('reference').notNull().unique(),
  },
  (table) => [unique().on(table.issuer, table.subject)],
);

/** The roles that people of staff have, each in one organisation. */
export const staffAssignments = pgTable(
  'staff_assignments',
  {
    staffMemberId: uuid('staff_member_id')
      .notNull()
      .references(() => staffMembers.id),
    organisation: text('organisation').notNull(),
    role: text('role').$type<StaffRole>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.staffMemberId, table.organisation, table.role] }),
    index('staff_assignments_organisation').on(table.organisation),
  ],
);

/** Sessions at the console, by the SHA-256 of an id that only the browser has. */
export const staffSessions = pgTable('staff_sessions', {
  idHash: bytes('id_hash').primaryKey(),
  staffMemberId: uuid('staff_member_id')
    .notNull()
    .references(() => staffMembers.id),
  /** The version of the staff member that it stands for. */
  staffMemberVersion: integer('staff_member_version').notNull(),
  startedAt: moment('started_at').notNull(),
  /** To the minute. */
  lastSeenAt: moment('last_seen_at').notNull(),
});
