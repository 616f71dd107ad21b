import type { Problem } from './problem.ts';

/** A refusal in the shape of the NHS platform's identity service: sign-in and monitoring use it. */
export class OauthError extends Error {
  readonly status: number;
  readonly error: string;

  /** @param description the platform's exact text, since integrators search for it */
  constructor(status: number, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

/** The monitoring endpoint's answer to a wrong key, as the platform words it. */
export class StatusKeyRefused extends OauthError {
  constructor() {
    super(401, 'Access Denied', 'Invalid api key for _status monitoring endpoint');
  }
}

/** A problem of the machinery (wrong media type, a database that does not answer) told in the platform's shape. */
export function asOauthError(problem: Problem): OauthError {
  const codes: Partial<Record<number, string>> = {
    429: 'temporarily_unavailable',
    500: 'server_error',
    503: 'temporarily_unavailable',
  };
  return new OauthError(
    problem.status,
    codes[problem.status] ?? 'invalid_request',
    problem.message,
  );
}
