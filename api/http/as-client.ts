import type { Db, Query } from '../../db/client.ts';
import { requireClient } from '../../db/queries/api-clients.ts';
import type { Principal } from './access-token.ts';

/**
 * Runs a query for a client that must still be registered, or for the public (null). One round trip either
 * way, and a revoked client is told nothing.
 */
export async function asClient<Result>(
  { db }: { db: Db },
  principal: Principal | null,
  query: Query<Result>,
): Promise<Result> {
  if (principal === null) return query;
  const [, result] = await db.batch([requireClient(db, principal), query]);
  return result as Result;
}
