import type { LoopStatus } from './vocabulary.ts';

/** What was promised in answer: the part of a loop record on which the rules bear. Dates are `YYYY-MM-DD`. */
export interface Response {
  status: LoopStatus;
  text: string | null;
  reason: string | null;
  dueOn: string | null;
}

/** Statuses that end a promise: none of them can be overdue. */
const settled: readonly LoopStatus[] = ['done', 'cannot_do', 'no_longer_needed'];

/** Statuses that say no, for which people are owed a reason. */
const declined: readonly LoopStatus[] = ['cannot_do', 'no_longer_needed'];

/** A promise whose date has passed and that is neither kept nor withdrawn. Due on the day itself is not yet overdue. */
export function isOverdue(response: Pick<Response, 'status' | 'dueOn'>, today: string): boolean {
  return response.dueOn !== null && response.dueOn < today && !settled.includes(response.status);
}

/**
 * What a response lacks for its status, by member: "No, because ..." is a proper answer, a bare "no" is not,
 * and `done` has to say what changed.
 */
export function missingFromResponse(
  response: Response,
): { member: 'reason' | 'text'; detail: string }[] {
  const isBlank = (text: string | null) => text === null || text.trim() === '';
  if (declined.includes(response.status) && isBlank(response.reason))
    return [
      { member: 'reason', detail: `Status ${response.status} needs a reason in plain words.` },
    ];
  if (response.status === 'done' && isBlank(response.text))
    return [{ member: 'text', detail: 'Status done needs a text that says what changed.' }];
  return [];
}
