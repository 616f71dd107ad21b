import type * as z from 'zod';
import {
  type Column,
  columnsOf,
  equalityColumns,
  equalityToCsv,
  themeColumns,
  themesToCsv,
  toCsv,
} from '../../domain/disclosure/csv.ts';
import type { Results } from './shapes.ts';

/** The tables that a release can have; every one has results. */
export const tableNames = ['results', 'about_this_evaluation', 'equality', 'themes'] as const;
export type TableName = (typeof tableNames)[number];

/** A table of a release as comma-separated values. */
export interface CsvTable {
  name: TableName;
  columns: Column[];
  csv: string;
}

/** The tables of a release. */
export function csvTablesOf({
  results,
  scale,
  aboutThisEvaluation,
  equality,
  themes,
}: Pick<
  z.output<typeof Results>,
  'results' | 'scale' | 'aboutThisEvaluation' | 'equality' | 'themes'
>): CsvTable[] {
  const tables: CsvTable[] = [
    { name: 'results', columns: columnsOf(scale), csv: toCsv(results, scale) },
  ];
  if (aboutThisEvaluation !== undefined) {
    const { results: rows, scale: ownScale } = aboutThisEvaluation;
    tables.push({
      name: 'about_this_evaluation',
      columns: columnsOf(ownScale),
      csv: toCsv(rows, ownScale),
    });
  }
  if (equality !== undefined)
    tables.push({
      name: 'equality',
      columns: equalityColumns,
      csv: equalityToCsv(equality.results),
    });
  if (themes !== undefined)
    tables.push({ name: 'themes', columns: themeColumns, csv: themesToCsv(themes.results) });
  return tables;
}
