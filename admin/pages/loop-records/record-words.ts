import type { EnquiryCategory, LoopStatus } from '../../../domain/vocabulary.ts';
import type { TagColour } from '../../components/Tag.tsx';
import { countWords } from '../../words.ts';

/** What loop records are called on their pages. */

export const statusColours: Readonly<Record<LoopStatus, TagColour>> = {
  considering: 'white',
  planned: 'blue',
  in_progress: 'yellow',
  done: 'green',
  cannot_do: 'grey',
  no_longer_needed: 'grey',
};

/** How an answer begins: "No" is said as plainly as "yes". */
export const answerWords: Readonly<Record<LoopStatus, string>> = {
  considering: 'We are thinking about it',
  planned: 'We will',
  in_progress: 'We are doing it',
  done: 'We did',
  cannot_do: 'No, because',
  no_longer_needed: 'No longer needed, because',
};

/** As the first version of the vocabulary has them. */
export const enquiryCategoryWords: Readonly<Record<EnquiryCategory, string>> = {
  'culture-and-offers-of-help': 'Culture and offers of help',
  'community-support': 'Support in the community',
  'clinical-and-social-help': 'Clinical and social help',
  'continuity-and-relationships': 'Continuity and relationships',
  information: 'Information',
  'involvement-in-care': 'Involvement in care',
  'safety-and-dignity': 'Safety and dignity',
  'environment-and-activities': 'Surroundings and things to do',
};

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * How late a promise is: `3 days late`, `5 weeks late`.
 *
 * @param dueOn `YYYY-MM-DD`, before the day of `now` (UTC, as the API counts)
 */
export function latenessWords(dueOn: string, now: Date): string {
  const today = Date.parse(now.toISOString().slice(0, 10));
  const days = Math.round((today - Date.parse(dueOn)) / MILLISECONDS_PER_DAY);
  if (days < 14) return `${countWords(days, 'day')} late`;
  if (days < 61) return `${countWords(Math.floor(days / 7), 'week')} late`;
  if (days < 730) return `${countWords(Math.floor(days / 30.44), 'month')} late`;
  return `${countWords(Math.floor(days / 365.25), 'year')} late`;
}
