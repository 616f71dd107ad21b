import * as z from 'zod';
import { polarities, questionPublications } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import { Code, Next, pageQuery, WholeNumber } from '../shapes.ts';

const EnquiryCategory = z
  .object({ code: Code, title: z.string(), description: z.string() })
  .meta({ id: 'EnquiryCategoryEntry', description: 'What a theme can be about.' });

export const listEnquiryCategories = operation({
  id: 'listEnquiryCategories',
  method: 'get',
  path: '/v1/enquiry-categories',
  tag: 'themes',
  summary: 'List what themes can be about',
  description:
    'The vocabulary of enquiry categories: the current version, or the one that `version` names. A version never changes.',
  access: { kind: 'public' },
  query: z.object({
    version: WholeNumber(1, 99_999)
      .optional()
      .meta({ examples: [1] }),
  }),
  replies: {
    200: {
      description: 'The categories in their order.',
      schema: z
        .object({ version: z.int(), items: z.array(EnquiryCategory), next: z.null() })
        .meta({ id: 'EnquiryCategoryList' }),
      example: {
        version: 1,
        items: [
          {
            code: 'information',
            title: 'Information',
            description: 'Knowing what is going on, what comes next, and where to turn.',
          },
        ],
        next: null,
      },
    },
  },
  problems: ['not-found'],
  cache: { maxAgeSeconds: 3600 },
});

const QuestionSet = z
  .object({
    id: Code,
    version: z.int(),
    title: z.string(),
    introduction: z.string().meta({ description: 'To show before the questions.' }),
    source: z.string(),
    licence: z.string(),
    attribution: z.string().meta({ description: 'The credit line that has to be shown.' }),
    questions: z
      .array(
        z.object({
          code: Code,
          prompt: z.string(),
          polarity: z.enum(polarities),
          publication: z.enum(questionPublications).optional(),
        }),
      )
      .meta({ description: 'As `questions` of a cycle takes them.' }),
  })
  .meta({ id: 'QuestionSet', description: 'Open questions that a cycle can ask as they stand.' });

export const listQuestionSets = operation({
  id: 'listQuestionSets',
  method: 'get',
  path: '/v1/question-sets',
  tag: 'cycles',
  summary: 'List question sets',
  description:
    'Forms of open questions, each as its newest version. To use one, copy its `questions` into `questions` of the new cycle (createCycle), and show `introduction` before them in the form. `practice-example` asks for an example of working together, also one that did not work.',
  access: { kind: 'public' },
  query: z.object(pageQuery),
  replies: {
    200: {
      description: 'A page of question sets.',
      schema: z.object({ items: z.array(QuestionSet), next: Next }).meta({ id: 'QuestionSetList' }),
      example: {
        items: [
          {
            id: 'practice-example',
            version: 1,
            title: 'An example of working together',
            introduction: 'It need not have worked: what went wrong helps others as much.',
            source: 'NDTi, 2016',
            licence: 'topics with attribution',
            attribution: 'Topics after NDTi, 2016.',
            questions: [
              {
                code: 'what-it-was',
                prompt: 'What did you do together?',
                polarity: 'nonspecific',
              },
            ],
          },
        ],
        next: null,
      },
    },
  },
  problems: [],
  cache: { maxAgeSeconds: 3600 },
});
