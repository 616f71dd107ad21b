import { checkSubmission, type InboxEntry } from '../../domain/submission.ts';
import type { KnownCycle } from '../cycles/known-cycle.ts';
import { fieldErrors, pointerTo } from '../http/pointer.ts';
import type { Principal } from '../http/principal.ts';
import type { FieldError } from '../http/problem.ts';
import { Submission } from './contract.ts';

/** At most this many errors are told of one item of a batch. */
const MAX_ITEM_ERRORS = 20;

/** Why items of a batch are rejected, by their place in it. */
export type Rejections = Map<number, FieldError[]>;

/** Every submission of a batch by itself: what can be stored, and why the rest cannot. */
export function checkBatch(
  submissions: readonly unknown[],
  known: KnownCycle,
  principal: Principal,
) {
  const entries: InboxEntry[] = [];
  const rejected: Rejections = new Map();
  for (const [index, item] of submissions.entries()) {
    const base = ['submissions', index];
    const parsed = Submission.safeParse(item);
    if (!parsed.success) {
      rejected.set(index, fieldErrors(parsed.error.issues, base, MAX_ITEM_ERRORS));
      continue;
    }
    const checked = checkSubmission(parsed.data, known.index, principal.organisations);
    if (checked.accepted) entries.push(checked.entry);
    else
      rejected.set(
        index,
        checked.faults.slice(0, MAX_ITEM_ERRORS).map(({ path, detail }) => ({
          pointer: pointerTo([...base, ...path]),
          detail,
        })),
      );
  }
  return { entries, rejected };
}

/**
 * The answer to a batch: what is recorded of it decides what was rejected, and the same body gives the same reasons.
 *
 * @param rejectedIndexes as recorded when the batch was stored
 * @param reasons as found in the body of this request
 */
export function batchReply(
  submissionCount: number,
  rejectedIndexes: number[],
  reasons: Rejections,
) {
  const isRejected = new Set(rejectedIndexes);
  return {
    accepted: submissionCount - isRejected.size,
    rejected: isRejected.size,
    results: Array.from({ length: submissionCount }, (_, index) => {
      if (!isRejected.has(index)) return { index, status: 'accepted' as const };
      // The rules, or what the client is registered for, can have changed since it was rejected.
      const errors = reasons.get(index) ?? [
        { pointer: `/submissions/${index}`, detail: 'Was rejected when the batch was first sent.' },
      ];
      const problem = { code: 'validation-failed' as const, errors };
      return { index, status: 'rejected' as const, problem };
    }),
  };
}
