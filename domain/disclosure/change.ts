import { type Measure, sumOf } from './measure.ts';
import type { Policy } from './presets.ts';
import { rounded } from './rounding.ts';
import type { Levels } from './table.ts';

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
