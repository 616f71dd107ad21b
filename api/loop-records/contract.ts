import * as z from 'zod';
import { missingFromResponse } from '../../domain/loop.ts';
import { enquiryCategories, loopStatuses } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import {
  Code,
  DateTime,
  HttpsUrl,
  Id,
  IsoDate,
  Next,
  OdsCode,
  Perspective,
  pageQuery,
  Strength,
  Text,
} from '../shapes.ts';

export const LoopStatus = z.enum(loopStatuses).meta({
  id: 'LoopStatus',
  description:
    'Where a promise stands. `cannot_do` and `no_longer_needed` need a reason, `done` a text that says what changed.',
});
const EnquiryCategory = z.enum(enquiryCategories).meta({ id: 'EnquiryCategory' });

const youSaidMembers = {
  text: Text(4000),
  theme: Text(200).nullable(),
  enquiryCategory: EnquiryCategory.nullable(),
  standards: z.array(Code).max(50),
  perspectives: z.array(Perspective).max(7),
  strength: Strength.nullable(),
};

const Milestone = z.strictObject({ on: IsoDate, text: Text(500) }).meta({ id: 'Milestone' });
const Evidence = z
  .strictObject({
    title: Text(200),
    href: HttpsUrl,
  })
  .meta({ id: 'Evidence', description: 'Where the change can be seen.' });

const weDidMembers = {
  status: LoopStatus,
  text: Text(4000).nullable(),
  reason: Text(4000).nullable(),
  owner: Text(100).nullable().meta({ description: 'A role, never the name of a person.' }),
  dueOn: IsoDate.nullable(),
  completedOn: IsoDate.nullable(),
  milestones: z.array(Milestone).max(50),
  evidence: z.array(Evidence).max(50),
  /** Of what is read, so that a weDid that was read can be sent back. */
  overdue: z
    .boolean()
    .optional()
    .meta({ description: 'Computed from dueOn and today; what is sent here is not looked at.' }),
};

const outerMembers = {
  cycle: Id.nullable().meta({ description: 'The cycle in which people said it.' }),
  title: Text(200),
  difference: Text(4000).nullable().meta({ description: 'What has become different for people.' }),
  lookAgainOn: IsoDate.nullable(),
};

const NewYouSaid = z
  .strictObject({
    ...youSaidMembers,
    theme: youSaidMembers.theme.default(null),
    enquiryCategory: youSaidMembers.enquiryCategory.default(null),
    standards: youSaidMembers.standards.default([]),
    perspectives: youSaidMembers.perspectives.default([]),
    strength: youSaidMembers.strength.default(null),
  })
  .meta({ id: 'NewYouSaid' });

const NewWeDid = z
  .strictObject({
    ...weDidMembers,
    text: weDidMembers.text.default(null),
    reason: weDidMembers.reason.default(null),
    owner: weDidMembers.owner.default(null),
    dueOn: weDidMembers.dueOn.default(null),
    completedOn: weDidMembers.completedOn.default(null),
    milestones: weDidMembers.milestones.default([]),
    evidence: weDidMembers.evidence.default([]),
  })
  .superRefine((weDid, context) => {
    for (const { member, detail } of missingFromResponse(weDid))
      context.addIssue({ code: 'custom', path: [member], message: detail });
  })
  .meta({ id: 'NewWeDid' });

export const NewLoopRecord = z
  .strictObject({
    organisation: OdsCode.optional().meta({
      description: 'May be left out by a client that is registered for one organisation.',
    }),
    ...outerMembers,
    cycle: outerMembers.cycle.default(null),
    difference: outerMembers.difference.default(null),
    lookAgainOn: outerMembers.lookAgainOn.default(null),
    youSaid: NewYouSaid,
    weDid: NewWeDid,
  })
  .meta({ id: 'NewLoopRecord' });

export const LoopRecordChange = z
  .strictObject({
    ...outerMembers,
    youSaid: z.strictObject(youSaidMembers).partial(),
    weDid: z.strictObject(weDidMembers).partial(),
  })
  .partial()
  .meta({
    id: 'LoopRecordChange',
    description: 'Members to replace, also within youSaid and weDid; those left out stay.',
  });

export const LoopRecord = z
  .object({
    id: Id,
    version: z.int(),
    organisation: OdsCode,
    cycle: Id.nullable(),
    title: z.string(),
    youSaid: z.object({
      text: z.string(),
      theme: z.string().nullable(),
      enquiryCategory: EnquiryCategory.nullable(),
      standards: z.array(Code),
      perspectives: z.array(Perspective),
      strength: Strength.nullable(),
    }),
    weDid: z.object({
      status: LoopStatus,
      text: z.string().nullable(),
      reason: z.string().nullable(),
      owner: z.string().nullable(),
      dueOn: IsoDate.nullable(),
      completedOn: IsoDate.nullable(),
      overdue: z.boolean().meta({ description: 'dueOn has passed and the promise is still open.' }),
      milestones: z.array(z.object({ on: IsoDate, text: z.string() })),
      evidence: z.array(z.object({ title: z.string(), href: z.string() })),
    }),
    difference: z.string().nullable(),
    lookAgainOn: IsoDate.nullable(),
    confirmations: z
      .object({
        suppressed: z.boolean(),
        yes: z.int().nullable(),
        partly: z.int().nullable(),
        no: z.int().nullable(),
        tooSoon: z.int().nullable(),
      })
      .meta({
        description: 'Counts appear at or above the threshold; below it they are suppressed.',
      }),
    publishedAt: DateTime.nullable().meta({ description: 'When it was first published.' }),
    updatedAt: DateTime.meta({ description: 'When what is shown was last changed.' }),
  })
  .meta({ id: 'LoopRecord', description: '"You said, we did", with a promise that has a date.' });

const newExample = {
  organisation: 'RHA',
  cycle: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  title: 'Somewhere quiet to sit',
  youSaid: {
    text: 'People told us that the waiting room is loud, and that there is nowhere to sit quietly.',
    theme: 'A quiet place',
    enquiryCategory: 'environment-and-activities',
    standards: [],
    perspectives: ['service_user'],
    strength: 'many',
  },
  weDid: {
    status: 'planned',
    text: 'The small meeting room will be a quiet room, with soft light and comfortable chairs.',
    owner: 'Ward manager',
    dueOn: '2027-03-01',
    milestones: [{ on: '2027-01-10', text: 'Choose the furniture together' }],
  },
  lookAgainOn: '2027-03-15',
};

const example = {
  id: '0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70',
  version: 2,
  ...newExample,
  weDid: {
    ...newExample.weDid,
    reason: null,
    completedOn: null,
    overdue: false,
    evidence: [],
  },
  difference: null,
  confirmations: { suppressed: true, yes: null, partly: null, no: null, tooSoon: null },
  publishedAt: '2026-11-20T10:00:00Z',
  updatedAt: '2026-11-20T10:00:00Z',
};

const params = z.object({ loopRecordId: Id });
const etag = { ETag: { description: 'Its version, for If-Match.', example: 'W/"2"' } };
const path = '/v1/loop-records/{loopRecordId}';

export const createLoopRecord = operation({
  id: 'createLoopRecord',
  method: 'post',
  path: '/v1/loop-records',
  tag: 'loop-records',
  summary: 'Write a loop record',
  description: 'Makes a draft, which only staff of its organisation see.',
  access: { kind: 'scope', scope: 'loop:write' },
  body: {
    schema: NewLoopRecord,
    maxBytes: 128 * 1024,
    examples: { planned: { summary: 'A promise with a date', value: newExample } },
  },
  replies: {
    201: {
      description: 'The draft.',
      schema: LoopRecord,
      headers: {
        Location: {
          description: 'Where it is read and changed.',
          example: `/v1/loop-records/${example.id}`,
        },
        ...etag,
      },
      example: { ...example, version: 1, publishedAt: null },
    },
  },
  problems: [],
});

export const listLoopRecords = operation({
  id: 'listLoopRecords',
  method: 'get',
  path: '/v1/loop-records',
  tag: 'loop-records',
  summary: 'List loop records',
  description:
    'Published records, in no order of time. With a token that holds loop:write, and unless another organisation is asked for, the working copies of its organisations, drafts included.',
  access: { kind: 'public', moreFor: 'loop:write' },
  query: z.object({
    organisation: OdsCode.optional(),
    cycle: Id.optional(),
    status: LoopStatus.optional(),
    standard: Code.optional().meta({
      description: 'A standard code that the record is linked to.',
    }),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of loop records.',
      schema: z.object({ items: z.array(LoopRecord), next: Next }).meta({ id: 'LoopRecordList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
});

export const getLoopRecord = operation({
  id: 'getLoopRecord',
  method: 'get',
  path,
  tag: 'loop-records',
  summary: 'Read a loop record',
  description:
    'The published version; 410 once it is withdrawn. With a token that holds loop:write for its organisation, the working copy with the weak ETag that a change needs.',
  access: { kind: 'public', moreFor: 'loop:write' },
  params,
  replies: { 200: { description: 'The loop record.', schema: LoopRecord, example } },
  problems: ['gone'],
});

export const changeLoopRecord = operation({
  id: 'changeLoopRecord',
  method: 'patch',
  path,
  tag: 'loop-records',
  summary: 'Change a loop record',
  description:
    'Replaces the members that are given in the working copy, also within youSaid and weDid. The public reads the published version until the change is published.',
  access: { kind: 'scope', scope: 'loop:write' },
  params,
  ifMatch: 'required',
  body: {
    schema: LoopRecordChange,
    maxBytes: 128 * 1024,
    examples: {
      done: {
        summary: 'The promise was kept',
        value: {
          weDid: {
            status: 'done',
            text: 'The quiet room is open every day.',
            completedOn: '2027-02-20',
          },
        },
      },
    },
  },
  replies: {
    200: {
      description: 'The working copy as it is now.',
      schema: LoopRecord,
      headers: etag,
      example,
    },
  },
  problems: ['gone'],
});

export const publishLoopRecord = operation({
  id: 'publishLoopRecord',
  method: 'put',
  path: `${path}/publication`,
  tag: 'loop-records',
  summary: 'Publish a loop record',
  description:
    'Publishes the version that the record is at now, and keeps it for good. Doing so twice changes nothing. With If-Match, only the version that was read. A withdrawn record cannot be published again.',
  access: { kind: 'scope', scope: 'loop:write' },
  params,
  ifMatch: 'optional',
  replies: {
    200: { description: 'The record as published.', schema: LoopRecord, headers: etag, example },
  },
  problems: ['gone'],
});

export const withdrawLoopRecord = operation({
  id: 'withdrawLoopRecord',
  method: 'delete',
  path: `${path}/publication`,
  tag: 'loop-records',
  summary: 'Withdraw a loop record',
  description:
    'Ends the publication for good: whoever reads the record from then on is told that it was withdrawn (410).',
  access: { kind: 'scope', scope: 'loop:write' },
  params,
  ifMatch: 'optional',
  replies: { 204: { description: 'It is withdrawn.' } },
  problems: ['gone'],
});
