import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CharacterRange,
  inCharacters,
  type KeptStretch,
  keptStretches,
  REDACTION,
} from '../../domain/moderation.ts';

const LENGTH = 60;

const anyRange: fc.Arbitrary<CharacterRange> = fc
  .tuple(fc.nat(LENGTH), fc.nat(LENGTH))
  .filter(([one, other]) => one !== other)
  .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }));
const anyRanges = fc.array(anyRange, { minLength: 1, maxLength: 12 });

/** What the database makes of the kept stretches: they joined by the mark. */
function redact(characters: readonly string[], kept: readonly KeptStretch[]): string {
  return kept
    .map(({ start, length }) =>
      characters.slice(start, length === null ? undefined : start + length).join(''),
    )
    .join(REDACTION);
}

/** The plain rule: every character is in a range or not; each run of those that are becomes one mark. */
function redactOneByOne(characters: readonly string[], ranges: readonly CharacterRange[]): string {
  let text = '';
  let wasTaken = false;
  for (const [place, character] of characters.entries()) {
    const isTaken = ranges.some(({ start, end }) => start <= place && place < end);
    if (!isTaken) text += character;
    else if (!wasTaken) text += REDACTION;
    wasTaken = isTaken;
  }
  return text;
}

describe('what a redaction keeps', () => {
  it.each<[string, CharacterRange[], string]>([
    ['a range in the middle', [{ start: 3, end: 5 }], 'abc[redacted]fghij'],
    ['the beginning', [{ start: 0, end: 2 }], '[redacted]cdefghij'],
    ['the end', [{ start: 8, end: 10 }], 'abcdefgh[redacted]'],
    ['all of it', [{ start: 0, end: 10 }], '[redacted]'],
    [
      'two that touch, as one',
      [
        { start: 2, end: 4 },
        { start: 4, end: 6 },
      ],
      'ab[redacted]ghij',
    ],
    [
      'two that overlap, as one',
      [
        { start: 2, end: 5 },
        { start: 4, end: 6 },
      ],
      'ab[redacted]ghij',
    ],
    [
      'one within another',
      [
        { start: 1, end: 9 },
        { start: 3, end: 4 },
      ],
      'a[redacted]j',
    ],
    [
      'two in any order',
      [
        { start: 7, end: 8 },
        { start: 1, end: 2 },
      ],
      'a[redacted]cdefg[redacted]ij',
    ],
    [
      'the same twice',
      [
        { start: 1, end: 2 },
        { start: 1, end: 2 },
      ],
      'a[redacted]cdefghij',
    ],
  ])('when it takes out %s', (_, ranges, left) => {
    expect(redact([...'abcdefghij'], keptStretches(ranges))).toBe(left);
  });

  it('is every character outside of all ranges and none inside of one, in order', () => {
    const characters = Array.from({ length: LENGTH }, (_, place) =>
      String.fromCodePoint(0x1f300 + place),
    );
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        expect(redact(characters, keptStretches(ranges))).toBe(redactOneByOne(characters, ranges));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of the ranges, and leaves them as they were', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const before = structuredClone(ranges);
        expect(keptStretches(ranges.toReversed())).toEqual(keptStretches(ranges));
        expect(ranges).toEqual(before);
      }),
    );
  });

  it('ends with all the rest, and no stretch is of a negative length', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const kept = keptStretches(ranges);
        expect(kept.at(-1)).toEqual({
          start: Math.max(...ranges.map(({ end }) => end)),
          length: null,
        });
        for (const { length } of kept.slice(0, -1)) expect(length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('positions in characters', () => {
  const anyText = fc.array(
    fc.constantFrom('a', ' ', 'é', '\u0301', '😀', '👩🏽‍⚕️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u{10ffff}', '字'),
    { maxLength: 40 },
  );

  it('name the same stretch of the text as those in UTF-16 units', () => {
    const textWithRanges = anyText.chain((pieces) => {
      const characters = [...pieces.join('')];
      const place = fc.nat(characters.length);
      return fc.tuple(fc.constant(characters), fc.array(fc.tuple(place, place), { maxLength: 10 }));
    });
    fc.assert(
      fc.property(textWithRanges, ([characters, places]) => {
        const text = characters.join('');
        const unitsBefore = (place: number) => characters.slice(0, place).join('').length;
        const expected = places.map(([one, other], kind) => ({
          start: Math.min(one, other),
          end: Math.max(one, other),
          kind,
        }));
        const inUnits = expected.map(({ start, end, kind }) => ({
          start: unitsBefore(start),
          end: unitsBefore(end),
          kind,
        }));
        expect(inCharacters(text, inUnits)).toEqual(expected);
        for (const [index, { start, end }] of expected.entries())
          expect(characters.slice(start, end).join('')).toBe(
            text.slice(inUnits[index]?.start, inUnits[index]?.end),
          );
      }),
      { numRuns: 500 },
    );
  });

  it('are those of UTF-16 where every character is one unit', () => {
    expect(inCharacters('My nurse Amara', [{ start: 9, end: 14 }])).toEqual([
      { start: 9, end: 14 },
    ]);
    expect(inCharacters('😀😀 Amara', [{ start: 5, end: 10 }])).toEqual([{ start: 3, end: 8 }]);
  });
});
