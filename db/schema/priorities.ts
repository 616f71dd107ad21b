import { sql } from 'drizzle-orm';
import {
  date,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ParticipantBand, Perspective } from '../../domain/vocabulary.ts';
import { cycles } from './cycles.ts';
import { moment } from './moment.ts';
import { organisations } from './organisations.ts';

/** A theme in its place, the most urgent first, and why it stands there. */
export interface RankedTheme {
  theme: string;
  rationale: string | null;
}

/** Who took part in deciding: roles and bands, never names and never a count. */
export interface Participants {
  perspective: Perspective;
  people: ParticipantBand;
}

const content = {
  ranking: jsonb('ranking').$type<RankedTheme[]>().notNull(),
  decidedBy: jsonb('decided_by').$type<Participants[]>().notNull(),
  decidedOn: date('decided_on', { mode: 'string' }).notNull(),
  /** How it was decided, and why so. */
  rationale: text('rationale').notNull(),
  /** Disagreement that was recorded and not settled. */
  dissent: text('dissent').array().notNull(),
};

/** What a lived-experience group of an organisation chose from the themes of a cycle: the working copy. */
export const priorities = pgTable(
  'priorities',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Counts changes; the weak ETag. */
    version: integer('version').notNull().default(1),
    organisation: text('organisation')
      .notNull()
      .references(() => organisations.odsCode),
    cycleId: uuid('cycle_id')
      .notNull()
      .references(() => cycles.id),
    ...content,
    updatedAt: moment('updated_at').notNull(),
    publishedVersion: integer('published_version'),
  },
  (table) => [uniqueIndex('priorities_cycle_organisation').on(table.cycleId, table.organisation)],
);

/** Every version that was ever published, as it was. */
export const priorityPublications = pgTable(
  'priority_publications',
  {
    priorityId: uuid('priority_id')
      .notNull()
      .references(() => priorities.id),
    version: integer('version').notNull(),
    ...content,
    publishedAt: moment('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.priorityId, table.version] })],
);

/** Priorities as the public reads them. */
export const publishedPriorities = pgView('published_priorities', {
  id: uuid('id').notNull(),
  version: integer('version').notNull(),
  organisation: text('organisation').notNull(),
  cycleId: uuid('cycle_id').notNull(),
  ...content,
  publishedAt: moment('published_at').notNull(),
})
  .with({ securityBarrier: true })
  .as(sql`
  select priority.id, publication.version, priority.organisation, priority.cycle_id, publication.ranking,
    publication.decided_by, publication.decided_on, publication.rationale, publication.dissent, publication.published_at
  from priorities as priority
  join priority_publications as publication
    on publication.priority_id = priority.id and publication.version = priority.published_version`);
