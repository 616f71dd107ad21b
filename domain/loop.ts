import type { LoopStatus } from './vocabulary.ts';

/** What was promised in answer: the part of a loop record on which the rules bear. Dates are `YYYY-MM-DD`. */
export interface Response {
  status: LoopStatus;
  text: string | null;
  reason: string | null;
  dueOn: string | null;
}

/** What a response lacks, by member of it. */
export interface Missing {
  member: 'reason' | 'text';
  detail: string;
}

/** Statuses that end a promise: none of them can be overdue. */
export const settled: readonly LoopStatus[] = ['done', 'cannot_do', 'no_longer_needed'];

/** Statuses that say no, for which people are owed a reason. */
export const declined: readonly LoopStatus[] = ['cannot_do', 'no_longer_needed'];

const isBlank = (text: string | null | undefined) => (text ?? '').trim() === '';

/** A promise whose date has passed and that is neither kept nor withdrawn. Due on the day itself is not yet overdue. */
export function isOverdue(response: Pick<Response, 'status' | 'dueOn'>, today: string): boolean {
  return response.dueOn !== null && response.dueOn < today && !settled.includes(response.status);
}

/**
 * What a response lacks for its status: "No, because ..." is a proper answer, a bare "no" is not, and `done` has to say
 * what changed.
 */
export function missingFromResponse(response: Response): Missing[] {
  if (declined.includes(response.status) && isBlank(response.reason))
    return [
      { member: 'reason', detail: `Status ${response.status} needs a reason in plain words.` },
    ];
  if (response.status === 'done' && isBlank(response.text))
    return [{ member: 'text', detail: 'Status done needs a text that says what changed.' }];
  return [];
}

/** Whether a promise that was settled is taken up again. */
export function isReopening(from: LoopStatus, to: LoopStatus): boolean {
  return settled.includes(from) && !settled.includes(to);
}

/**
 * What a change of a response lacks: whoever takes up again what was settled says why, in that very change. A reason that
 * is left over from before tells why it was settled, not why it no longer is.
 *
 * @param given the reason that came with the change; undefined where none did
 */
export function missingFromChange(
  from: LoopStatus,
  to: LoopStatus,
  given: string | null | undefined,
): Missing[] {
  if (!isReopening(from, to) || !isBlank(given)) return [];
  return [
    {
      member: 'reason',
      detail: `Going back from ${from} to ${to} needs a reason with the change.`,
    },
  ];
}

/**
 * Whether people contradict a claim of `done`: as far as is shown, more say that nothing changed for them than that it did,
 * wholly or partly. While nothing is shown, nothing is contested.
 */
export function isContested(
  status: LoopStatus,
  { yes, partly, no }: { yes: number | null; partly: number | null; no: number | null },
): boolean {
  return status === 'done' && (no ?? 0) > (yes ?? 0) + (partly ?? 0);
}
