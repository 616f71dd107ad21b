import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNumber, readRuns } from '../../../domain/screening/digits.ts';
import { datePatterns } from '../../../domain/screening/formats/dates.ts';
import { emailOneByOne } from '../../../domain/screening/formats/email.ts';
import { nationalInsuranceNumber } from '../../../domain/screening/formats/national-insurance-number.ts';
import { postcodeCandidate, postcodeOneByOne } from '../../../domain/screening/formats/postcode.ts';
import {
  atName,
  elsewhere,
  marked,
  nameFirst,
  onPlatform,
} from '../../../domain/screening/formats/social-handle.ts';
import { urlPatterns } from '../../../domain/screening/formats/url.ts';
import { reference } from '../../../domain/screening/long-numbers.ts';
import { inOriginal, shadowOf } from '../../../domain/screening/shadow.ts';
import { disguisedFormats, sentences, texts } from './support/texts.ts';

/*
 * Screening looks no further where a cheap condition says that nothing can be there. Each condition is held against
 * what it saves: texts of all kinds, and texts made from the patterns themselves.
 */

const guarded = Object.entries({
  dates: datePatterns,
  email: [emailOneByOne],
  url: urlPatterns,
  'social handle': [atName, marked, onPlatform, elsewhere, nameFirst],
  'national insurance number': [nationalInsuranceNumber],
  postcode: [postcodeCandidate, postcodeOneByOne],
  'long number': [reference],
}).flatMap(([name, guards]) =>
  guards.flatMap(({ needs, patterns }) =>
    patterns.map((pattern, at) => ({
      name: `${name}, ${needs.source.slice(0, 30)}, ${at}`,
      needs,
      pattern,
    })),
  ),
);

const matches = (pattern: RegExp, text: string): boolean => text.search(pattern) !== -1;

/** What texts can be made from: without what only looks around, an empty group, and the name of a date's sign. */
const madeFrom = (pattern: RegExp): RegExp =>
  new RegExp(
    pattern.source
      .replace(/\(\?<?[=!][^()]*\)/g, '')
      .replace('(?<loose>)', '')
      .replaceAll('\\k<s>', '[./\\\\_-]'),
  );

const runs = { numRuns: 2_000 };

describe('nothing matches where a guard says that nothing can', () => {
  test.each(guarded)('$name: whatever the text', ({ needs, pattern }) => {
    fc.assert(
      fc.property(fc.oneof(texts, disguisedFormats), (written) => {
        const { text } = shadowOf(written);
        expect(needs.test(text) || !matches(pattern, text)).toBe(true);
      }),
      runs,
    );
  });

  test.each(guarded)('$name: texts made from the pattern', ({ needs, pattern }) => {
    const around = fc.constantFrom('', ' ', '.', ', ', 'a', '7', '@', ...sentences);
    let found = 0;
    fc.assert(
      fc.property(around, fc.stringMatching(madeFrom(pattern)), around, (before, made, after) => {
        for (const text of [made, before + made + after, made.toLowerCase()])
          if (matches(pattern, text)) {
            found++;
            expect(needs.test(text), text).toBe(true);
          }
      }),
      runs,
    );
    // Or else this would have tested nothing.
    expect(found).toBeGreaterThan(runs.numRuns / 10);
  });

  test('numbers: in figures, in words, and in words written as one', () => {
    const numbers =
      'zero nought oh o one two three five seven nine ten twelve nineteen twenty fourty ninety hundred double triple 0 07 4 ½ ٣ 7oil'.split(
        ' ',
      );
    const others = ['', ' ', '-', '.', "'", '_', '\n', 'é', 'ж', 'a', 'someone', 'often', '\uFFFC'];
    const mixtures = fc
      .array(fc.constantFrom(...numbers, ...others), { maxLength: 12 })
      .map((parts) => parts.join(''));
    let found = 0;
    fc.assert(
      fc.property(fc.oneof(mixtures, texts, disguisedFormats), (written) => {
        const { text } = shadowOf(written);
        if (readRuns(text).length === 0) return;
        found++;
        expect(anyNumber.test(text), text).toBe(true);
      }),
      { numRuns: 10_000 },
    );
    expect(found).toBeGreaterThan(1_000);
  });
});

test('the shadow of plain text, made as a whole, is the one that is made character by character', () => {
  const plain = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 200 }),
    fc.constantFrom(...sentences),
  );
  // Not plain: the whole of it is read character by character.
  const tail = 'é';
  fc.assert(
    fc.property(plain, fc.nat(), fc.nat(), (text, one, other) => {
      const quick = shadowOf(text);
      const slow = shadowOf(text + tail);
      expect(`${quick.text}e`).toBe(slow.text);
      const { length } = quick.text;
      if (length === 0) return;
      const start = one % length;
      const span = { start, end: start + 1 + (other % (length - start)) };
      expect(inOriginal(quick, span)).toEqual(inOriginal(slow, span));
    }),
    runs,
  );
});
