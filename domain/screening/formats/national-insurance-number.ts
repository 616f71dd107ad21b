import { inFigures } from '../digits.ts';
import { type Guarded, matchesOf } from '../guarded.ts';
import type { Span } from '../kinds.ts';
import type { Shadow } from '../shadow.ts';

/**
 * Two letters, six digits, one letter A to D, by HMRC's manual NIM39110, in any spacing. A prefix that HMRC
 * does not give out, or a missing last letter, counts only after a cue.
 */
const separator = '[\\s.,/_-]';
const sixFigures = `(?:[0-9]${separator}{0,2}){5}[0-9]`;
export const nationalInsuranceNumber: Guarded = {
  needs: new RegExp(sixFigures),
  patterns: [
    new RegExp(
      `(?<![a-z0-9])(?<prefix>[a-z]${separator}?[a-z])(?<digits>${separator}{0,2}${sixFigures})(?<suffix>${separator}{0,2}[a-d])?(?![a-z0-9])`,
      'g',
    ),
  ],
};

const givenOut = /^(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-prstw-z][a-ceghj-nprstw-z]$/;

const cue = /(?:\bni\b|\bnino\b|national insurance)[^\n\uFFFC]{0,25}$/;

/** "on 12 03 21 a nurse came": words of two letters that a spaced number may follow. */
const wordPrefixes = new Set('am an as at be by he er la me my on pm we'.split(' '));

export function findNationalInsuranceNumbers(shadow: Shadow): Span[] {
  const found = numbersIn(shadow.text);
  const spelt = inFigures(shadow);
  if (spelt !== null) for (const span of numbersIn(spelt.figures)) found.push(spelt.placeOf(span));
  return found;
}

function numbersIn(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: whole, index, groups = {} } of matchesOf(nationalInsuranceNumber, text)) {
    const prefix = (groups.prefix ?? '').replace(/[^a-z]/g, '');
    const isSpaced = /^[^0-9]/.test(groups.digits ?? '');
    const isWhole =
      groups.suffix !== undefined &&
      givenOut.test(prefix) &&
      !(isSpaced && wordPrefixes.has(prefix));
    if (isWhole || cue.test(text.slice(Math.max(0, index - 50), index)))
      found.push({ start: index, end: index + whole.length });
  }
  return found;
}
