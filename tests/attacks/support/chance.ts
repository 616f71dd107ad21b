import type { Attempt, Cell } from './attacker.ts';
import type { DumpRow } from './dump.ts';

/** Who wrote a row, as only the test knows; undefined where not even it does. */
export type Author = (row: DumpRow) => number | undefined;

/** The attempt that links most rows right, and how many. */
export function bestOf(attempts: readonly Attempt[], author: Author) {
  const scored = attempts.map(({ goal, strategy, guesses }) => ({
    goal,
    strategy,
    right: [...guesses].filter(([from, to]) => {
      const person = author(from);
      return person !== undefined && person === author(to);
    }).length,
  }));
  return scored.reduce((best, each) => (each.right > best.right ? each : best));
}

/** How many rows are linked right on average by whoever guesses within cells: one a cell, if both sides are complete. */
export function expectedByChance(cells: readonly Cell[]): number {
  return cells.reduce(
    (sum, { from, to }) => sum + from.length / Math.max(from.length, to.length),
    0,
  );
}

/**
 * The least number of right links that chance reaches in none of so many attempts, but for one test run in ten million.
 *
 * Within a cell of n rows in random order, each k given links are all right with a chance of (n-k)!/n!, so the number X of
 * right links has E[X choose k] <= m^k / k!, where m is its mean; over cells the same holds with the sum of the means.
 * By Markov's inequality P(X >= t) <= m^k / (t (t-1) ... (t-k+1)) for every k up to t; the best k is taken, and the chance
 * counted once for each attempt.
 */
export function tooManyForChance(mean: number, attemptCount: number): number {
  const allowed = Math.log(1e-7 / attemptCount);
  for (let t = 1; ; t += 1) {
    let logarithm = 0;
    for (let k = 1; k <= t; k += 1) {
      logarithm += Math.log(mean / (t - k + 1));
      if (logarithm <= allowed) return t;
    }
  }
}

/**
 * How far a row's place tells the place of another: Spearman's rank correlation of two orders of the same people. For n
 * people in random order it has a standard deviation of 1/sqrt(n-1).
 */
export function rankCorrelation(places: readonly number[]): number {
  const sorted = places.toSorted((a, b) => a - b);
  const ranks = new Map(sorted.map((place, rank) => [place, rank]));
  const n = places.length;
  const squares = places.reduce((sum, place, at) => sum + ((ranks.get(place) ?? 0) - at) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}
