import { expect, it } from 'vitest';
import { type EqualityRow, publishEquality } from '../../../domain/disclosure/equality.ts';
import type { Policy } from '../../../domain/disclosure/publish.ts';
import { ethnicCategories } from '../../../domain/vocabulary.ts';
import { attack } from './support/attacker.ts';
import { randomFrom } from './support/tables.ts';

const random = randomFrom(20_261_126);

/** Answers as they come: one large group, some of few people, many of nobody. */
function randomAnswers(): Map<string, number> {
  const sizes = () =>
    random.of([0, 0, 0, 1, 2, random.upTo(9), random.upTo(30), random.between(20, 300)]);
  return new Map(ethnicCategories.map((category) => [category, sizes()]));
}

const randomPolicy = (): Policy => ({ threshold: random.of([5, 10]), roundTo: random.of([1, 5]) });

function release(
  answers: ReadonlyMap<string, number>,
  policy: Policy,
  before: EqualityRow[] | null = null,
): EqualityRow[] {
  const counted = [...answers]
    .filter(([, people]) => people > 0)
    .map(([category, people]) => ({ category, people }));
  const outcome = publishEquality(ethnicCategories, counted, policy, before);
  if (!outcome.safe) throw new Error('The release was refused.');
  return outcome.rows;
}

it('no hidden category of 200 tables can be worked out by a solver that knows what is published', () => {
  let hidden = 0;
  for (let table = 0; table < 200; table += 1) {
    const [answers, policy] = [randomAnswers(), randomPolicy()];
    const rows = release(answers, policy).map(({ category, suppressed, count }) => ({
      ...{ organisation: 'R0', service: null, perspective: category, suppressed, count },
      asIs: count === null ? null : { mean: 1, distribution: [count] },
      toBe: null,
    }));
    const intervals = attack(
      {
        ...{ rows, organisations: ['R0'], perspectives: ethnicCategories },
        ...policy,
        ...{ least: 1, answerCount: 1 },
      },
      'people',
      policy.threshold,
    );
    for (const { row, least, greatest } of intervals)
      expect(greatest - least, `${row} of ${JSON.stringify([...answers])}`).toBeGreaterThanOrEqual(
        policy.threshold,
      );
    hidden += intervals.length;
  }
  expect(hidden).toBeGreaterThan(1000);
});

it('what is shown is the count, rounded, and never of fewer than the threshold', () => {
  for (let table = 0; table < 200; table += 1) {
    const [answers, policy] = [randomAnswers(), randomPolicy()];
    answers.set(
      'all',
      [...answers.values()].reduce((sum, people) => sum + people, 0),
    );
    const { all, ...byCategory } = Object.fromEntries(answers);
    const rows = release(new Map(Object.entries(byCategory)), policy);
    expect(rows.map(({ category }) => category).sort()).toEqual([...answers.keys()].sort());
    for (const { category, count, suppressed } of rows) {
      const people = category === 'all' ? (all ?? 0) : (byCategory[category] ?? 0);
      expect(suppressed).toBe(count === null);
      if (people < policy.threshold) expect(count).toBe(null);
      if (count !== null)
        expect(count).toBe(Math.floor(people / policy.roundTo + 0.5) * policy.roundTo);
    }
  }
});

it('a release that differs by one person says the same to the letter', () => {
  for (let table = 0; table < 200; table += 1) {
    const [answers, policy] = [randomAnswers(), randomPolicy()];
    const first = release(answers, policy);
    const category = random.of(ethnicCategories);
    const people = answers.get(category) ?? 0;
    const change = people > 0 && random.next() < 0.5 ? -1 : 1;
    expect(release(new Map([...answers, [category, people + change]]), policy, first)).toEqual(
      first,
    );
  }
});
