import type { StaffAssignment } from '../../domain/staff-role.ts';

export type { StaffAssignment, StaffRole } from '../../domain/staff-role.ts';

/** Somebody of staff, as they are known to a session. */
export interface StaffMember {
  id: string;
  /** Of their roles: a change of these ends the session. */
  version: number;
  /** As their provider says; null where it says nothing. */
  name: string | null;
  /** What they tell an administrator who is to give them a role, as it is kept: `K7QM3XD9`. */
  reference: string;
  assignments: readonly StaffAssignment[];
}

/** A session of the console. Whether it still stands, only the database knows. */
export interface StaffSession {
  /** SHA-256 of its id, in hexadecimal. */
  idHash: string;
  member: StaffMember;
  startedAt: Date;
}

/** Who makes a request in process: given to the application beside the request, where nobody from outside can. */
export interface StaffCaller {
  session: StaffSession;
  /** Set once a batch found that the session stands. Where no batch ran, whoever shows something checks it by themselves. */
  isChecked: boolean;
}
