import { type ConfirmationAnswer, NOT_SAID } from '../vocabulary.ts';
import type { Policy } from './presets.ts';
import { type Counted, type Outcome, publish, type ResultRow } from './publish.ts';
import { ALL } from './table.ts';

/** How many gave an answer from a perspective. */
export interface ConfirmationCount {
  perspective: string;
  answer: ConfirmationAnswer;
  people: number;
}

/** Counts of one perspective or of all; null throughout while they are hidden. */
interface AnswerCounts {
  suppressed: boolean;
  yes: number | null;
  partly: number | null;
  no: number | null;
  tooSoon: number | null;
}

/** What is shown of the confirmations of a record. */
export interface Confirmations extends AnswerCounts {
  byPerspective: (AnswerCounts & { perspective: string })[];
}

/**
 * Perspectives are told apart once so many times the threshold have answered. Whatever is hidden when that is first done
 * stays hidden (see `publish`): done at the first ten, it would leave nothing but the total, for good.
 */
export const THRESHOLDS_UNTIL_BROKEN_DOWN = 5;

const STANDARD = 'confirmation';
const answers: readonly ConfirmationAnswer[] = ['yes', 'partly', 'no', 'too_soon'];
const HIDDEN = { suppressed: true, count: null, asIs: null, toBe: null } as const;

/**
 * What is to be shown of a record's confirmations, by the rules of results (`publish`): a table of one line, with the
 * answers as its scale. Null where what is shown stays.
 *
 * First only the total is shown, and shown anew when surely as many as the threshold have come since. A total by itself
 * tells nothing of its parts, however often it is shown, since each step is a group of its own that may be shown. Once
 * enough have answered, the perspectives are shown beside the total of the same moment, as a first release shows them. From
 * then on they stand as they are, and only the total goes on: of a total and a part of it, both shown anew, the
 * answer of one who is in the difference could be told.
 *
 * @param perspectives those that are asked; another, or none, counts as `not_said`
 * @param before the rows that are shown now; null while nothing is
 */
export function showAnew(
  perspectives: readonly string[],
  counts: readonly ConfirmationCount[],
  policy: Policy,
  before: readonly ResultRow[] | null,
): ResultRow[] | null {
  // Added up, a count that is none could look like one.
  if (!counts.every((each) => Number.isSafeInteger(each.people) && each.people >= 0)) return null;
  // A record can be moved to another cycle: what its table consists of stays, or sums of two tables could be compared.
  const columns = before?.map(({ perspective }) => perspective).filter((each) => each !== ALL) ?? [
    ...perspectives,
    NOT_SAID,
  ];
  const people = counts.reduce((sum, each) => sum + each.people, 0);
  if (before === null) {
    const outcome = publishCounts([NOT_SAID], counts, policy, null);
    const total = outcome.safe ? totalOf(outcome.rows) : null;
    if (total === null) return null;
    return [...columns.map((perspective) => ({ ...total, ...HIDDEN, perspective })), total];
  }

  const renewed = publishCounts(columns, counts, policy, before);
  if (!renewed.safe) return null;
  const [was, total] = [totalOf(before), totalOf(renewed.rows)];
  if (total === null || JSON.stringify(levelsOf(total)) === JSON.stringify(levelsOf(was)))
    return null;
  const isBrokenDown = before.some((row) => row.perspective !== ALL && !row.suppressed);
  if (!isBrokenDown && people >= THRESHOLDS_UNTIL_BROKEN_DOWN * policy.threshold) {
    const first = publishCounts(columns, counts, policy, null);
    if (first.safe && totalOf(first.rows) !== null) return first.rows;
  }
  return renewed.rows;
}

function publishCounts(
  columns: readonly string[],
  counts: readonly ConfirmationCount[],
  policy: Policy,
  before: readonly ResultRow[] | null,
): Outcome {
  const group = { organisation: ALL, service: null, standard: STANDARD };
  const counted = columns.map((perspective): Counted => {
    const own = counts.filter(
      (each) => (columns.includes(each.perspective) ? each.perspective : NOT_SAID) === perspective,
    );
    const asIs = answers.map((answer) =>
      own.reduce((sum, each) => sum + (each.answer === answer ? each.people : 0), 0),
    );
    return { ...group, perspective, asIs, toBe: answers.map(() => 0) };
  });
  return publish(
    {
      organisations: [ALL],
      services: [],
      perspectives: columns,
      standards: [STANDARD],
      scale: { min: 1, max: answers.length },
    },
    counted,
    policy,
    before,
  );
}

/** The row of all perspectives; null where it is hidden. */
function totalOf(rows: readonly ResultRow[]): ResultRow | null {
  return rows.find((row) => row.perspective === ALL && !row.suppressed) ?? null;
}

function levelsOf(row: ResultRow | null) {
  return [row?.count, row?.asIs?.distribution];
}

/** Rows as they are kept, as a reader of the record sees them. @param rows null while nothing is shown */
export function toConfirmations(rows: readonly ResultRow[] | null): Confirmations {
  const shown = rows ?? [];
  return {
    ...answerCountsOf(totalOf(shown)),
    byPerspective: shown
      .filter(({ perspective }) => perspective !== ALL)
      .map((row) => ({ perspective: row.perspective, ...answerCountsOf(row) })),
  };
}

function answerCountsOf(row: ResultRow | null): AnswerCounts {
  const [yes = null, partly = null, no = null, tooSoon = null] = row?.asIs?.distribution ?? [];
  return { suppressed: yes === null, yes, partly, no, tooSoon };
}
