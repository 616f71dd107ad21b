import { validate } from 'nhs-number-validator';
import type { DigitGroup } from '../digits.ts';
import { WALL } from '../shadow.ts';
import { isSpokenOut, publicLines } from './phone.ts';

/*
 * The library `nhs-number-validator` reckons the check digit (modulus 11, NHS Data Model and Dictionary). Any ten
 * figures near "NHS" go too: a mistyped number is still somebody's.
 */

const words = '(?:\\bn[.\\s]?h[.\\s]?s\\b|(?:patient|hospital) (?:number|no|id)\\b)';
export const anyNhsCue = new RegExp(words);
export const nhsCueBefore = new RegExp(`${words}[^\\n${WALL}]{0,45}$`);
export const nhsCueAfter = new RegExp(`^[^\\n${WALL}]{0,25}${words}`);

const counting = new Set(['0123456789', '1234567890', '9876543210']);

export function isNhsNumber(
  digits: string,
  groups: readonly DigitGroup[],
  isCued: boolean,
): boolean {
  if (digits.length !== 10) return false;
  if (isCued) return !publicLines.has(digits);
  return isWrittenAsOne(digits, groups) && validate(digits);
}

/** Not ten scores out of five, nor somebody counting. */
function isWrittenAsOne(digits: string, groups: readonly DigitGroup[]): boolean {
  if (/^(.)\1+$/.test(digits) || counting.has(digits)) return false;
  if (groups.length === 1) return true;
  if (groups.map((group) => group.digits.length).join('-') === '3-3-4') return true;
  return isSpokenOut(digits, groups);
}
