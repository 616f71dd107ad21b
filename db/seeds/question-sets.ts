/**
 * Sets of open questions that a cycle can ask as they stand, each as its version 1. The topics of the practice example follow
 * the call for practice examples of co-production by NDTi (2016); the wording is our own, and it asks for no names. A version
 * is never edited: to mend a word, add version 2.
 */

import type { Question } from '../../domain/cycle.ts';

export interface QuestionSetSeed {
  id: string;
  version: 1;
  title: string;
  introduction: string;
  source: string;
  licence: string;
  attribution: string;
  questions: Question[];
}

export const questionSets: readonly QuestionSetSeed[] = [
  {
    id: 'practice-example',
    version: 1,
    title: 'An example of working together',
    introduction:
      'Tell others about a time when people who use services, carers and staff made something together. It need not have worked: what went wrong helps others as much. Write as much or as little as you like, and leave out what you do not know. Words from your answers may be quoted, unless a question says otherwise. Do not use names of people, and leave out what would show who somebody is. A person reads everything before anybody else can see it.',
    source:
      'Topics: National Development Team for Inclusion (NDTi), Co-production in mental health: a call for practice examples, 2016',
    licence: 'topics with attribution; wording MIT, as this project',
    attribution:
      'Topics after "Co-production in mental health: a call for practice examples", NDTi, 2016. The questions were written for Full Circle.',
    questions: [
      {
        code: 'what-it-was',
        prompt:
          'What did you do together? Say what kind of thing it was: planning or running a service, training, research, choosing staff, or something else.',
        polarity: 'nonspecific',
      },
      {
        code: 'who-started-it',
        prompt: 'Who had the idea, and who was asked to join? Say roles, not names.',
        polarity: 'nonspecific',
      },
      {
        code: 'why-together',
        prompt: 'Why did you want to do it together, and not in the usual way?',
        polarity: 'nonspecific',
      },
      {
        code: 'shared-understanding',
        prompt:
          'Did everybody mean the same by working together? How did you find out, and what did you agree?',
        polarity: 'nonspecific',
      },
      {
        code: 'how-it-went',
        prompt: 'How did you go about it, step by step? How were decisions made?',
        polarity: 'nonspecific',
      },
      {
        code: 'what-came-of-it',
        prompt: 'What came of it? What is better for people now, and for whom?',
        polarity: 'what_good',
      },
      {
        code: 'how-you-know',
        prompt: 'How do you know? What did you look at, or count, or ask, on the way?',
        polarity: 'nonspecific',
      },
      {
        code: 'what-got-in-the-way',
        prompt:
          'What got in the way? If it did not work, what happened? What would you do differently?',
        polarity: 'could_improve',
      },
      {
        code: 'what-was-learnt',
        prompt: 'What was learnt, and who learnt it? What should others know who want to try it?',
        polarity: 'nonspecific',
      },
      {
        code: 'whole-story',
        prompt:
          'Would you like others to read your example as you tell it? Then tell it here, in one piece. What you write here is published whole, after a person has read it and taken out what could show who somebody is.',
        polarity: 'nonspecific',
        publication: 'whole',
      },
      {
        code: 'only-for-us',
        prompt: 'Is there something that we should know and that is not to be published?',
        polarity: 'nonspecific',
        publication: 'private',
      },
    ],
  },
];
