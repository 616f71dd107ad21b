import type { ResultRow } from './publish.ts';
import { ALL } from './table.ts';

/*
 * The 360-degree reading of a release: differences in their own right, never one headline score. All of it is made from the
 * published rows alone, so that it tells nothing that they do not.
 */

/** A difference between two perspectives, or (`perspective` given) between how things are and how they should be. */
export interface Gap {
  organisation: string;
  standard: string;
  perspective?: string;
  between: [string, string];
  /** Of the means, the first less the second, to one decimal. */
  difference: number;
}

/** A difference since an earlier cycle of the same organisation, on the same standard. */
export interface Change {
  organisation: string;
  standard: string;
  perspective: string;
  since: { cycleId: string; release: number };
  /** Of the means, now less then, to one decimal. */
  difference: number;
}

/** An earlier cycle as it was published. */
export interface EarlierResults {
  cycleId: string;
  release: number;
  rows: readonly ResultRow[];
}

/** Gaps of every organisation as a whole, both of whose sides are shown. @param perspectives in the order of the cycle */
export function gapsOf(rows: readonly ResultRow[], perspectives: readonly string[]): Gap[] {
  const whole = rows.filter(({ service }) => service === null);
  const gaps: Gap[] = [];
  for (const row of whole) {
    const { organisation, standard, perspective } = row;
    if (row.asIs === null) continue;
    if (row.toBe !== null)
      gaps.push({
        organisation,
        standard,
        perspective,
        between: ['toBe', 'asIs'],
        difference: difference(row.toBe.mean, row.asIs.mean),
      });
    if (perspective === ALL) continue;
    for (const other of whole)
      if (
        other.organisation === organisation &&
        other.standard === standard &&
        other.asIs !== null &&
        perspectives.indexOf(other.perspective) > perspectives.indexOf(perspective)
      )
        gaps.push({
          organisation,
          standard,
          between: [perspective, other.perspective],
          difference: difference(row.asIs.mean, other.asIs.mean),
        });
  }
  return gaps;
}

/** Changes of every organisation since the last cycle before in which it took part. @param earlier the newest first */
export function changesOf(
  rows: readonly ResultRow[],
  earlier: readonly EarlierResults[],
): Change[] {
  return rows.flatMap((row) => {
    const { organisation, standard, perspective, service, asIs } = row;
    if (service !== null || asIs === null || organisation === ALL) return [];
    const before = earlier.find((each) =>
      each.rows.some((then) => then.organisation === organisation),
    );
    const then = before?.rows.find(
      (each) =>
        each.organisation === organisation &&
        each.service === null &&
        each.standard === standard &&
        each.perspective === perspective,
    );
    if (before === undefined || !then?.asIs) return [];
    const since = { cycleId: before.cycleId, release: before.release };
    return [
      {
        organisation,
        standard,
        perspective,
        since,
        difference: difference(asIs.mean, then.asIs.mean),
      },
    ];
  });
}

function difference(one: number, other: number): number {
  return Math.round((one - other) * 10) / 10;
}
