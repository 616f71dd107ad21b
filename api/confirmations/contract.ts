import * as z from 'zod';
import { confirmationAnswers } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import { Confirmations, example, loopRecordParams } from '../loop-records/shapes.ts';
import { Perspective } from '../shapes.ts';

const NewConfirmation = z
  .strictObject({
    answer: z.enum(confirmationAnswers).meta({
      id: 'ConfirmationAnswer',
      description: 'Whether it has changed for whoever answers.',
    }),
    perspective: Perspective.optional(),
  })
  .meta({ id: 'NewConfirmation' });

export const confirmLoopRecord = operation({
  id: 'confirmLoopRecord',
  method: 'post',
  path: '/v1/loop-records/{loopRecordId}/confirmations',
  tag: 'loop-records',
  summary: 'Say whether it has changed for you',
  description:
    'Anybody may answer, once in a while and without a name. The answer is counted, by perspective where one is given (one that the cycle does not ask counts as `not_said`); nothing else of it is kept. There is no free text. The reply is what is shown of the record now: counts appear and change only when as many as the threshold have answered.',
  access: { kind: 'public' },
  rateLimit: 'confirmation',
  params: loopRecordParams,
  body: {
    schema: NewConfirmation,
    maxBytes: 1024,
    examples: {
      partly: {
        summary: 'Partly, says a service user',
        value: { answer: 'partly', perspective: 'service_user' },
      },
      short: { summary: 'Only the answer', value: { answer: 'too_soon' } },
    },
  },
  replies: {
    201: {
      description: 'It is counted. What is shown of the confirmations of the record now.',
      schema: Confirmations,
      example: example.confirmations,
    },
  },
  problems: ['gone'],
});
