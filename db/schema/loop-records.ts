import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  EnquiryCategory,
  LoopStatus,
  Perspective,
  Strength,
} from '../../domain/vocabulary.ts';
import { cycles } from './cycles.ts';
import { organisations } from './organisations.ts';

export interface YouSaid {
  text: string;
  theme: string | null;
  enquiryCategory: EnquiryCategory | null;
  standards: string[];
  perspectives: Perspective[];
  strength: Strength | null;
}

export interface WeDid {
  status: LoopStatus;
  text: string | null;
  reason: string | null;
  /** A role, never a person's name. */
  owner: string | null;
  dueOn: string | null;
  completedOn: string | null;
  milestones: { on: string; text: string }[];
  evidence: { title: string; href: string }[];
}

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What both a working copy and a published version say. */
const content = {
  title: text('title').notNull(),
  youSaid: jsonb('you_said').$type<YouSaid>().notNull(),
  weDid: jsonb('we_did').$type<WeDid>().notNull(),
  difference: text('difference'),
  lookAgainOn: date('look_again_on', { mode: 'string' }),
};

/** "You said, we did": the working copy of a record, and where its publication stands. */
export const loopRecords = pgTable(
  'loop_records',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Counts changes; the weak ETag. */
    version: integer('version').notNull().default(1),
    organisation: text('organisation')
      .notNull()
      .references(() => organisations.odsCode),
    cycleId: uuid('cycle_id').references(() => cycles.id),
    ...content,
    updatedAt: moment('updated_at').notNull(),
    /** The version that the public reads; null before the first publication. */
    publishedVersion: integer('published_version'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (table) => [index('loop_records_organisation').on(table.organisation)],
);

/** Every version that was ever published, as it was: a published thing never changes silently. */
export const loopRecordPublications = pgTable(
  'loop_record_publications',
  {
    recordId: uuid('record_id')
      .notNull()
      .references(() => loopRecords.id),
    version: integer('version').notNull(),
    ...content,
    publishedAt: moment('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.version] })],
);
