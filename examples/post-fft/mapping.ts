import type { Cycle } from './cycle.ts';
import { type Response, sameWords } from './responses.ts';

/** The body of one submission, as the service takes it. */
export interface Submission {
  perspective: string;
  organisation: string;
  service?: string;
  ratings?: { standard: string; asIs: number }[];
  answers?: { question: string; text: string }[];
}

/** A submission, or why there is none. Reasons never quote what was written. */
export type Mapped =
  | {
      kind: 'send';
      submission: Submission;
      unknownService: string | null;
      answerRows: number[][];
      ratingRows: number[];
    }
  | { kind: 'skip' }
  | { kind: 'reject'; rows: number[]; reason: string };

/** What of the cycle and of the command line goes into every submission. */
export interface Target {
  cycle: Cycle;
  organisation: string;
  perspective: string;
}

/** The service counts characters, not bytes and not UTF-16 units: an emoji is one. */
export const maximumTextLength = 4000;

/** Cells that mean "no rating": 6 is "don't know", 7 is "not answered". */
const noRating = new Set(['6', '7', '']);

/** Maps one response to the cycle. */
export function toSubmission(
  response: Response,
  { cycle, organisation, perspective }: Target,
): Mapped {
  const rated = response.ratings.filter(({ value }) => !noRating.has(value));
  const ratingRows = rated.flatMap(({ rows }) => rows);
  if (rated.length > 1) return reject(ratingRows, 'two different ratings by one respondent');
  if (rated.length === 0 && response.answers.length === 0) return { kind: 'skip' };

  const ratings: Submission['ratings'] = [];
  for (const { value, rows } of rated) {
    const asIs = toScale(value, cycle);
    if (asIs === null) return reject(rows, 'the rating is not one of 1 to 7');
    ratings.push({ standard: cycle.standard, asIs });
  }

  const answers = new Map<string, { text: string; rows: number[] }>();
  for (const { question, text, rows } of response.answers) {
    const code = questionFor(question, cycle);
    // The wording is not repeated: in a file with shifted columns that cell may hold a comment.
    if (code === null)
      return reject(rows, 'the cycle has no question like the one that this answers');
    // Two wordings of the export can stand for one question of the cycle, which takes one answer.
    const earlier = answers.get(code);
    answers.set(
      code,
      earlier
        ? { text: `${earlier.text}\n\n${text}`, rows: [...earlier.rows, ...rows] }
        : { text, rows },
    );
  }
  for (const { text, rows } of answers.values()) {
    const length = [...text].length;
    if (length > maximumTextLength)
      return reject(
        rows,
        `the text has ${length} characters, at most ${maximumTextLength} are taken`,
      );
  }

  const service = serviceFor(response.services, organisation, cycle);
  const inCycleOrder = cycle.questions.flatMap(({ code }) => {
    const answer = answers.get(code);
    return answer ? [{ code, ...answer }] : [];
  });
  return {
    kind: 'send',
    submission: {
      perspective,
      organisation,
      ...(service === null ? {} : { service }),
      ...(ratings.length === 0 ? {} : { ratings }),
      ...(inCycleOrder.length === 0
        ? {}
        : { answers: inCycleOrder.map(({ code, text }) => ({ question: code, text })) }),
    },
    unknownService: service === null ? (response.services[0] ?? null) : null,
    answerRows: inCycleOrder.map(({ rows }) => rows),
    ratingRows,
  };
}

/**
 * The rating on the cycle's scale, or null when the cell is none of 1 to 5.
 *
 * The direction turns round: in the export 1 is "very good" and 5 "very poor"; on the `fft` set 5 is "very good". Passed
 * on as it is, every praise would be counted as a complaint.
 */
export function toScale(cell: string, cycle: Pick<Cycle, 'scale'>): number | null {
  if (!/^[1-5]$/.test(cell)) return null;
  return cycle.scale.min + cycle.scale.max - Number(cell);
}

/** The code of the cycle's question with these words, else of its only question with the same polarity, else null. */
export function questionFor(prompt: string, cycle: Pick<Cycle, 'questions'>): string | null {
  const same = cycle.questions.find((question) => sameWords(question.prompt) === sameWords(prompt));
  if (same) return same.code;
  const polarity = polarityOf(prompt);
  const alike = cycle.questions.filter((question) => question.polarity === polarity);
  return alike.length === 1 ? (alike[0]?.code ?? null) : null;
}

/** Improvement first: "What could we have done to make it a good visit?" asks for one. */
function polarityOf(prompt: string): string {
  if (/\b(better|improv\w*|chang\w*|differently|not (so )?(good|well))\b/i.test(prompt))
    return 'could_improve';
  if (/\b(good|well|best|like\w*|enjoy\w*)\b/i.test(prompt)) return 'what_good';
  return 'nonspecific';
}

/** The code of the first of these services that the cycle has for the organisation, by name or by code, else null. */
export function serviceFor(
  names: readonly string[],
  organisation: string,
  cycle: Pick<Cycle, 'services'>,
): string | null {
  const own = cycle.services.filter(({ odsCode }) => odsCode === organisation);
  for (const name of names) {
    const found = own.find(
      (service) => slug(service.name) === slug(name) || slug(service.code) === slug(name),
    );
    if (found) return found.code;
  }
  return null;
}

/** Names and codes are compared as bare words; "A & B", "A and B" and the code "a-b" are the same. */
function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’]|\p{Mark}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 'and')
    .join('-');
}

function reject(rows: number[], reason: string): Mapped {
  return { kind: 'reject', rows, reason };
}
