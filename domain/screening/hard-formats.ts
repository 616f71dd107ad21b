import { findDatesOfBirth } from './formats/date-of-birth.ts';
import { findEmails } from './formats/email.ts';
import { findNationalInsuranceNumbers } from './formats/national-insurance-number.ts';
import { findPhonesAndNhsNumbers } from './formats/phone-and-nhs-number.ts';
import { findPostcodes } from './formats/postcode.ts';
import { findSocialHandles } from './formats/social-handle.ts';
import { findUrls } from './formats/url.ts';
import { placeholder, type RemovedKind, type Span } from './kinds.ts';
import { capped, inOriginal, type Shadow, shadowOf, wallOff } from './shadow.ts';

interface Found extends Span {
  kind: RemovedKind;
}

type Rule = (shadow: Shadow, thisYear: number) => Found[];

const as =
  (kind: RemovedKind, find: (shadow: Shadow, thisYear: number) => Span[]): Rule =>
  (shadow, thisYear) =>
    find(shadow, thisYear).map(({ start, end }) => ({ kind, start, end }));

/** What an earlier rule takes, a later one does not see: an address holds a domain and an at sign. */
const rules: readonly Rule[] = [
  as('email', findEmails),
  as('url', findUrls),
  as('social_handle', findSocialHandles),
  as('national_insurance_number', findNationalInsuranceNumbers),
  as('date_of_birth', findDatesOfBirth),
  (shadow) => findPhonesAndNhsNumbers(shadow),
  as('postcode', findPostcodes),
];

/**
 * Cutting can free what it stood against (a postcode right behind a phone), so the result is read again until
 * nothing more is found. Ordinary text takes two rounds, and glued-together formats three.
 */
const MOST_ROUNDS = 6;

export interface Limits {
  codePoints: number;
  rounds?: number;
}

export interface WithoutHardFormats {
  text: string;
  counts: Map<RemovedKind, number>;
  /** Of the text as it is now: whoever reads on need not make it again. */
  shadow: Shadow;
}

/**
 * The text with placeholders where hard formats were. It is capped before any pattern runs, and again after a
 * round, since a placeholder may be longer than what it stands for. Where the rounds are used up and there is still
 * something to cut, which only a text made for the purpose brings about, nothing of the text is kept.
 */
export function removeHardFormats(
  text: string,
  thisYear: number,
  { codePoints, rounds = MOST_ROUNDS }: Limits,
): WithoutHardFormats {
  const counts = new Map<RemovedKind, number>();
  let current = capped(text, codePoints);
  for (let round = 0; ; round++) {
    const shadow = shadowOf(current);
    const found = findAll(shadow, thisYear);
    for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const [first] = found;
    if (first === undefined) return { text: current, counts, shadow };
    if (round === rounds) {
      const nothing = placeholder(first.kind);
      return { text: nothing, counts, shadow: shadowOf(nothing) };
    }
    current = capped(cut(current, found), codePoints);
  }
}

/** Spans of the original, in order, none touching another's characters. */
function findAll(whole: Shadow, thisYear: number): Found[] {
  let shadow = whole;
  const all: Found[] = [];
  for (const rule of rules) {
    const found = merged(rule(shadow, thisYear));
    for (const each of found) all.push({ ...each, ...inOriginal(shadow, each) });
    shadow = wallOff(shadow, found);
  }
  return merged(all);
}

/** Overlapping spans become one, named for the longer. */
function merged(found: readonly Found[]): Found[] {
  const inOrder = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const spans: Found[] = [];
  for (const next of inOrder) {
    const last = spans.at(-1);
    if (last === undefined || next.start >= last.end) {
      spans.push({ ...next });
      continue;
    }
    if (next.end - next.start > last.end - last.start) last.kind = next.kind;
    last.end = Math.max(last.end, next.end);
  }
  return spans;
}

function cut(text: string, found: readonly Found[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { kind, start, end } of found) {
    pieces.push(text.slice(from, start), placeholder(kind));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
