import type { QuestionPublication } from '../../../domain/vocabulary.ts';

/** What becomes of the answers to a question, in words for whoever sets it up and whoever answers. */
export const publicationMeanings: Readonly<Record<QuestionPublication, string>> = {
  private:
    'only moderators of the organisation read it, to understand. Nothing of it is published, not even a few words.',
  quotes:
    'a few words may be quoted with a theme or an answer, without role or service. The whole text is never shown.',
  whole:
    'the text may be shown as it was written, once a person has made sure that it does not say who wrote it.',
};
