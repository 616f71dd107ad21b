import type { StaffMember } from '../api/http/staff.ts';
import type { Person } from './page.tsx';

/** Who is signed in, as pages need them. */
export function toPerson({ id, name, reference, assignments }: StaffMember): Person {
  return {
    id,
    name,
    reference,
    roles: new Set(assignments.map(({ role }) => role)),
    organisationsAs: (role) =>
      assignments
        .filter((assignment) => assignment.role === role)
        .map(({ organisation }) => organisation)
        .sort(),
  };
}
