import type { Batch, BatchResults, Db, Query } from '../../db/client.ts';
import { type Actor, actFor } from '../../db/queries/act-for.ts';
import { noteAuditEvent } from '../../db/queries/audit-events.ts';
import type { Service } from '../service.ts';
import { type Access, isSubmitting, type Operation, scopesOf } from './contract.ts';
import { readFailure } from './failure.ts';
import { log } from './log.ts';
import { actorOf, isPerson, type Principal } from './principal.ts';
import { Problem } from './problem.ts';
import type { StaffCaller } from './staff.ts';

/**
 * One request's way to the database: as the role of whoever calls, in one round trip, and for a client only while it is
 * still registered, for a person only while their session stands. Queries are built with `db` and run by `run` or `batch`,
 * never by themselves, unless they check the client in their own statement.
 */
export class Session {
  readonly db: Db;
  readonly #actor: Actor | null;
  readonly #staff: StaffCaller | null;

  /** @param actor null for the public @param staff the person who is the actor; null for everybody else */
  constructor(db: Db, actor: Actor | null, staff: StaffCaller | null = null) {
    this.db = db;
    this.#actor = actor;
    this.#staff = staff;
  }

  /** Runs one query. A revoked client is told nothing, nor is a person whose session is over. */
  async run<Result>(query: Query<Result>): Promise<Result> {
    if (this.#actor === null) return query;
    const [result] = await this.batch([query]);
    return result as Result;
  }

  /** Runs queries that stand or fall together. */
  async batch<const Queries extends Batch>(queries: Queries): Promise<BatchResults<Queries>> {
    if (this.#actor === null) return this.db.batch(queries);
    const [, ...results] = await this.db.batch([actFor(this.db, this.#actor), ...queries]);
    if (this.#staff !== null) this.#staff.isChecked = true;
    return results as unknown as BatchResults<Queries>;
  }
}

/**
 * The session of a request.
 *
 * @param caller who sends it; null for the public
 * @param principal for whom it acts: the caller, or null for the public. A person who may do no more than the public reads as
 * the public does, but for no organisation of the staff role, so that the same round trip finds whether they are signed in.
 */
export function openSession(
  { databases }: Service,
  { id, access }: Operation,
  caller: Principal | null,
  principal: Principal | null,
  requestId: string,
): Session {
  const purpose = principal === null ? 'none' : purposeOf(access, principal);
  const acting = { requestId, operation: id, purpose };
  const person = principal ?? caller;
  if (person !== null && isPerson(person)) {
    const { caller: staff } = person;
    const organisations = principal?.organisations ?? [];
    const actor = { ...acting, organisations, sessionHash: staff.session.idHash };
    return new Session(databases.staff, actor, staff);
  }
  if (principal === null || isPerson(principal)) return new Session(databases.public, null);
  const db = isSubmitting(access) ? databases.trust : databases.staff;
  return new Session(db, { ...principal, ...acting });
}

const MINUTE_MS = 60_000;

/**
 * Puts into the audit trail that somebody was refused what they may not do: once a minute for each operation, so that whoever
 * goes on asking does not fill the trail. Of those who send submissions nothing is noted,
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
  const key = `${actorOf(caller)} ${operation.id}`;
  const minute = Math.floor(now().getTime() / MINUTE_MS);
  if (notedRefusals.get(key) === minute) return;
  notedRefusals.set(key, minute);
  const session = openSession(service, operation, caller, caller, requestId);
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

/** What a caller is allowed an operation for: the first such scope that it holds; the first of all for one that is refused. */
function purposeOf(access: Access, { scopes }: Principal): string {
  const allowing = scopesOf(access);
  return allowing.find((scope) => scopes.includes(scope)) ?? allowing[0] ?? 'none';
}
