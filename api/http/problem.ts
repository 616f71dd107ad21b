/** One catalogue of errors (RFC 9457). A code never changes its meaning; its texts stand in docs, /docs/problems. */
export const problemCatalogue = {
  'validation-failed': {
    status: 400,
    title: 'The request is not as the contract says',
    meaning:
      'A body, path parameter or query parameter has the wrong shape or value, or a member that the contract does not know. `errors` says where, with a JSON Pointer each. Nothing was stored.',
  },
  'invalid-header': {
    status: 400,
    title: 'A header is missing or malformed',
    meaning:
      'A header that the operation needs is missing, or one has a value that cannot be read.',
  },
  unauthenticated: {
    status: 401,
    title: 'Sign in first',
    meaning:
      'The access token is missing, malformed, out of date, or belongs to a client that was revoked or changed. Fetch a new one from /oauth2/token.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    meaning:
      'The client is known, but lacks the scope, or is not registered for the organisation, or the cycle does not take submissions by this channel.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    meaning: 'There is no such thing, or it is not for this client to see.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The path exists, but not with this method. `Allow` lists those it has.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    meaning: 'The reply cannot be had in a media type that the `Accept` header allows.',
  },
  'cycle-not-open': {
    status: 409,
    title: 'The cycle is not open',
    meaning: 'The evaluation cycle does not take submissions now. Nothing was stored.',
  },
  'wrong-phase': {
    status: 409,
    title: 'Not in this phase',
    meaning: 'What was asked cannot be done in the phase in which the thing is now.',
  },
  'idempotency-key-reused': {
    status: 409,
    title: 'The idempotency key was used for something else',
    meaning:
      'The same Idempotency-Key came with another body before. Use a new key for a new batch. Nothing was stored.',
  },
  'already-exists': {
    status: 409,
    title: 'There is one already',
    meaning: 'Something with this id, or in this place, exists already.',
  },
  'release-refused': {
    status: 409,
    title: 'The results cannot be released',
    meaning:
      'The check of the numbers failed: published like this, somebody might work out what a few people said. Nothing was published.',
  },
  gone: {
    status: 410,
    title: 'Withdrawn',
    meaning: 'This was published once and has been withdrawn.',
  },
  'precondition-failed': {
    status: 412,
    title: 'Changed by somebody else meanwhile',
    meaning:
      'If-Match names an older version. Read the thing again, make the change on what it says now, and send the new ETag.',
  },
  'payload-too-large': {
    status: 413,
    title: 'Too large',
    meaning: 'The body is larger than the operation takes. Nothing was stored.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Media type not supported',
    meaning: 'Content-Type is not one that the operation reads.',
  },
  'precondition-required': {
    status: 428,
    title: 'If-Match is needed',
    meaning:
      'Changing this needs an If-Match header with the ETag that was read, so that nobody overwrites what they have not seen.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'Wait as long as Retry-After says, then try again.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    meaning: 'A fault of the service. Tell its operators the requestId. Nothing half done is kept.',
  },
  'database-unavailable': {
    status: 503,
    title: 'The database does not answer',
    meaning:
      'Try again after Retry-After seconds. A batch may be repeated with the same Idempotency-Key without storing anything twice.',
  },
} as const satisfies Record<string, { status: number; title: string; meaning: string }>;

export type ProblemCode = keyof typeof problemCatalogue;

/** Where in a request something is wrong: an RFC 6901 pointer and a sentence that says how to mend it. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** At most this many field errors are told; the rest would help nobody. */
export const MAX_FIELD_ERRORS = 100;

/** A refusal in the catalogue's terms. Thrown by the machinery and by handlers, rendered in one place. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  /** @param detail a sentence for the caller; never repeats what was sent */
  constructor(
    code: ProblemCode,
    detail: string,
    options: { errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = options.errors?.slice(0, MAX_FIELD_ERRORS);
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return problemCatalogue[this.code].status;
  }
}

/** A refused body or parameter, with where and why. */
export function validationProblem(errors: FieldError[]): Problem {
  return new Problem('validation-failed', 'Mend what errors points at and send it again.', {
    errors,
  });
}

/** Refuses a change of what somebody else has changed meanwhile. @param thing as a sentence about it begins: `The cycle` */
export function staleProblem(thing: string): Problem {
  return new Problem(
    'precondition-failed',
    `${thing} has changed since it was read. Read it again.`,
  );
}

/** The application/problem+json body of a problem (RFC 9457, with `code`, `requestId` and `errors`). */
export function problemBody(
  problem: Problem,
  { serviceUrl, path, requestId }: { serviceUrl: string; path: string; requestId: string },
) {
  const { title, status } = problemCatalogue[problem.code];
  return {
    type: `${serviceUrl}/docs/problems#${problem.code}`,
    title,
    status,
    detail: problem.message,
    instance: path,
    code: problem.code,
    requestId,
    ...(problem.errors && { errors: problem.errors }),
  };
}
