import { type CharacterRange, REDACTION } from './moderation.ts';

/** A word of a text, in code points, with what it reads. */
export interface Word extends CharacterRange {
  text: string;
}

/** Words as Unicode parts them (UAX #29), so that a text without spaces between its words has some too. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** What says nothing by itself: white space, punctuation, marks of a format that nobody sees. */
const silent = /^[\s\p{P}\p{Z}\p{Cc}\p{Cf}]*$/u;

/**
 * What of a text can be taken out word by word: its words, numbers, emoji and other signs, in order; not the white space and
 * the punctuation between them, and not what stands for words that are gone already.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start = 0;
  for (const piece of text.split(/(\[redacted\])/)) {
    if (piece === REDACTION) start += REDACTION.length;
    else
      for (const { segment } of segmenter.segment(piece)) {
        const end = start + [...segment].length;
        if (!silent.test(segment)) words.push({ text: segment, start, end });
        start = end;
      }
  }
  return words;
}

/** Blanks of one line, or signs that join words, as in a double name or a date. */
const joining = /^([^\S\r\n]*|\S*)$/u;

/**
 * The ranges that take out words: one for words that follow each other with only blanks or a joining sign between them, and with
 * what stands there. A comma, the end of a sentence or of a line stays, and parts them.
 *
 * @param isChosen whether a word is taken out, by its place among {@link wordsOf} the text
 */
export function rangesOfWords(
  text: string,
  isChosen: (index: number) => boolean,
): CharacterRange[] {
  const characters = [...text];
  const ranges: CharacterRange[] = [];
  let wasChosen = false;
  for (const [index, { start, end }] of wordsOf(text).entries()) {
    const chosen = isChosen(index);
    const last = ranges.at(-1);
    const follows = wasChosen && last && joining.test(characters.slice(last.end, start).join(''));
    if (chosen && follows) last.end = end;
    else if (chosen) ranges.push({ start, end });
    wasChosen = chosen;
  }
  return ranges;
}
