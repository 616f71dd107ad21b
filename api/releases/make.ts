import type * as z from 'zod';
import type { CycleRow } from '../../db/queries/cycles.ts';
import type { CountedRow } from '../../db/queries/releases.ts';
import type { RatedSet } from '../../domain/cycle.ts';
import {
  type EqualityOutcome,
  type EqualityRow,
  publishEquality,
} from '../../domain/disclosure/equality.ts';
import {
  type Counted,
  type Outcome,
  publish,
  type ResultRow,
} from '../../domain/disclosure/publish.ts';
import { changesOf, type EarlierResults, gapsOf } from '../../domain/disclosure/reading.ts';
import {
  type CountedTexts,
  publishThemeShares,
  type ThemeShareRow,
} from '../../domain/disclosure/theme-shares.ts';
import { ethnicCategories, ethnicCategoryLabels } from '../../domain/vocabulary.ts';
import { sha256Hex } from '../http/digest.ts';
import { isoTime } from '../shapes.ts';
import { Results } from './shapes.ts';

/** What of a published body is read again. */
export type ResultsBody = z.output<typeof Results>;

export function readBody(body: string): ResultsBody {
  return JSON.parse(body) as ResultsBody;
}

/** The least and the greatest answer of a cycle on any of its scales: the answers that are counted. */
export function answersOf(row: CycleRow): { min: number; max: number } {
  const scales = setsOf(row).map(({ scale }) => scale);
  return {
    min: Math.min(...scales.map(({ min }) => min)),
    max: Math.max(...scales.map(({ max }) => max)),
  };
}

/** What was counted of a cycle, as the database told it. */
export interface CountedCycle {
  ratings: readonly CountedRow[];
  equality: readonly { ethnicity: string; people: number }[];
  themes: readonly CountedTexts[];
}

/** The tables of a release by the rules of disclosure; those that the cycle does not carry are null. */
export interface Tables<Ratings, Equality> {
  results: Ratings;
  aboutThisEvaluation: Ratings | null;
  equality: Equality | null;
  /** Empty where no theme is published. */
  themes: ThemeShareRow[];
}

type Safe<Of> = Of & { safe: true };

/** The tables of a release that may be published. */
export type ReleaseTables = Tables<Safe<Outcome>, Safe<EqualityOutcome>>;

/**
 * What a release may show of a cycle.
 *
 * @param before the body of the release before; null for the first
 * @returns null where the check of any table fails: nothing may then be told
 */
export function tablesOf(
  row: CycleRow,
  counted: CountedCycle,
  before: string | null,
): ReleaseTables | null {
  const { cycle, standardSet, aboutThisEvaluation } = row;
  const policy = { threshold: cycle.threshold, roundTo: cycle.roundTo };
  const earlier = before === null ? null : readBody(before);
  const answers = answersOf(row);
  const publishSet = (set: RatedSet, firstPosition: number, then: ResultRow[] | undefined) => {
    const standards = set.standards.map(({ code }) => code);
    const { organisations, services, perspectives } = cycle;
    return publish(
      { organisations, services, perspectives, standards, scale: set.scale },
      toCounted(counted.ratings, set, firstPosition, answers.min),
      policy,
      then ?? null,
    );
  };
  const results = publishSet(standardSet, 1, earlier?.results);
  const about =
    aboutThisEvaluation &&
    publishSet(
      aboutThisEvaluation,
      standardSet.standards.length + 1,
      earlier?.aboutThisEvaluation?.results,
    );
  const equality = cycle.equalityTable
    ? publishEquality(
        ethnicCategories,
        counted.equality.map(({ ethnicity, people }) => ({ category: ethnicity, people })),
        policy,
        earlier?.equality?.results ?? null,
      )
    : null;
  const themes = publishThemeShares(counted.themes, policy, earlier?.themes?.results ?? null);
  if (!results.safe || about?.safe === false || equality?.safe === false) return null;
  return { results, aboutThisEvaluation: about, equality, themes };
}

/** What of each table a release would hide. */
export function hidingOf({ results, aboutThisEvaluation, equality, themes }: ReleaseTables) {
  const hiddenThemes = themes.filter(({ suppressed }) => suppressed);
  return {
    ...shownAndHidden(results),
    ...(aboutThisEvaluation && { aboutThisEvaluation: shownAndHidden(aboutThisEvaluation) }),
    ...(equality && {
      equality: shownAndHidden({
        rows: equality.rows,
        hidden: equality.hidden.map(labelled),
        kept: equality.kept.map(labelled),
      }),
    }),
    ...(themes.length > 0 && {
      themes: { shown: themes.length - hiddenThemes.length, hidden: hiddenThemes.length },
    }),
  };
}

/** How many rows of all tables together would be shown and hidden. */
export function countRows({ results, aboutThisEvaluation, equality, themes }: ReleaseTables) {
  const hidden =
    results.hidden.length +
    (aboutThisEvaluation?.hidden.length ?? 0) +
    (equality?.hidden.length ?? 0) +
    themes.filter(({ suppressed }) => suppressed).length;
  const rows =
    results.rows.length +
    (aboutThisEvaluation?.rows.length ?? 0) +
    (equality?.rows.length ?? 0) +
    themes.length;
  return { shown: rows - hidden, hidden };
}

function shownAndHidden<Hidden, Kept>(table: {
  rows: readonly unknown[];
  hidden: Hidden[];
  kept: Kept[];
}) {
  const { rows, hidden, kept } = table;
  return { shown: rows.length - hidden.length, hidden, kept };
}

/** The body of a release as it is kept and sent, byte for byte, with its digest. */
export async function bodyOf(
  { cycle, standardSet, aboutThisEvaluation }: CycleRow,
  tables: Tables<{ rows: readonly ResultRow[] }, { rows: readonly EqualityRow[] }>,
  earlier: readonly EarlierResults[],
  release: { number: number; releasedAt: Date; codeVersion: string },
): Promise<{ body: string; sha256: string; results: ResultsBody }> {
  const { rows } = tables.results;
  const scaleOf = ({ scale: { min, max } }: RatedSet) => ({ min, max });
  const results = Results.omit({ sha256: true }).parse({
    cycleId: cycle.id,
    release: release.number,
    releasedAt: isoTime(release.releasedAt),
    codeVersion: release.codeVersion,
    disclosurePolicy: { threshold: cycle.threshold, roundTo: cycle.roundTo },
    standardSet: { id: cycle.standardSetId, version: cycle.standardSetVersion },
    scale: scaleOf(standardSet),
    results: rows,
    gaps: gapsOf(rows, cycle.perspectives),
    changes: changesOf(rows, earlier),
    ...(aboutThisEvaluation &&
      tables.aboutThisEvaluation && {
        aboutThisEvaluation: {
          standardSet: {
            id: cycle.aboutThisEvaluationSetId,
            version: cycle.aboutThisEvaluationSetVersion,
          },
          scale: scaleOf(aboutThisEvaluation),
          results: tables.aboutThisEvaluation.rows,
          gaps: gapsOf(tables.aboutThisEvaluation.rows, cycle.perspectives),
        },
      }),
    ...(tables.equality && {
      equality: { question: 'ethnicity', results: tables.equality.rows.map(labelled) },
    }),
    ...(tables.themes.length > 0 && { themes: { results: tables.themes } }),
  });
  const sha256 = await sha256Hex(JSON.stringify(results));
  const { cycleId, release: number, releasedAt, ...rest } = results;
  const whole = { cycleId, release: number, releasedAt, sha256, ...rest };
  return { body: JSON.stringify(whole), sha256, results: whole };
}

/** Digest of what a release says, but for when and by which version of the service it is made. */
export async function contentDigestOf(results: ResultsBody): Promise<string> {
  const { releasedAt: _releasedAt, codeVersion: _codeVersion, sha256: _sha256, ...said } = results;
  return sha256Hex(JSON.stringify(said));
}

function labelled<Row extends { category: string }>(row: Row) {
  const { category, ...rest } = row;
  const label = (ethnicCategoryLabels as Record<string, string>)[category];
  return { category, label: label ?? 'Everybody who answered', ...rest };
}

/** The sets that a cycle asks about, in the order in which ratings are stored. */
function setsOf({ standardSet, aboutThisEvaluation }: CycleRow): RatedSet[] {
  return aboutThisEvaluation === null ? [standardSet] : [standardSet, aboutThisEvaluation];
}

/** Rows of one set as the rules of disclosure want them. @param least answer that was counted, on any scale */
function toCounted(
  rows: readonly CountedRow[],
  { standards, scale }: RatedSet,
  firstPosition: number,
  least: number,
): Counted[] {
  const onScale = (levels: readonly number[]) =>
    levels.slice(scale.min - least, scale.max - least + 1);
  return rows.flatMap(({ organisation, service, perspective, position, as_is, to_be }) => {
    const standard = standards[position - firstPosition]?.code;
    if (standard === undefined) return [];
    const group = { organisation, service, perspective, standard };
    return [{ ...group, asIs: onScale(as_is), toBe: onScale(to_be) }];
  });
}
