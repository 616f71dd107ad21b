import { expect, it } from 'vitest';
import type { Policy } from '../../../domain/disclosure/publish.ts';
import {
  type CountedTexts,
  publishThemeShares,
  type ThemeShareRow,
} from '../../../domain/disclosure/theme-shares.ts';
import { randomFrom } from './support/tables.ts';

const random = randomFrom(20_261_127);
const randomPolicy = (): Policy => ({ threshold: random.of([5, 10]), roundTo: random.of([1, 5]) });
const TEXTS = () => random.of([0, 3, random.upTo(12), random.upTo(40), random.between(20, 90)]);

function themesOf(texts: number, names: readonly string[]): CountedTexts[] {
  return names.map((theme) => ({
    ...{ theme, organisation: 'RHA', question: 'what-good', texts },
    mentioned: random.of([0, texts, random.upTo(texts)]),
  }));
}

function release(
  counted: readonly CountedTexts[],
  policy: Policy,
  before: readonly ThemeShareRow[] | null = null,
): ThemeShareRow[] {
  return publishThemeShares(counted, policy, before);
}

it('a share is shown where both those who spoke of the theme and those who did not are enough, and is what was counted', () => {
  let shown = 0;
  for (let table = 0; table < 300; table += 1) {
    const policy = randomPolicy();
    const counted = themesOf(TEXTS(), ['one', 'two', 'three']);
    const rounded = (count: number) => Math.floor(count / policy.roundTo + 0.5) * policy.roundTo;
    for (const [index, row] of release(counted, policy).entries()) {
      const { texts, mentioned } = counted[index] as CountedTexts;
      const isLarge = Math.min(mentioned, texts - mentioned) >= policy.threshold;
      expect(row.suppressed).toBe(!isLarge);
      if (isLarge)
        expect(row).toMatchObject({ count: rounded(texts), mentioned: rounded(mentioned) });
      else expect(row).toMatchObject({ count: null, mentioned: null });
      shown += Number(isLarge);
    }
  }
  expect(shown).toBeGreaterThan(50);
});

it('a release that differs by one text says the same to the letter of the themes that were there', () => {
  for (let table = 0; table < 300; table += 1) {
    const [policy, counted] = [randomPolicy(), themesOf(TEXTS(), ['one', 'two'])];
    const first = release(counted, policy);
    const changed = counted.map((each, index) => ({
      ...each,
      texts: each.texts + 1,
      mentioned: each.mentioned + (index === 0 ? 1 : 0),
    }));
    expect(release(changed, policy, first)).toEqual(first);
  }
});

it('of one question every theme shows the same count of those who answered, whenever it is new', () => {
  let compared = 0;
  for (let table = 0; table < 300; table += 1) {
    const policy = randomPolicy();
    const texts = random.between(30, 90);
    const first = release(themesOf(texts, ['one', 'two']), policy);
    const second = release(
      themesOf(texts + random.of([-2, -1, 0, 1, 2, 40]), ['one', 'two', 'three']),
      policy,
      first,
    );
    const counts = new Set(second.flatMap(({ count }) => count ?? []));
    expect(counts.size).toBeLessThanOrEqual(1);
    compared += Number(first.some(({ suppressed }) => !suppressed) && counts.size === 1);
  }
  expect(compared).toBeGreaterThan(50);
});

it('after many have come the share is shown anew, once and again', () => {
  const policy = { threshold: 10, roundTo: 1 };
  const at = (texts: number, mentioned: number): CountedTexts[] => [
    { theme: 'one', organisation: 'RHA', question: 'what-good', texts, mentioned },
  ];
  const first = release(at(50, 20), policy);
  const second = release(at(80, 40), policy, first);
  const third = release(at(110, 60), policy, second);
  expect([first, second, third].map(([row]) => [row?.count, row?.mentioned])).toEqual([
    [50, 20],
    [80, 40],
    [110, 60],
  ]);
});
