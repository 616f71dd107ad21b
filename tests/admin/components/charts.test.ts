import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChartChange } from '../../../admin/components/ChartChange.tsx';
import { ChartDistribution } from '../../../admin/components/ChartDistribution.tsx';
import { chartWidth } from '../../../admin/components/ChartFrame.tsx';
import { ChartPerspectives } from '../../../admin/components/ChartPerspectives.tsx';
import { apart, linearScale, ticks } from '../../../admin/components/scale.ts';

const words = { id: 'standard-1', title: 'Being heard', description: 'Three perspectives.' };
const mean = fc.double({ min: 1, max: 5, noNaN: true });
const label = fc.stringMatching(/^[A-Z][a-z ]{2,20}$/);

/** The numbers of an attribute, in the order of the picture. */
const numbersOf = (svg: string, tag: string, attribute: string) =>
  [...svg.matchAll(new RegExp(`<${tag} [^>]*?\\b${attribute}="(-?[\\d.]+)"`, 'g'))].map(
    ([, number]) => Number(number),
  );
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
const heightOf = (svg: string) => Number(/viewBox="0 0 \d+ ([\d.]+)"/.exec(svg)?.[1]);

describe('a scale', () => {
  const range = fc
    .tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 1, max: 100 }))
    .map(([min, length]) => ({ min, max: min + length }));
  const axis = fc.record({ from: fc.integer({ max: 500 }), to: fc.integer({ min: -500 }) });
  const value = fc.double({ min: -500, max: 500, noNaN: true });

  it('lands every value on its axis and keeps the order of values', () => {
    fc.assert(
      fc.property(range, axis, value, value, (ends, { from, to }, one, other) => {
        const scale = linearScale(ends, { from, to });
        const [low, high] = [Math.min(from, to), Math.max(from, to)];
        for (const place of [scale(one), scale(other)]) {
          expect(place).toBeGreaterThanOrEqual(low - 1e-6);
          expect(place).toBeLessThanOrEqual(high + 1e-6);
        }
        const direction = Math.sign(to - from) * Math.sign(other - one);
        expect((scale(other) - scale(one)) * direction).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });

  it('begins and ends where its axis does, and refuses an empty range', () => {
    const scale = linearScale({ min: 1, max: 5 }, { from: 100, to: 20 });
    expect([scale(1), scale(3), scale(5)]).toEqual([100, 60, 20]);
    expect(() => linearScale({ min: 3, max: 3 }, { from: 0, to: 1 })).toThrow(RangeError);
  });

  it('has a tick at every level, and few on a long scale', () => {
    expect(ticks({ min: 1, max: 5 })).toEqual([1, 2, 3, 4, 5]);
    expect(ticks({ min: 0, max: 100 })).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(ticks({ min: 0.5, max: 2.5 })).toEqual([1, 2]);
  });

  it('keeps labels apart, in order and within the picture', () => {
    const places = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(places, (given) => {
        const moved = apart(given, 24, { from: 0, to: 200 });
        const order = given.map((_, index) => index);
        order.sort((one, other) => (given[one] ?? 0) - (given[other] ?? 0) || one - other);
        const inOrder = order.map((index) => moved[index] ?? Number.NaN);
        for (const [at, place] of inOrder.entries()) {
          expect(place).toBeGreaterThanOrEqual(-1e-6);
          expect(place).toBeLessThanOrEqual(200 + 1e-6);
          if (at > 0) expect(place - (inOrder[at - 1] ?? 0)).toBeGreaterThanOrEqual(24 - 1e-6);
        }
      }),
    );
  });

  it('leaves labels alone that are apart already', () => {
    expect(apart([150, 10, 60], 24, { from: 0, to: 200 })).toEqual([150, 10, 60]);
  });
});

describe('a chart of perspectives', () => {
  it('has a mark and a number for every mean within the plot, and the word hidden for the others', () => {
    const perspective = fc.record({ label, asIs: fc.option(mean), toBe: fc.option(mean) });
    fc.assert(
      fc.property(fc.array(perspective, { minLength: 1, maxLength: 6 }), (perspectives) => {
        const svg = `${ChartPerspectives({ ...words, min: 1, max: 5, perspectives })}`;
        const asIs = perspectives.flatMap(({ asIs }) => asIs ?? []);
        const values = perspectives.flatMap(({ asIs, toBe }) => [asIs, toBe]);
        const places = numbersOf(svg, 'circle', 'cx');
        expect(places).toHaveLength(asIs.length);
        for (const place of places) expect(place).toBeGreaterThanOrEqual(130);
        for (const place of places) expect(place).toBeLessThanOrEqual(chartWidth - 60);
        for (const [at, one] of asIs.entries())
          for (const [behind, other] of asIs.entries())
            if (one < other) expect(places[at]).toBeLessThanOrEqual(places[behind] ?? 0);
        const texts = textsOf(svg);
        expect(texts.filter((text) => text === 'hidden')).toHaveLength(
          values.filter((value) => value === null).length,
        );
        for (const value of values) if (value !== null) expect(texts).toContain(value.toFixed(1));
      }),
    );
  });
});

describe('a chart of change', () => {
  const cycles = ['2024', '2025', '2026'];
  const chart = (values: (number | null | undefined)[]) =>
    `${ChartChange({ ...words, min: 1, max: 5, cycles, series: [{ label: 'Staff', values }] })}`;

  it('joins what is published and leaves a gap, marked as hidden, where it is not', () => {
    expect(chart([2, 3, 4]).match(/class="fc-chart__line"/g)).toHaveLength(1);
    const gap = chart([2, null, 4]);
    expect(gap.match(/class="fc-chart__line"/g)).toHaveLength(2);
    expect(textsOf(gap).filter((text) => text === 'hidden')).toHaveLength(1);
    expect(numbersOf(gap, 'circle', 'cy')).toHaveLength(
      numbersOf(chart([2, 3, 4]), 'circle', 'cy').length,
    );
  });

  it('puts more above less, all of it within the picture', () => {
    fc.assert(
      fc.property(mean, mean, mean, (...values) => {
        const svg = chart(values);
        const places = numbersOf(svg, 'circle', 'cy').slice(0, 3);
        for (const place of places) expect(place).toBeGreaterThanOrEqual(16);
        for (const place of places) expect(place).toBeLessThanOrEqual(256);
        for (const [at, one] of values.entries())
          for (const [behind, other] of values.entries())
            if (one < other) expect(places[at]).toBeGreaterThanOrEqual(places[behind] ?? 0);
      }),
    );
  });

  it('says that nothing is published where nothing is, and says nothing of what was not asked', () => {
    expect(textsOf(chart([null, null, null])).filter((text) => text === 'hidden')).toHaveLength(3);
    expect(chart([null, null, null])).toContain('hidden Staff');
    expect(textsOf(chart([undefined, 2, 3]))).not.toContain('hidden');
  });
});

describe('a chart of a distribution', () => {
  const levels = ['Never', 'Rarely', 'Sometimes', 'Often', 'Always'];
  const chart = (shares: number[] | null) =>
    `${ChartDistribution({ ...words, levels, rows: [{ label: 'Staff', shares }] })}`;

  it('fills the width with shares that add up, whatever rounding made of them', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(shares, (given) => {
        const total = given.reduce((sum, share) => sum + share, 0);
        const bars = [
          ...chart(given).matchAll(/<rect fill="url[^>]*? width="([\d.]+)" height="30"/g),
        ];
        const widths = bars.map(([, width]) => Number(width));
        expect(widths).toHaveLength(given.filter((share) => share > 0).length);
        const sum = widths.reduce((before, width) => before + width, 0);
        expect(Math.abs(sum - (total === 0 ? 0 : chartWidth - 4))).toBeLessThan(1);
      }),
    );
  });

  it('writes every share, and hidden instead of a bar that is not published', () => {
    expect(chart([5, 10, 40, 30, 15])).toContain('1: 5%, 2: 10%, 3: 40%, 4: 30%, 5: 15%');
    expect(chart(null)).toContain('>hidden<');
    expect(chart(null)).not.toMatch(/height="30"/);
    expect(chart(null)).not.toContain('0%');
  });
});

describe('every chart', () => {
  const charts = {
    perspectives: `${ChartPerspectives({ ...words, min: 1, max: 5, perspectives: [{ label: '<b>', asIs: 2, toBe: null }] })}`,
    change: `${ChartChange({ ...words, min: 1, max: 5, cycles: ['1', '2'], series: [{ label: 'A & B', values: [1, null] }] })}`,
    distribution: `${ChartDistribution({ ...words, levels: ['No', 'Yes'], rows: [{ label: 'A', shares: [40, 60] }] })}`,
  };

  it.each(Object.entries(charts))('has a name and a description: %s', (_, svg) => {
    expect(svg).toMatch(
      /<svg [^>]*role="img" aria-labelledby="standard-1-title" aria-describedby="standard-1-description"/,
    );
    expect(svg).toContain('<title id="standard-1-title">Being heard</title>');
    expect(svg).toContain('<desc id="standard-1-description">Three perspectives.</desc>');
  });

  it.each(Object.entries(charts))('has no style of its own and escapes its words: %s', (_, svg) => {
    expect(svg).not.toMatch(/style=|<style|font-size|<b>|A & B/);
  });

  it.each(Object.entries(charts))('draws nothing outside itself: %s', (_, svg) => {
    for (const attribute of ['x', 'x1', 'x2', 'cx'])
      for (const place of numbersOf(svg, '(?:text|rect|line|circle)', attribute))
        expect(place).toBeLessThanOrEqual(chartWidth);
    for (const place of numbersOf(svg, 'text', 'y'))
      expect(place).toBeLessThanOrEqual(heightOf(svg));
  });
});
