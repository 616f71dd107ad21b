import { describe, expect, it } from 'vitest';
import {
  type ConfirmationCount,
  showAnew,
  THRESHOLDS_UNTIL_BROKEN_DOWN,
  toConfirmations,
} from '../../../domain/disclosure/confirmations.ts';
import type { Policy, ResultRow } from '../../../domain/disclosure/publish.ts';
import {
  type ConfirmationAnswer,
  confirmationAnswers,
  perspectives,
} from '../../../domain/vocabulary.ts';
import { attack, attackChange, type Interval, type Release } from './support/attacker.ts';
import { type Random, randomFrom } from './support/tables.ts';

interface Person {
  perspective: string;
  answer: ConfirmationAnswer;
}

/** What was shown at some time, and how many had answered then. */
interface Step {
  people: number;
  counts: ConfirmationCount[];
  rows: ResultRow[];
}

interface Stream {
  asked: readonly string[];
  policy: Policy;
  steps: Step[];
}

const policyOf = (random: Random): Policy => ({
  threshold: random.of([5, 10]),
  roundTo: random.of([1, 5]),
});

/** People who answer one after the other, some of them from a perspective that is not asked. */
function* peopleOf(random: Random, asked: readonly string[]): Generator<Person> {
  const most = random.of([...asked, 'not_said']);
  const mood = random.of(confirmationAnswers);
  const [ofMost, ofMood] = [random.next(), random.next()];
  for (;;)
    yield {
      perspective: random.next() < ofMost ? most : random.of([...perspectives, 'not_said']),
      answer: random.next() < ofMood ? mood : random.of(confirmationAnswers),
    };
}

/**
 * Everything that a reader who never looks away sees of a record, while people answer. The rules are asked after every
 * answer: more often than the service asks them.
 */
function watch(random: Random, count: number): Stream {
  const asked = perspectives.filter(() => random.next() < 0.5);
  if (asked.length === 0) asked.push('service_user');
  const policy = policyOf(random);
  const people = peopleOf(random, asked);
  const counts: ConfirmationCount[] = [];
  const steps: Step[] = [];
  for (let answered = 1; answered <= count; answered += 1) {
    const { perspective, answer } = people.next().value as Person;
    const known = counts.find((each) => each.perspective === perspective && each.answer === answer);
    if (known) known.people += 1;
    else counts.push({ perspective, answer, people: 1 });
    const rows = showAnew(asked, counts, policy, steps.at(-1)?.rows ?? null);
    if (rows !== null) steps.push({ people: answered, counts: structuredClone(counts), rows });
  }
  return { asked, policy, steps };
}

const partsOf = (rows: readonly ResultRow[]) =>
  rows.filter(({ perspective }) => perspective !== 'all');
const isBrokenDown = ({ rows }: Step) => partsOf(rows).some(({ suppressed }) => !suppressed);

/** Steps whose rows are all of one moment: up to the one that tells perspectives apart. Later only the total is new. */
const ofOneMoment = ({ steps }: Stream) => {
  const last = steps.findIndex(isBrokenDown);
  return last === -1 ? steps : steps.slice(0, last + 1);
};

const releaseOf = ({ asked, policy }: Stream, { rows }: Step): Release => ({
  rows: rows.map((row) => ({ ...row, organisation: 'R0' })),
  organisations: ['R0'],
  perspectives: [...asked, 'not_said'],
  ...policy,
  least: 1,
  answerCount: 4,
});

const streams = (seed: number, count: number, people: number) => {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => watch(random, random.between(1, people)));
};
const narrowest = (intervals: readonly Interval[]) =>
  Math.min(...intervals.map(({ least, greatest }) => greatest - least));

describe('while people answer one by one', () => {
  it('each change of what is shown covers at least the threshold of people', () => {
    let steps = 0;
    for (const stream of streams(20_261_127, 200, 120)) {
      let before = 0;
      for (const { people } of stream.steps) {
        expect(people - before).toBeGreaterThanOrEqual(stream.policy.threshold);
        before = people;
        steps += 1;
      }
    }
    expect(steps).toBeGreaterThan(500);
  });

  it('something is shown as soon as the threshold has answered, and goes on being renewed', () => {
    for (const { policy, steps } of streams(20_261_128, 100, 120)) {
      const people = steps.map((step) => step.people);
      if (people.length > 0) expect(people[0]).toBe(policy.threshold);
      for (const [index, later] of people.slice(1).entries())
        expect(later - (people[index] ?? 0)).toBeLessThanOrEqual(
          policy.threshold + 2 * policy.roundTo,
        );
    }
  });

  it('what is shown is what was counted, rounded, and never of fewer than the threshold', () => {
    for (const { asked, policy, steps } of streams(20_261_129, 200, 200))
      for (const [index, { rows, counts }] of steps.entries())
        for (const row of rows) {
          const was = steps[index - 1]?.rows.find((each) => each.perspective === row.perspective);
          if (row.suppressed || JSON.stringify(was) === JSON.stringify(row)) continue;
          const own = counts.filter(({ perspective }) => {
            if (row.perspective === 'all') return true;
            return (
              (asked.some((each) => each === perspective) ? perspective : 'not_said') ===
              row.perspective
            );
          });
          const levels = confirmationAnswers.map((answer) =>
            own.reduce((sum, each) => sum + (each.answer === answer ? each.people : 0), 0),
          );
          const rounded = (each: number) =>
            Math.floor(each / policy.roundTo + 0.5) * policy.roundTo;
          expect(row.asIs?.distribution).toEqual(levels.map(rounded));
          expect(levels.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(
            policy.threshold,
          );
        }
  });

  it('perspectives are told apart only once there are enough, and then stay as they are', () => {
    let brokenDown = 0;
    for (const { policy, steps } of streams(20_261_130, 100, 200)) {
      const first = steps.find(isBrokenDown);
      if (first === undefined) continue;
      brokenDown += 1;
      expect(first.people).toBeGreaterThanOrEqual(THRESHOLDS_UNTIL_BROKEN_DOWN * policy.threshold);
      for (const later of steps.slice(steps.indexOf(first)))
        expect(partsOf(later.rows)).toEqual(partsOf(first.rows));
    }
    expect(brokenDown).toBeGreaterThan(30);
  });
});

describe('a solver that knows what is shown', () => {
  it('works out no perspective that is hidden', () => {
    let hidden = 0;
    for (const stream of streams(20_261_131, 40, 150))
      for (const step of ofOneMoment(stream)) {
        const intervals = attack(releaseOf(stream, step), 'people', stream.policy.threshold);
        if (intervals.length === 0) continue;
        expect(narrowest(intervals), JSON.stringify(step)).toBeGreaterThanOrEqual(
          stream.policy.threshold,
        );
        hidden += intervals.length;
      }
    expect(hidden).toBeGreaterThan(500);
  });

  it('and what was shown at any other time works out neither that, nor how many came to a row between', () => {
    let brokenDown = 0;
    for (const stream of streams(20_261_132, 25, 150)) {
      const steps = ofOneMoment(stream);
      for (const [index, earlier] of steps.entries())
        for (const later of stream.steps.slice(index + 1)) {
          const { counts, changes } = attackChange(
            releaseOf(stream, earlier),
            releaseOf(stream, later),
            true,
          );
          const found = [...counts, ...changes];
          if (found.length === 0) continue;
          expect(narrowest(found), JSON.stringify([earlier, later])).toBeGreaterThanOrEqual(
            stream.policy.threshold,
          );
          if (isBrokenDown(later)) brokenDown += 1;
        }
    }
    expect(brokenDown).toBeGreaterThan(50);
  });
});

describe('a table', () => {
  const policy = { threshold: 10, roundTo: 5 };
  const yes = (perspective: string, people: number): ConfirmationCount => ({
    perspective,
    answer: 'yes',
    people,
  });

  it('counts a perspective that is not asked with those who did not say', () => {
    const counts = [yes('carer', 30), yes('service_user', 30)];
    const before = showAnew(
      ['service_user'],
      [yes('carer', 5), yes('service_user', 5)],
      policy,
      null,
    );
    const rows = showAnew(['service_user'], counts, policy, before);
    expect(toConfirmations(rows).byPerspective).toMatchObject([
      { perspective: 'service_user', yes: 30 },
      { perspective: 'not_said', yes: 30 },
    ]);
  });

  it('keeps the perspectives that it began with, when the record answers another cycle', () => {
    const before = showAnew(['service_user'], [yes('service_user', 10)], policy, null);
    const rows = showAnew(['carer', 'staff'], [yes('service_user', 30)], policy, before);
    expect(rows?.map(({ perspective }) => perspective)).toEqual([
      ...['service_user', 'not_said', 'all'],
    ]);
  });

  it('is not made of counts that are none, or of a policy that is none', () => {
    for (const broken of [-1, 0.5, Number.NaN])
      expect(showAnew(['carer'], [yes('carer', 50), yes('staff', broken)], policy, null)).toBe(
        null,
      );
    expect(showAnew(['carer'], [yes('carer', 50)], { threshold: 0, roundTo: 5 }, null)).toBe(null);
  });

  it('that is not there reads as one in which everything is hidden', () => {
    expect(toConfirmations(null)).toEqual({
      ...{ suppressed: true, yes: null, partly: null, no: null, tooSoon: null },
      byPerspective: [],
    });
  });
});
