import type { Policy } from './presets.ts';
import { type HiddenRow, type KeptRow, publish, type ResultRow } from './publish.ts';
import { ALL } from './table.ts';

/** How many gave an equality answer in a cycle. `category` 'all' is everybody who gave one. */
export interface EqualityRow {
  category: string;
  suppressed: boolean;
  count: number | null;
  /** As of a row of results. */
  revised?: true | undefined;
}

export interface HiddenCategory {
  category: string;
  why: HiddenRow['why'];
}

export interface KeptCategory {
  category: string;
  why: KeptRow['why'];
}

export type EqualityOutcome =
  | { safe: true; rows: EqualityRow[]; hidden: HiddenCategory[]; kept: KeptCategory[] }
  | { safe: false };

const QUESTION = 'ethnicity';

/**
 * The one-way table of an equality question, by the rules of results (`publish`): it is a table of one line, whose groups are
 * the categories and whose members all gave the same answer. There is one for the whole cycle and no finer, since equality
 * answers are kept apart from everything else.
 *
 * @param categories every category has a row, also one that nobody named
 * @param before the rows of the release before
 */
export function publishEquality(
  categories: readonly string[],
  counted: readonly { category: string; people: number }[],
  policy: Policy,
  before: readonly EqualityRow[] | null,
): EqualityOutcome {
  const group = { organisation: ALL, service: null, standard: QUESTION };
  const outcome = publish(
    {
      organisations: [ALL],
      services: [],
      perspectives: categories,
      standards: [QUESTION],
      scale: { min: 1, max: 1 },
    },
    counted.map(({ category, people }) => ({
      ...group,
      perspective: category,
      asIs: [people],
      toBe: [0],
    })),
    policy,
    before?.map(
      ({ category, count, ...row }): ResultRow => ({
        ...group,
        ...row,
        perspective: category,
        count,
        asIs:
          count === null
            ? null
            : { mean: 1, distribution: [count], uniform: true, polarised: false },
        toBe: null,
      }),
    ) ?? null,
  );
  if (!outcome.safe) return outcome;
  const named = <Why>({ perspective, why }: { perspective: string; why: Why }) => ({
    category: perspective,
    why,
  });
  return {
    safe: true,
    rows: outcome.rows.map(({ perspective, suppressed, count, revised }) => ({
      category: perspective,
      suppressed,
      count,
      ...(revised && { revised }),
    })),
    hidden: outcome.hidden.map(named),
    kept: outcome.kept.map(named),
  };
}
