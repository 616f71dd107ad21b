import * as z from 'zod';
import { operation } from '../http/contract.ts';
import {
  example,
  LoopRecord,
  loopRecordParams as params,
  ShownEvidence,
  ShownMilestone,
} from '../loop-records/shapes.ts';
import { DateTime, WholeNumber } from '../shapes.ts';

const path = '/v1/loop-records/{loopRecordId}';
const Version = WholeNumber(1, 999_999_999);

const LoopRecordVersion = z
  .object({
    version: z.int(),
    publishedAt: DateTime.meta({ description: 'When this version was published.' }),
    href: z.string().meta({ description: 'Where it is read.' }),
  })
  .meta({ id: 'LoopRecordVersion' });

export const listLoopRecordVersions = operation({
  id: 'listLoopRecordVersions',
  method: 'get',
  path: `${path}/versions`,
  tag: 'loop-records',
  summary: 'List the published versions of a loop record',
  description:
    'Every version that was published, the oldest first: each is kept and can be read. 410 once the record is withdrawn.',
  access: { kind: 'public' },
  params,
  replies: {
    200: {
      description: 'The versions.',
      schema: z
        .object({ items: z.array(LoopRecordVersion), next: z.null() })
        .meta({ id: 'LoopRecordVersionList' }),
      example: {
        items: [
          {
            version: 2,
            publishedAt: example.publishedAt,
            href: `/v1/loop-records/${example.id}/versions/2`,
          },
        ],
        next: null,
      },
    },
  },
  problems: ['gone'],
});

export const getLoopRecordVersion = operation({
  id: 'getLoopRecordVersion',
  method: 'get',
  path: `${path}/versions/{version}`,
  tag: 'loop-records',
  summary: 'Read a published version of a loop record',
  description:
    'The record as this version said it: `updatedAt` is when it was published, `overdue` whether what it promised would be overdue today. Confirmations are of the record, and so those that are shown now. 404 for a version that was never published, 410 once the record is withdrawn.',
  access: { kind: 'public' },
  params: params.extend({ version: Version }),
  replies: { 200: { description: 'The version.', schema: LoopRecord, example } },
  problems: ['gone'],
});

const Said = z
  .union([
    z.string(),
    z.null(),
    z.array(z.string()),
    z.array(ShownMilestone),
    z.array(ShownEvidence),
  ])
  .meta({ description: 'What the member said.' });

export const LoopRecordChanges = z
  .object({
    from: z.int(),
    to: z.int(),
    changes: z.array(
      z.object({
        pointer: z.string().meta({
          description: 'The member that changed, as a JSON Pointer (RFC 6901).',
          examples: ['/weDid/status'],
        }),
        before: Said,
        after: Said,
      }),
    ),
  })
  .meta({ id: 'LoopRecordChanges' });

const said = { status: 'planned', text: 'There will be a quiet room.', dueOn: '2027-03-01' };

export const getLoopRecordChanges = operation({
  id: 'getLoopRecordChanges',
  method: 'get',
  path: `${path}/changes`,
  tag: 'loop-records',
  summary: 'Read what changed between two versions of a loop record',
  description:
    'The difference between two published versions in title, youSaid, weDid, difference and lookAgainOn. Without `from` and `to`, between the last two; of a record that was published once, nothing differs. A list is compared as one value.',
  access: { kind: 'public' },
  params,
  query: z.object({
    from: Version.optional().meta({
      description: 'A published version; the one before `to` if left out.',
    }),
    to: Version.optional().meta({ description: 'A published version; the newest if left out.' }),
  }),
  replies: {
    200: {
      description: 'What changed.',
      schema: LoopRecordChanges,
      example: {
        from: 1,
        to: 2,
        changes: [
          { pointer: '/weDid/status', before: said.status, after: 'done' },
          { pointer: '/weDid/text', before: said.text, after: 'The quiet room is open every day.' },
        ],
      },
    },
  },
  problems: ['gone'],
});
