import { expect, it } from 'vitest';
import type { Policy } from '../../../domain/disclosure/publish.ts';
import {
  type CountedTexts,
  publishThemeShares,
  type ThemeShareRow,
} from '../../../domain/disclosure/theme-shares.ts';
import { NOT_SAID } from '../../../domain/vocabulary.ts';
import { attack } from './support/attacker.ts';
import { randomFrom } from './support/tables.ts';

const random = randomFrom(20_261_127);
const perspectives = ['service_user', 'carer', 'staff'];
const groups = [...perspectives, NOT_SAID];

function randomTexts(theme: string): CountedTexts[] {
  return groups.flatMap((perspective) => {
    const texts = random.of([0, 0, 1, random.upTo(12), random.upTo(40), random.between(20, 90)]);
    if (texts === 0) return [];
    const mentioned = random.of([0, texts, random.upTo(texts)]);
    const place = { theme, title: 'A theme', organisation: 'RHA', question: 'what-good' };
    return [{ ...place, perspective, texts, mentioned }];
  });
}

const randomPolicy = (): Policy => ({ threshold: random.of([5, 10]), roundTo: random.of([1, 5]) });

function release(
  counted: readonly CountedTexts[],
  policy: Policy,
  before: readonly ThemeShareRow[] | null = null,
): ThemeShareRow[] {
  const rows = publishThemeShares(perspectives, counted, policy, before);
  if (rows === null) throw new Error('The release was refused.');
  return rows;
}

it('how many of a hidden group answered cannot be worked out, by a solver that knows the shares that are shown', () => {
  let hidden = 0;
  for (let table = 0; table < 150; table += 1) {
    const policy = randomPolicy();
    const rows = release(randomTexts('one'), policy).map((row) => ({
      ...{ organisation: 'RHA', service: null, perspective: row.perspective },
      ...{ suppressed: row.suppressed, count: row.count, toBe: null },
      // Without a mean, which is not shown: any that the shares allow.
      asIs:
        row.mentioned === null || row.notMentioned === null
          ? null
          : { mean: 0, distribution: [row.notMentioned, row.mentioned] },
    }));
    const release_ = { rows, organisations: ['RHA'], perspectives: groups, ...policy };
    const seen = { ...release_, least: 0, answerCount: 2 };
    for (const { row, least, greatest } of attack(seen, 'people', policy.threshold)) {
      expect(greatest - least, row).toBeGreaterThanOrEqual(policy.threshold);
      hidden += 1;
    }
  }
  expect(hidden).toBeGreaterThan(200);
});

it('a release that differs by one text says the same to the letter, and a new theme is shown beside it', () => {
  for (let table = 0; table < 150; table += 1) {
    const [policy, counted] = [randomPolicy(), randomTexts('one')];
    const first = release(counted, policy);
    const changed = counted.map((each, index) =>
      index === 0 ? { ...each, texts: each.texts + 1, mentioned: each.mentioned + 1 } : each,
    );
    const added = randomTexts('two');
    const second = release([...changed, ...added], policy, first);
    expect(second.filter(({ theme }) => theme === 'one')).toEqual(first);
    expect(second.filter(({ theme }) => theme === 'two')).toEqual(release(added, policy));
  }
});

it('a share is never of more than answered, and what is shown is what was counted, rounded', () => {
  for (let table = 0; table < 150; table += 1) {
    const [policy, counted] = [randomPolicy(), randomTexts('one')];
    const rounded = (count: number) => Math.floor(count / policy.roundTo + 0.5) * policy.roundTo;
    for (const { perspective, suppressed, ...row } of release(counted, policy)) {
      const own = counted.filter(
        (each) => perspective === 'all' || each.perspective === perspective,
      );
      const texts = own.reduce((sum, each) => sum + each.texts, 0);
      const mentioned = own.reduce((sum, each) => sum + each.mentioned, 0);
      if (texts < policy.threshold) expect(suppressed).toBe(true);
      if (!suppressed)
        expect(row).toMatchObject({
          count: rounded(texts),
          mentioned: rounded(mentioned),
          notMentioned: rounded(texts - mentioned),
        });
    }
  }
});
