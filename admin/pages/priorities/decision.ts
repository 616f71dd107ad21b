import { isLivedExperienceGroup, isStillToCome } from '../../../domain/priority.ts';
import {
  type ParticipantBand,
  participantBands,
  perspectives,
} from '../../../domain/vocabulary.ts';
import { londonOf, readDay } from '../../dates.ts';
import type { Fields } from '../../fields.ts';
import type { FormError } from '../../form-errors.ts';
import { rankingErrors, rankingOf } from './ranking.ts';

/** What the fields are called in errors. */
export const labels = {
  ranking: 'Ranking',
  'people.service_user': 'Who decided',
  'decidedOn-day': 'Day of the decision',
  rationale: 'How it was decided',
  'dissent.*.text': 'What they said',
};

/** The field for a place in the body of the API. */
export function fieldOf(place: string): string {
  const [member = ''] = place.split('.');
  if (member === 'decidedBy') return 'people.service_user';
  if (member === 'decidedOn') return 'decidedOn-day';
  if (member === 'dissent' && place !== member) return `${place}.text`;
  return member;
}

/** Who took part, by role; those of whom nobody did are left out. */
function decidedByOf(fields: Fields) {
  return perspectives.flatMap((perspective) => {
    const people = participantBands.find((band) => band === fields.text(`people.${perspective}`));
    return people === undefined ? [] : [{ perspective, people }];
  });
}

/** What a group decided, as the API takes it; or what is missing, in the order of the page. */
export function readDecision(
  fields: Fields,
  now: Date,
):
  | { errors: readonly FormError[] }
  | {
      content: {
        ranking: { theme: string; rationale: string | null }[];
        decidedBy: { perspective: (typeof perspectives)[number]; people: ParticipantBand }[];
        decidedOn: string;
        rationale: string;
        dissent: string[];
      };
    } {
  const errors = rankingErrors(fields);
  const decidedBy = decidedByOf(fields);
  if (!isLivedExperienceGroup(decidedBy))
    errors.push({
      field: 'people.service_user',
      text: 'Select how many people who use services or carers decided: priorities are chosen by people with lived experience',
    });
  const decidedOn = readDay(fields, 'decidedOn');
  if (decidedOn === null)
    errors.push({ field: 'decidedOn-day', text: 'Enter the day of the decision' });
  else if (decidedOn === 'wrong')
    errors.push({ field: 'decidedOn-day', text: 'Enter a real date, such as 27 3 2026' });
  else if (isStillToCome(decidedOn, londonOf(now).day))
    errors.push({ field: 'decidedOn-day', text: 'Enter a day that is not still to come' });
  const rationale = fields.text('rationale');
  if (rationale === '')
    errors.push({ field: 'rationale', text: 'Enter how it was decided, and why so' });
  if (errors.length > 0 || decidedOn === null) return { errors };
  const dissent = fields.items('dissent').map((item) => item.text('text'));
  return {
    content: {
      ranking: rankingOf(fields),
      decidedBy,
      decidedOn,
      rationale,
      dissent: dissent.filter(Boolean),
    },
  };
}
