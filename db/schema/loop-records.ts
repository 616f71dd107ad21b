import { sql } from 'drizzle-orm';
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  EnquiryCategory,
  LoopStatus,
  Perspective,
  Strength,
} from '../../domain/vocabulary.ts';
import { cycles } from './cycles.ts';
import { moment } from './moment.ts';
import { organisations } from './organisations.ts';

export interface YouSaid {
  text: string;
  theme: string | null;
  enquiryCategory: EnquiryCategory | null;
  standards: string[];
  perspectives: Perspective[];
  strength: Strength | null;
  /** Ids of themes that it answers; missing in what version 0.2 wrote. */
  themes?: string[];
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

/**
 * Records as the public reads them: the version that is published, or only that it was withdrawn (then no member of the
 * content is there, whatever its type says). A view, so that whoever may read what is published needs no right to read
 * what is not.
 */
export const publishedLoopRecords = pgView('published_loop_records', {
  id: uuid('id').notNull(),
  version: integer('version').notNull(),
  organisation: text('organisation').notNull(),
  cycleId: uuid('cycle_id'),
  ...content,
  publishedAt: moment('published_at').notNull(),
  firstPublishedAt: moment('first_published_at').notNull(),
  withdrawnAt: moment('withdrawn_at'),
})
  // No condition of a reader is looked at before the view's own.
  .with({ securityBarrier: true })
  .as(sql`
  select record.id, publication.version, record.organisation, record.cycle_id,
    case when record.withdrawn_at is null then publication.title end as title,
    case when record.withdrawn_at is null then publication.you_said end as you_said,
    case when record.withdrawn_at is null then publication.we_did end as we_did,
    case when record.withdrawn_at is null then publication.difference end as difference,
    case when record.withdrawn_at is null then publication.look_again_on end as look_again_on,
    publication.published_at,
    (select min(first.published_at) from loop_record_publications as first where first.record_id = record.id)
      as first_published_at,
    record.withdrawn_at
  from loop_records as record
  join loop_record_publications as publication
    on publication.record_id = record.id and publication.version = record.published_version`);

/** Every published version of records that are not withdrawn, as the public reads them. */
export const publishedLoopRecordVersions = pgView('published_loop_record_versions', {
  recordId: uuid('record_id').notNull(),
  version: integer('version').notNull(),
  organisation: text('organisation').notNull(),
  cycleId: uuid('cycle_id'),
  ...content,
  publishedAt: moment('published_at').notNull(),
})
  .with({ securityBarrier: true })
  .as(sql`
  select record.id as record_id, publication.version, record.organisation, record.cycle_id, publication.title,
    publication.you_said, publication.we_did, publication.difference, publication.look_again_on, publication.published_at
  from loop_records as record
  join loop_record_publications as publication on publication.record_id = record.id
  where record.withdrawn_at is null`);
