import { randomUUID } from 'node:crypto';
import type { StaffRole } from '../../../domain/vocabulary.ts';
import type { OwnerAccess } from '../../support/database.ts';

/** Somebody who has signed in before, with roles such as `{ RHA: ['moderator'] }`, past the API. @returns their id */
export async function storeStaffMember(
  { database }: { database: OwnerAccess },
  {
    name = 'Ada King',
    roles = { RHA: ['moderator'] },
    reference = randomReference(),
  }: {
    name?: string;
    roles?: Readonly<Record<string, readonly StaffRole[]>>;
    reference?: string;
  } = {},
): Promise<string> {
  const held = Object.entries(roles).flatMap(([organisation, names]) =>
    names.map((role) => ({ organisation, role })),
  );
  const [row] = await database.query<{ id: string }>(
    `with member as (
       insert into staff_members (issuer, subject, name, reference)
       values ('https://identity.test', $1, $2, $3) returning id
     ), given as (
       insert into staff_assignments (staff_member_id, organisation, role)
       select member.id, each.organisation, each.role
       from member, unnest($4::text[], $5::text[]) as each (organisation, role)
     )
     select id from member`,
    [
      ...[randomUUID(), name, reference],
      held.map(({ organisation }) => organisation),
      held.map(({ role }) => role),
    ],
  );
  if (row === undefined) throw new Error('An insert that did not fail returns its row.');
  return row.id;
}

/** Eight symbols that are also digits of a UUID. */
function randomReference(): string {
  return randomUUID().slice(0, 8).toUpperCase();
}
