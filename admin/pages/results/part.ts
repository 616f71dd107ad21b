import { NotFound } from '../../page.tsx';
import {
  ALL,
  type CycleBody,
  type Released,
  type ResultRow,
  type ResultsBody,
} from './released.ts';

type RatedSet = CycleBody['standardSet'];
export type Gap = ResultsBody['gaps'][number];
export type Change = ResultsBody['changes'][number];

/** What was rated on one set of standards: that of the cycle, or the one about the evaluation itself. */
export interface Part {
  /** Of its page for each standard, below that of the release. */
  path: '/standards' | '/about-this-evaluation';
  set: RatedSet;
  rows: readonly ResultRow[];
  gaps: readonly Gap[];
  changes: readonly Change[];
}

/** What was rated on the standards of the cycle. */
export function standardsOf({ cycle, results }: Released): Part {
  const { results: rows, gaps, changes } = results;
  return { path: '/standards', set: cycle.standardSet, rows, gaps, changes };
}

/** What was rated of the evaluation itself; null where nothing was asked. */
export function aboutThisEvaluationOf({ cycle, results }: Released): Part | null {
  const { aboutThisEvaluation: about } = results;
  if (cycle.aboutThisEvaluation === null || about === undefined) return null;
  return {
    path: '/about-this-evaluation',
    set: cycle.aboutThisEvaluation,
    rows: about.results,
    gaps: about.gaps,
    changes: [],
  };
}

/** The standard of the path. */
export function standardOf({ visit }: Released, { set }: Part): RatedSet['standards'][number] {
  const standard = set.standards.find(({ code }) => code === visit.params.standard);
  if (standard === undefined) throw new NotFound();
  return standard;
}

/** The perspectives of a cycle in its order, then everybody together. */
export function perspectivesOf({ cycle }: Released) {
  return [...cycle.perspectives, ALL] as const;
}

/** Rows of those who are shown, by standard and perspective. */
export function rowsOf({ shown }: Released, { rows }: Part) {
  const found = new Map(
    rows
      .filter((row) => row.organisation === shown.organisation && row.service === shown.service)
      .map((row) => [`${row.standard} ${row.perspective}`, row]),
  );
  return (standard: string, perspective: string) => found.get(`${standard} ${perspective}`);
}

/** Differences are told of organisations as a whole: those of the one that is shown, the greatest first. */
export function greatestFirst<Difference extends { organisation: string; difference: number }>(
  { shown }: Released,
  differences: readonly Difference[],
): Difference[] {
  if (shown.service !== null) return [];
  return differences
    .filter(({ organisation }) => organisation === shown.organisation)
    .sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
}
