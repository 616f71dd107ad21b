import { grouped, randomSymbols, receiptSymbols } from './receipt.ts';
import { scopes as allScopes, type Scope, type StaffRole } from './vocabulary.ts';

export type { StaffRole } from './vocabulary.ts';

/** That a person has a role in an organisation. */
export interface StaffAssignment {
  /** ODS code. */
  organisation: string;
  role: StaffRole;
}

/**
 * What each role may do. An administrator registers trusts' systems, and nobody can give away what they do not hold: hence
 * `submissions:write`, though no person sends submissions in a trust's name.
 */
export const scopesOfRole: Readonly<Record<StaffRole, readonly Scope[]>> = {
  administrator: [
    'standards:write',
    'cycles:write',
    'clients:write',
    'staff:write',
    'submissions:write',
  ],
  moderator: ['moderation:write'],
  publisher: ['results:publish', 'loop:write'],
  auditor: ['audit:read'],
};

/** For whom somebody may act, and what they may do for each of them. */
export interface Reach {
  /** ODS codes, each once, in order. */
  organisations: string[];
  scopes: Scope[];
}

/** What a person holds in an organisation, through all of their roles there. */
export function scopesIn(assignments: readonly StaffAssignment[], organisation: string): Scope[] {
  const held = new Set(
    assignments
      .filter((assignment) => assignment.organisation === organisation)
      .flatMap(({ role }) => scopesOfRole[role]),
  );
  return allScopes.filter((scope) => held.has(scope));
}

/**
 * Narrows a person to the organisations in which one of their roles grants one of some scopes. What else they may do there
 * counts only where they may do it in all of these: a role in one trust gives nothing in another.
 *
 * @param wanted scopes of which one is enough
 */
export function reachFor(assignments: readonly StaffAssignment[], wanted: readonly Scope[]): Reach {
  const organisations = organisationsOf(assignments).filter((organisation) =>
    scopesIn(assignments, organisation).some((scope) => wanted.includes(scope)),
  );
  const held = organisations.map((organisation) => scopesIn(assignments, organisation));
  const [first = []] = held;
  return {
    organisations,
    scopes: first.filter((scope) => held.every((scopes) => scopes.includes(scope))),
  };
}

/** The organisations in which a person has a role, each once, in order. */
export function organisationsOf(assignments: readonly StaffAssignment[]): string[] {
  return [...new Set(assignments.map(({ organisation }) => organisation))].sort();
}

/** So many symbols of five bits have the references by which people without a role are found. */
export const STAFF_REFERENCE_SYMBOL_COUNT = 8;

/**
 * A new reference, as it is kept: `K7QM3XD9`. It opens nothing: it only tells an administrator who is meant.
 *
 * @param randomBytes {@link STAFF_REFERENCE_SYMBOL_COUNT} bytes from a cryptographic source
 */
export function makeStaffReference(randomBytes: Uint8Array): string {
  return randomSymbols(randomBytes);
}

/** A reference as it is shown: `K7QM-3XD9`. */
export function showStaffReference(reference: string): string {
  return grouped(reference);
}

/** A reference however it was typed: eight letters and digits, with hyphens and spaces anywhere. */
export const staffReferencePattern = /^[\s-]*(?:[0-9A-Za-z][\s-]*){8}$/;

/** The symbols of a reference however it was typed; see {@link receiptSymbols}. */
export function staffReferenceSymbols(written: string): string {
  return receiptSymbols(written);
}
