import { digitRuns } from './digits.ts';
import { type Guarded, matchesOf } from './guarded.ts';
import type { Span } from './kinds.ts';
import type { Shadow } from './shadow.ts';

/** Seven figures on end: a hospital number, a case reference, a phone that was mistyped. */
const LONG = 7;
/** Letters and six figures, or a prison number: `RT123456`, `A1234BC`. */
export const reference: Guarded = {
  needs: /[0-9]{4}/,
  patterns: [/(?<![a-z0-9])(?:[a-z]{1,4}[-/]?[0-9]{6,12}|[a-z][0-9]{4}[a-z]{2})(?![a-z0-9])/g],
};

/** Numbers that no hard format explains but that may well point to one person. */
export function findLongNumbers(shadow: Shadow): Span[] {
  const long = digitRuns(shadow)
    .flat()
    .filter(({ digits, isSpelt }) => !isSpelt && digits.length >= LONG);
  const references = matchesOf(reference, shadow.text).map(({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
  }));
  return [...references, ...long].map(({ start, end }) => ({ start, end }));
}
