import { MANY, System } from './system.ts';

/*
 * An attacker who has what is published, and a solver. It knows nothing of how the product hides: only what rows say, how
 * they were rounded, that people are counted in whole numbers, that whoever says how it should be also said how it is, and
 * which groups are parts of which. Nothing of the product is imported here.
 */

/** A row of a release, as anybody can download it, of one standard. */
export interface PublishedRow {
  organisation: string;
  service: string | null;
  perspective: string;
  suppressed: boolean;
  count: number | null;
  asIs: { mean: number; distribution: readonly number[] } | null;
  toBe: { mean: number; distribution: readonly number[] } | null;
}

export interface Release {
  rows: readonly PublishedRow[];
  organisations: readonly string[];
  perspectives: readonly string[];
  threshold: number;
  roundTo: number;
  /** The least answer of the scale, and how many there are. */
  least: number;
  answerCount: number;
}

/** What the attacker makes use of: counts of people and of wishes, or each answer and the means as well. */
export type Depth = 'people' | 'counts' | 'answers';

/** What can be worked out of a hidden count; the two are as far apart as was asked for, or final. */
export interface Interval {
  row: string;
  of: 'people' | 'wishes';
  least: number;
  greatest: number;
}

/** Which counts round to a number. */
function roundedFrom(value: number, roundTo: number): [number, number] {
  return [Math.max(0, Math.ceil(value - roundTo / 2)), Math.ceil(value + roundTo / 2) - 1];
}

const labelOf = (row: Pick<PublishedRow, 'organisation' | 'service' | 'perspective'>) =>
  `${row.organisation}/${row.service ?? ''}/${row.perspective}`;

/** Writes down what one release says. Returns the variables of what it hides, and those of single groups. */
function describe(system: System, release: Release, depth: Depth, prefix: string) {
  const { rows, organisations, perspectives, threshold, roundTo, answerCount } = release;
  const measures = depth === 'people' ? (['asIs'] as const) : (['asIs', 'toBe'] as const);
  const parts = [
    '',
    ...Array.from({ length: depth === 'answers' ? answerCount : 0 }, (_, i) => `_${i}`),
  ];
  const identifiers = new Map<string, number>();
  const nameOf = (measure: string, cell: string, part: string) => {
    const number = identifiers.get(cell) ?? identifiers.size;
    identifiers.set(cell, number);
    return `${prefix}${measure === 'asIs' ? 'n' : 'w'}${number}${part}`;
  };
  const columns = [...perspectives, 'all'];
  const addsUp = (total: string, ofParts: readonly string[]) => {
    for (const measure of measures)
      for (const part of parts)
        system.require(
          [
            ...ofParts.map((each) => [1, system.variable(nameOf(measure, each, part))] as const),
            [-1, system.variable(nameOf(measure, total, part))],
          ],
          '=',
          0,
        );
  };

  // What is part of what.
  const leaves: string[] = [];
  const lines = new Set<string>();
  for (const organisation of organisations) {
    const codes = [
      ...new Set(
        rows
          .filter((row) => row.organisation === organisation && row.service)
          .map((row) => row.service),
      ),
    ];
    const isParted = codes.length > 0;
    const own = isParted
      ? [...codes.map((code) => `${organisation}/${code}`), `${organisation}/?`]
      : [];
    for (const line of [`${organisation}/`, ...own]) lines.add(line);
    for (const line of isParted ? own : [`${organisation}/`])
      leaves.push(...perspectives.map((perspective) => `${line}/${perspective}`));
    if (isParted)
      for (const column of columns)
        addsUp(
          `${organisation}//${column}`,
          own.map((line) => `${line}/${column}`),
        );
  }
  if (organisations.length > 1) {
    lines.add('all/');
    for (const column of columns)
      addsUp(
        `all//${column}`,
        organisations.map((organisation) => `${organisation}//${column}`),
      );
  }
  for (const line of lines)
    addsUp(
      `${line}/all`,
      perspectives.map((perspective) => `${line}/${perspective}`),
    );
  for (const line of lines)
    for (const column of columns) {
      const cell = `${line}/${column}`;
      if (depth !== 'people')
        system.require(
          [
            [1, nameOf('asIs', cell, '')],
            [-1, nameOf('toBe', cell, '')],
          ],
          '>=',
          0,
        );
      if (depth === 'answers')
        for (const measure of measures)
          system.require(
            parts.map((part) => [part === '' ? -1 : 1, nameOf(measure, cell, part)] as const),
            '=',
            0,
          );
    }

  // What the rows say.
  const hidden: { row: string; of: 'people' | 'wishes'; name: string }[] = [];
  for (const row of rows) {
    const cell = labelOf(row);
    for (const measure of measures) {
      const said = row[measure];
      const name = nameOf(measure, cell, '');
      if (said === null) {
        hidden.push({ row: cell, of: measure === 'asIs' ? 'people' : 'wishes', name });
        continue;
      }
      const ranges = said.distribution.map((value) => roundedFrom(value, roundTo));
      const sum = (end: 0 | 1) => ranges.reduce((total, range) => total + range[end], 0);
      system.variable(name, Math.max(threshold, sum(0)), sum(1));
      if (measure === 'asIs') system.variable(name, ...roundedFrom(row.count ?? 0, roundTo));
      if (depth !== 'answers') continue;
      for (const [answer, range] of ranges.entries())
        system.variable(nameOf(measure, cell, `_${answer}`), ...range);
      const tenfold = Math.round(said.mean * 10);
      const weighted = ranges.map(
        (_, answer) =>
          [20 * (release.least + answer), nameOf(measure, cell, `_${answer}`)] as const,
      );
      system.require([...weighted, [-(2 * tenfold - 1), name]], '>=', 0);
      system.require([...weighted, [-(2 * tenfold + 1), name]], '<=', -1);
    }
  }
  // Those who named no service have no row.
  for (const leaf of leaves)
    if (leaf.includes('/?/'))
      for (const measure of measures)
        hidden.push({
          row: leaf,
          of: measure === 'asIs' ? 'people' : 'wishes',
          name: nameOf(measure, leaf, ''),
        });
  const namesOf = (cells: readonly string[]) =>
    new Map(cells.map((cell) => [cell, nameOf('asIs', cell, '')]));
  return { hidden, leafNames: namesOf(leaves), rowNames: namesOf(rows.map(labelOf)) };
}

type Hidden = { row: string; of: 'people' | 'wishes'; name: string };

/** For each hidden count the least and the greatest value; no further than `enough` apart, where that is shown already. */
function intervalsOf(system: System, hidden: readonly Hidden[], enough: number): Interval[] {
  const seen = new Map<string, [number, number]>();
  const note = (readValue: ReturnType<System['solve']>) => {
    if (readValue === null) throw new Error('What is published contradicts itself.');
    for (const { name } of hidden) {
      const [least, greatest] = seen.get(name) ?? [MANY, 0];
      seen.set(name, [Math.min(least, readValue(name)), Math.max(greatest, readValue(name))]);
    }
    return readValue;
  };
  const undecided = () =>
    hidden.filter(({ name }) => {
      const [least, greatest] = seen.get(name) ?? [0, 0];
      return greatest - least < enough;
    });
  if (hidden.length === 0) return [];
  // One solution tells of all counts at once: most are decided by a few.
  for (const sign of [1, -1, 1, -1]) {
    const left = seen.size === 0 ? hidden : undecided();
    if (left.length === 0) break;
    const isFirst = seen.size === 0;
    note(
      system.solve(
        sign === 1 ? 'Maximize' : 'Minimize',
        left.map(({ name }, index) => [isFirst || index % 2 === 0 ? 1 : -1, name] as const),
      ),
    );
  }
  for (const { name } of undecided())
    for (const sense of ['Maximize', 'Minimize'] as const) {
      const [least, greatest] = seen.get(name) ?? [0, 0];
      if (greatest - least < enough) note(system.solve(sense, [[1, name]]));
    }
  return hidden.map(({ row, of, name }) => {
    const [least, greatest] = seen.get(name) ?? [0, MANY];
    return { row, of, least, greatest };
  });
}

/**
 * What one release gives away.
 *
 * @param pick which of the hidden counts are attacked; `row` has `?` in place of the service for those who named none
 */
export function attack(
  release: Release,
  depth: Depth,
  enough = release.threshold,
  pick: (hidden: Pick<Interval, 'row' | 'of'>) => boolean = isRow,
): Interval[] {
  const system = new System();
  const { hidden } = describe(system, release, depth, 'x');
  return intervalsOf(system, hidden.filter(pick), enough);
}

const isRow = ({ row }: Pick<Interval, 'row'>) => !row.includes('/?/');

/**
 * What two releases give away to somebody who knows that no more than so many people came or went between them. The
 * intervals of the first come first.
 */
export function attackBoth(first: Release, second: Release, changed: number): Interval[] {
  const system = new System();
  const [one, two] = describeBoth(system, first, second);
  const changes: string[] = [];
  for (const { leaf, then, later } of leavesOf(one, two)) {
    const [came, went] = [`came${leaf}`, `went${leaf}`];
    for (const each of [came, went]) changes.push(system.variable(each, 0, changed));
    system.require(difference([later, went], [then, came]), '=', 0);
  }
  system.require(
    changes.map((name) => [1, name] as const),
    '<=',
    changed,
  );
  return intervalsOf(system, [...one.hidden, ...two.hidden].filter(isRow), first.threshold);
}

/**
 * What two releases give away to somebody who knows that people only came between them, or only went: of the counts that
 * either hides, and of how many came to each row (or went) that says the same in both.
 */
export function attackChange(
  first: Release,
  second: Release,
  onlyCame: boolean,
): { counts: Interval[]; changes: Interval[] } {
  // A row that says the same, says nothing of what it holds now.
  const rows = second.rows.map((row, index) =>
    JSON.stringify(row) === JSON.stringify(first.rows[index])
      ? { ...row, suppressed: true, count: null, asIs: null, toBe: null }
      : row,
  );
  const system = new System();
  const [one, two] = describeBoth(system, first, { ...second, rows });
  for (const { then, later } of leavesOf(one, two))
    system.require(difference([later], [then]), onlyCame ? '>=' : '<=', 0);
  const changes = rows
    .filter(({ asIs }) => asIs === null)
    .map((row, index) => {
      const [then, later] = [one, two].map(({ rowNames }) => rowNames.get(labelOf(row)) as string);
      const name = system.variable(`change${index}`);
      const [more, fewer] = onlyCame ? [later, then] : [then, later];
      system.require(difference([more as string], [fewer as string, name]), '=', 0);
      return { row: labelOf(row), of: 'people' as const, name };
    });
  const counts = [...one.hidden, ...two.hidden].filter(isRow);
  const found = intervalsOf(system, [...counts, ...changes], first.threshold);
  return { counts: found.slice(0, counts.length), changes: found.slice(counts.length) };
}

type Described = ReturnType<typeof describe>;

function describeBoth(system: System, first: Release, second: Release): [Described, Described] {
  return [describe(system, first, 'people', 'x'), describe(system, second, 'people', 'y')];
}

function leavesOf(one: Described, two: Described) {
  return [...one.leafNames].map(([cell, then], leaf) => ({
    leaf,
    then,
    later: two.leafNames.get(cell) as string,
  }));
}

function difference(plus: readonly string[], minus: readonly string[]) {
  return [...plus.map((name) => [1, name] as const), ...minus.map((name) => [-1, name] as const)];
}
