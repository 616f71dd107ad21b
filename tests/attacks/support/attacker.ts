import type { Dump, DumpRow } from './dump.ts';

/*
 * Somebody who has a copy of the whole database and wants to know which rows one person wrote. Pure functions over a dump:
 * nothing here knows who is who. Every strategy is tried for every goal, and what they find is scored elsewhere.
 */

/** What the attacker wants to join: for each row of `from`, the row of `to` that the same person wrote. */
export interface Goal {
  name: string;
  from: readonly DumpRow[];
  to: readonly DumpRow[];
}

/** One attempt at a goal: a guess for some of the rows. */
export interface Attempt {
  goal: string;
  strategy: string;
  guesses: ReadonlyMap<DumpRow, DumpRow>;
}

/** Rows that share what is openly stored of both sides: within a cell, nothing open tells one from another. */
export interface Cell {
  from: DumpRow[];
  to: DumpRow[];
}

/** All attempts at a goal. @param dump where a third table may lead from one side to the other */
export function attack(goal: Goal, dump: Dump): Attempt[] {
  const cells = splitByOpenAttributes(goal);
  return [
    ...inTheSamePlace(goal, cells),
    ...byTheNearestTransaction(goal, cells),
    ...byEqualValues(goal),
    ...seenTogether(goal, dump),
  ].map((attempt) => ({ goal: goal.name, ...attempt }));
}

type Strategies = Omit<Attempt, 'goal'>[];

/**
 * Splits both sides by organisation, cycle, service and perspective, as far as both have them. A text of which the flush left
 * out one of them stands with the ratings of which no text says theirs.
 */
export function splitByOpenAttributes({ from, to }: Goal): Cell[] {
  const has = (column: string) => column in (from[0] ?? {}) && column in (to[0] ?? {});
  const read = (row: DumpRow, column: string) => (has(column) ? (row[column] ?? null) : null);
  /** From all that is open down to nothing but the cycle and organisation. */
  const labelsOf = (row: DumpRow) => {
    const [service, perspective] = [read(row, 'service'), read(row, 'perspective')];
    return [
      [service, perspective],
      [service, null],
      [null, perspective],
      [null, null],
    ].map((label) => JSON.stringify([row.cycle_id, read(row, 'organisation'), ...label]));
  };
  const said = new Set((isText(to[0]) ? to : from).map((row) => labelsOf(row)[0]));
  const cells = new Map<string, Cell>();
  for (const side of ['from', 'to'] as const)
    for (const row of side === 'from' ? from : to) {
      const label = labelsOf(row).find((each) => said.has(each)) ?? '';
      const cell = cells.get(label) ?? { from: [], to: [] };
      cell[side].push(row);
      cells.set(label, cell);
    }
  return [...cells.values()];
}

/** The first row of the one side with the first of the other, and so on, in any order that a column or the disk gives. */
function inTheSamePlace({ from, to }: Goal, cells: Cell[]): Strategies {
  const sorted = cells.map((cell) => ({ from: orders(cell.from), to: orders(cell.to) }));
  return columnsOf(from).flatMap((left) =>
    columnsOf(to).flatMap((right) =>
      [false, true].map((isReversed) => ({
        strategy: `${left} in step with ${right}${isReversed ? ' backwards' : ''}`,
        guesses: new Map(
          sorted.flatMap((cell) => {
            const targets = cell.to[right] ?? [];
            return (cell.from[left] ?? []).flatMap((row, place) => {
              const target = targets.at(isReversed ? -1 - place : place);
              return target === undefined ? [] : [[row, target] as const];
            });
          }),
        ),
      })),
    ),
  );
}

/** What was written in the nearest transaction, the first of them on disk where there are several. */
function byTheNearestTransaction({ from, to }: Goal, cells: Cell[]): Strategies {
  if (!columnsOf(from).includes('xmin') || !columnsOf(to).includes('xmin')) return [];
  const distance = (a: DumpRow, b: DumpRow) => Math.abs(Number(a.xmin) - Number(b.xmin));
  return (['before', 'after', 'around'] as const).map((side) => ({
    strategy: `the nearest transaction ${side}`,
    guesses: new Map(
      cells.flatMap((cell) =>
        cell.from.flatMap((row) => {
          const allowed = cell.to.filter(
            ({ xmin }) =>
              side === 'around' ||
              (side === 'before'
                ? Number(xmin) <= Number(row.xmin)
                : Number(xmin) >= Number(row.xmin)),
          );
          const [nearest] = allowed.sort((a, b) => distance(a, row) - distance(b, row));
          return nearest === undefined ? [] : [[row, nearest] as const];
        }),
      ),
    ),
  }));
}

/** Rows that have a value in common, in any two columns. */
function byEqualValues({ from, to }: Goal): Strategies {
  return columnsOf(from).flatMap((left) =>
    columnsOf(to).map((right) => {
      const holders = new Map(to.map((row) => [row[right], row]));
      return {
        strategy: `${left} equals ${right}`,
        guesses: new Map(
          from.flatMap((row) => {
            const found = row[left] == null ? undefined : holders.get(row[left]);
            return found === undefined ? [] : [[row, found] as const];
          }),
        ),
      };
    }),
  );
}

/** Rows of which the content or a key stands together in one row of any third table; of several, those that stand nearest. */
function seenTogether({ from, to }: Goal, dump: Dump): Strategies {
  const owned = new Set<DumpRow>([...from, ...to]);
  const guessesIn = (place: string) => {
    const right = find(to, place);
    if (right.length === 0) return [];
    return find(from, place).map(({ row, at }) => {
      const distance = (other: { at: number }) => Math.abs(other.at - at);
      const nearest = right.reduce((best, each) => (distance(each) < distance(best) ? each : best));
      return [row, nearest.row] as const;
    });
  };
  return Object.entries(dump).map(([table, rows]) => ({
    strategy: `seen together in ${table}`,
    guesses: new Map(
      rows.filter((row) => !owned.has(row)).flatMap((row) => placesIn(row).flatMap(guessesIn)),
    ),
  }));
}

/** The rows whose content or key stands in a place, and where. */
function find(rows: readonly DumpRow[], place: string): { row: DumpRow; at: number }[] {
  return rows.flatMap((row) =>
    ['id', 'receipt_hash', 'text', 'as_is'].flatMap((column) => {
      const value = row[column];
      const at = value == null || value.length < 8 ? -1 : place.indexOf(value);
      return at < 0 ? [] : [{ row, at }];
    }),
  );
}

/** A whole row; where it holds a list of arrays, each of them. */
function placesIn(row: DumpRow): string[] {
  const values = Object.values(row).filter((value) => value !== null);
  const lists = values.filter((value) => value.startsWith('{"{'));
  return lists.length === 0 ? [values.join('\n')] : lists.flatMap((list) => list.split('","'));
}

function columnsOf(rows: readonly DumpRow[]): string[] {
  return Object.keys(rows[0] ?? {});
}

/** The rows in the order of each column; those that are equal in it as they lie on disk, which is how a dump has them. */
function orders(rows: readonly DumpRow[]): Record<string, DumpRow[]> {
  return Object.fromEntries(
    columnsOf(rows).map((column) => [
      column,
      rows.toSorted((a, b) => compare(a[column] ?? '', b[column] ?? '')),
    ]),
  );
}

/** Numbers, and places on disk, by their size; anything else sign by sign. */
function compare(a: string, b: string): number {
  const isCounted = [a, b].every((value) => /^[(\d,)]+$/.test(value));
  if (isCounted) return a.localeCompare(b, 'en', { numeric: true });
  return a < b ? -1 : Number(a > b);
}

const isText = (row: DumpRow | undefined) => row !== undefined && 'question' in row;
