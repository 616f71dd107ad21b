import {
  type CycleRow,
  type CycleValues,
  insertCycle,
  type References,
  readCycle,
  readReferences,
  updateCycle,
} from '../../db/queries/cycles.ts';
import { flushClosing } from '../../db/queries/housekeeping.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import { type FieldError, Problem, validationProblem } from '../http/problem.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import type { KnownCycle } from './known-cycle.ts';
import { remember } from './recall.ts';
import type { Definition } from './statement.ts';

/** Stores a new cycle and reads it back, in one round trip. */
export async function createCycle(
  service: Service,
  session: Session,
  values: CycleValues & { id: string },
): Promise<KnownCycle> {
  const { db } = session;
  const [references, , [row]] = await session.batch([
    readReferences(db, values),
    insertCycle(db, values),
    readCycle(db, values.id),
  ]);
  if (row === undefined) throw badReferences(values, references.rows[0]);
  return remember(service, row);
}

/**
 * Replaces a cycle that still is as `known` says, in one round trip.
 *
 * @param guard `not-yet-open` refuses when the cycle has opened meanwhile
 * @returns the cycle as it is now, or `stale` when somebody changed it since it was read
 */
export async function replaceCycle(
  service: Service,
  session: Session,
  known: KnownCycle,
  values: CycleValues & { id: string },
  guard: 'not-yet-open' | 'any-phase',
  now: Date,
): Promise<KnownCycle | 'stale'> {
  const { db } = session;
  const [references, updated, [row]] = await session.batch([
    readReferences(db, values),
    updateCycle(db, values, known.version, guard, now),
    readCycle(db, values.id),
    // What waits is taken apart with the closing itself, so that nothing is left for a time when few come.
    ...(values.closesAt <= now ? [flushClosing(db, flushRule, now, values.id)] : []),
  ]);
  if (row === undefined) throw notFound();
  const current = remember(service, row);
  if (updated.rowCount === 1) return current;
  if (current.version !== known.version) return 'stale';
  const { scheduledAt, opensAt } = row.cycle;
  if (guard === 'not-yet-open' && scheduledAt !== null && opensAt <= now)
    throw new Problem('wrong-phase', 'The cycle has opened meanwhile.');
  throw badReferences(values, references.rows[0]);
}

export function notFound(): Problem {
  return new Problem('not-found', 'There is no cycle with this id.');
}

const NOT_PUBLISHED = 'Not a published version of a standard set.';

function badReferences(values: CycleValues, found: References | undefined): Problem {
  const errors: FieldError[] = [];
  if (!found?.is_set_published) errors.push({ pointer: '/standardSet', detail: NOT_PUBLISHED });
  if (!found?.is_about_this_evaluation_published)
    errors.push({ pointer: '/aboutThisEvaluation', detail: NOT_PUBLISHED });
  for (const [index, odsCode] of values.organisations.entries())
    if (!found?.known_organisations.includes(odsCode))
      errors.push({ pointer: `/organisations/${index}`, detail: 'Not a known organisation.' });
  return validationProblem(errors);
}

/** The values of a row, for a change that builds on them. */
export function definitionOf({ cycle }: CycleRow): Definition {
  const {
    id: _id,
    version: _version,
    releasedAt: _releasedAt,
    legalHoldSince: _legalHoldSince,
    anonymityStatement: _statement,
    anonymityStatementSha256: _sha256,
    ...definition
  } = cycle;
  return definition;
}
