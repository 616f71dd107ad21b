import { readDbFailure } from '../../db/failure.ts';
import { OauthError } from './oauth-error.ts';
import { unauthenticated } from './principal.ts';
import { Problem, validationProblem } from './problem.ts';

/** How long a client is asked to wait when the database does not answer. */
const RETRY_AFTER_SECONDS = 5;

/** What a caller is told when a constraint refuses a row; null for a constraint that only a defect can meet. */
function refusalOf(constraint: string): Problem | null {
  // A client can be registered for an organisation that is not in the list.
  if (constraint.endsWith('_organisation_organisations_ods_code_fk'))
    return validationProblem([{ pointer: '/organisation', detail: 'Not a known organisation.' }]);
  if (constraint === 'standard_set_versions_set_id_version_pk')
    return new Problem('already-exists', 'Somebody else has just made this version. Look again.');
  if (constraint === 'webhook_endpoints_client_url')
    return new Problem(
      'already-exists',
      'An endpoint of the same client has this address already. Change that one.',
    );
  return null;
}

/** Any error as a refusal that can be told, with what a log may say of its cause (null: the caller's fault, not logged). */
export function readFailure(error: unknown): {
  refusal: Problem | OauthError;
  cause: string | null;
} {
  if (error instanceof Problem || error instanceof OauthError)
    return { refusal: error, cause: null };
  const failure = readDbFailure(error);
  if (failure?.kind === 'not-signed-in')
    return {
      refusal: unauthenticated(
        'The client was revoked, its registration changed, or the session is over. Sign in again.',
      ),
      cause: null,
    };
  if (failure?.kind === 'unavailable')
    return {
      refusal: new Problem(
        'database-unavailable',
        `The database does not answer. Try again in ${RETRY_AFTER_SECONDS} seconds.`,
        { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } },
      ),
      cause: 'database-unavailable',
    };
  const refusal = failure?.kind === 'constraint' ? refusalOf(failure.constraint) : null;
  if (refusal !== null) return { refusal, cause: null };
  return {
    refusal: new Problem('internal', 'Something went wrong here. Nothing half done is kept.'),
    cause: failure ? describeDbFailure(failure) : error instanceof Error ? error.name : 'unknown',
  };
}

function describeDbFailure(failure: NonNullable<ReturnType<typeof readDbFailure>>): string {
  if (failure.kind === 'constraint') return `database constraint ${failure.constraint}`;
  return `database ${failure.kind === 'defect' ? failure.sqlState : failure.kind}`;
}
