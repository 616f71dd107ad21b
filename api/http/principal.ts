import type { Service } from '../service.ts';
import type { Principal } from './access-token.ts';
import { type Access, scopesOf } from './contract.ts';
import { StatusKeyRefused } from './oauth-error.ts';
import { Problem } from './problem.ts';

export type { Principal } from './access-token.ts';

/** Header in which a supplier that serves several trusts says for which one a request is. */
export const END_USER_ORGANISATION_HEADER = 'nhsd-end-user-organisation-ods';

/**
 * Who sends a request: the client of its access token, or null for the public. A token whose signature and times are good
 * may still be of a revoked client: the database is asked in the same call that does the work (`act_for`).
 *
 * @throws Problem 401 where a token is needed and not there, or is not valid; StatusKeyRefused for a wrong key
 */
export async function identify(
  headers: Headers,
  access: Access,
  service: Service,
  now: Date,
): Promise<Principal | null> {
  if (access.kind === 'status-key') {
    if (!(await isSameSecret(headers.get('apikey') ?? '', service.statusApiKey)))
      throw new StatusKeyRefused();
    return null;
  }
  if (access.kind === 'public' && access.moreFor === undefined) return null;

  const authorization = headers.get('authorization');
  if (authorization === null) {
    if (access.kind === 'public' || access.orPublic) return null;
    throw unauthenticated('Send an access token: Authorization: Bearer <token>.', '');
  }
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  const principal = token === undefined ? null : await service.accessTokens.verify(token, now);
  if (principal === null)
    throw unauthenticated('The access token is not valid, or has ended.', 'error="invalid_token"');
  return principal;
}

/**
 * Holds who calls against the access rule of an operation.
 *
 * @returns for whom the operation acts; null is the public
 * @throws Problem 403 where the client may not do this, or not for the organisation that it names
 */
export function authorise(
  caller: Principal | null,
  access: Access,
  headers: Headers,
): Principal | null {
  if (caller === null || access.kind === 'status-key') return null;
  const allowing = scopesOf(access);
  if (allowing.some((scope) => caller.scopes.includes(scope))) return actingFor(caller, headers);
  if (access.kind === 'public') return null;
  throw new Problem(
    'forbidden',
    `This client is not registered for the scope ${allowing.join(' or ')}.`,
  );
}

/** The 401 of this API, with the challenge that RFC 6750 asks for. */
export function unauthenticated(detail: string, challenge = 'error="invalid_token"'): Problem {
  return new Problem('unauthenticated', detail, {
    headers: { 'WWW-Authenticate': `Bearer ${challenge}`.trim() },
  });
}

/** Narrows a client that is registered for several organisations to the one that the request names. */
function actingFor(principal: Principal, headers: Headers): Principal {
  const named = headers.get(END_USER_ORGANISATION_HEADER);
  if (named === null) return principal;
  const odsCode = named.trim().toUpperCase();
  if (!/^[A-Z0-9]{3,8}$/.test(odsCode))
    throw new Problem('invalid-header', 'NHSD-End-User-Organisation-ODS must be an ODS code.');
  if (!principal.organisations.includes(odsCode))
    throw new Problem('forbidden', 'This client is not registered for that organisation.');
  return { ...principal, organisations: [odsCode] };
}

/** Compares digests, so that neither length nor content shows in the time that it takes. */
async function isSameSecret(given: string, expected: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const [left, right] = await Promise.all(
    [given, expected].map((secret) => crypto.subtle.digest('SHA-256', encoder.encode(secret))),
  );
  return crypto.subtle.timingSafeEqual(left as ArrayBuffer, right as ArrayBuffer);
}
