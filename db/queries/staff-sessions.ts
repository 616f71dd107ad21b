import { sql } from 'drizzle-orm';
import type { StaffAssignment } from '../../domain/staff-role.ts';
import type { Db } from '../client.ts';

/** Somebody who signs in, as their provider knows them. */
export interface SigningPerson {
  issuer: string;
  subject: string;
  name: string | null;
  /** Kept if they were never here before. */
  newReference: string;
  /** Roles that replace those they had; null where the provider does not say. */
  claimed: readonly StaffAssignment[] | null;
}

/** A session that stands, and whose it is. */
export interface StaffSessionRow extends Record<string, unknown> {
  member_id: string;
  version: number;
  name: string | null;
  reference: string;
  assignments: StaffAssignment[];
  started_at: Date | string;
}

/** Begins a session, and notes it. @param sessionHash SHA-256 of its id, in hexadecimal */
export function beginStaffSession(
  db: Db,
  person: SigningPerson,
  sessionHash: string,
  requestId: string,
) {
  const { issuer, subject, name, newReference, claimed } = person;
  const organisations = claimed?.map(({ organisation }) => organisation) ?? null;
  const roles = claimed?.map(({ role }) => role) ?? null;
  return db.execute(sql`select begin_staff_session(${issuer}, ${subject}, ${name}, ${newReference},
    ${sql.param(organisations)}::text[], ${sql.param(roles)}::text[], ${`\\x${sessionHash}`}::bytea, ${requestId}::uuid)`);
}

/** A session, if it stands. */
export function readStaffSession(db: Db, sessionHash: string) {
  return db.execute<StaffSessionRow>(
    sql`select * from read_staff_session(${`\\x${sessionHash}`}::bytea)`,
  );
}

/** Ends a session, and notes it if it stood. */
export function endStaffSession(db: Db, sessionHash: string, requestId: string) {
  return db.execute(
    sql`select end_staff_session(${`\\x${sessionHash}`}::bytea, ${requestId}::uuid)`,
  );
}

/** Removes sessions that are over; for the schedule, so that no time of anybody's stays for long. */
export function removeOverStaffSessions(db: Db) {
  return db.execute(
    sql`delete from staff_sessions as session where is_staff_session_over(session)`,
  );
}
