import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** What a thing that people said is about: a vocabulary in numbered versions, of which none ever changes. */
export const enquiryCategories = pgTable(
  'enquiry_categories',
  {
    version: integer('version').notNull(),
    code: text('code').notNull(),
    /** Place in the version's list. */
    position: integer('position').notNull(),
    title: text('title').notNull(),
    /** What belongs here, in plain words. */
    description: text('description').notNull(),
  },
  (table) => [primaryKey({ columns: [table.version, table.code] })],
);
