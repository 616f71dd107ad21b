import * as z from 'zod';
import { removedKinds } from '../../domain/screening/kinds.ts';
import { ethnicCategories } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import { Code, Id, OdsCode, Perspective, Text } from '../shapes.ts';

/** The longest text that anybody can send. */
const MAX_TEXT_CHARACTERS = 4000;

export const Rating = z
  .strictObject({
    standard: Code,
    asIs: z.int().optional().meta({ description: 'How it is, on the scale of the set.' }),
    toBe: z.int().optional().meta({ description: 'How it should be, on the same scale.' }),
    notApplicable: z.literal(true).optional(),
  })
  .meta({
    id: 'Rating',
    description: 'One standard, scored asIs and optionally toBe, or said not to apply.',
  });

/** Nobody is asked how an evaluation that is over should be. */
const EvaluationRating = Rating.omit({ toBe: true }).meta({
  id: 'EvaluationRating',
  description: 'A standard about the evaluation itself, scored or said not to apply.',
});

export const Answer = z
  .strictObject({ question: Code, text: Text(MAX_TEXT_CHARACTERS) })
  .meta({ id: 'Answer', description: 'What was written in answer to a question of the cycle.' });

/** 32 bytes as base64url without padding. */
const Handle = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'Must be 32 bytes as base64url, 43 characters.');

const ReceiptHandles = z.strictObject({ ratings: Handle, texts: Handle, equality: Handle }).meta({
  id: 'ReceiptHandles',
  description:
    "Derived on the submitter's own device from a receipt that it made (docs/receipts.md), so that nobody else ever sees the receipt. A submission that is sent again with the same handles is stored once, and stays away once it was withdrawn.",
});

export const Submission = z
  .strictObject({
    perspective: Perspective,
    organisation: OdsCode.optional().meta({
      description: 'May be left out where only one organisation can be meant.',
    }),
    service: Code.optional(),
    ratings: z.array(Rating).max(200).optional(),
    answers: z.array(Answer).max(50).optional(),
    aboutThisEvaluation: z.array(EvaluationRating).max(50).optional().meta({
      description: 'Where the cycle asks about the evaluation itself: rated like its standards.',
    }),
    equality: z
      .strictObject({ ethnicity: z.enum(ethnicCategories).optional() })
      .optional()
      .meta({ description: 'NHS Data Dictionary codes; Z is not stated.' }),
    receiptHandles: ReceiptHandles.optional(),
  })
  .meta({
    id: 'Submission',
    description:
      'What one person sends once: ratings, answers or both. It has no id, no time and no place for a record number, on purpose.',
  });

const submissionExample = {
  perspective: 'service_user',
  organisation: 'RHA',
  service: 'adult-mental-health',
  ratings: [{ standard: 'overall-experience', asIs: 4, toBe: 5 }],
  answers: [{ question: 'what-good', text: 'Everybody was kind and had time for me.' }],
  equality: { ethnicity: 'Z' },
};

/** What was taken out of which answers; only those from which something was. */
const Screening = z
  .array(
    z.object({
      question: Code,
      removed: z.array(z.object({ kind: z.enum(removedKinds), count: z.int() })),
    }),
  )
  .meta({
    id: 'Screening',
    description:
      'What was taken out of which answers before anything was stored; only those from which something was.',
  });

const statementSha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const params = z.object({ cycleId: Id });

export const createSubmission = operation({
  id: 'createSubmission',
  method: 'post',
  path: '/v1/cycles/{cycleId}/submissions',
  tag: 'submissions',
  summary: 'Send one submission',
  description:
    "One anonymous submission to an open cycle: by anybody where the channels of the cycle include `public`, or with a token by a trust where they include `trust`. It is held against the frozen cycle and stored whole or not at all. Telephone numbers, e-mail addresses, postcodes and the like are taken out of texts before anything is stored, and `screening` says how many. `receipt` is shown once and kept by nobody here: with it the submitter can ask what became of it, or withdraw it. It is null where the submitter's own device made the receipt and sent `receiptHandles`.",
  access: { kind: 'scope', scope: 'submissions:write', orPublic: true },
  rateLimit: 'publicSubmission',
  params,
  body: {
    schema: Submission,
    maxBytes: 64 * 1024,
    examples: {
      both: { summary: 'A rating and an answer', value: submissionExample },
      notApplicable: {
        summary: 'A standard that does not apply',
        value: {
          perspective: 'carer',
          ratings: [{ standard: 'overall-experience', notApplicable: true }],
        },
      },
    },
  },
  replies: {
    201: {
      description: 'It is stored.',
      schema: z
        .object({
          receipt: z.string().nullable(),
          screening: Screening,
          anonymityStatement: z.object({ sha256: z.string() }),
        })
        .meta({ id: 'SubmissionReply' }),
      example: {
        receipt: '7K2M-9QXD-4RTB-0HVE-P3WN',
        screening: [{ question: 'what-good', removed: [{ kind: 'phone', count: 1 }] }],
        anonymityStatement: { sha256: statementSha256 },
      },
    },
  },
  problems: ['cycle-not-open', 'forbidden', 'unauthenticated'],
});

const BatchItem = z.discriminatedUnion('status', [
  z.object({
    index: z.int(),
    status: z.literal('accepted'),
    screening: Screening.optional().meta({
      description: 'What was taken out of its texts; left out where nothing was.',
    }),
  }),
  z.object({
    index: z.int(),
    status: z.literal('rejected'),
    problem: z.object({
      code: z.literal('validation-failed'),
      errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
    }),
  }),
]);

/** Most submissions of one batch. */
const MAX_BATCH_SIZE = 500;

export const createSubmissionBatch = operation({
  id: 'createSubmissionBatch',
  method: 'post',
  path: '/v1/cycles/{cycleId}/submission-batches',
  tag: 'submissions',
  summary: 'Send a batch of submissions',
  description:
    'Up to 500 submissions from a trust. Each is looked at by itself; those accepted are stored all together or not at all. The same Idempotency-Key with the same body, byte for byte, is answered the same and stored once, also when two copies arrive at once: the second waits for the first. Texts are screened as those of single submissions are; no receipt is given, but a submission may bring `receiptHandles` of its own. With `dryRun=true` everything is checked and screened, and nothing stored.',
  access: { kind: 'scope', scope: 'submissions:write' },
  params,
  query: z.object({
    dryRun: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Check only; store nothing.', examples: ['true'] }),
  }),
  headers: {
    'idempotency-key': {
      schema: z.uuid({ error: 'Must be a UUID.' }).toLowerCase(),
      required: true,
      description: 'a UUID of your own for each batch; send the same one when you repeat it.',
      example: '3f1c0c0e-54f4-4f0e-9f5e-3f7c2f0f6b1a',
    },
  },
  body: {
    schema: z
      .strictObject({ submissions: z.array(Submission).min(1).max(MAX_BATCH_SIZE) })
      .meta({ id: 'SubmissionBatch' }),
    door: z.strictObject({ submissions: z.array(z.unknown()).min(1).max(MAX_BATCH_SIZE) }),
    maxBytes: 4 * 1024 * 1024,
    examples: {
      two: {
        summary: 'Two submissions, the second with a rating off the scale',
        value: {
          submissions: [
            submissionExample,
            {
              perspective: 'carer',
              ratings: [{ standard: 'overall-experience', asIs: 9 }],
            },
          ],
        },
      },
    },
  },
  replies: {
    200: {
      description: 'What became of each submission.',
      schema: z
        .object({ accepted: z.int(), rejected: z.int(), results: z.array(BatchItem) })
        .meta({ id: 'SubmissionBatchReply' }),
      example: {
        accepted: 1,
        rejected: 1,
        results: [
          { index: 0, status: 'accepted' },
          {
            index: 1,
            status: 'rejected',
            problem: {
              code: 'validation-failed',
              errors: [
                {
                  pointer: '/submissions/1/ratings/0/asIs',
                  detail: "Must be from 1 to 5, this set's scale.",
                },
              ],
            },
          },
        ],
      },
    },
  },
  problems: ['cycle-not-open', 'idempotency-key-reused'],
});
