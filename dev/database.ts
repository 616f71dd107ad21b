import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { openPglite } from './pglite-database.ts';
import { openServer } from './server-database.ts';
import type { Statement, StatementResult, TransactionSettings } from './statements.ts';

/**
 * One interface over the embedded PostgreSQL and any other, for everything that runs on a
 * developer's machine.
 */
export type Database = {
  /**
   * Runs statements and answers their rows as PostgreSQL's own text, one result a statement. With
   * `settings` they run in one transaction, all or none; without, each stands for itself (give
   * one). With `role` they run as that role of the server and with its rights alone; without, as the
   * owner.
   * @throws StatementRefused when the database refuses a statement (nothing is kept),
   * DatabaseUnavailable when it does not answer
   */
  readonly run: (
    statements: readonly Statement[],
    settings?: TransactionSettings,
    role?: string,
  ) => Promise<StatementResult[]>;
  /** Drizzle on the same database as its owner, for seeding and for looking into it. */
  readonly drizzle: PgDatabase<PgQueryResultHKT>;
  /** Applies the migrations that are still missing. @param folder as drizzle-kit writes it */
  readonly migrate: (folder: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The embedded one adds what cloning it needs. */
export type EmbeddedDatabase = Database & {
  /** The data directory as a tar file, to be given to `openDatabase({ template })`. */
  readonly dump: () => Promise<Blob>;
};

export type DatabaseOptions =
  /** Embedded, kept on disk. One process at a time may open a directory. */
  | { readonly directory: string }
  /** Embedded, in memory, filled from a dump of another. */
  | { readonly template?: Blob }
  /** Any PostgreSQL. `connections` (default 20) is how many statements can run at once. */
  | { readonly url: string; readonly connections?: number; readonly connectTimeoutMs?: number };

/**
 * Opens a database and makes sure that it answers.
 * @throws DatabaseUnavailable when it does not
 */
export function openDatabase(options: {
  readonly url: string;
  readonly connections?: number;
}): Promise<Database>;
export function openDatabase(
  options: { readonly directory: string } | { readonly template?: Blob },
): Promise<EmbeddedDatabase>;
export function openDatabase(options: DatabaseOptions): Promise<Database>;
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return 'url' in options ? openServer(options) : openPglite(options);
}
