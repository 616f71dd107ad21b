import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { Code, Id, Next, OdsCode, pageQuery } from '../shapes.ts';

const PublishedText = z.object({ organisation: OdsCode, question: Code, text: z.string() }).meta({
  id: 'PublishedText',
  description: 'What somebody wrote for others to read, apart from all else that they said.',
});

export const listPublishedTexts = operation({
  id: 'listPublishedTexts',
  method: 'get',
  path: '/v1/cycles/{cycleId}/published-texts',
  tag: 'themes',
  summary: 'List texts that are published whole',
  description:
    'What people wrote under questions of the cycle that promise to publish it whole (`publication` of the question), such as examples of working together, once a person has read it and taken out what could show who somebody is. In no order of time; without role and service. A text that its writer takes back is gone at once.',
  access: { kind: 'public' },
  params: z.object({ cycleId: Id }),
  query: z.object({
    organisation: OdsCode.optional(),
    question: Code.optional(),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of texts.',
      schema: z
        .object({ items: z.array(PublishedText), next: Next })
        .meta({ id: 'PublishedTextList' }),
      example: {
        items: [
          {
            organisation: 'RHA',
            question: 'whole-story',
            text: 'We planned the new ward together. The first plan failed, because nobody had asked the night staff.',
          },
        ],
        next: null,
      },
    },
  },
  problems: [],
});
