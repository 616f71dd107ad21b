import type * as z from 'zod';
import { writeCsv } from '../../domain/csv.ts';
import type { LoopSummary } from './shapes.ts';

type Summary = z.output<typeof LoopSummary>;

/** Columns of the table, in order, and what stands in each: a name is the path of a member in the JSON. */
const columns: readonly (readonly [string, (summary: Summary) => string | number | null])[] = [
  ['organisation', ({ organisation }) => organisation],
  ['name', ({ name }) => name],
  ['cycle', ({ cycle }) => cycle],
  ['as_of', ({ asOf }) => asOf],
  ['themes_published', ({ themes }) => themes.published],
  ['themes_answered', ({ themes }) => themes.answered],
  ['themes_unanswered', ({ themes }) => themes.unanswered],
  ['answers_considering', ({ answers }) => answers.considering],
  ['answers_planned', ({ answers }) => answers.planned],
  ['answers_in_progress', ({ answers }) => answers.inProgress],
  ['answers_done', ({ answers }) => answers.done],
  ['answers_cannot_do', ({ answers }) => answers.cannotDo],
  ['answers_no_longer_needed', ({ answers }) => answers.noLongerNeeded],
  ['overdue', ({ overdue }) => overdue],
  ['declined_with_reason', ({ declinedWithReason }) => declinedWithReason],
  ['claims_done', ({ claims }) => claims.done],
  ['claims_confirmed', ({ claims }) => claims.confirmed],
  ['claims_contested', ({ claims }) => claims.contested],
  ['claims_unconfirmed', ({ claims }) => claims.unconfirmed],
  ['median_days_to_first_answer', ({ medianDaysToFirstAnswer }) => medianDaysToFirstAnswer],
];

/** Summaries as comma-separated values, one row an organisation. What is null in the JSON is an empty field. */
export function summariesToCsv(summaries: readonly Summary[]): string {
  return writeCsv(
    columns.map(([name]) => name),
    summaries.map((summary) => columns.map(([, read]) => String(read(summary) ?? ''))),
  );
}
