import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import {
  showStaffReference,
  staffReferencePattern,
  staffReferenceSymbols,
} from '../domain/staff-role.ts';
import { type StaffRole, staffRoles } from '../domain/vocabulary.ts';

/**
 * `npm run assign-role -- --reference K7QM-3XD9 --organisation RHA --role administrator`
 *
 * Gives somebody a role with the owner's DATABASE_URL. For the first administrator of an organisation, to whom nobody else can
 * give it; every further one goes through the console, or PUT /v1/staff-members/{staffMemberId}/assignments. The person signs in
 * once before, and reads out the reference that the console shows them. Roles that they have already stay.
 */
const help = 'npm run assign-role -- --reference K7QM-3XD9 --organisation RHA --role administrator';

/** Ends with one sentence. */
function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const { values } = parseArgs({
  options: {
    reference: { type: 'string' },
    organisation: { type: 'string' },
    role: { type: 'string' },
  },
});
if (!values.reference || !values.organisation || !values.role) stop(help);
if (!staffReferencePattern.test(values.reference))
  stop('The reference must be eight letters and digits, such as K7QM-3XD9.');
const reference = staffReferenceSymbols(values.reference);
const organisation = values.organisation.trim().toUpperCase();
const role = values.role as StaffRole;
if (!staffRoles.includes(role)) stop(`Not a role: ${role}. There are ${staffRoles.join(', ')}.`);
if (!process.env.DATABASE_URL) stop("Set DATABASE_URL to the owner's connection string.");

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
const outcome = await drizzle(pool).transaction(async (transaction) => {
  // So that the audit trail says who was given what.
  await transaction.execute(sql`
    select set_config('app.actor_kind', 'operator', true), set_config('app.actor', 'owner', true),
      set_config('app.request_id', gen_random_uuid()::text, true), set_config('app.purpose', 'staff:write', true),
      set_config('app.operation', 'assignFirstRole', true)`);
  const known = await transaction.execute(
    sql`select from organisations where ods_code = ${organisation}`,
  );
  if (known.rowCount === 0) return 'no-organisation';
  const assigned = await transaction.execute(sql`
    select replace_staff_assignments(member.id, array[${organisation}],
      array_fill(${organisation}::text, array[cardinality(roles)]), roles)
    from staff_members as member, lateral (select array(
      select role from staff_assignments where staff_member_id = member.id and organisation = ${organisation}
      union select ${role}) as roles) as held
    where member.reference = ${reference}`);
  return assigned.rowCount === 0 ? 'nobody' : 'assigned';
});
await pool.end();
if (outcome === 'no-organisation') stop(`There is no organisation ${organisation}.`);
if (outcome === 'nobody')
  stop(`Nobody has the reference ${showStaffReference(reference)}. They sign in first.`);
console.log(`${showStaffReference(reference)} is ${role} of ${organisation}. They sign in again.`);
