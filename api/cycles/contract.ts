import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { Id, IsoDate, Next, OdsCode, Perspective, Phase, pageQuery, Text } from '../shapes.ts';
import { Cycle, CycleChange, cycleExample, NewCycle, newCycleExample } from './shapes.ts';

const params = z.object({ cycleId: Id });

export const createCycle = operation({
  id: 'createCycle',
  method: 'post',
  path: '/v1/cycles',
  tag: 'cycles',
  summary: 'Set up a cycle',
  description:
    'Makes a draft, which only staff of its organisations see. The standard set must be published, the organisations known, and the client registered for each of them. To ask a question set as it stands, copy its `questions` (listQuestionSets) into `questions` here, and show its `introduction` before them in the form: a cycle does not keep it.',
  access: { kind: 'scope', scope: 'cycles:write' },
  body: {
    schema: NewCycle,
    maxBytes: 256 * 1024,
    examples: { fft: { summary: 'A Friends and Family Test', value: newCycleExample } },
  },
  replies: {
    201: {
      description: 'The draft.',
      schema: Cycle,
      headers: {
        Location: {
          description: 'Where the cycle is read and changed.',
          example: '/v1/cycles/6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
        },
        ETag: { description: 'Its version, for If-Match.', example: 'W/"1"' },
      },
      example: { ...cycleExample, version: 1, phase: 'draft' },
    },
  },
  problems: [],
});

export const listCycles = operation({
  id: 'listCycles',
  method: 'get',
  path: '/v1/cycles',
  tag: 'cycles',
  summary: 'List cycles',
  description:
    'Cycles that are scheduled, open, closed or released, in no order of time. With a token that holds cycles:write, the drafts of its organisations too.',
  access: { kind: 'public', moreFor: 'cycles:write' },
  query: z.object({
    organisation: OdsCode.optional(),
    phase: Phase.optional(),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of cycles.',
      schema: z.object({ items: z.array(Cycle), next: Next }).meta({ id: 'CycleList' }),
      example: { items: [cycleExample], next: null },
    },
  },
  problems: [],
});

export const getCycle = operation({
  id: 'getCycle',
  method: 'get',
  path: '/v1/cycles/{cycleId}',
  tag: 'cycles',
  summary: 'Read a cycle',
  description:
    'Everything that a client needs to build a form, in one call. With a token that holds cycles:write the reply carries the weak ETag that a change needs, and drafts are found too.',
  access: { kind: 'public', moreFor: 'cycles:write' },
  params,
  replies: { 200: { description: 'The cycle.', schema: Cycle, example: cycleExample } },
  problems: [],
});

export const changeCycle = operation({
  id: 'changeCycle',
  method: 'patch',
  path: '/v1/cycles/{cycleId}',
  tag: 'cycles',
  summary: 'Change a cycle',
  description:
    'Replaces the members that are given. Until it opens everything can change. From then on nothing that a respondent was promised can; only the threshold may go up.',
  access: { kind: 'scope', scope: 'cycles:write' },
  params,
  ifMatch: 'required',
  body: {
    schema: CycleChange,
    maxBytes: 256 * 1024,
    examples: {
      title: { summary: 'Another title', value: { title: 'How was your experience? Spring 2027' } },
      threshold: {
        summary: 'A higher threshold, also while open',
        value: { disclosurePolicy: { threshold: 15, roundTo: 5 } },
      },
    },
  },
  replies: {
    200: {
      description: 'The cycle as it is now.',
      schema: Cycle,
      headers: { ETag: { description: 'Its new version.', example: 'W/"3"' } },
      example: cycleExample,
    },
  },
  problems: ['wrong-phase'],
});

export const makeTransition = operation({
  id: 'makeTransition',
  method: 'post',
  path: '/v1/cycles/{cycleId}/transitions',
  tag: 'cycles',
  summary: 'Schedule, open or close a cycle',
  description:
    'A draft is scheduled to open by itself at opensAt, or opened now. An open cycle is closed now, or closes by itself at closesAt. A closed cycle does not open again. With If-Match, only the version that was read.',
  access: { kind: 'scope', scope: 'cycles:write' },
  params,
  ifMatch: 'optional',
  body: {
    schema: z
      .strictObject({ to: z.enum(['scheduled', 'open', 'closed']) })
      .meta({ id: 'Transition' }),
    maxBytes: 1024,
    examples: { open: { summary: 'Open it now', value: { to: 'open' } } },
  },
  replies: {
    200: {
      description: 'The cycle as it is now.',
      schema: Cycle,
      headers: { ETag: { description: 'Its new version.', example: 'W/"2"' } },
      example: cycleExample,
    },
  },
  problems: ['wrong-phase'],
});

export const getParticipation = operation({
  id: 'getParticipation',
  method: 'get',
  path: '/v1/cycles/{cycleId}/participation',
  tag: 'cycles',
  summary: 'Read how many have taken part',
  description:
    'How many people have given ratings, by perspective, in the organisations of the cycle that the caller acts for: so that staff see while it is open who has not been reached yet. Counts are whole tens, rounded down, and hidden below the threshold of the cycle; they move only when submissions are taken apart, at least twenty at a time. `weeks` tells how a count came about. Nothing of what anybody said is told before the results are released.',
  access: { kind: 'scope', scope: 'cycles:write' },
  params,
  replies: {
    200: {
      description: 'One item for each organisation and perspective.',
      schema: z
        .object({
          items: z.array(
            z.object({
              organisation: OdsCode,
              perspective: Perspective,
              suppressed: z.boolean().meta({ description: 'Too few to tell, or nobody: alike.' }),
              count: z.int().nullable().meta({ description: 'At least so many: whole tens.' }),
              weeks: z
                .array(
                  z.object({
                    week: IsoDate.meta({ description: 'Its Monday, in London.' }),
                    count: z.int().meta({ description: 'What `count` was when it ended.' }),
                  }),
                )
                .meta({
                  description:
                    'Weeks in which `count` grew, the first one first; in a week between two it stayed what it was. Empty once the retention period has passed.',
                }),
            }),
          ),
          next: z.null(),
        })
        .meta({ id: 'Participation' }),
      example: {
        items: [
          {
            organisation: 'RHA',
            perspective: 'service_user',
            suppressed: false,
            count: 120,
            weeks: [
              { week: '2026-11-02', count: 30 },
              { week: '2026-11-09', count: 80 },
              { week: '2026-11-23', count: 120 },
            ],
          },
          { organisation: 'RHA', perspective: 'carer', suppressed: true, count: null, weeks: [] },
          {
            organisation: 'RHA',
            perspective: 'staff',
            suppressed: false,
            count: 40,
            weeks: [{ week: '2026-11-16', count: 40 }],
          },
        ],
        next: null,
      },
    },
  },
  problems: [],
});

const holdPath = '/v1/cycles/{cycleId}/legal-hold';

export const setLegalHold = operation({
  id: 'setLegalHold',
  method: 'put',
  path: holdPath,
  tag: 'cycles',
  summary: 'Stop the deletion of what a cycle holds',
  description:
    'For when the law demands that nothing is deleted, as after a request of a court: what people sent is then kept beyond the retention period until the hold ends. The cycle shows that there is one, and the audit trail who made it. Setting it again replaces the reason. What people withdraw themselves is deleted all the same.',
  access: { kind: 'scope', scope: 'cycles:write' },
  params,
  body: {
    schema: z
      .strictObject({
        reason: Text(500).meta({
          description: 'Kept with the cycle; this API shows it to nobody.',
        }),
      })
      .meta({ id: 'LegalHold' }),
    maxBytes: 4 * 1024,
    examples: { court: { summary: 'A court asked', value: { reason: 'Order of the coroner.' } } },
  },
  replies: {
    200: {
      description: 'The cycle as it is now.',
      schema: Cycle,
      example: { ...cycleExample, legalHold: true },
    },
  },
  problems: [],
});

export const endLegalHold = operation({
  id: 'endLegalHold',
  method: 'delete',
  path: holdPath,
  tag: 'cycles',
  summary: 'Let what a cycle holds be deleted again',
  description:
    'Ends a legal hold: what is past its retention period is deleted by the next run of the schedule. Ending one that is not there changes nothing.',
  access: { kind: 'scope', scope: 'cycles:write' },
  params,
  replies: {
    200: { description: 'The cycle as it is now.', schema: Cycle, example: cycleExample },
  },
  problems: [],
});

export const getAnonymityStatement = operation({
  id: 'getAnonymityStatement',
  method: 'get',
  path: '/v1/cycles/{cycleId}/anonymity-statement',
  tag: 'cycles',
  summary: 'Read what a cycle stores',
  description:
    'Each stored field with its precision and readers, what is never stored, when submissions are taken apart, what is published and when all is deleted. Frozen when the cycle opens; `sha256` is the digest of `statement` as UTF-8 text, byte for byte.',
  access: { kind: 'public', moreFor: 'cycles:write' },
  params,
  replies: {
    200: {
      description: 'The statement with its digest.',
      schema: z
        .object({
          cycleId: Id,
          sha256: z.string(),
          statement: z
            .string()
            .meta({ description: 'JSON text; its digest is taken over these very bytes.' }),
        })
        .meta({ id: 'AnonymityStatement' }),
      example: {
        cycleId: cycleExample.id,
        sha256: cycleExample.anonymityStatement.sha256,
        statement: '{"cycleId":"6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10","stored":[]}',
      },
    },
  },
  problems: [],
});
