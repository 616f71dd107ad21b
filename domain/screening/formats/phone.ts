import {
  isPossiblePhoneNumber,
  isValidPhoneNumber,
  type MetadataJson,
} from 'libphonenumber-js/core';
import type { DigitGroup } from '../digits.ts';
import { WALL } from '../shadow.ts';
import british from './british-phone-numbers.json' with { type: 'json' };

/*
 * A British number has to be possible, says libphonenumber-js. Whether Ofcom has given it out matters only where
 * nothing else speaks for a phone, because most of what must go has not been: numbers of fiction (07700 900123,
 * 01632 960001), mistyped and brand-new ones. In the corpus the library calls two of three numbers invalid.
 *
 * british-phone-numbers.json is the part GB of the library's metadata.max.json; a test compares the two.
 */

// The library's own type wants every country.
const metadata = british as unknown as MetadataJson;

export interface PhoneEvidence {
  /** "call me on", "my mobile is" before it, or "is my mobile" after it. */
  isCued: boolean;
  /** A plus before it. */
  hasPlus: boolean;
}

const words =
  '\\b(?:phoned?|ring|rang|tel|telephone|mobile|mob|call(?:ed|ing)?|text(?:ed)?|whatsapp|number|num|fax)\\b';
export const anyPhoneCue = new RegExp(words);
export const phoneCueBefore = new RegExp(`${words}[^0-9\\n${WALL}]{0,20}$`);
export const phoneCueAfter = new RegExp(`^[^0-9\\n${WALL}]{0,20}${words}`);

/** Lines that anybody may write down: Samaritans, Childline, CALM. */
export const publicLines: ReadonlySet<string> = new Set(['116123', '08001111', '0800585858']);
const shortLines = new Set(['111', '112', '101', '999', '116', '85258']);

export function isPhone(
  digits: string,
  groups: readonly DigitGroup[],
  { isCued, hasPlus }: PhoneEvidence,
  plan: NumberingPlan,
): boolean {
  if (publicLines.has(digits)) return false;
  if (hasPlus && digits.startsWith('44')) return plan.isPossible(`+${digits}`);
  if (hasPlus && /^[1-9][0-9]{7,12}$/.test(digits)) return true;
  if (digits.startsWith('0044')) return plan.isPossible(`+${digits.slice(2)}`);
  if (digits.startsWith('00')) return /^00[1-9][0-9]{8,12}$/.test(digits);
  // Eleven or ten figures from the nought: shorter ones the library allows are public lines.
  if (/^0[1-9][0-9]{8,9}$/.test(digits))
    return (isCued || looksDialled(digits, groups, plan)) && plan.isPossible(digits);
  if (/^440?[1-9][0-9]{9}$/.test(digits))
    return (isCued || longest(groups) >= 3) && plan.isPossible(`+${digits}`);
  // Without its first nought, or without its area code: only where somebody says to call it.
  if (!isCued || groups.some((group) => shortLines.has(group.digits))) return false;
  if (digits.length === 10) return plan.isPossible(`0${digits}`);
  return /^[1-9][0-9]{5,7}$/.test(digits) && longest(groups) >= 3 && groups.length <= 3;
}

/** Not scores, sizes, or a date and a time: by how it is written, or else because the number is given out. */
function looksDialled(digits: string, groups: readonly DigitGroup[], plan: NumberingPlan): boolean {
  const [day, month, year] = groups.map((group) => group.digits);
  const startsLikeDate = (day?.length ?? 3) <= 2 && (month?.length ?? 3) <= 2;
  if (startsLikeDate && /^(?:19|20)[0-9]{2}$/.test(year ?? '')) return false;
  const isDateAndTime = startsLikeDate && year?.length === 2 && longest(groups) <= 4;
  if (longest(groups) >= 3 && !isDateAndTime) return true;
  return digits.length === 11 && (isSpokenOut(digits, groups) || plan.isValid(digits));
}

function longest(groups: readonly DigitGroup[]): number {
  return groups.reduce((most, { digits }) => Math.max(most, digits.length), 0);
}

/** Figure by figure, and not a row of scores out of five. */
export function isSpokenOut(digits: string, groups: readonly DigitGroup[]): boolean {
  if (groups.every((group) => group.isSpelt)) return true;
  return (
    /[6-9]/.test(digits) && groups.every((group) => group.digits.length === 1 || group.isSpelt)
  );
}

/** What the library says about British numbers. */
export interface NumberingPlan {
  isPossible: (digits: string) => boolean;
  isValid: (digits: string) => boolean;
}

/**
 * An answer of the library takes some 20 microseconds. A text with more candidates than this was made to cost time,
 * and everything of a number's form in it goes without asking.
 */
const MOST_QUESTIONS = 200;

/** For one text. */
export function numberingPlan(): NumberingPlan {
  let left = MOST_QUESTIONS;
  return {
    isPossible: (digits) => --left < 0 || isPossiblePhoneNumber(digits, 'GB', metadata),
    isValid: (digits) => --left < 0 || isValidPhoneNumber(digits, 'GB', metadata),
  };
}
