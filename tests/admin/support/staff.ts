import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';
import type { StaffRole } from '../../../domain/staff-role.ts';
import type { Service } from '../../support/service.ts';

/** A person of staff in the database, with the cookie of a session that has just begun. */
export type SignedInPerson = { readonly id: string; readonly sessionId: string };

export type PersonOptions = {
  readonly roles?: readonly StaffRole[];
  /** ODS codes; each role is held in each. */
  readonly organisations?: readonly string[];
  readonly name?: string;
};

const everyRole: readonly StaffRole[] = ['administrator', 'moderator', 'publisher', 'auditor'];

/** Makes a person with roles and a session, past the provider, which has its own tests. */
export async function signedInPerson(
  { database }: Service,
  { roles = everyRole, organisations = ['RHA'], name = 'Sam Example' }: PersonOptions = {},
): Promise<SignedInPerson> {
  const id = randomUUID();
  const sessionId = randomBytes(32).toString('base64url');
  await database.query(
    `insert into staff_members (id, issuer, subject, name, reference)
     values ($1::uuid, 'https://sign-in.example.org', $1::text, $2, upper(substr(md5($1::text), 1, 8)))`,
    [id, name],
  );
  await database.query(
    `insert into staff_assignments (staff_member_id, organisation, role)
     select $1::uuid, organisation, role from unnest($2::text[]) as organisation, unnest($3::text[]) as role`,
    [id, organisations, roles],
  );
  await database.query(
    `insert into staff_sessions (id_hash, staff_member_id, staff_member_version, started_at, last_seen_at)
     values (decode($1, 'hex'), $2::uuid, 1, now(), now())`,
    [createHash('sha256').update(sessionId).digest('hex'), id],
  );
  return { id, sessionId };
}

/** Gives a browser the cookie of a session. */
export async function useSession(
  context: BrowserContext,
  { url }: Service,
  { sessionId }: SignedInPerson,
): Promise<void> {
  await context.addCookies([
    {
      name: '__Host-session',
      value: sessionId,
      // The browser takes a cookie with this prefix only as if from https, and sends it to this machine without, too.
      url: url.replace('http:', 'https:'),
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    },
  ]);
}
