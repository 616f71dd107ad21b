import type { Batch, BatchResults, Db, Query } from '../../db/client.ts';
import { type Actor, actFor } from '../../db/queries/act-for.ts';
import { noteAuditEvent } from '../../db/queries/audit-events.ts';
import type { Service } from '../service.ts';
import { type Access, type Operation, scopesOf } from './contract.ts';
import { readFailure } from './failure.ts';
import { log } from './log.ts';
import type { Principal } from './principal.ts';
import { Problem } from './problem.ts';

/**
 * One request's way to the database: as the role of whoever calls, in one round trip, and for a client only while it is
 * still registered. Queries are built with `db` and run by `run` or `batch`, never by themselves, unless they check the
 * client in their own statement.
 */
export class Session {
  readonly db: Db;
  readonly #actor: Actor | null;

  /** @param actor null for the public */
  constructor(db: Db, actor: Actor | null) {
    this.db = db;
    this.#actor = actor;
  }

  /** Runs one query. A revoked client is told nothing. */
  async run<Result>(query: Query<Result>): Promise<Result> {
    if (this.#actor === null) return query;
    const [result] = await this.batch([query]);
    return result as Result;
  }

  /** Runs queries that stand or fall together. */
  async batch<const Queries extends Batch>(queries: Queries): Promise<BatchResults<Queries>> {
    if (this.#actor === null) return this.db.batch(queries);
    const [, ...results] = await this.db.batch([actFor(this.db, this.#actor), ...queries]);
    return results as unknown as BatchResults<Queries>;
  }
}

/** The session of a request that acts for a client, or for the public (null). */
export function openSession(
  { databases }: Service,
  { id, access }: Operation,
  principal: Principal | null,
  requestId: string,
): Session {
  if (principal === null) return new Session(databases.public, null);
  const purpose = purposeOf(access, principal);
  const db = isSubmitting(access) ? databases.trust : databases.staff;
  return new Session(db, { ...principal, requestId, operation: id, purpose });
}

const MINUTE_MS = 60_000;

/**
 * Puts into the audit trail that a client was refused what it may not do: once a minute for each operation, so that a client
 * that goes on asking does not fill the trail. Of those who send submissions nothing is noted,
 * since the trail keeps times. A trail that cannot be written to does not change the answer.
 */
export async function noteRefusal(
  error: unknown,
  service: Service,
  operation: Operation,
  caller: Principal | null,
  requestId: string,
): Promise<void> {
  const { notedRefusals, now } = service;
  const isRefused = error instanceof Problem && error.code === 'forbidden';
  if (caller === null || !isRefused || isSubmitting(operation.access)) return;
  const key = `${caller.clientId} ${operation.id}`;
  const minute = Math.floor(now().getTime() / MINUTE_MS);
  if (notedRefusals.get(key) === minute) return;
  notedRefusals.set(key, minute);
  const session = openSession(service, operation, caller, requestId);
  try {
    await session.run(
      noteAuditEvent(session.db, { organisations: caller.organisations, outcome: 'refused' }),
    );
  } catch (failure) {
    const { cause } = readFailure(failure);
    if (cause !== null)
      log('error', { event: 'audit-failed', operation: operation.id, requestId, cause });
  }
}

function isSubmitting(access: Access): boolean {
  return access.kind === 'scope' && access.scope === 'submissions:write';
}

/** What a client is allowed an operation for: the first such scope that it holds; the first of all for one that is refused. */
function purposeOf(access: Access, { scopes }: Principal): string {
  const allowing = scopesOf(access);
  return allowing.find((scope) => scopes.includes(scope)) ?? allowing[0] ?? 'none';
}
