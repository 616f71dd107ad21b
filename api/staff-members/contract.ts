import * as z from 'zod';
import { staffReferencePattern } from '../../domain/staff-role.ts';
import { staffRoles } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import { Id, isUnique, Next, OdsCode, pageQuery } from '../shapes.ts';

const StaffRole = z.enum(staffRoles).meta({
  id: 'StaffRole',
  description:
    "`administrator`: sets up standards, cycles, trusts' systems and people. `moderator`: reads texts, finds themes, ranks priorities. `publisher`: releases results, writes loop records. `auditor`: reads the audit trail.",
});

const StaffAssignment = z
  .strictObject({ organisation: OdsCode, role: StaffRole })
  .meta({ id: 'StaffAssignment', description: 'A role in an organisation.' });

/** However it was typed, as receipts are; `staffReferenceSymbols` makes of it what is kept. */
const Reference = z
  .string()
  .max(40)
  .regex(staffReferencePattern, 'Must be a reference such as K7QM-3XD9.')
  .meta({ examples: ['K7QM-3XD9'] });

export const NewAssignments = z
  .strictObject({
    assignments: z
      .array(StaffAssignment)
      .max(200)
      .refine(
        (given) => isUnique(given.map(({ organisation, role }) => `${organisation} ${role}`)),
        { error: 'Name each role in an organisation once.' },
      ),
    reference: Reference.nullable().default(null).meta({
      description: 'Needed for somebody who has no role in your organisations yet.',
    }),
  })
  .meta({ id: 'NewAssignments' });

export const StaffMember = z
  .object({
    id: Id,
    version: z.int(),
    name: z
      .string()
      .nullable()
      .meta({ description: 'As the provider says, with whom they sign in.' }),
    reference: z.string().meta({ description: 'What they tell an administrator.' }),
    assignments: z
      .array(z.object({ organisation: OdsCode, role: StaffRole }))
      .meta({ description: 'Their roles in your organisations; those elsewhere are not shown.' }),
  })
  .meta({ id: 'StaffMember', description: 'A person who has signed in to the console.' });

const example = {
  id: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  version: 2,
  name: 'Ada King',
  reference: 'K7QM-3XD9',
  assignments: [{ organisation: 'RHA', role: 'moderator' as const }],
};

const params = z.object({ staffMemberId: Id });
const etag = { ETag: { description: 'Its version, for If-Match.', example: 'W/"2"' } };
const access = { kind: 'scope', scope: 'staff:write' } as const;
const tag = 'staff-members';
const path = '/v1/staff-members/{staffMemberId}';

export const listStaffMembers = operation({
  id: 'listStaffMembers',
  method: 'get',
  path: '/v1/staff-members',
  tag,
  summary: 'List people of staff',
  description:
    'People with a role in the organisations of the caller. Whoever has none yet is found by the reference that the console shows them, and by nothing else.',
  access,
  query: z.object({
    reference: Reference.optional().meta({ description: 'Only the one with this reference.' }),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of people.',
      schema: z.object({ items: z.array(StaffMember), next: Next }).meta({ id: 'StaffMemberList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
});

export const getStaffMember = operation({
  id: 'getStaffMember',
  method: 'get',
  path,
  tag,
  summary: 'Read a person of staff',
  description:
    'One person with a role in the organisations of the caller, with the ETag that a change needs.',
  access,
  params,
  replies: { 200: { description: 'The person.', schema: StaffMember, headers: etag, example } },
  problems: [],
});

export const assignStaffRoles = operation({
  id: 'assignStaffRoles',
  method: 'put',
  path: `${path}/assignments`,
  tag,
  summary: 'Give roles',
  description:
    "Replaces a person's roles in the organisations of the caller; what they are elsewhere stays. Their sessions end at once: they sign in again, and may do what they may do now. Nobody changes their own roles, and an organisation that has an administrator keeps one. Where the provider says who has which role, these last until the person signs in again.",
  access,
  params,
  ifMatch: 'required',
  body: {
    schema: NewAssignments,
    maxBytes: 32 * 1024,
    examples: {
      moderator: {
        summary: 'Somebody new becomes a moderator',
        value: { reference: 'K7QM-3XD9', assignments: example.assignments },
      },
      none: { summary: 'Takes every role', value: { assignments: [] } },
    },
  },
  replies: {
    200: {
      description: 'The person as they are now.',
      schema: StaffMember,
      headers: etag,
      example,
    },
  },
  problems: ['wrong-phase'],
});
