import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';

/** The client of a token: its id and the version of its registration that the token stands for. */
export interface TokenClient {
  clientId: string;
  clientVersion: number;
}

/** A person of staff, by the SHA-256 of the id of their session, in hexadecimal. */
export interface SessionPerson {
  sessionHash: string;
}

/** For whom a batch acts, and what an audit event says of it. */
export type Actor = (TokenClient | SessionPerson) & {
  organisations: readonly string[];
  requestId: string;
  operation: string;
  /** What the actor was allowed to do it for: the scope. */
  purpose: string;
};

/**
 * First statement of every batch that acts for somebody. Ends the batch with SQLSTATE FC401 if the client was revoked or
 * changed since its token was issued, or the session of the person is over: nothing that follows is then kept or told.
 * Otherwise row-level policies let through what belongs to its organisations, and audit events name it, until the batch ends.
 */
export function actFor(db: Db, actor: Actor) {
  const acting = sql`${sql.param([...actor.organisations])}::text[],
      ${actor.requestId}::uuid, ${actor.operation}, ${actor.purpose}`;
  if ('sessionHash' in actor)
    return db.execute(sql`select act_for_person(${`\\x${actor.sessionHash}`}::bytea, ${acting})`);
  return db.execute(
    sql`select act_for(${actor.clientId}, ${actor.clientVersion}::integer, ${acting})`,
  );
}
