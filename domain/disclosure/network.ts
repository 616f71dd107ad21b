/**
 * What an attacker can work out of a published table, exactly. A table with a hierarchy on one side (all > organisation >
 * service) and perspectives on the other is a circulation: what goes in at the total of each perspective is parted among
 * the rows and comes out at their totals. Every cell is an edge, every sum a node; a published cell is an edge that cannot
 * change. How far a hidden cell can be from its true value is then a maximum flow through the hidden ones (Cox 1995,
 * "Network models for complementary cell suppression", Journal of the American Statistical Association 90). Flows of
 * whole people are whole, so that nothing is lost by not searching among integers.
 */

/** A cell of a table: an edge from one sum to another. `levels` are its counts, one for each answer on the scale. */
export interface NetworkEdge {
  from: number;
  to: number;
  levels: readonly number[];
}

export interface Network {
  nodeCount: number;
  edges: readonly NetworkEdge[];
  /** For each node the edges that touch it. */
  touching: readonly (readonly number[])[];
}

/** How many more, or fewer, each cell can be said to hold: zero where it is published. */
export interface Room {
  more(edge: number): number;
  fewer(edge: number): number;
  /** Says that a cell holds so many more; fewer, if negative. */
  add(edge: number, people: number): void;
}

export const ENDLESS = Number.POSITIVE_INFINITY;

export function networkOf(nodeCount: number, edges: readonly NetworkEdge[]): Network {
  const touching: number[][] = Array.from({ length: nodeCount }, () => []);
  for (const [index, { from, to }] of edges.entries()) {
    touching[from]?.push(index);
    if (to !== from) touching[to]?.push(index);
  }
  return { nodeCount, edges, touching };
}

/**
 * By how much a hidden cell's count can be varied without contradicting anything that is published, counts of each
 * answer included: its greatest possible value less its least, or `enough` if it is at least that much.
 */
export function widthOf(
  network: Network,
  isHidden: readonly boolean[],
  edge: number,
  enough: number,
): number {
  const levelCount = network.edges[edge]?.levels.length ?? 0;
  let width = 0;
  for (const direction of [1, -1] as const)
    for (let level = 0; level < levelCount && width < enough; level += 1) {
      // Answers do not mix: each has a circulation of its own.
      const added = new Map<number, number>();
      width += vary(network, edge, direction, enough - width, {
        more: (index) => (isHidden[index] ? ENDLESS : 0),
        fewer: (index) =>
          isHidden[index]
            ? (network.edges[index]?.levels[level] ?? 0) + (added.get(index) ?? 0)
            : 0,
        add: (index, people) => added.set(index, (added.get(index) ?? 0) + people),
      });
    }
  return width;
}

/**
 * Makes a cell as much larger (or smaller) as other cells leave room for, up to `most`, and tells by how much. The change
 * goes round through other cells, so that every sum stays what it is.
 */
export function vary(
  network: Network,
  edge: number,
  direction: 1 | -1,
  most: number,
  room: Room,
): number {
  const target = network.edges[edge];
  if (target === undefined) return 0;
  const [source, sink] = direction === 1 ? [target.to, target.from] : [target.from, target.to];
  let varied = 0;
  for (;;) {
    const limit = Math.min(most - varied, direction === 1 ? room.more(edge) : room.fewer(edge));
    const way = limit > 0 ? shortestWay(network, edge, source, sink, room) : null;
    if (way === null) return varied;
    const people = Math.min(
      limit,
      ...way.map(({ index, sign }) => (sign === 1 ? room.more(index) : room.fewer(index))),
    );
    for (const { index, sign } of way) room.add(index, sign * people);
    room.add(edge, direction * people);
    varied += people;
  }
}

interface Step {
  index: number;
  sign: 1 | -1;
}

/** Breadth first: the shortest way is found, so that few rounds are needed (Edmonds and Karp 1972). */
function shortestWay(
  { nodeCount, edges, touching }: Network,
  without: number,
  source: number,
  sink: number,
  room: Room,
): Step[] | null {
  /** The cell by which each sum was reached: -1 where it has not been. */
  const cameBy = new Int32Array(nodeCount).fill(-1);
  const queue = [source];
  cameBy[source] = without;
  for (let head = 0; head < queue.length && cameBy[sink] === -1; head += 1) {
    const node = queue[head] as number;
    for (const index of touching[node] as readonly number[]) {
      if (index === without) continue;
      const edge = edges[index] as NetworkEdge;
      const isForward = edge.from === node;
      const next = isForward ? edge.to : edge.from;
      if (cameBy[next] !== -1 || (isForward ? room.more(index) : room.fewer(index)) <= 0) continue;
      cameBy[next] = index;
      queue.push(next);
    }
  }
  if (cameBy[sink] === -1) return null;
  const way: Step[] = [];
  for (let node = sink; node !== source; ) {
    const index = cameBy[node] as number;
    const { from, to } = edges[index] as NetworkEdge;
    way.push({ index, sign: to === node ? 1 : -1 });
    node = to === node ? from : to;
  }
  return way;
}
