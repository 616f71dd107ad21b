import type * as z from 'zod';
import { type FieldError, MAX_FIELD_ERRORS } from './problem.ts';

/** A member name that a sender made up is cut to this length before it is told back. */
const MAX_NAME_LENGTH = 60;

/** An RFC 6901 JSON Pointer to a path of member names and array positions. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((part) => {
      const name = [...String(part).slice(0, 2 * MAX_NAME_LENGTH)]
        .slice(0, MAX_NAME_LENGTH)
        .join('');
      return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    })
    .join('');
}

/**
 * What zod found, as pointers and sentences. Values are never repeated; an unknown member is pointed at by
 * its own name, each on its own.
 *
 * @param base path of what was parsed within the whole body
 * @param maxCount errors beyond it are left out: a body can hold more mistakes than anybody reads
 */
export function fieldErrors(
  issues: readonly z.core.$ZodIssue[],
  base: readonly PropertyKey[] = [],
  maxCount = MAX_FIELD_ERRORS,
): FieldError[] {
  const errors = issues.slice(0, maxCount).flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.slice(0, maxCount).map((key) => ({
        pointer: pointerTo([...path, key]),
        detail: 'Not a member of the contract: mend its name or leave it out.',
      }));
    return [{ pointer: pointerTo(path), detail: sentence(issue) }];
  });
  return errors.slice(0, maxCount);
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return 'Required.';
  return issue.message;
}
