import type { ModerationDecision } from '../../../domain/vocabulary.ts';
import type { Fields } from '../../fields.ts';
import type { FormError } from '../../form-errors.ts';

/** Reasons that fit most texts, so that deciding takes no typing; the first of each is chosen to begin with. */
export const readyReasons: Readonly<Record<ModerationDecision, readonly string[]>> = {
  publish: ['Nothing in it says who somebody is'],
  redact: ['Some words could say who somebody is', 'Some words could hurt somebody who reads them'],
  keep_private: [
    'All of it together could say who somebody is',
    'It could hurt somebody who reads it',
    'It reads as not meant for others',
  ],
  delete: ['It is not feedback', 'It harms or threatens somebody who can be recognised'],
};

/** The field of the ready reasons for a decision. */
export const reasonField = (decision: ModerationDecision) => `reason.${decision}`;

/** The field for own words, which go before a ready reason. */
export const OWN_REASON = 'reason.own';

/** What the fields for reasons begin with. */
export const initialReasons = Object.fromEntries(
  Object.entries(readyReasons).map(([decision, [first = '']]) => [
    reasonField(decision as ModerationDecision),
    first,
  ]),
);

/** The reason that was given for a decision, or what is missing. */
export function reasonOf(
  fields: Fields,
  decision: ModerationDecision,
): string | readonly FormError[] {
  const own = fields.text(OWN_REASON);
  if (own !== '') return own;
  const all = readyReasons[decision];
  // Where there is but one, the page does not ask.
  const ready =
    all.length === 1 ? all[0] : all.find((each) => each === fields.raw(reasonField(decision)));
  return ready ?? [{ field: reasonField(decision), text: 'Select why' }];
}
