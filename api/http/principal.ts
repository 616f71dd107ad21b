import { organisationsOf, reachFor } from '../../domain/staff-role.ts';
import type { Scope } from '../../domain/vocabulary.ts';
import type { Service } from '../service.ts';
import type { ClientPrincipal } from './access-token.ts';
import { type Access, isSubmitting, scopesOf } from './contract.ts';
import { StatusKeyRefused } from './oauth-error.ts';
import { Problem } from './problem.ts';
import type { StaffCaller } from './staff.ts';

export type { ClientPrincipal } from './access-token.ts';

/** A person of staff who is calling, by their session at the console. */
export interface PersonPrincipal {
  caller: StaffCaller;
  /** ODS codes for which this request may act: those in which a role of theirs allows the operation. */
  organisations: readonly string[];
  /** What they hold in every one of these. */
  scopes: readonly Scope[];
}

/** Who is calling. */
export type Principal = ClientPrincipal | PersonPrincipal;

/** Header in which a supplier that serves several trusts says for which one a request is. */
export const END_USER_ORGANISATION_HEADER = 'nhsd-end-user-organisation-ods';

/** Whether a caller is a person, and not a system. */
export function isPerson(principal: Principal): principal is PersonPrincipal {
  return 'caller' in principal;
}

/** Id of the client or of the staff member, as audit events name it. */
export function actorOf(principal: Principal): string {
  return isPerson(principal) ? principal.caller.session.member.id : principal.clientId;
}

/**
 * Who sends a request: the person for whom the console makes it, whatever its headers say; else the client of its access
 * token, or null for the public. A token whose signature and times are good
 * may still be of a revoked client: the database is asked in the same call that does the work (`act_for`).
 *
 * @throws Problem 401 where a token is needed and not there, or is not valid; StatusKeyRefused for a wrong key
 */
export async function identify(
  headers: Headers,
  access: Access,
  service: Service,
  now: Date,
  staff: StaffCaller | null,
): Promise<Principal | null> {
  if (access.kind === 'status-key') {
    if (!(await isSameSecret(headers.get('apikey') ?? '', service.statusApiKey)))
      throw new StatusKeyRefused();
    return null;
  }
  if (access.kind === 'public' && access.moreFor === undefined) return null;
  if (staff !== null) {
    const { assignments } = staff.session.member;
    // Narrowed by authorise(): until then, nothing may be done with it.
    return { caller: staff, organisations: organisationsOf(assignments), scopes: [] };
  }

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
 * @throws Problem 403 where the caller may not do this, or not for the organisation that is named
 */
export function authorise(
  caller: Principal | null,
  access: Access,
  headers: Headers,
): Principal | null {
  if (caller === null || access.kind === 'status-key') return null;
  if (isPerson(caller)) return authorisePerson(caller.caller, access, headers);
  const allowing = scopesOf(access);
  if (allowing.some((scope) => caller.scopes.includes(scope))) return actingFor(caller, headers);
  if (access.kind === 'public') return null;
  throw new Problem(
    'forbidden',
    `This client is not registered for the scope ${allowing.join(' or ')}.`,
  );
}

/** A person acts for those organisations in which a role of theirs allows the operation, and where there is none not at all. */
function authorisePerson(
  caller: StaffCaller,
  access: Access,
  headers: Headers,
): PersonPrincipal | null {
  if (isSubmitting(access))
    throw new Problem('forbidden', 'Submissions come from registered systems and from the public.');
  const named = namedOrganisation(headers);
  const assignments = caller.session.member.assignments.filter(
    ({ organisation }) => named === null || organisation === named,
  );
  if (named !== null && assignments.length === 0)
    throw new Problem('forbidden', 'You have no role in that organisation.');
  const reach = reachFor(assignments, scopesOf(access));
  if (reach.organisations.length > 0) return { caller, ...reach };
  if (access.kind === 'public') return null;
  throw new Problem('forbidden', 'Your role does not allow this.');
}

/** The 401 of this API, with the challenge that RFC 6750 asks for. */
export function unauthenticated(detail: string, challenge = 'error="invalid_token"'): Problem {
  return new Problem('unauthenticated', detail, {
    headers: { 'WWW-Authenticate': `Bearer ${challenge}`.trim() },
  });
}

/** Narrows a client that is registered for several organisations to the one that the request names. */
function actingFor(principal: ClientPrincipal, headers: Headers): ClientPrincipal {
  const named = namedOrganisation(headers);
  if (named === null) return principal;
  if (!principal.organisations.includes(named))
    throw new Problem('forbidden', 'This client is not registered for that organisation.');
  return { ...principal, organisations: [named] };
}

function namedOrganisation(headers: Headers): string | null {
  const named = headers.get(END_USER_ORGANISATION_HEADER);
  if (named === null) return null;
  const odsCode = named.trim().toUpperCase();
  if (!/^[A-Z0-9]{3,8}$/.test(odsCode))
    throw new Problem('invalid-header', 'NHSD-End-User-Organisation-ODS must be an ODS code.');
  return odsCode;
}

/** Compares digests, so that neither length nor content shows in the time that it takes. */
async function isSameSecret(given: string, expected: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const [left, right] = await Promise.all(
    [given, expected].map((secret) => crypto.subtle.digest('SHA-256', encoder.encode(secret))),
  );
  return crypto.subtle.timingSafeEqual(left as ArrayBuffer, right as ArrayBuffer);
}
