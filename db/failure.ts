import { NeonDbError } from '@neondatabase/serverless';

/**
 * Raised by act_for() (db/migrations/0004) and act_for_person() (0016): the client is revoked or its registration has changed,
 * or the session of the person is over.
 */
const NOT_SIGNED_IN = 'FC401';

/** What went wrong in the database, as far as a caller can do something about it. */
export type DbFailure =
  | { kind: 'not-signed-in' }
  | { kind: 'constraint'; constraint: string }
  | { kind: 'unavailable' }
  | { kind: 'defect'; sqlState: string | null };

/** SQLSTATE classes in which trying again later helps: connections, resources, shutdown, serialisation. */
const passing = /^(08|53|57|58|40|XX000$)/;

/** SQLSTATE class 23: a constraint refused the row. */
const constraint = /^23/;

/**
 * Reads a database error. The driver throws its own error from a batch and Drizzle wraps the same from a
 * single statement, so both are looked for here and nowhere else. Returns null for what is not a database error.
 */
export function readDbFailure(error: unknown): DbFailure | null {
  const cause = findNeonError(error);
  if (cause === null) return null;
  const sqlState = cause.code ?? null;
  if (sqlState === NOT_SIGNED_IN) return { kind: 'not-signed-in' };
  // No SQLSTATE: the endpoint did not answer, or what answered was not a database.
  if (sqlState === null || passing.test(sqlState)) return { kind: 'unavailable' };
  if (constraint.test(sqlState) && cause.constraint)
    return { kind: 'constraint', constraint: cause.constraint };
  return { kind: 'defect', sqlState };
}

function findNeonError(error: unknown): NeonDbError | null {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof NeonDbError) return current;
    current = current.cause;
  }
  return null;
}
