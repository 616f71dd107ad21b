import type { StaffAssignment } from './staff-role.ts';
import { staffRoles } from './vocabulary.ts';

const odsCode = /^[A-Z0-9]{3,8}$/;

/**
 * The roles that a claim of an OpenID provider gives: texts such as `RHA:moderator` in an array, or in one text with
 * spaces or commas between them. What is not of this form is ignored, since providers put groups and roles of other
 * services into the same claim; a claim that says nothing gives nothing.
 *
 * @returns each assignment once, in the order of the claim, ODS codes in capitals
 */
export function readClaimedRoles(claim: unknown): StaffAssignment[] {
  const words = typeof claim === 'string' ? claim.split(/[\s,]+/) : claim;
  if (!Array.isArray(words)) return [];
  const assignments = new Map<string, StaffAssignment>();
  for (const word of words) {
    const assignment = typeof word === 'string' ? readAssignment(word) : null;
    if (assignment !== null)
      assignments.set(`${assignment.organisation}:${assignment.role}`, assignment);
  }
  return [...assignments.values()];
}

function readAssignment(word: string): StaffAssignment | null {
  const [code = '', name, ...more] = word.trim().split(':');
  const organisation = code.toUpperCase();
  const role = staffRoles.find((known) => known === name);
  if (role === undefined || more.length > 0 || !odsCode.test(organisation)) return null;
  return { organisation, role };
}
