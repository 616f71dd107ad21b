import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { removeHardFormats } from '../../../domain/screening/hard-formats.ts';
import { highlightKinds, placeholder, removedKinds } from '../../../domain/screening/kinds.ts';
import { MAX_CODE_POINTS } from '../../../domain/screening/screen.ts';
import { screened, thisYear } from './support/screened.ts';
import { texts } from './support/texts.ts';

const runs = { numRuns: 1_500 };

const codePoints = (text: string): number => [...text].length;
const isInsideCharacter = (text: string, at: number): boolean =>
  (text.codePointAt(at - 1) ?? 0) > 0xffff && at > 0;

describe('whatever the text', () => {
  test('it never throws, and the reply has its shape', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { removed, highlights, held, safeguarding } = screened(text);
        const order = removed.map(({ kind }) => removedKinds.indexOf(kind));
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
        expect(removed.every(({ count }) => Number.isInteger(count) && count > 0)).toBe(true);
        expect(highlights.every(({ kind }) => highlightKinds.includes(kind))).toBe(true);
        expect([typeof held, typeof safeguarding]).toEqual(['boolean', 'boolean']);
      }),
      runs,
    );
  });

  test('screening a screened text again changes nothing and finds the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = screened(text);
        expect(screened(once.text)).toEqual({ ...once, removed: [] });
      }),
      runs,
    );
  });

  test('where nothing is cut the text is the same to the byte', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: after, removed } = screened(text);
        if (removed.length === 0) expect(after).toBe(text);
        else expect(after).not.toBe(text);
      }),
      runs,
    );
  });

  test('for every cut there is a placeholder, and what is left stood in the text, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: after, removed } = screened(text);
        for (const { kind, count } of removed) {
          const there = (whole: string) => whole.split(placeholder(kind)).length - 1;
          // A round may take in a placeholder that an earlier one wrote, so there may be fewer, never none.
          expect(there(after)).toBeGreaterThan(0);
          expect(there(after)).toBeLessThanOrEqual(count + there(text));
        }
        let from = 0;
        for (const left of after.split(anyPlaceholder)) {
          const at = text.indexOf(left, from);
          expect(at, left).toBeGreaterThanOrEqual(from);
          from = at + left.length;
        }
      }),
      runs,
    );
  });

  test('highlights lie in the text, in order, apart, and never in the middle of a character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: after, highlights } = screened(text);
        let from = 0;
        for (const { start, end } of highlights) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(after.length);
          expect([start, end].filter((at) => isInsideCharacter(after, at))).toEqual([]);
          from = end;
        }
      }),
      runs,
    );
  });

  test('a name, a place or a long number among the highlights holds the text, and nothing else does', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { highlights, held } = screened(text);
        expect(held).toBe(
          highlights.some(({ kind }) => ['name', 'place', 'number'].includes(kind)),
        );
      }),
      runs,
    );
  });
});

const anyPlaceholder = new RegExp(
  removedKinds.map((kind) => `\\[${placeholder(kind).slice(1, -1)}\\]`).join('|'),
);

describe('the cap', () => {
  test('only so many code points are read, whatever they are', () => {
    const padding = '👍'.repeat(MAX_CODE_POINTS);
    expect(screened(`${padding}07700 900123`)).toEqual({ ...screened(padding), text: padding });
    expect(screened(`${padding.slice(2)}x`).text).toBe(`${padding.slice(2)}x`);
    expect(codePoints(screened('a'.repeat(1_000_000)).text)).toBe(MAX_CODE_POINTS);
  });

  test('no result is longer, also where a placeholder is longer than what it stands for', () => {
    for (const unit of ['@ab ', 'AB123456C ', 'NG7 2RD ', 'a@b.uk '])
      expect(codePoints(screened(unit.repeat(4_000)).text)).toBeLessThanOrEqual(MAX_CODE_POINTS);
    fc.assert(
      fc.property(fc.array(texts, { minLength: 20, maxLength: 60 }), (parts) => {
        const { text } = screened(parts.join(' '));
        expect(codePoints(text)).toBeLessThanOrEqual(MAX_CODE_POINTS);
      }),
      { numRuns: 60 },
    );
  });

  test('it falls before a placeholder and not inside it', () => {
    const { text } = screened(`${'a'.repeat(MAX_CODE_POINTS - 4)} [phone]`);
    expect(text).toBe(`${'a'.repeat(MAX_CODE_POINTS - 4)} `);
  });

  test('what it cuts short is screened as it then stands', () => {
    const start = `${'a '.repeat((MAX_CODE_POINTS - 12) / 2)}07700 900123`;
    expect(screened(`${start}45`).text.endsWith('[phone]')).toBe(true);
  });
});

describe('rounds', () => {
  const chained = 'xAB123456C07700900123';

  test('what a cut lays bare is cut too', () => {
    expect(screened('AB123456C07700900123').text).toBe('[national insurance number][phone]');
    expect(screened('07700900123NG72RD').text).toBe('[phone][postcode]');
  });

  test('where they are used up nothing of the text is kept', () => {
    const all = removeHardFormats('keep me AB123456C07700900123', thisYear, { codePoints: 4_000 });
    expect(all.text).toBe('keep me [national insurance number][phone]');
    const cutShort = removeHardFormats('keep me AB123456C07700900123', thisYear, {
      codePoints: 4_000,
      rounds: 1,
    });
    expect(cutShort.text).toBe('[national insurance number]');
    expect(screened(chained).text).not.toContain('07700');
  });
});
