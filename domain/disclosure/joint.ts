import { ENDLESS, type Network, vary } from './network.ts';

/**
 * How things are (`asIs`) and how they should be (`toBe`) are asked of the same people, and nobody says the second without
 * the first: there are never more wishes in a cell than people. Two tables that are safe one by one can so give a count
 * away together: one bounds it from above, the other from below. What is measured here holds for both at once: every
 * person has an answer and a wish or none, and people are moved with both.
 *
 * The widths are ones that are surely there. Wider ones may exist, since people are moved in a fixed order and never back.
 */
export interface Pair {
  network: Network;
  /** For each answer, how many gave it, by cell. */
  answers: readonly (readonly number[])[];
  /** For each wish, how many have it, by cell; those without one come last. */
  wishes: readonly (readonly number[])[];
}

/** @param toBe of the same cells in the same order */
export function pairOf(asIs: Network, toBe: Network): Pair {
  const byLevel = ({ edges }: Network) =>
    (edges[0]?.levels ?? []).map((_, level) => edges.map(({ levels }) => levels[level] ?? 0));
  const [answers, wishes] = [byLevel(asIs), byLevel(toBe)];
  const sumAt = (levels: readonly number[][], index: number) =>
    levels.reduce((sum, level) => sum + (level[index] ?? 0), 0);
  const without = asIs.edges.map((_, index) => sumAt(answers, index) - sumAt(wishes, index));
  return { network: asIs, answers, wishes: [...wishes, without] };
}

/** By how much the number of people of a cell can be varied, if both measures of it are hidden; up to `enough`. */
export function peopleWidth(
  pair: Pair,
  isHidden: readonly boolean[],
  edge: number,
  enough: number,
): number {
  return widthBothWays(
    enough,
    (direction, most) => movePeople(stateOf(pair), isHidden, edge, direction, most).people,
  );
}

/**
 * By how much the number of wishes of a cell can be varied; up to `enough`.
 *
 * @param isHidden where the wishes are hidden
 * @param arePeopleHidden where the number of people is hidden too
 */
export function wishesWidth(
  pair: Pair,
  isHidden: readonly boolean[],
  arePeopleHidden: readonly boolean[],
  edge: number,
  enough: number,
): number {
  return widthBothWays(enough, (direction, most) => {
    const state = stateOf(pair);
    const moved = arePeopleHidden[edge]
      ? movePeople(state, arePeopleHidden, edge, direction, most).wishes
      : 0;
    return moved + moveWishes(state, isHidden, edge, direction, most - moved);
  });
}

/** How far up and how far down together; the way down is not looked for where the way up is enough. */
function widthBothWays(
  enough: number,
  varyBy: (direction: 1 | -1, most: number) => number,
): number {
  const up = varyBy(1, enough);
  return up >= enough ? enough : Math.min(enough, up + varyBy(-1, enough - up));
}

/** A pair on the way: what has been moved already cannot be moved again. */
interface State {
  network: Network;
  answers: number[][];
  wishes: number[][];
}

function stateOf({ network, answers, wishes }: Pair): State {
  const copyOf = (levels: Pair['answers']) => levels.map((level) => level.slice());
  return { network, answers: copyOf(answers), wishes: copyOf(wishes) };
}

/** Moves people with the same answer and the same wish, or without one. */
function movePeople(
  { network, answers, wishes }: State,
  isHidden: readonly boolean[],
  edge: number,
  direction: 1 | -1,
  most: number,
): { people: number; wishes: number } {
  const moved = { people: 0, wishes: 0 };
  for (const [which, wish] of wishes.entries())
    for (const answer of answers) {
      if (moved.people >= most) return moved;
      const people = vary(network, edge, direction, most - moved.people, {
        more: (index) => (isHidden[index] ? ENDLESS : 0),
        fewer: (index) => (isHidden[index] ? Math.min(answer[index] ?? 0, wish[index] ?? 0) : 0),
        add: (index, change) => {
          answer[index] = (answer[index] ?? 0) + change;
          wish[index] = (wish[index] ?? 0) + change;
        },
      });
      moved.people += people;
      if (which < wishes.length - 1) moved.wishes += people;
    }
  return moved;
}

/** Gives wishes to people without one, and takes them from others; nobody is moved. */
function moveWishes(
  { network, wishes }: State,
  isHidden: readonly boolean[],
  edge: number,
  direction: 1 | -1,
  most: number,
): number {
  const without = wishes.at(-1) ?? [];
  let moved = 0;
  for (const wish of wishes.slice(0, -1))
    moved += vary(network, edge, direction, most - moved, {
      more: (index) => (isHidden[index] ? (without[index] ?? 0) : 0),
      fewer: (index) => (isHidden[index] ? (wish[index] ?? 0) : 0),
      add: (index, change) => {
        wish[index] = (wish[index] ?? 0) + change;
        without[index] = (without[index] ?? 0) - change;
      },
    });
  return moved;
}
