import type { Policy } from './presets.ts';
import { rounded } from './rounding.ts';
import type { Levels } from './table.ts';

/** What is published of the answers of a group. */
export interface Measure {
  /** To one decimal. */
  mean: number;
  /** Rounded counts of each answer, from the least of the scale. */
  distribution: number[];
  /** Whether everybody gave the same answer, as far as the rounded counts tell. */
  uniform: boolean;
  /** Whether people are of opposite minds, as far as the rounded counts tell: see `isPolarised`. */
  polarised: boolean;
}

export function sumOf(levels: Levels): number {
  return levels.reduce((added, each) => added + each, 0);
}

/**
 * The marks are computed from the rounded counts, so that they say nothing that a reader could not have seen: whether a
 * group was uniform to the last person would add that an answer was given by nobody, where the count says "fewer than 3".
 */
export function measureOf(levels: Levels, min: number, { roundTo }: Policy): Measure | null {
  const count = sumOf(levels);
  if (count === 0) return null;
  const total = levels.reduce((added, each, index) => added + each * (min + index), 0);
  const distribution = levels.map((each) => rounded(each, roundTo));
  return {
    mean: Math.round((10 * total) / count) / 10,
    distribution,
    uniform: distribution.filter((each) => each > 0).length === 1,
    polarised: isPolarised(distribution),
  };
}

/**
 * Whether answers lie further apart than if all of them had been given equally often, by the consensus of Tastle and Wierman
 * (2007, "Consensus and dissention: A measure of ordinal dispersion", International Journal of Approximate Reasoning 45):
 * 1 where all agree, 0 where half are at each end. The bound is this product's.
 */
export function isPolarised(distribution: Levels): boolean {
  if (sumOf(distribution) === 0) return false;
  const evenly = consensusOf(distribution.map(() => 1));
  return consensusOf(distribution) < evenly - 1e-9;
}

function consensusOf(distribution: Levels): number {
  const count = sumOf(distribution);
  const mean = distribution.reduce((added, each, level) => added + each * level, 0) / count;
  const width = distribution.length - 1;
  return distribution.reduce(
    (consensus, each, level) =>
      each === 0
        ? consensus
        : consensus + (each / count) * Math.log2(1 - Math.abs(level - mean) / width),
    1,
  );
}
