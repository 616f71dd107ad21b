import { type Network, type NetworkEdge, networkOf } from './network.ts';

/** Counts of each answer on the scale, from its least. */
export type Levels = readonly number[];

/** What was counted of one group for one standard. `service` null: those who named none. */
export interface Leaf {
  organisation: string;
  service: string | null;
  perspective: string;
  levels: Levels;
}

/** A cell of the published table: `organisation` 'all' and `perspective` 'all' are totals, `service` null an organisation's. */
export interface Cell {
  organisation: string;
  service: string | null;
  perspective: string;
  levels: Levels;
}

/** The table of one standard, as cells and as the network of its sums; both in the same order. */
export interface Table {
  cells: (Cell & { isInner: boolean })[];
  network: Network;
}

export const ALL = 'all';

/**
 * Lays counts out as a table with all its totals.
 *
 * @param shape what the cycle consists of: every group has a cell, also one from which nobody answered
 */
export function tableOf(
  shape: {
    organisations: readonly string[];
    services: readonly { odsCode: string; code: string }[];
    perspectives: readonly string[];
    levelCount: number;
  },
  leaves: readonly Leaf[],
): Table {
  const { organisations, services, perspectives, levelCount } = shape;
  const counted = new Map(
    leaves.map((leaf) => [
      keyOf(leaf.organisation, leaf.service ?? UNNAMED, leaf.perspective),
      leaf.levels,
    ]),
  );
  const none: Levels = new Array(levelCount).fill(0);
  const at = (organisation: string, service: string, perspective: string): Levels =>
    counted.get(keyOf(organisation, service, perspective)) ?? none;

  let nodeCount = 1;
  const newNode = () => nodeCount++;
  const edges: NetworkEdge[] = [];
  const cells: Table['cells'] = [];
  const OUTSIDE = 0;
  const columns = [...perspectives, ALL];

  /** Adds the cells of a row. A column's count flows down to the parts, the total's back up. */
  const addRow = (
    row: { organisation: string; service: string | null; isInner: boolean },
    counts: readonly Levels[],
    above: readonly number[],
    below: readonly number[],
  ) => {
    for (const [column, perspective] of columns.entries()) {
      const levels = counts[column] ?? none;
      const [outer, inner] = [above[column] ?? OUTSIDE, below[column] ?? OUTSIDE];
      cells.push({ ...row, perspective, levels });
      edges.push(
        perspective === ALL
          ? { from: inner, to: outer, levels }
          : { from: outer, to: inner, levels },
      );
    }
  };
  const sumOf = (all: readonly (readonly Levels[])[]): Levels[] =>
    columns.map((_, column) =>
      none.map((_, level) => all.reduce((sum, row) => sum + (row[column]?.[level] ?? 0), 0)),
    );
  const withTotal = (row: readonly Levels[]): Levels[] => [
    ...row,
    none.map((_, level) => row.reduce((sum, levels) => sum + (levels[level] ?? 0), 0)),
  ];

  const trees = organisations.map((organisation) => {
    const codes = services
      .filter(({ odsCode }) => odsCode === organisation)
      .map(({ code }) => code);
    const parts = [...codes, UNNAMED].map((service) => ({
      service,
      counts: withTotal(perspectives.map((perspective) => at(organisation, service, perspective))),
    }));
    return {
      organisation,
      parts,
      counts: sumOf(parts.map(({ counts }) => counts)),
      hasServices: codes.length > 0,
    };
  });

  const outside = columns.map(() => OUTSIDE);
  let above = outside;
  if (organisations.length > 1) {
    const below = columns.map(newNode);
    const counts = sumOf(trees.map((tree) => tree.counts));
    addRow({ organisation: ALL, service: null, isInner: false }, counts, outside, below);
    above = below;
  }
  for (const { organisation, parts, counts, hasServices } of trees) {
    const row = { organisation, service: null, isInner: false };
    if (!hasServices) {
      const sum = newNode();
      addRow(
        row,
        counts,
        above,
        columns.map(() => sum),
      );
      continue;
    }
    const below = columns.map(newNode);
    addRow(row, counts, above, below);
    for (const { service, counts: own } of parts) {
      const sum = newNode();
      const isInner = service === UNNAMED;
      addRow(
        { organisation, service, isInner },
        own,
        below,
        columns.map(() => sum),
      );
    }
  }
  return { cells, network: networkOf(nodeCount, edges) };
}

/** No service has this code: those who named none stand under it, and have no row of their own. */
const UNNAMED = '';

function keyOf(organisation: string, service: string, perspective: string): string {
  return `${organisation} ${service} ${perspective}`;
}
