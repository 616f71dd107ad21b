import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { LoopStatus } from '../loop-records/shapes.ts';
import { Id, IsoDate } from '../shapes.ts';

/** More than anybody types; longer ones are no receipt. */
const MAX_RECEIPT_CHARACTERS = 100;

const ReceiptUse = z
  .strictObject({
    receipt: z
      .string()
      .max(MAX_RECEIPT_CHARACTERS)
      .meta({
        description:
          'As it was given, or typed: case, spaces and hyphens do not matter, nor O for 0, or I or L for 1.',
        examples: ['7K2M-9QXD-4RTB-0HVE-P3WN'],
      }),
  })
  .meta({ id: 'ReceiptUse' });

const body = {
  schema: ReceiptUse,
  maxBytes: 1024,
  examples: {
    receipt: { summary: 'A receipt', value: { receipt: '7K2M-9QXD-4RTB-0HVE-P3WN' } },
  },
};

export const readReceiptStatus = operation({
  id: 'readReceiptStatus',
  method: 'post',
  path: '/v1/receipts/status',
  tag: 'receipts',
  summary: 'Ask what became of a submission',
  description:
    'How far what the receipt stands for has come, which published themes it fed and which loop records answer those, and when to look again; never what was written or rated, nor which words led to which theme. A receipt that was never given, was withdrawn, or is mistyped is answered 404, all alike. It goes in the body, since addresses are logged everywhere.',
  access: { kind: 'public' },
  rateLimit: 'receipt',
  body,
  replies: {
    200: {
      description: 'How far it has come.',
      schema: z
        .object({
          status: z.enum(['received', 'in_moderation', 'counted']).meta({
            description:
              '`received`: waits to be taken apart. `in_moderation`: taken apart; a person has still to read what was written. `counted`: nothing is waiting.',
          }),
          lookAgainOn: IsoDate.nullable().meta({
            description: 'When the organisation invites people to look what has changed.',
          }),
          withdrawalReaches: z.enum(['everything', 'all_but_published_numbers']).meta({
            description:
              'What a withdrawal would take back. Once results are published the numbers in them stand; the next release counts it no more, but repeats what it said before where too few people have changed.',
          }),
          themes: z.array(z.object({ id: Id, title: z.string() })).meta({
            description:
              'Published themes in which what was written was found; never which words, and not what waits for publication.',
          }),
          loopRecords: z
            .array(
              z.object({
                id: Id,
                title: z.string(),
                status: LoopStatus,
                dueOn: IsoDate.nullable(),
                overdue: z.boolean(),
                lookAgainOn: IsoDate.nullable(),
              }),
            )
            .meta({ description: 'Published loop records that answer these themes.' }),
        })
        .meta({ id: 'ReceiptStatus' }),
      example: {
        status: 'in_moderation',
        lookAgainOn: '2027-01-15',
        withdrawalReaches: 'everything',
        themes: [{ id: '5c1e0b7a-3f52-4d0e-9d2c-2f6f4be0a9d1', title: 'Nowhere quiet to sit' }],
        loopRecords: [
          {
            id: '0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70',
            title: 'Somewhere quiet to sit',
            status: 'planned',
            dueOn: '2027-03-01',
            overdue: false,
            lookAgainOn: '2027-03-15',
          },
        ],
      },
    },
  },
  problems: ['not-found'],
});

export const withdrawSubmission = operation({
  id: 'withdrawSubmission',
  method: 'post',
  path: '/v1/receipts/withdrawal',
  tag: 'receipts',
  summary: 'Withdraw a submission',
  description:
    'Deletes at once everything that the receipt stands for: ratings, words, equality answers. Results that were published before stand, and the reply says so: the next release counts it no more, but repeats what it said before where too few people have changed. It cannot be undone; the receipt then stands for nothing, and sending the same again with handles of your own does not bring it back.',
  access: { kind: 'public' },
  rateLimit: 'receipt',
  body,
  replies: {
    200: {
      description: 'It is deleted.',
      schema: z
        .object({
          withdrawn: z.enum(['everything', 'all_but_published_numbers']).meta({
            description:
              '`all_but_published_numbers`: the numbers in results that are published already stand; the next release repeats them where too few people have changed.',
          }),
        })
        .meta({ id: 'Withdrawal' }),
      example: { withdrawn: 'everything' },
    },
  },
  problems: ['not-found'],
});
