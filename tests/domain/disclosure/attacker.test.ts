import { describe, expect, it } from 'vitest';
import { type Policy, publish, type ResultRow } from '../../../domain/disclosure/publish.ts';
import { attack, attackBoth, type Depth } from './support/attacker.ts';
import {
  add,
  type Case,
  primaryOnly,
  type Random,
  randomCase,
  randomFrom,
  releaseOf,
  truthOf,
} from './support/tables.ts';

const random = randomFrom(20_261_125);

/** Rounding to 1 leaves nothing but the hiding to protect anybody. */
const anyPolicy = (): Policy => ({
  threshold: random.of([5, 10]),
  roundTo: random.of([1, 1, 5]),
});

const smallCase = (policy: Policy): Case =>
  randomCase(random, policy, {
    organisations: random.of([1, 1, 2]),
    services: random.between(1, 4),
    perspectives: random.between(2, 3),
  });

function release(each: Case, before: readonly ResultRow[] | null = null): ResultRow[] {
  const outcome = publish(each.shape, each.counted, each.policy, before);
  if (!outcome.safe) throw new Error('The release was refused.');
  return outcome.rows;
}

/** Attacks one release. @returns how many hidden counts there were, and the least width found beyond the threshold */
function attackOne(each: Case, depth: Depth, pick?: (hidden: number) => boolean) {
  const { threshold } = each.policy;
  const intervals = attack(releaseOf(each, release(each)), depth, threshold, pick);
  for (const { row, of, least, greatest } of intervals)
    expect(greatest - least, `${of} of ${row}, ${JSON.stringify(each)}`).toBeGreaterThanOrEqual(
      threshold,
    );
  return intervals.length;
}

describe('what is hidden cannot be worked out by a solver that knows all that is published', () => {
  it('from counts, margins and wishes, in 500 random tables', () => {
    let hidden = 0;
    for (let table = 0; table < 500; table += 1)
      hidden += attackOne(smallCase(anyPolicy()), table % 5 === 0 ? 'counts' : 'people');
    console.log(`500 tables, ${hidden} hidden counts`);
    expect(hidden).toBeGreaterThan(5_000);
  }, 120_000);

  it('from every answer and every mean besides', () => {
    let hidden = 0;
    for (let table = 0; table < 25; table += 1)
      hidden += attackOne(
        randomCase(random, anyPolicy(), {
          organisations: 1,
          services: random.between(1, 3),
          perspectives: 2,
        }),
        'answers',
      );
    expect(hidden).toBeGreaterThan(100);
  }, 120_000);

  it('in tables of 40 services and 7 perspectives', () => {
    for (let table = 0; table < 3; table += 1) {
      const large = randomCase(random, anyPolicy(), {
        organisations: random.of([1, 3]),
        services: 40,
        perspectives: 7,
      });
      expect(attackOne(large, 'people', () => random.next() < 0.1)).toBeGreaterThan(5);
    }
  }, 120_000);

  it('but exact numbers come out as soon as only what is too small is hidden', () => {
    let [hidden, exact] = [0, 0];
    for (let table = 0; table < 100; table += 1) {
      const each = smallCase({ threshold: random.of([5, 10]), roundTo: 1 });
      const rows = primaryOnly(each, release(each));
      const intervals = attack(releaseOf(each, rows), 'people', 1);
      hidden += intervals.length;
      exact += intervals.filter(({ least, greatest }) => least === greatest).length;
    }
    console.log(`without hiding more: ${exact} of ${hidden} hidden counts worked out exactly`);
    expect(exact).toBeGreaterThan(hidden / 10);
  }, 60_000);
});

/** The same cycle with one person more, or one less, in some group. */
function withOnePersonChanged(each: Case): { changed: Case; group: Case['counted'][number] } {
  const counted = each.counted.map((group) => ({
    ...group,
    asIs: [...group.asIs],
    toBe: [...group.toBe],
  }));
  const group = random.of(counted);
  const level = group.asIs.findIndex((count) => count > 0);
  const wishes = group.toBe.reduce((sum, count) => sum + count, 0);
  const people = group.asIs.reduce((sum, count) => sum + count, 0);
  // Somebody without a wish goes, or somebody comes.
  const goes = random.next() < 0.5 && people > wishes && level >= 0;
  add(group.asIs as number[], goes ? level : random.upTo(4), goes ? -1 : 1);
  return { changed: { ...each, counted }, group };
}

describe('two releases that differ by one person', () => {
  it('say the same to the letter, whoever it is', () => {
    for (let table = 0; table < 300; table += 1) {
      const each = smallCase(anyPolicy());
      const first = release(each);
      const { changed } = withOnePersonChanged(each);
      expect(release(changed, first)).toEqual(first);
    }
  });

  it('so that nothing changes when one is added to a hidden group, one after the other, below the threshold', () => {
    for (let table = 0; table < 60; table += 1) {
      let each = smallCase(anyPolicy());
      const first = release(each);
      for (let person = 1; person < each.policy.threshold; person += 1) {
        each = withOnePersonChanged(each).changed;
        expect(release(each, first)).toEqual(first);
      }
    }
  });

  it('leave every hidden count of both as wide, for a solver that has both and knows that few changed', () => {
    let hidden = 0;
    for (let table = 0; table < 60; table += 1) {
      const each = smallCase(anyPolicy());
      const first = release(each);
      const { changed } = withOnePersonChanged(each);
      const both = [releaseOf(each, first), releaseOf(changed, release(changed, first))] as const;
      for (const { row, least, greatest } of attackBoth(...both, 1)) {
        hidden += 1;
        expect(greatest - least, row).toBeGreaterThanOrEqual(each.policy.threshold);
      }
    }
    expect(hidden).toBeGreaterThan(500);
  }, 120_000);
});

/** The same cycle after so many more have come to some groups. */
function afterMany(each: Case, more: Random): Case {
  const counted = each.counted.map((group) => ({ ...group, asIs: [...group.asIs] }));
  for (const group of counted)
    if (more.next() < 0.5)
      for (let person = 0; person < 40; person += 1) add(group.asIs as number[], more.upTo(4), 1);
  return { ...each, counted };
}

describe('a release after many have come', () => {
  it('shows what has changed enough, keeps the rest to the letter, and reveals nothing that was hidden', () => {
    let [shownAnew, kept] = [0, 0];
    for (let table = 0; table < 100; table += 1) {
      const each = smallCase(anyPolicy());
      const first = release(each);
      const later = afterMany(each, random);
      const second = release(later, first);
      for (const [index, row] of second.entries()) {
        const was = first[index] as ResultRow;
        if (was.suppressed) expect(row).toEqual(was);
        else if (JSON.stringify(row) === JSON.stringify(was)) kept += 1;
        else {
          shownAnew += 1;
          const { asIs } = truthOf(later, row);
          const people = asIs.reduce((sum, count) => sum + count, 0);
          expect(Math.abs(people - (was.count ?? 0))).toBeGreaterThanOrEqual(
            each.policy.threshold - each.policy.roundTo,
          );
          expect(Math.abs((row.count ?? 0) - people)).toBeLessThanOrEqual(each.policy.roundTo / 2);
        }
      }
    }
    expect(shownAnew).toBeGreaterThan(50);
    expect(kept).toBeGreaterThan(50);
  });
});
