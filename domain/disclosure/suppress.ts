import { sumOf } from './measure.ts';
import { ENDLESS, type Network, type NetworkEdge, vary, widthOf } from './network.ts';

/** Why a cell is hidden: for itself, or so that others cannot be worked out from it. */
export type Hiding = 'primary' | 'secondary';

export interface SuppressionRule {
  /** Every count that is hidden can be at least so many different numbers, as far as anybody can work out. */
  minWidth: number;
  /** Cells that are hidden for themselves. */
  isPrimary: readonly boolean[];
  /** Cells that are never published anyhow: parts of a sum without a row of their own. */
  isInner: readonly boolean[];
  /** Inner cells of too few people, which must not be worked out either; those of nobody, or of enough, may be. */
  isInnerSmall: readonly boolean[];
  /** By how much a hidden cell can be varied; by itself where nothing else is known of the same people. */
  width?: (isHidden: readonly boolean[], edge: number, enough: number) => number;
}

/**
 * Hides cells until no hidden one can be worked out to within `minWidth`, then shows again what need not be hidden.
 * The heuristic looks, for each cell in want of width, for the way round through the table that hides the fewest people
 * besides. It need not find the fewest cells, which is a hard problem; whether the outcome is safe is for `firstUnsafe`.
 *
 * @returns for each cell why it is hidden; null for one that may be published
 */
export function suppress(network: Network, rule: SuppressionRule): (Hiding | null)[] {
  const { edges } = network;
  const { isPrimary, isInner } = rule;
  const sizes = edges.map(({ levels }) => sumOf(levels));
  const isHidden = edges.map((_, index) => isPrimary[index] === true || isInner[index] === true);

  const queue = edges.map((_, index) => index).filter((index) => isHidden[index]);
  for (let head = 0; head < queue.length; head += 1) {
    const index = queue[head] as number;
    while (isUnsafe(network, isHidden, rule, index)) {
      const more = cheapestToHide(network, isHidden, sizes, index);
      // Counts alone leave room enough, and what else is known does not: then whatever is smallest is hidden too.
      if (more.length === 0) more.push(...smallestPublished(isHidden, sizes));
      // With nothing left to hide, it is the check of the outcome that says so.
      if (more.length === 0) break;
      for (const each of more) isHidden[each] = true;
      queue.push(...more);
    }
  }

  // What was hidden on the way and is not needed any more is shown again, the largest first.
  const secondary = queue
    .filter((index) => !isPrimary[index] && !isInner[index])
    .sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
  let mostUnsafe: number | null = null;
  for (const index of secondary) {
    isHidden[index] = false;
    // Who was in want of one cell is often in want of the next: asked first, it spares asking all.
    if (mostUnsafe !== null && isUnsafe(network, isHidden, rule, mostUnsafe)) {
      isHidden[index] = true;
      continue;
    }
    const unsafe = firstUnsafe(network, isHidden, rule);
    if (unsafe === null) continue;
    isHidden[index] = true;
    mostUnsafe = unsafe;
  }
  return edges.map((_, index) => {
    if (!isHidden[index] || isInner[index]) return null;
    return isPrimary[index] ? 'primary' : 'secondary';
  });
}

/** The first hidden cell that can be worked out to within less than `minWidth`; null where there is none. */
export function firstUnsafe(
  network: Network,
  isHidden: readonly boolean[],
  rule: SuppressionRule,
): number | null {
  for (const index of network.edges.keys())
    if (isUnsafe(network, isHidden, rule, index)) return index;
  return null;
}

function isUnsafe(
  network: Network,
  isHidden: readonly boolean[],
  { minWidth, isInner, isInnerSmall, width }: SuppressionRule,
  index: number,
): boolean {
  if (!isHidden[index] || (isInner[index] && !isInnerSmall[index])) return false;
  const found = width?.(isHidden, index, minWidth) ?? widthOf(network, isHidden, index, minWidth);
  return found < minWidth;
}

function smallestPublished(isHidden: readonly boolean[], sizes: readonly number[]): number[] {
  const published = [...sizes.keys()].filter((index) => !isHidden[index]);
  return published.sort((one, other) => (sizes[one] ?? 0) - (sizes[other] ?? 0)).slice(0, 1);
}

/**
 * The published cells on the cheapest further way round a cell; a cell costs as many people as it hides, and one more. What
 * can be varied through hidden cells, answers apart, is used up first: what is left leads through a published one.
 */
function cheapestToHide(
  network: Network,
  isHidden: readonly boolean[],
  sizes: readonly number[],
  target: number,
): number[] {
  const left = sizes.slice();
  const most = sumOf(sizes) + 1;
  vary(network, target, 1, most, {
    more: (index) => (isHidden[index] ? ENDLESS : 0),
    fewer: (index) => (isHidden[index] ? (left[index] ?? 0) : 0),
    add: (index, people) => {
      left[index] = (left[index] ?? 0) + people;
    },
  });
  const way = cheapestWay(network, target, left, (index) =>
    isHidden[index] ? 0 : (sizes[index] ?? 0) + 1,
  );
  return way.filter((index) => !isHidden[index]);
}

/** Dijkstra's algorithm; networks as small as these need no heap. There is always a way, over the totals. */
function cheapestWay(
  { nodeCount, edges, touching }: Network,
  target: number,
  left: readonly number[],
  cost: (index: number) => number,
): number[] {
  const { from: sink, to: source } = edges[target] as NetworkEdge;
  const distance = new Array<number>(nodeCount).fill(ENDLESS);
  const cameBy = new Array<{ index: number; from: number } | null>(nodeCount).fill(null);
  const isDone = new Array<boolean>(nodeCount).fill(false);
  distance[source] = 0;
  for (;;) {
    let node = -1;
    for (let each = 0; each < nodeCount; each += 1)
      if (!isDone[each] && (distance[each] ?? ENDLESS) < (distance[node] ?? ENDLESS)) node = each;
    if (node === -1) return [];
    if (node === sink) break;
    isDone[node] = true;
    for (const index of touching[node] ?? []) {
      const { from, to } = edges[index] as NetworkEdge;
      const isForward = from === node;
      if (index === target || (!isForward && (left[index] ?? 0) <= 0)) continue;
      const next = isForward ? to : from;
      const reached = (distance[node] ?? ENDLESS) + cost(index);
      if (reached >= (distance[next] ?? ENDLESS)) continue;
      distance[next] = reached;
      cameBy[next] = { index, from: node };
    }
  }
  const way: number[] = [];
  for (let step = cameBy[sink]; step; step = cameBy[step.from]) way.push(step.index);
  return way;
}
