import * as oauth from 'oauth4webapi';
import { SignInFailed } from './failure.ts';

/** Errors of a callback with which the provider says no to the person (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6). */
const refusals = [
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'user_cancelled',
];

/** Errors of a provider that is out of order for the moment. */
const outages = ['server_error', 'temporarily_unavailable'];

/** What the provider says of itself, and not of the person. */
const metadataCodes: readonly string[] = [
  oauth.MISSING_SERVER_METADATA,
  oauth.INVALID_SERVER_METADATA,
  oauth.HTTP_REQUEST_FORBIDDEN,
  oauth.REQUEST_PROTOCOL_FORBIDDEN,
];

/**
 * What went wrong, without anything of the library's error but its code: its causes hold tokens and claims.
 *
 * @returns the error itself if it is a SignInFailed
 */
export function asSignInFailed(error: unknown): SignInFailed {
  if (error instanceof SignInFailed) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    const code = readCode(error.error);
    if (refusals.includes(code)) return new SignInFailed('refused', code);
    return new SignInFailed(outages.includes(code) ? 'unreachable' : 'misconfigured', code);
  }
  if (error instanceof oauth.ResponseBodyError) {
    const code = readCode(error.error);
    // A code that is used up, too old, of another client, or without its verifier.
    if (code === 'invalid_grant') return new SignInFailed('too_late', code);
    return new SignInFailed(outages.includes(code) ? 'unreachable' : 'misconfigured', code);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return new SignInFailed('misconfigured', 'client_authentication');
  if (error instanceof oauth.OperationProcessingError)
    return new SignInFailed(failureOf(error), error.code ?? 'unknown');
  if (error instanceof oauth.UnsupportedOperationError)
    return new SignInFailed('invalid_answer', error.code);
  // A key of the provider that is none.
  if (error instanceof DOMException && ['DataError', 'SyntaxError'].includes(error.name))
    return new SignInFailed('invalid_answer', error.name);
  // What is left is fetch: no connection, or no answer in time.
  return new SignInFailed('unreachable', error instanceof Error ? readCode(error.name) : 'unknown');
}

function failureOf({ code = '', cause }: oauth.OperationProcessingError) {
  if (metadataCodes.includes(code)) return 'misconfigured';
  const isOutage = cause instanceof Response && cause.status >= 500;
  return isOutage ? 'unreachable' : 'invalid_answer';
}

/** Anybody can write a callback's query: only what looks like a code is repeated. */
function readCode(text: string): string {
  return /^[\w.-]{1,60}$/.test(text) ? text : 'other';
}
