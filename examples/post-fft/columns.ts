/**
 * Which columns of the export mean what. This is the file to change for another CSV.
 *
 * Columns that are not named here - comment ids, dates, themes, sentiment - are never read, so they cannot be sent.
 */

/** One line of the export, in the poster's own words. `row` counts as a spreadsheet does: the header is row 1. */
export interface FftRow {
  row: number;
  /** Groups the rows of one response. Used only to group; never sent, and kept only as a keyed hash. */
  respondent: string;
  /** The answer to the rating question as it stands in the cell. */
  rating: string;
  /** Names of the service, the most particular first. */
  services: string[];
  /** Open questions with what was written. Several in one row are fine (exports with a column per question). */
  answers: { question: string; text: string }[];
}

/** The columns that must be there; looked up without regard to case and spaces. */
export const requiredColumns = [
  'Respondent ID',
  'Service type 1',
  'Service type 2',
  'FFT categorical answer',
  'FFT question',
  'FFT answer',
] as const;

export type Column = (typeof requiredColumns)[number];

/** Makes one row of the cells of one line. */
export function toRow(row: number, cell: (column: Column) => string): FftRow {
  return {
    row,
    respondent: cell('Respondent ID').trim(),
    rating: cell('FFT categorical answer').trim(),
    services: [cell('Service type 2').trim(), cell('Service type 1').trim()].filter(
      (name) => name !== '',
    ),
    answers: [{ question: cell('FFT question').trim(), text: cell('FFT answer').trim() }],
  };
}
