import { describe, expect, it } from 'vitest';
import { type Policy, publish, type ResultRow } from '../../../domain/disclosure/publish.ts';
import { attack, attackBoth, attackChange, type Depth, type Interval } from './support/attacker.ts';
import {
  add,
  type Case,
  primaryOnly,
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

/** Attacks one release. @returns how many hidden counts there were */
function attackOne(
  each: Case,
  depth: Depth,
  pick?: (hidden: Pick<Interval, 'row' | 'of'>) => boolean,
) {
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
      hidden += attackOne(
        table % 10 === 0 ? randomCase(random, anyPolicy()) : smallCase(anyPolicy()),
        table % 5 === 0 ? 'counts' : 'people',
      );
    console.log(`500 tables, ${hidden} hidden counts`);
    expect(hidden).toBeGreaterThan(5_000);
  }, 120_000);

  it('from every answer and every mean besides', () => {
    let hidden = 0;
    for (let table = 0; table < 60; table += 1)
      hidden += attackOne(
        randomCase(random, anyPolicy(), {
          organisations: random.of([1, 1, 2]),
          services: random.between(1, 3),
          perspectives: random.of([2, 2, 3]),
        }),
        'answers',
      );
    console.log(`60 tables with every answer, ${hidden} hidden counts`);
    expect(hidden).toBeGreaterThan(500);
  }, 120_000);

  it('for those who named no service, where they are too few: they have no row, but are a part of sums', () => {
    let hidden = 0;
    for (let table = 0; table < 150; table += 1) {
      const each = smallCase(anyPolicy());
      const isTooFew = ({ row, of }: Pick<Interval, 'row' | 'of'>) => {
        const [organisation, service, perspective] = row.split('/');
        const group = each.counted.find(
          (one) =>
            service === '?' &&
            one.service === null &&
            one.organisation === organisation &&
            one.perspective === perspective,
        );
        const people = sizeOf(group?.[of === 'people' ? 'asIs' : 'toBe'] ?? []);
        return people > 0 && people < each.policy.threshold;
      };
      hidden += attackOne(each, 'counts', isTooFew);
    }
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

function sizeOf(levels: readonly number[]): number {
  return levels.reduce((sum, count) => sum + count, 0);
}

/** The same cycle with one person more, or one less, in some group. */
function withOnePersonChanged(each: Case): { changed: Case; group: Case['counted'][number] } {
  const counted = each.counted.map((group) => ({
    ...group,
    asIs: [...group.asIs],
    toBe: [...group.toBe],
  }));
  const group = random.of(counted);
  const level = group.asIs.findIndex((count) => count > 0);
  const [people, wishes] = [sizeOf(group.asIs), sizeOf(group.toBe)];
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

  it('which are narrower as soon as the second is made without looking at the first', () => {
    let [hidden, narrow] = [0, 0];
    for (let table = 0; table < 60; table += 1) {
      const each = smallCase({ threshold: 10, roundTo: 1 });
      const { changed } = withOnePersonChanged(each);
      const both = [releaseOf(each, release(each)), releaseOf(changed, release(changed))] as const;
      for (const { least, greatest } of attackBoth(...both, 1)) {
        hidden += 1;
        if (greatest - least < each.policy.threshold) narrow += 1;
      }
    }
    console.log(`two releases, each by itself: ${narrow} of ${hidden} hidden counts too narrow`);
    expect(narrow).toBeGreaterThan(10);
  }, 120_000);
});

/** The same cycle after many have come to some groups, or gone from them, and single people to or from others. */
function afterMany(each: Case, haveCome: boolean): Case {
  const share = random.of([0.1, 0.5, 1]);
  const counted = each.counted.map((group) => {
    const asIs = [...group.asIs];
    const many = random.next() < share ? random.between(10, 40) : random.of([0, 0, 1]);
    for (let person = 0; person < many; person += 1) {
      const level = random.upTo(4);
      if (haveCome) add(asIs, level, 1);
      else if ((asIs[level] ?? 0) > 0 && sizeOf(asIs) > sizeOf(group.toBe)) add(asIs, level, -1);
    }
    return { ...group, asIs };
  });
  return { ...each, counted };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

describe('a release after many have come or gone', () => {
  it('shows anew what has changed enough, leaves the rest to the letter, and reveals nothing that was hidden', () => {
    let [shownAnew, kept] = [0, 0];
    for (let table = 0; table < 200; table += 1) {
      const each = smallCase(anyPolicy());
      const { threshold, roundTo } = each.policy;
      const first = release(each);
      const later = afterMany(each, random.next() < 0.5);
      for (const [index, row] of release(later, first).entries()) {
        const was = first[index] as ResultRow;
        if (was.suppressed) expect(row).toEqual(was);
        if (isSame(row, was)) {
          kept += 1;
          continue;
        }
        shownAnew += 1;
        const [now, then] = [later, each].map((one) => sizeOf(truthOf(one, row).asIs));
        expect(Math.abs((now ?? 0) - (then ?? 0))).toBeGreaterThanOrEqual(threshold);
        expect(Math.abs((row.count ?? 0) - (now ?? 0))).toBeLessThanOrEqual(roundTo / 2);
        expect(row.revised).toBe(true);
      }
    }
    expect(shownAnew).toBeGreaterThan(50);
    expect(kept).toBeGreaterThan(500);
  });

  it('cannot be made to tell more by releasing the same again', () => {
    for (let table = 0; table < 200; table += 1) {
      const each = smallCase(anyPolicy());
      const later = afterMany(each, random.next() < 0.5);
      const second = release(later, release(each));
      expect(release(later, second)).toEqual(second);
    }
  });

  it('tells a solver that has both, and knows that people only came, or only went, of no change of a few', () => {
    let [hidden, changed] = [0, 0];
    for (let table = 0; table < 150; table += 1) {
      const each = smallCase(anyPolicy());
      const { threshold } = each.policy;
      const first = release(each);
      const haveCome = random.next() < 0.5;
      const later = afterMany(each, haveCome);
      const second = release(later, first);
      if (isSame(first, second)) continue;
      const both = [releaseOf(each, first), releaseOf(later, second)] as const;
      const found = attackChange(...both, haveCome);
      hidden += found.counts.length;
      changed += found.changes.length;
      const wasHidden = new Set(
        first
          .filter(({ suppressed }) => suppressed)
          .map((row) => `${row.organisation}/${row.service ?? ''}/${row.perspective}`),
      );
      const isWide = ({ least, greatest }: Interval) => greatest - least >= threshold;
      // What is known to be at least the threshold may be known: of rows that are shown, and of how many came to them.
      const mayBeKnown = (one: Interval) => isWide(one) || one.least >= threshold;
      for (const one of found.counts)
        expect(wasHidden.has(one.row) ? isWide(one) : mayBeKnown(one), one.row).toBe(true);
      for (const one of found.changes) expect(mayBeKnown(one), one.row).toBe(true);
    }
    console.log(`after many: ${hidden} counts and ${changed} changes not told`);
    expect(changed).toBeGreaterThan(300);
  }, 120_000);
});
