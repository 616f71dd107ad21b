import { describe, expect, it } from 'vitest';
import { isPolarised, measureOf } from '../../../domain/disclosure/measure.ts';
import { presets, publishedCount } from '../../../domain/disclosure/presets.ts';
import { type Counted, publish } from '../../../domain/disclosure/publish.ts';
import { rounded } from '../../../domain/disclosure/rounding.ts';

const shape = {
  organisations: ['RHA'],
  services: [
    { odsCode: 'RHA', code: 'a' },
    { odsCode: 'RHA', code: 'b' },
  ],
  perspectives: ['service_user', 'carer'],
  standards: ['kind'],
  scale: { min: 1, max: 5 },
};
const policy = { threshold: 10, roundTo: 5 };

const group = (
  service: string | null,
  perspective: string,
  asIs: number[],
  toBe = [0, 0, 0, 0, 0],
): Counted => ({ organisation: 'RHA', service, perspective, standard: 'kind', asIs, toBe });

function rowsOf(counted: Counted[], changes: Partial<typeof shape> = {}) {
  const outcome = publish({ ...shape, ...changes }, counted, policy, null);
  if (!outcome.safe) throw new Error('refused');
  return outcome;
}

describe('the published rules', () => {
  it('mhsds: below 5 hidden, zero included, else rounded to the nearest 5', () => {
    const shown = [0, 1, 4, 5, 7, 8, 12, 13].map((count) => publishedCount(count, presets.mhsds));
    expect(shown).toEqual([null, null, null, 5, 5, 10, 10, 15]);
  });

  it('hes: 1 to 7 hidden, else rounded to the nearest 5; nought, published there, is hidden here', () => {
    const shown = [0, 1, 7, 8, 12, 13].map((count) => publishedCount(count, presets.hes));
    expect(shown).toEqual([null, null, null, 10, 10, 15]);
  });

  it('default: below 10 hidden, else rounded to the nearest 5', () => {
    const shown = [0, 9, 10, 12, 13].map((count) => publishedCount(count, presets.default));
    expect(shown).toEqual([null, null, 10, 10, 15]);
  });

  it('halves are rounded up', () => {
    expect([rounded(5, 10), rounded(15, 10), rounded(4, 10)]).toEqual([10, 20, 0]);
  });
});

describe('rows', () => {
  it('of a group of nobody and of one that is too small are the same', () => {
    const counted = [
      group('a', 'service_user', [0, 0, 30, 0, 0]),
      group('b', 'service_user', [0, 0, 0, 40, 0]),
      group('b', 'carer', [2, 0, 0, 1, 0]),
    ];
    const { rows } = rowsOf(counted);
    const of = (service: string) => {
      const { service: _, ...row } =
        rows.find((each) => each.service === service && each.perspective === 'carer') ?? {};
      return row;
    };
    expect(of('a')).toEqual(of('b'));
    expect(of('a')).toMatchObject({ suppressed: true, count: null, asIs: null, toBe: null });
  });

  it('say nothing of wishes where it is not said how things are', () => {
    const { rows } = rowsOf([
      group('a', 'service_user', [0, 0, 4, 0, 0], [0, 0, 0, 0, 4]),
      group('a', 'carer', [0, 0, 0, 0, 50], [0, 0, 0, 0, 50]),
      group('b', 'service_user', [0, 0, 0, 50, 0], [0, 0, 0, 0, 50]),
      group('b', 'carer', [0, 0, 0, 0, 50], [0, 0, 0, 0, 50]),
    ]);
    for (const row of rows) if (row.asIs === null) expect(row.toBe).toBeNull();
    expect(rows.some(({ toBe }) => toBe !== null)).toBe(true);
  });

  it('have a line for all organisations only where there are several', () => {
    const counted = [group(null, 'service_user', [0, 0, 30, 0, 0])];
    const lines = (organisations: string[]) =>
      new Set(rowsOf(counted, { organisations, services: [] }).rows.map((row) => row.organisation));
    expect(lines(['RHA'])).toEqual(new Set(['RHA']));
    expect(lines(['RHA', 'RV3'])).toEqual(new Set(['all', 'RHA', 'RV3']));
  });

  it('that are hidden come with the reason, and never with a number', () => {
    const { hidden } = rowsOf([group('a', 'service_user', [0, 0, 30, 0, 0])]);
    expect(hidden.length).toBeGreaterThan(0);
    expect(JSON.stringify(hidden)).not.toMatch(/\d/);
  });
});

describe('a release is refused, and nothing of it told', () => {
  const counted = [group('a', 'service_user', [0, 0, 30, 0, 0], [0, 0, 0, 0, 12])];
  const refused: [string, Parameters<typeof publish>][] = [
    ['no threshold', [shape, counted, { threshold: Number.NaN, roundTo: 5 }, null]],
    ['a threshold of nobody', [shape, counted, { threshold: 0, roundTo: 5 }, null]],
    ['nothing to round to', [shape, counted, { threshold: 10, roundTo: 0 }, null]],
    ['a group counted twice', [shape, [...counted, ...counted], policy, null]],
    [
      'a group that is not of the cycle',
      [{ ...shape, perspectives: ['carer'] }, counted, policy, null],
    ],
    ['a service that is not of the cycle', [{ ...shape, services: [] }, counted, policy, null]],
    ['parts of people', [shape, [group('a', 'carer', [0, 0, 1.5, 0, 0])], policy, null]],
    [
      'more wishes than people',
      [shape, [group('a', 'carer', [0, 0, 0, 0, 0], [0, 0, 0, 0, 1])], policy, null],
    ],
    ['another scale', [{ ...shape, scale: { min: 1, max: 4 } }, counted, policy, null]],
  ];
  it.each(refused)('with %s', (_, given) => {
    expect(publish(...given)).toEqual({ safe: false });
  });

  it('and else is not', () => {
    expect(publish(shape, counted, policy, null).safe).toBe(true);
  });
});

describe('a further release', () => {
  const counted = (people: number) => [
    group('a', 'service_user', [0, 0, people, 0, 0]),
    group('a', 'carer', [0, 0, 40, 0, 0]),
    group('b', 'service_user', [0, 0, 40, 0, 0]),
    group('b', 'carer', [0, 0, 40, 0, 0]),
  ];
  const again = (people: number, threshold = policy.threshold) => {
    const { rows } = rowsOf(counted(40));
    const outcome = publish(shape, counted(people), { ...policy, threshold }, rows);
    if (!outcome.safe) throw new Error('refused');
    return { first: rows, second: outcome.rows, kept: outcome.kept };
  };

  it('says the same until enough have come or gone, and says so', () => {
    for (const people of [31, 39, 41, 49]) {
      const { first, second, kept } = again(people);
      expect(second).toEqual(first);
      expect(kept).toHaveLength(first.length);
    }
  });

  it('then shows the largest group that has changed, and marks it; the others stay', () => {
    const { first, second } = again(70);
    const changed = second.filter((row, index) => row !== first[index]);
    expect(changed).toMatchObject([
      { organisation: 'RHA', service: null, perspective: 'all', count: 190, revised: true },
    ]);
  });

  it('hides what is below a threshold that has been raised since, and shows nothing that was hidden', () => {
    const { second } = again(40, 50);
    for (const row of second) expect(row.suppressed).toBe(row.count === null);
    expect(second.filter(({ count }) => count === 40)).toEqual([]);
    const { rows } = rowsOf([group('a', 'carer', [0, 0, 9, 0, 0])]);
    const later = publish(shape, counted(40), policy, rows);
    expect(later.safe && later.rows).toEqual(rows);
  });
});

describe('what is said of a distribution', () => {
  it('follows from what is published of it', () => {
    expect(measureOf([0, 0, 1, 29, 0], 1, policy)).toEqual({
      mean: 4,
      distribution: [0, 0, 0, 30, 0],
      uniform: true,
      polarised: false,
    });
  });

  it('is that people are divided where half are at each end, and not where they agree', () => {
    expect(isPolarised([50, 0, 0, 0, 50])).toBe(true);
    expect(isPolarised([40, 5, 5, 5, 45])).toBe(true);
    expect(isPolarised([0, 10, 80, 10, 0])).toBe(false);
    expect(isPolarised([20, 20, 20, 20, 20])).toBe(false);
    expect(isPolarised([0, 0, 0, 0, 0])).toBe(false);
  });
});
