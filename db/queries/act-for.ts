import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';

/** The client of a token: its id and the version of its registration that the token stands for. */
export interface TokenClient {
  clientId: string;
  clientVersion: number;
}

/** For whom a batch acts, and what an audit event says of it. */
export interface Actor extends TokenClient {
  organisations: readonly string[];
  requestId: string;
  operation: string;
  /** What the client was allowed to do it for: the scope. */
  purpose: string;
}

/**
 * First statement of every batch that acts for a client. Ends the batch with SQLSTATE FC401 if the client was revoked or
 * changed since its token was issued: nothing that follows is then kept or told. Otherwise row-level policies let through
 * what belongs to its organisations, and audit events name it, until the batch ends.
 */
export function actFor(db: Db, actor: Actor) {
  return db.execute(sql`
    select act_for(${actor.clientId}, ${actor.clientVersion}::integer, ${sql.param([...actor.organisations])}::text[],
      ${actor.requestId}::uuid, ${actor.operation}, ${actor.purpose})`);
}
