import type { Principal } from './access-token.ts';
import { Problem } from './problem.ts';

/**
 * Refuses a client that is not registered for each of the organisations that a thing belongs to. A thing that
 * several trusts share is configured by somebody who may speak for all of them.
 */
export function requireOrganisations(principal: Principal, organisations: readonly string[]): void {
  if (organisations.some((odsCode) => !principal.organisations.includes(odsCode)))
    throw new Problem(
      'forbidden',
      'This client is not registered for every organisation concerned.',
    );
}
