import type { ProblemCode } from '../../api/http/problem.ts';

/** What whoever gets a problem can do about it. A code without a line here does not compile. */
export const advice: Record<ProblemCode, string> = {
  'validation-failed':
    'Mend what each `pointer` in `errors` names, then send the request again, with a new Idempotency-Key if it is a batch. Up to 100 places are named.',
  'invalid-header':
    'Read `detail`: it names the header and what is wrong with it. `Idempotency-Key` and `X-Request-ID` must be UUIDs.',
  unauthenticated:
    'Sign in again and repeat the request once with the new token, and with the same Idempotency-Key if it is a batch. If it is refused again, the client was revoked: ask whoever registered it.',
  forbidden:
    'Repeating does not help. Ask for the scope or the organisation to be added to the registration of the client, or look at the channels of the cycle.',
  'not-found':
    'Check the address and the id. What a client may not see is answered in the same way as what does not exist.',
  'method-not-allowed': 'Use one of the methods that the header `Allow` lists.',
  'not-acceptable':
    'Send `Accept: application/json`, or no `Accept` header at all. Errors always come as application/problem+json.',
  'cycle-not-open':
    'Stop posting to this cycle. Read it to see when it opens and closes: `opensAt` and `closesAt`.',
  'wrong-phase':
    'Read the thing again: `detail` says which phase it is in. A closed cycle does not open again, and a published version does not change.',
  'idempotency-key-reused':
    'Make a new key for each new batch. If you meant to repeat a batch, send exactly the bytes that you sent first: another order of members is another body.',
  'already-exists': 'Choose another id, or read what is there.',
  'release-refused':
    'Nothing was published. Raise the threshold of the cycle and try again, or tell the operators of the service the `requestId`.',
  gone: 'Take it off your page or list. It does not come back.',
  'precondition-failed':
    'Read the thing again, look at what has changed, make your change to that, and send the ETag that came with it.',
  'payload-too-large': 'Send less at once, such as smaller batches.',
  'unsupported-media-type':
    'Send `Content-Type: application/json`; for sign-in, `application/x-www-form-urlencoded`.',
  'precondition-required':
    'Read the thing first, then send the value of its `ETag` header as `If-Match`.',
  'too-many-requests':
    'Wait for as many seconds as the header `Retry-After` says, then repeat the request, with the same Idempotency-Key if it is a batch.',
  internal:
    'Try again a few times, with the same Idempotency-Key if it is a batch. If it stays, tell the operators of the service the `requestId`.',
  'database-unavailable':
    'Wait for as many seconds as the header `Retry-After` says, then repeat the request, with the same Idempotency-Key if it is a batch.',
};
