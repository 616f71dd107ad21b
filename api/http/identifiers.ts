import { Problem } from './problem.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const correlationId = /^[\x21-\x7e]{1,128}$/;

/** What ties a reply to its request, mirrored on every reply, errors included. */
export interface RequestIdentifiers {
  requestId: string;
  correlationId: string | null;
}

/**
 * Reads X-Request-ID (made when absent) and X-Correlation-ID. A malformed one is not mirrored.
 *
 * @returns the identifiers to mirror, and the problem if one was malformed
 */
export function readIdentifiers(headers: Headers): {
  identifiers: RequestIdentifiers;
  problem: Problem | null;
} {
  const requestId = headers.get('x-request-id');
  const correlation = headers.get('x-correlation-id');
  const requestIdIsGood = requestId === null || uuid.test(requestId);
  const correlationIsGood = correlation === null || correlationId.test(correlation);
  const identifiers = {
    requestId: requestId !== null && requestIdIsGood ? requestId : crypto.randomUUID(),
    correlationId: correlationIsGood ? correlation : null,
  };
  if (!requestIdIsGood)
    return { identifiers, problem: new Problem('invalid-header', 'X-Request-ID must be a UUID.') };
  if (!correlationIsGood)
    return {
      identifiers,
      problem: new Problem(
        'invalid-header',
        'X-Correlation-ID must be 1 to 128 printable ASCII characters without spaces.',
      ),
    };
  return { identifiers, problem: null };
}
