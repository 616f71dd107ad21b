import type { FftRow } from './columns.ts';
import type { Hashes } from './hashes.ts';
import type { Place, RowFile } from './rows.ts';

/** What one person sent once: the rows of one respondent put together. Row numbers are kept for the report. */
export interface Response {
  rows: number[];
  /** The cells of the rating question that say something, each different one once. */
  ratings: { value: string; rows: number[] }[];
  /** One for each question; what was written in several rows is joined by an empty line. */
  answers: { question: string; text: string; rows: number[] }[];
  /** The service's names, the most particular first; empty when the rows disagree. */
  services: string[];
}

/** One respondent as the first pass knows them: where their rows are, and hashes. No text. */
export interface IndexedResponse {
  handle: string;
  places: Place[];
  /** Changes when what the rows say changes; not when they are moved about in the file. */
  fingerprint: string;
}

export interface Index {
  /** In the order of posting (by handle). */
  responses: IndexedResponse[];
  /** Rows that name no respondent, so that nobody can tell what they belong to. */
  withoutRespondent: number[];
}

/**
 * First pass: finds the rows of each respondent.
 *
 * The rows of one respondent need not be neighbours - in real exports a second answer may stand thousands of rows later
 * - so no response is complete before the end of the file. Keeping places instead of texts leaves memory at a
 * few hundred bytes for each response, however long the comments are.
 */
export async function indexResponses(file: RowFile, hashes: Hashes): Promise<Index> {
  const found = new Map<string, { places: Place[]; contents: string[] }>();
  const withoutRespondent: number[] = [];
  for await (const { place, row } of file.rows()) {
    if (row.respondent === '') {
      withoutRespondent.push(place.row);
      continue;
    }
    const handle = hashes.handle(row.respondent);
    const entry = found.get(handle) ?? { places: [], contents: [] };
    entry.places.push(place);
    entry.contents.push(contentOf(row, hashes));
    found.set(handle, entry);
  }
  const responses = [...found]
    .map(([handle, { places, contents }]) => ({
      handle,
      places,
      fingerprint: together(contents, hashes),
    }))
    .sort((a, b) => (a.handle < b.handle ? -1 : 1));
  return { responses, withoutRespondent };
}

/** The fingerprint of a response with these rows, in whatever order. */
export function fingerprintOf(rows: readonly FftRow[], hashes: Hashes): string {
  return together(
    rows.map((row) => contentOf(row, hashes)),
    hashes,
  );
}

/** Hash of what a row says, whatever its number. */
function contentOf({ rating, services, answers }: FftRow, hashes: Hashes): string {
  const said = answers.map(({ question, text }) => [question, text]);
  return hashes.fingerprint(JSON.stringify([rating, services, said]));
}

function together(contents: string[], hashes: Hashes): string {
  return hashes.fingerprint(contents.sort().join());
}

/** Puts the rows of one respondent together. Nothing that was written is lost, and nothing is counted twice. */
export function gather(rows: readonly FftRow[]): Response {
  const ratings = new Map<string, number[]>();
  const answers = new Map<string, { question: string; texts: Map<string, number[]> }>();
  const services = new Map<string, string[]>();
  for (const { row, rating, services: names, answers: written } of rows) {
    if (rating !== '') ratings.set(rating, [...(ratings.get(rating) ?? []), row]);
    if (names.length > 0) services.set(JSON.stringify(names), names);
    for (const { question, text } of written) {
      if (text === '') continue;
      const key = sameWords(question);
      const entry = answers.get(key) ?? { question, texts: new Map<string, number[]>() };
      // The same words under the same question are a line exported twice, not something said twice.
      entry.texts.set(text, [...(entry.texts.get(text) ?? []), row]);
      answers.set(key, entry);
    }
  }
  return {
    rows: rows.map(({ row }) => row),
    ratings: [...ratings].map(([value, where]) => ({ value, rows: where })),
    answers: [...answers.values()].map(({ question, texts }) => ({
      question,
      text: [...texts.keys()].join('\n\n'),
      rows: [...texts.values()].flat(),
    })),
    services: services.size === 1 ? ([...services.values()][0] ?? []) : [],
  };
}

/** Two wordings that differ only in case, spaces and closing punctuation are the same. */
export function sameWords(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/[.?!:]+$/, '');
}
