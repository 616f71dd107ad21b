import { writeCsv } from '../csv.ts';
import type { EqualityRow } from './equality.ts';
import type { Measure, ResultRow } from './publish.ts';
import type { ThemeShareRow } from './theme-shares.ts';

/** Stands in a number's place where it is hidden, or where there is none; the two look the same. */
const HIDDEN = '*';
/** Stands in the place of a service in the row of an organisation as a whole. */
const NOT_APPLICABLE = '-';

/** A column and what it means, in the terms of a table schema of Frictionless Data. */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'number';
  description: string;
}

/** The columns of a table of results, for its scale. */
export function columnsOf(scale: { min: number; max: number }): Column[] {
  const answers = Array.from(
    { length: scale.max - scale.min + 1 },
    (_, index) => scale.min + index,
  );
  const measure = (name: string, what: string): Column[] => [
    { name: `${name}_mean`, type: 'number', description: `Mean of ${what}, to one decimal.` },
    ...answers.map(
      (answer): Column => ({
        name: `${name}_${answer}`,
        type: 'integer',
        description: `How many gave ${answer} as ${what}, rounded.`,
      }),
    ),
  ];
  return [
    {
      name: 'organisation',
      type: 'string',
      description: 'ODS code; `all` for every organisation of the cycle together.',
    },
    {
      name: 'service',
      type: 'string',
      description: 'Code of the service in the cycle; `-` for the organisation as a whole.',
    },
    { name: 'standard', type: 'string', description: 'Code of the standard in its set.' },
    {
      name: 'perspective',
      type: 'string',
      description: 'The role from which people speak; `all` for everybody together.',
    },
    { name: 'count', type: 'integer', description: 'How many rated it, rounded.' },
    ...measure('as_is', 'how things are'),
    ...measure('to_be', 'how they should be'),
  ];
}

/** The rows of a release as comma-separated values (RFC 4180), one a cell, UTF-8. */
export function toCsv(rows: readonly ResultRow[], scale: { min: number; max: number }): string {
  const columns = columnsOf(scale);
  const answerCount = scale.max - scale.min + 1;
  const numbers = (measure: Measure | null): string[] =>
    measure === null
      ? new Array(answerCount + 1).fill(HIDDEN)
      : [measure.mean.toFixed(1), ...measure.distribution.map(String)];
  const lines = rows.map((row) => [
    row.organisation,
    row.service ?? NOT_APPLICABLE,
    row.standard,
    row.perspective,
    row.count === null ? HIDDEN : String(row.count),
    ...numbers(row.asIs),
    ...numbers(row.toBe),
  ]);
  return writeCsv(
    columns.map(({ name }) => name),
    lines,
  );
}

/** The columns of the equality table. */
export const equalityColumns: Column[] = [
  {
    name: 'category',
    type: 'string',
    description:
      'Code of the ethnic category in the NHS Data Dictionary (ethnic category code 2001); `all` for everybody who answered.',
  },
  { name: 'label', type: 'string', description: 'The category in words.' },
  {
    name: 'count',
    type: 'integer',
    description: 'How many of the whole cycle gave this answer, rounded.',
  },
];

/** The equality table of a release as comma-separated values. */
export function equalityToCsv(rows: readonly (EqualityRow & { label: string })[]): string {
  return writeCsv(
    equalityColumns.map(({ name }) => name),
    rows.map(({ category, label, count }) => [
      category,
      label,
      count === null ? HIDDEN : String(count),
    ]),
  );
}

/** The columns of the table of themes. */
export const themeColumns: Column[] = [
  { name: 'theme', type: 'string', description: 'Id of the theme; its title is at /v1/themes.' },
  { name: 'organisation', type: 'string', description: 'ODS code.' },
  { name: 'question', type: 'string', description: 'Code of the question in the cycle.' },
  { name: 'count', type: 'integer', description: 'How many answered the question, rounded.' },
  {
    name: 'mentioned',
    type: 'integer',
    description: 'Of these, how many said something that belongs to the theme, rounded.',
  },
];

/** The table of themes of a release as comma-separated values. */
export function themesToCsv(rows: readonly ThemeShareRow[]): string {
  const number = (count: number | null) => (count === null ? HIDDEN : String(count));
  return writeCsv(
    themeColumns.map(({ name }) => name),
    rows.map(({ theme, organisation, question, count, mentioned }) => [
      ...[theme, organisation, question],
      ...[count, mentioned].map(number),
    ]),
  );
}
