import loader from 'highs';
import { describe, expect, it } from 'vitest';
import { pairOf, peopleWidth, wishesWidth } from '../../../domain/disclosure/joint.ts';
import { type Network, networkOf, widthOf } from '../../../domain/disclosure/network.ts';
import { publish } from '../../../domain/disclosure/publish.ts';
import {
  firstUnsafe,
  type SuppressionRule,
  suppress,
} from '../../../domain/disclosure/suppress.ts';
import { type Table, tableOf } from '../../../domain/disclosure/table.ts';
import { type Case, randomCase, randomFrom } from './support/tables.ts';

const random = randomFrom(4);
const highs = await loader({});

/** The table of one measure of a random cycle. */
function tableOfCase({ shape, counted }: Case, measure: 'asIs' | 'toBe' = 'asIs'): Table {
  return tableOf(
    { ...shape, levelCount: 5 },
    counted.map(({ [measure]: levels, ...group }) => ({ ...group, levels })),
  );
}

const smallCase = () =>
  randomCase(
    random,
    { threshold: 5, roundTo: 1 },
    {
      organisations: random.of([1, 1, 2]),
      services: random.between(0, 3),
      perspectives: random.between(1, 3),
    },
  );

const sizesOf = ({ cells }: Table) =>
  cells.map(({ levels }) => levels.reduce((sum, count) => sum + count, 0));

/** What is hidden by chance, and all that is never published. */
const hiddenByChance = ({ cells }: Table) => {
  const share = random.next();
  return cells.map(({ isInner }) => isInner || random.next() < share);
};

function ruleOf(table: Table, minWidth: number): SuppressionRule {
  const sizes = sizesOf(table);
  const isInner = table.cells.map((cell) => cell.isInner);
  return {
    minWidth,
    isInner,
    isPrimary: sizes.map((size, index) => !isInner[index] && size < minWidth),
    isInnerSmall: sizes.map(
      (size, index) => isInner[index] === true && size > 0 && size < minWidth,
    ),
  };
}

/** The same by an integer program, of each answer: as much as goes into a sum comes out of it. */
function widthBySolver(network: Network, isHidden: readonly boolean[], edge: number, most: number) {
  const { nodeCount, edges } = network;
  const ends = (edges[edge]?.levels ?? []).map((_, level) => {
    const sums = Array.from({ length: nodeCount }, (_, node) => {
      const terms = edges.flatMap(({ from, to }, index) => [
        ...(from === node && to !== node ? [`- x${index}`] : []),
        ...(to === node && from !== node ? [`+ x${index}`] : []),
      ]);
      return ` s${node}: ${terms.join(' ')} = 0`;
    });
    const bounds = edges.map(({ levels }, index) =>
      isHidden[index] ? ` 0 <= x${index} <= 1000` : ` x${index} = ${levels[level]}`,
    );
    const [greatest, least] = ['Maximize', 'Minimize'].map((sense) => {
      const program = [sense, ` obj: x${edge}`, 'Subject To', ...sums, 'Bounds', ...bounds];
      const names = edges.map((_, index) => ` x${index}`);
      return highs.solve([...program, 'Generals', ...names, 'End'].join('\n'), {
        output_flag: false,
      }).ObjectiveValue;
    });
    return (greatest ?? 0) - (least ?? 0);
  });
  return Math.min(
    most,
    ends.reduce((sum, width) => sum + Math.round(width), 0),
  );
}

describe('how far a hidden count can be varied', () => {
  it('is what an integer program finds, for every hidden cell of 60 random tables', () => {
    let [compared, between] = [0, 0];
    for (let each = 0; each < 60; each += 1) {
      const table = tableOfCase(smallCase());
      const isHidden = hiddenByChance(table);
      const hidden = [...isHidden.keys()].filter((index) => isHidden[index]);
      for (const edge of hidden.filter(() => random.next() < 3 / hidden.length)) {
        const width = widthOf(table.network, isHidden, edge, 25);
        expect(width).toBe(widthBySolver(table.network, isHidden, edge, 25));
        compared += 1;
        if (width > 0 && width < 25) between += 1;
      }
    }
    expect(compared).toBeGreaterThan(100);
    expect(between).toBeGreaterThan(10);
  }, 60_000);

  it('is nothing where it alone is hidden, and endless where everything is', () => {
    const { network, cells } = tableOfCase(smallCase());
    for (const edge of cells.keys()) {
      const only = cells.map((_, index) => index === edge);
      expect(widthOf(network, only, edge, 5)).toBe(0);
      const everything = cells.map(() => true);
      expect(widthOf(network, everything, edge, 1_000)).toBe(1_000);
    }
  });

  it('never shrinks when more is hidden', () => {
    for (let each = 0; each < 200; each += 1) {
      const table = tableOfCase(smallCase());
      const isHidden = hiddenByChance(table);
      const more = isHidden.map((hidden) => hidden || random.next() < 0.3);
      for (const edge of isHidden.keys())
        if (isHidden[edge])
          expect(widthOf(table.network, more, edge, 20)).toBeGreaterThanOrEqual(
            widthOf(table.network, isHidden, edge, 20),
          );
    }
  });
});

describe('what is hidden so that nothing can be worked out', () => {
  it('is safe, has all that is too small in it, and nothing that could be shown', () => {
    let secondary = 0;
    for (let each = 0; each < 200; each += 1) {
      const table = tableOfCase(smallCase());
      const rule = ruleOf(table, random.of([3, 5, 10]));
      const hiding = suppress(table.network, rule);
      const isHidden = hiding.map((why, index) => why !== null || rule.isInner[index] === true);
      expect(firstUnsafe(table.network, isHidden, rule)).toBeNull();
      for (const [index, why] of hiding.entries()) {
        expect(why === 'primary').toBe(rule.isPrimary[index]);
        if (rule.isInner[index]) expect(why).toBeNull();
        if (why !== 'secondary') continue;
        secondary += 1;
        const shown = isHidden.with(index, false);
        expect(firstUnsafe(table.network, shown, rule)).not.toBeNull();
      }
    }
    expect(secondary).toBeGreaterThan(200);
  });

  it('is nothing where nothing is too small', () => {
    const levels = [0, 0, 20, 0, 0];
    const { network, cells } = tableOf(
      { organisations: ['R'], services: [], perspectives: ['p', 'q'], levelCount: 5 },
      ['p', 'q'].map((perspective) => ({ organisation: 'R', service: null, perspective, levels })),
    );
    const never = cells.map(() => false);
    const rule = { minWidth: 10, isPrimary: never, isInner: never, isInnerSmall: never };
    expect(suppress(network, rule)).toEqual([null, null, null]);
  });
});

describe('two measures of the same people', () => {
  /** Two rows and two columns, all four cells hidden and all sums published. */
  const square = (counts: readonly number[][]): Network =>
    networkOf(
      4,
      counts.map((levels, index) => ({ from: Math.floor(index / 2), to: 2 + (index % 2), levels })),
    );
  const all = [true, true, true, true];
  // Answers let counts go one way round only, wishes only the other.
  const [asIs, toBe] = [
    square([
      [9, 0],
      [9, 0],
      [9, 0],
      [0, 9],
    ]),
    square([
      [9, 0],
      [9, 0],
      [0, 9],
      [9, 0],
    ]),
  ] as const;

  it('can give a count away together that neither gives away by itself', () => {
    expect(widthOf(asIs, all, 0, 9)).toBe(9);
    expect(widthOf(toBe, all, 0, 9)).toBe(9);
    expect(peopleWidth(pairOf(asIs, toBe), all, 0, 9)).toBe(0);
  });

  it('are the measure of the first alone where nobody wishes anything', () => {
    for (let each = 0; each < 100; each += 1) {
      const { shape, counted, policy } = smallCase();
      const none = counted.map((group) => ({ ...group, toBe: [0, 0, 0, 0, 0] }));
      const [asIs, toBe] = (['asIs', 'toBe'] as const).map((measure) =>
        tableOfCase({ shape, counted: none, policy }, measure),
      ) as [Table, Table];
      const both = pairOf(asIs.network, toBe.network);
      const isHidden = hiddenByChance(asIs);
      for (const edge of isHidden.keys())
        if (isHidden[edge])
          expect(peopleWidth(both, isHidden, edge, 9)).toBe(
            widthOf(asIs.network, isHidden, edge, 9),
          );
    }
  });

  it('are never wider together than each by itself', () => {
    for (let each = 0; each < 100; each += 1) {
      const random = smallCase();
      const [asIs, toBe] = [tableOfCase(random), tableOfCase(random, 'toBe')];
      const both = pairOf(asIs.network, toBe.network);
      const isHidden = hiddenByChance(asIs);
      for (const edge of isHidden.keys())
        if (isHidden[edge]) {
          const people = widthOf(asIs.network, isHidden, edge, 9);
          expect(peopleWidth(both, isHidden, edge, 9)).toBeLessThanOrEqual(people);
          const wishes = widthOf(toBe.network, isHidden, edge, 9);
          expect(wishesWidth(both, isHidden, isHidden, edge, 9)).toBeLessThanOrEqual(wishes);
        }
    }
  });
});

it('40 services and 7 perspectives take well under a second', () => {
  const policy = { threshold: 10, roundTo: 5 };
  const times = Array.from({ length: 5 }, () => {
    const { shape, counted } = randomCase(random, policy, {
      organisations: 3,
      services: 40,
      perspectives: 7,
    });
    const start = performance.now();
    const outcome = publish(shape, counted, policy, null);
    expect(outcome.safe).toBe(true);
    return Math.round(performance.now() - start);
  });
  console.log(`40 services x 7 perspectives x 5 answers, both measures: ${times.join(', ')} ms`);
  expect(Math.min(...times)).toBeLessThan(5_000);
});
