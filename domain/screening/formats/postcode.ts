import { fix, parse } from 'postcode';
import { inFigures } from '../digits.ts';
import { type Guarded, matchesOf } from '../guarded.ts';
import type { Span } from '../kinds.ts';
import { isKnown } from '../known-words.ts';
import type { Shadow } from '../shadow.ts';

/*
 * The patterns find what may be a postcode in any spacing; the library `postcode` repairs a letter O or I among the
 * figures and says whether it has a postcode's form. It knows neither the areas nor the letters that are never
 * used: those keep doses, bays and times out ("B12 5mg", "E1 9am", "Q4 2nd").
 */

/** The 124 postcode areas of Royal Mail's Postcode Address File, with those of the islands and of non-places. */
const areas = new Set(
  'ab al b ba bb bd bf bh bl bn br bs bt bx ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv xx yo ze'.split(
    ' ',
  ),
);

/** BS 7666: the last two letters are never C, I, K, M, O or V. */
const unitLetters = /^[ABD-HJLNP-UW-Z]{2}$/;

const separator = '[\\s.,\\-_/]';
export const postcodeCandidate: Guarded = {
  needs: /[0-9]|gir/,
  patterns: [
    new RegExp(
      `(?<![a-z0-9])(?<outward>[a-z0]{1,2}${separator}{0,2}[0-9][a-z0-9]?|gir)${separator}{0,3}(?<inward>[0-9oi]\\s?[a-z]{2})(?![a-z0-9])`,
      'g',
    ),
  ],
};

/** Every character on its own: `n g 7 2 r d`. */
export const postcodeOneByOne: Guarded = {
  needs: /[ .-][0-9][ .-][a-z][ .-][a-z]/,
  patterns: [
    /(?<![a-z0-9])[a-z](?:[ .-][a-z])?[ .-][0-9](?:[ .-][a-z0-9])?[ .-][0-9][ .-][a-z][ .-][a-z](?![a-z0-9])/g,
  ],
};

/** "Ward E1 2nd floor", "S3 4hr wait": an ordinal or a unit before what it counts. */
const counted =
  /^(?:1st|2nd|3rd|[04-9]th|[0-9](?:hr|yr|st|lb|ft))\s(?:floor|time|visit|appointment|session|day|week|month|year|class|group|wait|delay|shift|course|stay|old|one|door|bay|dose|jab|call|attempt)/;

export function findPostcodes(shadow: Shadow): Span[] {
  const found = postcodesIn(shadow.text);
  const spelt = inFigures(shadow);
  if (spelt !== null)
    for (const span of postcodesIn(spelt.figures)) found.push(spelt.placeOf(span));
  return found;
}

function postcodesIn(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: whole, index, groups = {} } of matchesOf(postcodeCandidate, text)) {
    const { inward = '' } = groups;
    const end = index + whole.length;
    const isTight = whole.length === inward.length + (groups.outward?.length ?? 0);
    if (!isTight && counted.test(text.slice(end - inward.length, end + 20))) continue;
    // "E1 old wing", "bed B2 4 at a time": two or three letters that are a word are no end of a postcode.
    const letters = inward.replace(/^[0-9]\s?/, '');
    if (letters.length < inward.length - 1 || letters.length === 3) if (isKnown(letters)) continue;
    if (isPostcode(whole)) found.push({ start: index, end });
  }
  for (const { 0: whole, index } of matchesOf(postcodeOneByOne, text))
    if (isPostcode(whole)) found.push({ start: index, end: index + whole.length });
  return found;
}

function isPostcode(written: string): boolean {
  const letters = written.replace(/[^a-z0-9]+/g, '');
  // Girobank's, older than the form of all others.
  if (letters === 'gir0aa') return true;
  const { valid, area, unit } = parse(fix(letters));
  return valid && areas.has(area.toLowerCase()) && unitLetters.test(unit);
}
