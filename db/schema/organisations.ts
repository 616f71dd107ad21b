import { date, pgTable, text } from 'drizzle-orm/pg-core';

/** NHS trusts and other bodies by ODS code. Reference data: seeded, read by everybody. */
export const organisations = pgTable('organisations', {
  odsCode: text('ods_code').primaryKey(),
  name: text('name').notNull(),
  status: text('status').$type<'active' | 'closed'>().notNull(),
  validFrom: date('valid_from', { mode: 'string' }),
  validTo: date('valid_to', { mode: 'string' }),
  successorOdsCode: text('successor_ods_code'),
  note: text('note'),
});
