import { type DigitGroup, type DigitRun, digitRuns } from '../digits.ts';
import type { RemovedKind, Span } from '../kinds.ts';
import type { Shadow } from '../shadow.ts';
import { anyNhsCue, isNhsNumber, nhsCueAfter, nhsCueBefore } from './nhs-number.ts';
import {
  anyPhoneCue,
  isPhone,
  type NumberingPlan,
  numberingPlan,
  phoneCueAfter,
  phoneCueBefore,
} from './phone.ts';

/*
 * Phones and NHS numbers are looked for together, in the same runs of digits, and everything that either finds goes:
 * one after the other, the first could cut the second in half and leave its rest standing.
 */

export interface NumberFound extends Span {
  kind: Extract<RemovedKind, 'phone' | 'nhs_number'>;
}

/** Groups of a number's longest spelling: every digit on its own. */
const MOST_GROUPS = 16;
/** A number of the same town, where it is called one; any other; and with a country and everything. */
const LEAST_DIGITS = 6;
const LEAST_UNCUED = 10;
const MOST_DIGITS = 15;

export function findPhonesAndNhsNumbers(shadow: Shadow): NumberFound[] {
  const { text } = shadow;
  const found: NumberFound[] = [];
  const runs = digitRuns(shadow);
  if (runs.length === 0) return found;
  const cues = cueReader(text);
  const plan = numberingPlan();
  for (const run of runs)
    for (let first = 0; first < run.length; first++)
      for (const { kind, count } of numbersFrom(run, first, cues, plan)) {
        const start = run[first]?.start ?? 0;
        const end = run[first + count - 1]?.end ?? start;
        found.push({ kind, start: kind === 'phone' ? withSigns(text, start, end) : start, end });
      }
  return found;
}

/** The numbers that begin with this group, and of how many groups they are. */
function numbersFrom(
  run: DigitRun,
  first: number,
  cues: CueReader,
  plan: NumberingPlan,
): { kind: NumberFound['kind']; count: number }[] {
  const start = run[first]?.start ?? 0;
  const numbers: { kind: NumberFound['kind']; count: number }[] = [];
  const groups: DigitGroup[] = [];
  let digits = '';
  let phone: number | null = null;
  let before: Cues | null = null;
  for (const group of run.slice(first, first + MOST_GROUPS)) {
    groups.push(group);
    digits += group.digits;
    if (digits.length < LEAST_DIGITS) continue;
    before ??= cues.before(start);
    const { hasPlus } = before;
    if (digits.length < LEAST_UNCUED && !before.phone && !hasPlus) continue;
    if (digits.length > (hasPlus ? MOST_DIGITS : mostDigits(digits, groups[0]))) break;
    const isCued = before.phone || (digits.length === 10 && cues.isPhoneAfter(group.end));
    if (isPhone(digits, groups, { isCued, hasPlus }, plan)) phone = groups.length;
    if (isNhsNumber(digits, groups, before.nhs || cues.isNhsAfter(group.end)))
      numbers.push({ kind: 'nhs_number', count: groups.length });
  }
  if (phone !== null) numbers.push({ kind: 'phone', count: phone });
  return numbers;
}

interface Cues {
  phone: boolean;
  nhs: boolean;
  hasPlus: boolean;
}

interface CueReader {
  before(start: number): Cues;
  isPhoneAfter(end: number): boolean;
  isNhsAfter(end: number): boolean;
}

/** Most texts hold no cue at all, and are asked once. */
function cueReader(text: string): CueReader {
  const hasPhone = anyPhoneCue.test(text);
  const hasNhs = anyNhsCue.test(text);
  const after = (end: number) => text.slice(end, end + 35);
  return {
    before(start) {
      const before = hasPhone || hasNhs ? text.slice(Math.max(0, start - 60), start) : '';
      return {
        phone: hasPhone && phoneCueBefore.test(before),
        nhs: hasNhs && nhsCueBefore.test(before),
        hasPlus: withPlus(text, start) < start,
      };
    },
    isPhoneAfter: (end) => hasPhone && phoneCueAfter.test(after(end)),
    isNhsAfter: (end) => hasNhs && nhsCueAfter.test(after(end)),
  };
}

/** Longer than an NHS number is only a phone with its first nought or its country. */
function mostDigits(digits: string, first: DigitGroup | undefined): number {
  // The noughts of an international call stand together, or are said: others are two scores of nought.
  if (digits.startsWith('00'))
    return first?.isSpelt || first?.digits.startsWith('00') ? MOST_DIGITS : 10;
  if (digits.startsWith('44')) return 13;
  return digits.startsWith('0') ? 11 : 10;
}

/** With its plus, and with the bracket that one inside the number closes. */
function withSigns(text: string, start: number, end: number): number {
  const first = withPlus(text, start);
  return text.charAt(first - 1) === '(' && text.slice(first, end).includes(')') ? first - 1 : first;
}

/** A plus before the first digit belongs to the number, also with a space or a bracket between. */
function withPlus(text: string, start: number): number {
  for (let at = start - 1; at >= 0 && at >= start - 3; at--) {
    const sign = text.charAt(at);
    if (sign === '+') return at;
    if (sign !== ' ' && sign !== '(') break;
  }
  return start;
}
