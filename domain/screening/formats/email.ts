import { type Guarded, matchesOf } from '../guarded.ts';
import type { Span } from '../kinds.ts';
import type { Shadow } from '../shadow.ts';
import { atWords } from './at-words.ts';

/*
 * Anchored on the "at", then looking so many characters to either side: no pattern starts at every letter of a long
 * word, so a hostile text costs its length times a constant.
 */

const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 120;

/** An at sign with or without air, in brackets, or as a word. */
const at = /\s{0,3}(?:@|[([{<]\s?(?:at|@)\s?[)\]}>])\s{0,3}|[\s_]{1,3}at[\s_]{1,3}/g;

const dot =
  '(?:\\s{0,2}[.]\\s{0,2}|\\s?[([{<]\\s?(?:dot|[.])\\s?[)\\]}>]\\s?|[\\s_]{1,2}(?:dot|punto)[\\s_]{1,2})';
const label = '[a-z0-9](?:[a-z0-9-]{0,40})';
const wordDot =
  "(?:[.]|\\s?[([{<]\\s?dot\\s?[)\\]}>]\\s?|[\\s_]{1,2}(?:dot|underscore|dash|hyphen)[\\s_]{1,2})[a-z0-9_%+'-]{1,30}";
const local = new RegExp(`[a-z0-9_%+'-]{1,${LONGEST_LOCAL}}(?:${wordDot}){0,4}$`);

const endings = 'com|net|org|uk|edu|gov|info|ie|eu|io|biz|fr|de|es|pl|ro|ng|cymru|wales|scot';
const providers =
  '(?:gmail|googlemail|hotmail|outlook|icloud|btinternet|protonmail|yahoo|aol|msn|live|sky|talktalk|virginmedia|ymail|gmx|nhs)';

/** Right behind a sign any domain will do, also one with a comma for its dot. */
const tightDomain = new RegExp(
  `^(?:${label}(?:[.]${label}){1,5}|${label},(?:com|net|org|co[.]uk|co,uk)|${label}(?:${dot}${label}){0,3}${dot}(?:${endings}))(?![a-z0-9])`,
);
/** With air around the sign, "tea @ clinic.It was good": only a usual ending. */
const looseDomain = new RegExp(`^${label}(?:${dot}${label}){0,3}${dot}(?:${endings})(?![a-z0-9])`);
/** After the word "at": an ending that no sentence has there, or a mail provider that no place is called. */
const domainAfterWord = new RegExp(
  `^(?:${label}(?:${dot}${label}){0,3}${dot}(?:com|net|org|uk|edu|gov|ie|eu|fr|de|pl|ro|ng)|${providers}\\s(?:com|net|co\\s?uk)|(?:gmail|googlemail|hotmail|icloud|btinternet|protonmail|yahoo|aol)(?:${dot}[a-z]{2,3}){0,2})(?![a-z0-9])`,
);
/** `jane@provider`, its ending forgotten. */
const bareDomain = /^[a-z][a-z0-9-]{2,40}/;

/** Every character on its own: `j a n e @ x . c o m`. */
export const emailOneByOne: Guarded = {
  needs: / @ /,
  patterns: [/(?<![a-z0-9])(?:[a-z0-9._-] ){2,40}@(?: [a-z0-9._-]){4,60}(?![a-z0-9])/g],
};

export function findEmails({ text }: Shadow): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(at)) {
    const after = match.index + match[0].length;
    const domain = domainAfter(match[0], text.slice(after, after + LONGEST_DOMAIN));
    if (domain === null) continue;
    const before = localBefore(text, match.index);
    if (before !== null) found.push({ start: before, end: after + domain.length });
  }
  for (const { 0: whole, index } of matchesOf(emailOneByOne, text))
    found.push({ start: index, end: index + whole.length });
  return found;
}

function domainAfter(sign: string, text: string): string | null {
  if (/^[\s_]+at[\s_]+$/.test(sign)) return domainAfterWord.exec(text)?.[0] ?? null;
  if (/^\s|\s$/.test(sign)) return looseDomain.exec(text)?.[0] ?? null;
  const domain = tightDomain.exec(text)?.[0];
  if (domain !== undefined) return domain;
  const word = sign === '@' ? bareDomain.exec(text)?.[0] : undefined;
  return word === undefined || atWords.has(word) ? null : word;
}

/** Where the part before the "at" starts, or null where there is none. */
function localBefore(text: string, end: number): number | null {
  const from = Math.max(0, end - 2 * LONGEST_LOCAL);
  const match = local.exec(text.slice(from, end));
  return match ? from + match.index : null;
}
