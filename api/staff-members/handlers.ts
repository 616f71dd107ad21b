import type * as z from 'zod';
import * as queries from '../../db/queries/staff-members.ts';
import { showStaffReference, staffReferenceSymbols } from '../../domain/staff-role.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { Problem, staleProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import * as contract from './contract.ts';

function toBody(row: queries.StaffMemberRow): z.input<typeof contract.StaffMember> {
  return { ...row, reference: showStaffReference(row.reference) };
}

export const listStaffMembers = serve(contract.listStaffMembers).with(
  async ({ query, session }) => {
    const page = readPage(query, uuidKey);
    const { reference } = query;
    const list =
      reference === undefined
        ? queries.listStaffMembers(session.db, page)
        : queries.findStaffMember(session.db, staffReferenceSymbols(reference));
    const { rows } = await session.run(list);
    return { status: 200, body: toPage(rows, page, ({ id }) => id, toBody) };
  },
);

export const getStaffMember = serve(contract.getStaffMember).with(async ({ params, session }) => {
  const { rows } = await session.run(queries.readStaffMember(session.db, params.staffMemberId));
  const [row] = rows;
  if (row === undefined) throw notFound();
  return { status: 200, version: row.version, body: toBody(row) };
});

export const assignStaffRoles = serve(contract.assignStaffRoles).with(
  async ({ params, body, ifMatch, principal, session }) => {
    const id = params.staffMemberId;
    const { db } = session;
    const organisations = body.assignments.map(({ organisation }) => organisation);
    requireOrganisations(principal, organisations);
    const reference = body.reference === null ? null : staffReferenceSymbols(body.reference);
    const [before, found, { rows }, after] = await session.batch([
      queries.readStaffMember(db, id),
      queries.findStaffMember(db, reference ?? ''),
      queries.assignStaffRoles(db, { id, version: ifMatch, reference }, body.assignments),
      queries.readStaffMember(db, id),
    ]);
    refuseFor(rows[0]?.outcome);
    const row = after.rows[0] ?? withoutRoles(before.rows[0]) ?? found.rows[0];
    if (row === undefined) throw new Error('Whoever was given roles can be read.');
    return { status: 200, version: row.version, body: toBody(row) };
  },
);

/** Somebody whose last role here was taken: from now on nothing is read of them, but that it was is told once. */
function withoutRoles(before: queries.StaffMemberRow | undefined) {
  return before && { ...before, version: before.version + 1, assignments: [] };
}

function refuseFor(outcome: queries.AssignmentOutcome | undefined): void {
  if (outcome === 'assigned') return;
  if (outcome === 'self') throw new Problem('forbidden', 'Nobody changes their own roles.');
  if (outcome === 'stale') throw staleProblem('The person');
  if (outcome === 'last-administrator')
    throw new Problem(
      'wrong-phase',
      'This would leave an organisation without an administrator. Make somebody else administrator first.',
    );
  throw notFound();
}

function notFound(): Problem {
  return new Problem('not-found', 'There is nobody with this id in your organisations.');
}
