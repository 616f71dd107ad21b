import { isPerson, type Principal } from './principal.ts';
import { Problem, validationProblem } from './problem.ts';

/**
 * Refuses a client that is not registered for each of the organisations that a thing belongs to, and a person whose role is
 * not for each of them. A thing that
 * several trusts share is configured by somebody who may speak for all of them.
 */
export function requireOrganisations(principal: Principal, organisations: readonly string[]): void {
  if (!actsForAll(principal, organisations))
    throw new Problem(
      'forbidden',
      isPerson(principal)
        ? 'Your role is not for every organisation concerned.'
        : 'This client is not registered for every organisation concerned.',
    );
}

/** Whether a request acts for each of some organisations. */
export function actsForAll(principal: Principal, organisations: readonly string[]): boolean {
  return organisations.every((odsCode) => principal.organisations.includes(odsCode));
}

/** The organisation of a caller that acts for one. @throws Problem 400 where it acts for several, and has to name one */
export function onlyOrganisation(principal: Principal): string {
  const [only, another] = principal.organisations;
  if (only !== undefined && another === undefined) return only;
  throw validationProblem([
    {
      pointer: '/organisation',
      detail: isPerson(principal)
        ? 'You have this role in several organisations: name one.'
        : 'This client acts for several organisations: name one.',
    },
  ]);
}

/** Organisations whose working copies a list is about; null when it is about what is published. */
export function ownOrganisations(
  principal: Principal | null,
  organisation: string | undefined,
): readonly string[] | null {
  if (principal === null) return null;
  if (organisation === undefined) return principal.organisations;
  return principal.organisations.includes(organisation) ? [organisation] : null;
}
