import { type SQL, sql } from 'drizzle-orm';
import type { StaffAssignment } from '../../domain/staff-role.ts';
import type { Db } from '../client.ts';

/** Somebody of staff, with those roles that they have in the organisations for which the batch acts. */
export interface StaffMemberRow extends Record<string, unknown> {
  id: string;
  version: number;
  name: string | null;
  reference: string;
  assignments: StaffAssignment[];
}

/** Row-level policies let through people with a role in one's own organisations, and of their roles those. */
const selectFrom = (members: SQL) => sql`
  select member.id, member.version, member.name, member.reference, coalesce(
    (select jsonb_agg(jsonb_build_object('organisation', held.organisation, 'role', held.role)
      order by held.organisation, held.role)
    from staff_assignments as held where held.staff_member_id = member.id), '[]') as assignments
  from ${members} as member`;

/** People with a role in one's own organisations. One more than the limit. */
export function listStaffMembers(db: Db, page: { after: string | null; limit: number }) {
  const after = page.after === null ? sql`` : sql`where member.id > ${page.after}::uuid`;
  return db.execute<StaffMemberRow>(
    sql`${selectFrom(sql`staff_members`)} ${after} order by member.id limit ${page.limit + 1}::integer`,
  );
}

export function readStaffMember(db: Db, id: string) {
  return db.execute<StaffMemberRow>(
    sql`${selectFrom(sql`staff_members`)} where member.id = ${id}::uuid`,
  );
}

/** The one of a reference, whoever they are. @param reference as it is kept: `K7QM3XD9` */
export function findStaffMember(db: Db, reference: string) {
  return db.execute<StaffMemberRow>(selectFrom(sql`find_staff_member(${reference})`));
}

/** What came of giving roles (assign_staff_roles in db/migrations/0016). */
export type AssignmentOutcome = 'assigned' | 'unknown' | 'self' | 'stale' | 'last-administrator';

/**
 * Makes these the roles of somebody in the organisations for which the batch acts; what they are elsewhere stays. Ends their
 * sessions if that changes anything.
 *
 * @param reference by which somebody without a role there is known; null where none was given
 */
export function assignStaffRoles(
  db: Db,
  member: { id: string; version: number; reference: string | null },
  assignments: readonly StaffAssignment[],
) {
  const organisations = assignments.map(({ organisation }) => organisation);
  const roles = assignments.map(({ role }) => role);
  return db.execute<{ outcome: AssignmentOutcome }>(sql`
    select assign_staff_roles(${member.id}::uuid, ${member.reference}, ${member.version}::integer,
      ${sql.param(organisations)}::text[], ${sql.param(roles)}::text[]) as outcome`);
}
