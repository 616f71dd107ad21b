import type { Span } from './kinds.ts';
import { isKnown } from './known-words.ts';
import { inOriginal, type Shadow } from './shadow.ts';

/** A word of a shadow, with what a rule about names wants to know. */
export interface Token extends Span {
  /** Lower case, `'` for every apostrophe. */
  word: string;
  /** An ordinary word, in any of its forms. */
  isKnown: boolean;
  /** What stands between the token before and this one. */
  gap: string;
  /** Written with a capital first letter, in a text where that says something. */
  isCapital: boolean;
  /** All of it in capitals: "NHS", "CAMHS". */
  isAcronym: boolean;
  /** First of a sentence, where everything has a capital. */
  isFirst: boolean;
}

const token = /[\p{L}\p{N}]+(?:['&-][\p{L}\p{N}]+){0,5}/gu;
const capital = /^\p{Lu}/u;
/** `NHS`, `OTs`, `GP's`. */
const acronym = /^\p{Lu}[\p{Lu}\p{N}&-]+(?:['’]?s)?$/u;

export function tokensOf(shadow: Shadow): Token[] {
  const shouts = isShouted(shadow.original);
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: word, index } of shadow.text.matchAll(token)) {
    const span = { start: index, end: index + word.length };
    const { start, end: until } = inOriginal(shadow, span);
    const written = shadow.original.slice(start, until);
    const gap = shadow.text.slice(end, index);
    const isCapital = !shouts && capital.test(written);
    tokens.push({
      ...span,
      word,
      isKnown: isKnown(word),
      gap,
      isCapital,
      isAcronym: isCapital && acronym.test(written),
      isFirst: tokens.length === 0 || endsSentence(gap),
    });
    end = span.end;
  }
  return tokens;
}

export function endsSentence(gap: string): boolean {
  // What stands between most words: no need to look closer.
  return gap !== ' ' && /[.!?;:\n\uFFFC•*]|\s-\s/.test(gap);
}

/** Mostly capitals: then a capital says nothing. */
function isShouted(text: string): boolean {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  let small = 0;
  for (const [letters] of text.matchAll(/\p{Ll}+/gu)) {
    small += [...letters].length;
    // In most texts the first words say so.
    if (small >= capitals) return false;
  }
  return capitals > small;
}
