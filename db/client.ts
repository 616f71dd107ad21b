import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless';
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';

/** The one way to the database: Drizzle over Neon's HTTP driver. One statement or one batch is one round trip. */
export type Db = NeonHttpDatabase<Record<string, never>> & {
  $client: NeonQueryFunction<false, false>;
};

/** A query as Drizzle builds it: run by a batch, or by awaiting it. */
export type Query<Result> = BatchItem<'pg'> & PromiseLike<Result>;

/** Queries that stand or fall together. */
export type Batch = readonly [BatchItem<'pg'>, ...BatchItem<'pg'>[]];

/** Their results, in order. */
export type BatchResults<Queries extends Batch> = BatchResponse<Queries>;

/**
 * Opens the database; nothing is sent until the first query. How long a statement may take is set on the role
 * (`statement_timeout`), where it also ends the statement; a timer for each call here cost a twentieth of a request.
 *
 * @param connectionString PostgreSQL URL of the role that serves requests
 * @param fetchEndpoint where the driver posts queries; undefined lets it derive Neon's own address from the URL
 */
export function openDb(connectionString: string, fetchEndpoint: string | undefined): Db {
  if (fetchEndpoint) neonConfig.fetchEndpoint = fetchEndpoint;
  return drizzle(neon(connectionString));
}
