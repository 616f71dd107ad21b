import { type Measure, sumOf } from './measure.ts';
import type { Policy } from './presets.ts';
import type { ResultRow } from './publish.ts';
import { rounded } from './rounding.ts';
import { ALL, type Cell, type Levels } from './table.ts';

/** A row as the release before shows it. */
type Shown = Pick<ResultRow, 'count' | 'asIs' | 'revised'>;

type WhyNotFresh = 'hidden_before' | 'too_few' | 'changed_too_little' | 'protects_another';

/**
 * Which rows of a standard may be shown anew after a release; for each of the others why not. Of rows that overlap, only the
 * largest is, and in later releases none but that: from a total that has grown by sixteen and a part of it that has grown
 * by fifteen, the answer of the one who came elsewhere could be told, however wide the counts themselves are.
 */
export function freshRows(
  cells: readonly (Cell & { isInner: boolean })[],
  was: readonly (Shown | undefined)[],
  policy: Policy,
): (WhyNotFresh | null)[] {
  const why = cells.map(({ levels }, index): WhyNotFresh | null => {
    const then = was[index];
    if (then === undefined || then.count === null || then.asIs === null) return 'hidden_before';
    // Everybody can tell from the release before that the row is below a threshold that has been raised since.
    if (then.count < rounded(policy.threshold, policy.roundTo)) return 'too_few';
    const isLarge = sumOf(levels) >= policy.threshold;
    return isLarge && hasChangedEnough(levels, then.asIs, then.count, policy)
      ? null
      : 'changed_too_little';
  });
  const fresh = cells.filter((_, index) => was[index]?.revised);
  const largestFirst = [...cells.keys()]
    .filter((index) => why[index] === null)
    .sort((one, other) => sumOf(cells[other]?.levels ?? []) - sumOf(cells[one]?.levels ?? []));
  for (const index of largestFirst) {
    const cell = cells[index] as (typeof cells)[number];
    if (fresh.some((each) => each !== cell && isOverlapping(each, cell)))
      why[index] = 'protects_another';
    else fresh.push(cell);
  }
  return why;
}

/** Whether somebody can belong to both. */
function isOverlapping(one: Cell, other: Cell): boolean {
  const meets = (some: string, others: string, all: string) =>
    some === others || some === all || others === all;
  return (
    meets(one.organisation, other.organisation, ALL) &&
    meets(one.service ?? ALL, other.service ?? ALL, ALL) &&
    meets(one.perspective, other.perspective, ALL)
  );
}

/**
 * Whether answers have changed since they were published by so much that the difference is a group that may be shown: at
 * least the threshold must surely have come, or gone, whatever was rounded off then. Where some came and others went,
 * that holds for each of the two as far as a reader can see it.
 *
 * @param wasCount how many people there were, as published, where that is
 */
export function hasChangedEnough(
  levels: Levels,
  was: Measure,
  wasCount: number | null,
  { threshold, roundTo }: Policy,
): boolean {
  const roundedOff = Math.floor(roundTo / 2);
  const seen = (sign: 1 | -1) =>
    was.distribution.reduce(
      (people, then, level) =>
        people + Math.max(0, sign * (rounded(levels[level] ?? 0, roundTo) - then)),
      0,
    );
  const sure = (sign: 1 | -1) => {
    const ofAnswers = was.distribution.reduce(
      (people, then, level) =>
        people + Math.max(0, sign * ((levels[level] ?? 0) - then) - roundedOff),
      0,
    );
    const ofPeople = wasCount === null ? 0 : sign * (sumOf(levels) - wasCount) - roundedOff;
    return Math.max(ofAnswers, ofPeople);
  };
  const isGroup = (sign: 1 | -1) => sure(sign) >= threshold;
  return (
    (isGroup(1) || isGroup(-1)) &&
    ([1, -1] as const).every((sign) => seen(sign) === 0 || isGroup(sign))
  );
}
