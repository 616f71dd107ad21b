import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Question, Service } from '../../domain/cycle.ts';
import type { Channel, Perspective } from '../../domain/vocabulary.ts';
import { moment } from './moment.ts';
import { standardSetVersions } from './standard-sets.ts';

/** One run of an evaluation. Its phase follows from the timestamps; there is no status column to disagree with them. */
export const cycles = pgTable(
  'cycles',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Counts changes; the weak ETag. */
    version: integer('version').notNull().default(1),
    title: text('title').notNull(),
    organisations: text('organisations').array().notNull(),
    standardSetId: text('standard_set_id').notNull(),
    standardSetVersion: integer('standard_set_version').notNull(),
    perspectives: text('perspectives').array().$type<Perspective[]>().notNull(),
    questions: jsonb('questions').$type<Question[]>().notNull(),
    services: jsonb('services').$type<Service[]>().notNull(),
    channels: text('channels').array().$type<Channel[]>().notNull(),
    opensAt: moment('opens_at').notNull(),
    closesAt: moment('closes_at').notNull(),
    threshold: integer('threshold').notNull(),
    roundTo: integer('round_to').notNull(),
    lookAgainOn: date('look_again_on', { mode: 'string' }),
    /** A set that asks about the evaluation itself; null where the cycle carries none. */
    aboutThisEvaluationSetId: text('about_this_evaluation_set_id'),
    aboutThisEvaluationSetVersion: integer('about_this_evaluation_set_version'),
    /** Whether equality answers are counted and published. */
    equalityTable: boolean('equality_table').notNull().default(false),
    /** Days after closing for which what people sent is kept. */
    retentionDays: integer('retention_days').notNull().default(365),
    /** Nothing is deleted while this stands; null when there is none. */
    legalHoldSince: moment('legal_hold_since'),
    legalHoldReason: text('legal_hold_reason'),
    scheduledAt: moment('scheduled_at'),
    releasedAt: moment('released_at'),
    /** Canonical JSON, written with every change up to opening and frozen from then on. */
    anonymityStatement: text('anonymity_statement').notNull(),
    anonymityStatementSha256: text('anonymity_statement_sha256').notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.standardSetId, table.standardSetVersion],
      foreignColumns: [standardSetVersions.setId, standardSetVersions.version],
    }),
    foreignKey({
      name: 'cycles_about_this_evaluation',
      columns: [table.aboutThisEvaluationSetId, table.aboutThisEvaluationSetVersion],
      foreignColumns: [standardSetVersions.setId, standardSetVersions.version],
    }),
    index('cycles_organisations').using('gin', table.organisations),
    check('cycles_window', sql`${table.closesAt} >= ${table.opensAt}`),
    check('cycles_threshold', sql`${table.threshold} >= 5`),
    check(
      'cycles_about_this_evaluation_whole',
      sql`(${table.aboutThisEvaluationSetId} is null) = (${table.aboutThisEvaluationSetVersion} is null)`,
    ),
    check('cycles_retention_days', sql`${table.retentionDays} between 1 and 3650`),
  ],
);
