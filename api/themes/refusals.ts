import type * as queries from '../../db/queries/themes.ts';
import { type FieldError, Problem, staleProblem, validationProblem } from '../http/problem.ts';

/* Why something cannot be done with a theme. */

/** A theme of the caller's: policies show no other's working copy. That one is published, everybody knows. */
export function requireOwn(
  own: queries.WorkingThemeRow | undefined,
  row: queries.PublishedThemeRow | undefined,
): queries.WorkingThemeRow {
  if (own !== undefined) return own;
  throw row === undefined
    ? notFound()
    : new Problem('forbidden', 'This client is not registered for the organisation of this theme.');
}

/** One that can still change, at the version that was expected. */
export function requireWorking(
  own: queries.WorkingThemeRow | undefined,
  row: queries.PublishedThemeRow | undefined,
  expectedVersion: number | undefined,
): queries.WorkingThemeRow {
  const current = requireOwn(own, row);
  if (current.theme.withdrawnAt !== null) throw withdrawn();
  if (current.theme.mergedInto !== null)
    throw new Problem('wrong-phase', 'This theme was merged into another: change that one.');
  if (expectedVersion !== undefined && current.theme.version !== expectedVersion) throw stale();
  return current;
}

export function whyNotMerged(
  before: queries.WorkingThemeRow | undefined,
  target: queries.WorkingThemeRow | undefined,
): Problem {
  const isAlike =
    target !== undefined &&
    target.theme.id !== before?.theme.id &&
    target.theme.cycleId === before?.theme.cycleId &&
    target.theme.organisation === before.theme.organisation;
  if (!isAlike)
    return validationProblem([
      { pointer: '/into', detail: 'Not another theme of the same cycle and organisation.' },
    ]);
  return new Problem(
    'wrong-phase',
    'The other theme is withdrawn, merged, or not published while this one is.',
  );
}

export const UNFIT =
  'Not a text of this cycle and organisation that was decided on and is still there.';

export function refuseTexts(
  member: string,
  given: readonly string[],
  bad: readonly string[] = [],
  detail: string,
): void {
  const errors = given.flatMap((id, index) =>
    bad.includes(id) ? [{ pointer: `/${member}/${index}`, detail }] : [],
  );
  if (errors.length > 0) throw validationProblem(errors);
}

export function badReferences(
  found: (queries.ThemeReferences & { unknown_quotes?: string[] }) | undefined,
  standards: readonly string[] = [],
  quotes: readonly string[] = [],
): Problem {
  const errors: FieldError[] = [];
  if (!found?.is_cycle_known)
    errors.push({
      pointer: '/cycle',
      detail: 'Not a cycle in which this organisation takes part.',
    });
  if (!found?.is_category_known)
    errors.push({ pointer: '/enquiryCategory', detail: 'Not a category of the vocabulary.' });
  for (const [index, code] of standards.entries())
    if (found?.unknown_standards.includes(code))
      errors.push({
        pointer: `/standards/${index}`,
        detail: "Not a standard of the cycle's set.",
      });
  for (const [index, id] of quotes.entries())
    if (found?.unknown_quotes?.includes(id))
      errors.push({
        pointer: `/quotes/${index}`,
        detail: 'Not a text of this theme that may be quoted.',
      });
  // All that it refers to is there: then somebody was quicker.
  return errors.length > 0 ? validationProblem(errors) : stale();
}

export function notFound(): Problem {
  return new Problem('not-found', 'There is no theme with this id.');
}

export function withdrawn(): Problem {
  return new Problem('gone', 'This theme was withdrawn by its organisation.');
}

export function stale(): Problem {
  return staleProblem('The theme');
}
