import type { CharacterRange } from '../../../domain/moderation.ts';
import { rangesOfWords, type Word } from '../../../domain/words.ts';
import type { Fields } from '../../fields.ts';
import type { Finding } from './marked-text.tsx';

/** The field of the words to take out: one letter, since a long text has hundreds. */
export const WORD = 'w';

/** Which step of the form was sent: `check` after marking, `mark` to mark again, `do` after checking. */
export const STEP = 'step';

/** Carries which text the words were marked in: their places mean nothing in another. */
export const SEEN = 'seen';

/** The places of the words that are marked. */
export function chosenIn(fields: Fields): ReadonlySet<string> {
  return new Set(fields.all(WORD));
}

/** The ranges that the marked words of a text make. */
export function rangesOf(text: string, chosen: ReadonlySet<string>): CharacterRange[] {
  return rangesOfWords(text, (index) => chosen.has(String(index)));
}

/** Whether screening found something in a word, and what. */
export function findingIn(word: Word, findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ start, end }) => start < word.end && word.start < end);
}

/**
 * The places of the words that are marked to begin with: those that were found, but for words that are merely unusual. Those are
 * often good words, and what is taken out is gone for good.
 */
export function likelyWords(words: readonly Word[], findings: readonly Finding[]): string[] {
  const likely = findings.filter(({ kind }) => kind !== 'unknown_word');
  return [...words.keys()]
    .filter((index) => words[index] && findingIn(words[index], likely) !== undefined)
    .map(String);
}

/** Tells one text from another: the beginning of its SHA-256. */
export async function fingerprintOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest, 0, 8)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
