import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { Code, Id, Next, OdsCode, pageQuery } from '../shapes.ts';
import {
  example,
  LoopRecord,
  LoopRecordChange,
  LoopStatus,
  NewLoopRecord,
  newExample,
  loopRecordParams as params,
} from './shapes.ts';

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
      example: { ...example, version: 1, publishedAt: null, publishedVersion: null },
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
    theme: Id.optional().meta({ description: 'A theme that the record is linked to.' }),
    overdue: z
      .enum(['true', 'false'])
      .optional()
      .meta({
        description: 'Whether its date has passed while the promise is open.',
        examples: ['true'],
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
    'Replaces the members that are given in the working copy, also within youSaid and weDid. The public reads the published version until the change is published. Going back from `done`, `cannot_do` or `no_longer_needed` to an open status needs a `reason` in weDid, given with that change.',
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
      reopened: {
        summary: 'A promise is taken up again',
        value: {
          weDid: {
            status: 'in_progress',
            reason: 'People told us that the room is locked at weekends.',
            dueOn: '2027-06-01',
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
