import type { ApiProblem } from './api-client.ts';

/** What is wrong with a form: of one field, or (null) of all of it. */
export interface FormError {
  /** Name of the field. */
  field: string | null;
  /** How to mend it. */
  text: string;
}

/** The errors of a form, in the order of the page. */
export class FormErrors {
  readonly list: readonly FormError[];

  constructor(list: readonly FormError[]) {
    this.list = list;
  }

  /** What is wrong with a field, for its component; undefined where nothing is. */
  of(field: string): string | undefined {
    return this.list.find((error) => error.field === field)?.text;
  }

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  /** Whether somebody else changed the thing meanwhile: the form then carries their version, to be replaced knowingly. */
  get isStale(): boolean {
    return this.list.some(({ text }) => text === STALE);
  }
}

const STALE =
  'Somebody else changed this while you were working. What you typed is kept below and nothing is saved yet. Look at it once more, then save again to replace their version.';

export const noErrors = new FormErrors([]);

/**
 * A refusal of the API as errors of the form that asked.
 *
 * @param labels what a field is called on the page, by its name; `*` stands for a number in it
 * @param fieldOf the field for a place in the body, where it is not called by its place
 */
export function toFormErrors(
  problem: ApiProblem,
  labels: Readonly<Record<string, string>>,
  fieldOf: (field: string) => string = (field) => field,
): FormErrors {
  if (problem.code === 'precondition-failed') return new FormErrors([{ field: null, text: STALE }]);
  if (problem.errors.length === 0) return new FormErrors([{ field: null, text: problem.message }]);
  const errors = problem.errors.map(({ pointer, detail }) => {
    const field = fieldOf(pointer.slice(1).replaceAll('/', '.'));
    const label = labelOf(field, labels);
    if (label === undefined) return { field: null, text: detail };
    return { field: label.field, text: `${label.text}: ${lowerFirst(detail)}` };
  });
  return new FormErrors(errors);
}

/** The nearest field that the page has: an error deep in a value belongs to the field that holds it. */
function labelOf(
  field: string,
  labels: Readonly<Record<string, string>>,
): { field: string; text: string } | undefined {
  for (let name = field; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const text = labels[name] ?? labels[name.replaceAll(/\b\d+\b/g, '*')];
    if (text !== undefined) return { field: name, text };
  }
  return undefined;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;
}
