import { freshRows, hasChangedEnough } from './change.ts';
import { pairOf, peopleWidth, wishesWidth } from './joint.ts';
import { type Measure, measureOf, sumOf } from './measure.ts';
import { type Policy, publishedCount } from './presets.ts';
import { isSound } from './sound.ts';
import { firstUnsafe, type Hiding, type SuppressionRule, suppress } from './suppress.ts';
import { type Cell, type Levels, type Table, tableOf } from './table.ts';

export type { Measure } from './measure.ts';
export type { Policy } from './presets.ts';

/** What a cycle consists of: every group has a cell in the results, also one from which nobody answered. */
export interface Shape {
  organisations: readonly string[];
  services: readonly { odsCode: string; code: string }[];
  perspectives: readonly string[];
  /** Codes in the order in which ratings are stored. */
  standards: readonly string[];
  scale: { min: number; max: number };
}

/** What was counted of one group for one standard. `service` null: those who named none. */
export interface Counted {
  organisation: string;
  service: string | null;
  perspective: string;
  standard: string;
  /** How many gave each answer, from the least of the scale. */
  asIs: Levels;
  /** Of the same people, those who also said how it should be. */
  toBe: Levels;
}

interface Group {
  organisation: string;
  service: string | null;
  standard: string;
  perspective: string;
}

export interface ResultRow extends Group {
  suppressed: boolean;
  count: number | null;
  asIs: Measure | null;
  toBe: Measure | null;
  /** Given where it is not from the first release of the cycle: other rows are older, and sums need not add up. */
  revised?: true | undefined;
}

/** A row that is hidden, and why; for whoever releases, never with a number. */
export interface HiddenRow extends Group {
  why: 'too_few' | 'protects_another' | 'hidden_before';
}

/** A row that says what it said in the release before, and why; for whoever releases. */
export interface KeptRow extends Group {
  why: 'changed_too_little' | 'protects_another';
}

export type Outcome =
  | { safe: true; rows: ResultRow[]; hidden: HiddenRow[]; kept: KeptRow[] }
  | { safe: false };

/**
 * The rows of a release: every group of every standard, those hidden that are too small and as many others as it takes
 * that no hidden one can be worked out. What is hidden looks the same whatever the reason, and like a group of nobody.
 *
 * After a release, a reader can subtract. So the next one of the same cycle leaves every row to the letter as it was, whether
 * hidden or shown, but for those that are shown anew: such a row was shown before, the people who came or went since are
 * surely as many as the threshold, and it overlaps no other that is or has been shown anew (`freshRows`). A difference
 * between releases is so a group of its own that may be shown, and cannot be unpicked with another difference. A
 * correction of a few people changes nothing that is published, until enough have come together. Nothing that was shown
 * is hidden later, unless the threshold has been raised: a mark in place of a number would say that few are left.
 *
 * @param before the rows of the release before
 * @returns `safe: false` where the check of what is given or of the outcome fails; nothing of it may then be told
 */
export function publish(
  shape: Shape,
  counted: readonly Counted[],
  policy: Policy,
  before: readonly ResultRow[] | null,
): Outcome {
  if (!isSound(shape, counted, policy)) return { safe: false };
  const earlier = before === null ? null : new Map(before.map((row) => [keyOf(row), row]));
  const outcome: Outcome & { safe: true } = { safe: true, rows: [], hidden: [], kept: [] };
  for (const standard of shape.standards) {
    const own = counted.filter((each) => each.standard === standard);
    const of = (measure: 'asIs' | 'toBe') =>
      tableOf(
        { ...shape, levelCount: shape.scale.max - shape.scale.min + 1 },
        own.map(({ [measure]: levels, ...group }) => ({ ...group, levels })),
      );
    const [asIs, toBe] = [of('asIs'), of('toBe')];
    const was = asIs.cells.map((cell) =>
      cell.isInner ? undefined : earlier?.get(keyOf({ ...cell, standard })),
    );
    const changes = earlier && freshRows(asIs.cells, was, policy);
    const reasons = asIs.cells.map(({ isInner, levels }, index) => {
      if (isInner) return null;
      if (changes !== null) return changes[index] ?? null;
      return sumOf(levels) < policy.threshold ? 'too_few' : null;
    });
    const hiding = hidingOf(asIs, toBe, reasons, was, policy);
    if (hiding === null) return { safe: false };
    for (const [
      index,
      { isInner, organisation, service, perspective, levels },
    ] of asIs.cells.entries()) {
      if (isInner) continue;
      const group = { organisation, service, standard, perspective };
      const [reason, then] = [reasons[index] ?? null, was[index]];
      if (hiding.asIs[index] === null) {
        const wished = toBe.cells[index]?.levels ?? [];
        outcome.rows.push({
          ...group,
          suppressed: false,
          count: publishedCount(sumOf(levels), policy),
          asIs: measureOf(levels, shape.scale.min, policy),
          toBe:
            hiding.toBe[index] === null
              ? measureOf(wished, shape.scale.min, policy)
              : (then?.toBe ?? null),
          ...(then && { revised: true }),
        });
      } else if (then?.suppressed === false && reason !== 'too_few') {
        outcome.rows.push(then);
        const why = reason === 'hidden_before' ? null : reason;
        outcome.kept.push({ ...group, why: why ?? 'protects_another' });
      } else {
        outcome.rows.push({ ...group, ...HIDDEN });
        const isOwn = reason === 'too_few' || reason === 'hidden_before';
        outcome.hidden.push({ ...group, why: isOwn ? reason : 'protects_another' });
      }
    }
  }
  return outcome;
}

const HIDDEN = { suppressed: true, count: null, asIs: null, toBe: null } as const;

/** Which cells of both measures of a standard are not shown anew; null where no choice of them passes the check. */
function hidingOf(
  asIs: Table,
  toBe: Table,
  reasons: readonly unknown[],
  was: readonly (ResultRow | undefined)[],
  policy: Policy,
): { asIs: (Hiding | null)[]; toBe: (Hiding | null)[] } | null {
  const pair = pairOf(asIs.network, toBe.network);
  const shownAsIs = protect(
    asIs,
    reasons.map((reason) => reason !== null),
    policy,
    (isHidden, edge, enough) => peopleWidth(pair, isHidden, edge, enough),
  );
  if (shownAsIs === null) return null;
  const arePeopleHidden = shownAsIs.map((why, index) => why !== null || isInner(asIs, index));
  const isToBePrimary = toBe.cells.map(({ levels }, index) => {
    const then = was[index];
    if (isInner(toBe, index)) return false;
    return (
      shownAsIs[index] !== null ||
      sumOf(levels) < policy.threshold ||
      (then !== undefined &&
        (then.toBe === null || !hasChangedEnough(levels, then.toBe, null, policy)))
    );
  });
  const shownToBe = protect(toBe, isToBePrimary, policy, (isHidden, edge, enough) =>
    wishesWidth(pair, isHidden, arePeopleHidden, edge, enough),
  );
  return shownToBe && { asIs: shownAsIs, toBe: shownToBe };
}

/** Which cells are hidden so that no hidden one can be worked out; null where that cannot be had. */
function protect(
  table: Table,
  isPrimary: readonly boolean[],
  { threshold }: Policy,
  width: NonNullable<SuppressionRule['width']>,
): (Hiding | null)[] | null {
  const rule: SuppressionRule = {
    minWidth: threshold,
    isPrimary,
    isInner: table.cells.map((cell) => cell.isInner),
    // Those who named no service have no row, but can be worked out from the others like one.
    isInnerSmall: table.cells.map(({ isInner, levels }) => {
      const size = sumOf(levels);
      return isInner && size > 0 && size < threshold;
    }),
    width,
  };
  const hiding = suppress(table.network, rule);
  const isHidden = hiding.map((why, index) => why !== null || isInner(table, index));
  return firstUnsafe(table.network, isHidden, rule) === null ? hiding : null;
}

function isInner({ cells }: Table, index: number): boolean {
  return cells[index]?.isInner === true;
}

function keyOf({
  organisation,
  service,
  standard,
  perspective,
}: Pick<Cell, 'organisation' | 'service' | 'perspective'> & { standard: string }): string {
  return [organisation, service ?? '', standard, perspective].join(' ');
}
