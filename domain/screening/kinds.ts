/** The hard formats that are cut out of a text before it is stored. */
export const removedKinds = [
  'phone',
  'email',
  'nhs_number',
  'postcode',
  'national_insurance_number',
  'url',
  'social_handle',
  'date_of_birth',
] as const;
export type RemovedKind = (typeof removedKinds)[number];

/** What a moderator is shown. A name, a place or a long number also holds the text; the others never do. */
export const highlightKinds = ['name', 'place', 'number', 'date', 'unknown_word'] as const;
export type HighlightKind = (typeof highlightKinds)[number];

/** What stands in a screened text where a hard format was, for people to read: `[phone]`, `[date of birth]`. */
export function placeholder(kind: RemovedKind): string {
  return `[${kind.replaceAll('_', ' ')}]`;
}

/** From `start` up to but not including `end`; positions in a shadow unless said otherwise. */
export interface Span {
  start: number;
  end: number;
}
