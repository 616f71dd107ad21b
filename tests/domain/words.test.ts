import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptTexts, REDACTION } from '../../domain/moderation.ts';
import { rangesOfWords, wordsOf } from '../../domain/words.ts';

const reads = (text: string) => wordsOf(text).map((word) => word.text);

/** Texts of words, emoji of several code points, combining marks, blanks, punctuation and what was taken out before. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Amara',
        'don’t',
        '07700',
        '👩🏽‍⚕️',
        '🇬🇧',
        'Zoe\u0308',
        'e\u0301',
        '東京病院',
        REDACTION,
        ' ',
        '\n\n',
        ', ',
        '. ',
        '-',
        '(',
        ')',
        '\u200b',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 25 },
  )
  .map((pieces) => pieces.join(''));

describe('the words of a text', () => {
  it.each<[string, string, string[]]>([
    ['punctuation', 'Amara (my nurse), listened.', ['Amara', 'my', 'nurse', 'listened']],
    ['an apostrophe', 'I don’t know', ['I', 'don’t', 'know']],
    ['a double name', 'Smith-Jones', ['Smith', 'Jones']],
    ['an emoji of several code points', 'ok 👩🏽‍⚕️!', ['ok', '👩🏽‍⚕️']],
    ['a combining mark', 'Zoe\u0308 came', ['Zoe\u0308', 'came']],
    ['what was taken out before', 'My [redacted] left', ['My', 'left']],
    ['nothing', '', []],
    ['only blanks', ' \n ', []],
  ])('with %s', (_, text, words) => {
    expect(reads(text)).toEqual(words);
  });

  it('parts a text that has no spaces', () => {
    expect(reads('東京の病院').length).toBeGreaterThan(1);
  });

  it('stand where they say, in order, and leave nothing that reads out of them', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const characters = [...text];
        let from = 0;
        let between = '';
        for (const word of wordsOf(text)) {
          expect(word.start).toBeGreaterThanOrEqual(from);
          expect(word.end).toBeGreaterThan(word.start);
          expect(characters.slice(word.start, word.end).join('')).toBe(word.text);
          between += `${characters.slice(from, word.start).join('')}\n`;
          from = word.end;
        }
        between += characters.slice(from).join('');
        expect(between.replaceAll(REDACTION, '')).toMatch(/^[\s\p{P}\p{Z}\p{Cc}\p{Cf}]*$/u);
      }),
    );
  });
});

describe('ranges of words', () => {
  const anyChoice = anyText.chain((text) =>
    fc.record({
      text: fc.constant(text),
      chosen: fc.array(fc.boolean(), {
        minLength: wordsOf(text).length,
        maxLength: wordsOf(text).length,
      }),
    }),
  );

  it('cover what is chosen with blanks and joining signs between neighbours, and nothing else', () => {
    fc.assert(
      fc.property(anyChoice, ({ text, chosen }) => {
        const words = wordsOf(text);
        const characters = [...text];
        const ranges = rangesOfWords(text, (index) => chosen[index] === true);
        const isCovered = (place: number) =>
          ranges.some(({ start, end }) => start <= place && place < end);
        for (const place of characters.keys()) {
          const inside = words.findIndex(({ start, end }) => start <= place && place < end);
          const before = words.findLastIndex(({ end }) => end <= place);
          const between = characters
            .slice(words[before]?.end, words[before + 1]?.start ?? characters.length)
            .join('');
          const isJoining = !/[\r\n]/.test(between) && (!/\S/.test(between) || !/\s/.test(between));
          const expected =
            inside === -1
              ? chosen[before] === true && chosen[before + 1] === true && isJoining
              : chosen[inside] === true;
          expect(isCovered(place)).toBe(expected);
        }
        for (const [index, { start, end }] of ranges.entries()) {
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(ranges[index - 1]?.end ?? 0);
        }
      }),
    );
  });

  it.each<[string, string, number[], string]>([
    [
      'each run of words',
      'Zoe\u0308 Smith-Jones 👩🏽‍⚕️ rang Ann.',
      [0, 1, 2, 3, 5],
      '[redacted] rang [redacted].',
    ],
    ['a date', 'born 3-4-1980, she said', [1, 2, 3], 'born [redacted], she said'],
    ['words with a comma between', 'Ann, Tom left', [0, 1], '[redacted], [redacted] left'],
    ['the end of a sentence', 'Ask Ann. Tom left.', [1, 2], 'Ask [redacted]. [redacted] left.'],
    ['the end of a line', 'Ann\nTom', [0, 1], '[redacted]\n[redacted]'],
    ['what was taken out before', 'Ann [redacted] Tom', [0, 1], '[redacted] [redacted] [redacted]'],
  ])('leave one mark for %s', (_, text, chosen, left) => {
    const ranges = rangesOfWords(text, (index) => chosen.includes(index));
    expect(keptTexts(text, ranges).join(REDACTION)).toBe(left);
  });
});
