import type { InboxRow } from '../../db/queries/inbox.ts';
import type { Question } from '../../domain/cycle.ts';
import type { ScreenedAnswers } from '../../domain/screening/answers.ts';
import { checkSubmission } from '../../domain/submission.ts';
import type { KnownCycle } from '../cycles/known-cycle.ts';
import type { Pepper } from '../http/pepper.ts';
import { fieldErrors, pointerTo } from '../http/pointer.ts';
import type { ClientPrincipal } from '../http/principal.ts';
import type { FieldError } from '../http/problem.ts';
import { Submission } from './contract.ts';
import { prepare } from './inbox-row.ts';

/** At most this many errors are told of one item of a batch. */
const MAX_ITEM_ERRORS = 20;

/** What was found of each item of a batch, by its place in it. */
export interface CheckedBatch {
  /** What can be stored. */
  rows: InboxRow[];
  /** Why the rest cannot. */
  rejected: Map<number, FieldError[]>;
  /** What was taken out of the texts of those that can. */
  screening: Map<number, Screening>;
}

type Screening = ReturnType<typeof toScreening>;

/** Every submission of a batch by itself: what can be stored, and why the rest cannot. */
export async function checkBatch(
  submissions: readonly unknown[],
  known: KnownCycle,
  principal: ClientPrincipal,
  tools: { pepper: Pepper; now: Date },
): Promise<CheckedBatch> {
  const rows: InboxRow[] = [];
  const rejected: CheckedBatch['rejected'] = new Map();
  const screening: CheckedBatch['screening'] = new Map();
  const seenHandles = new Set<string>();
  for (const [index, item] of submissions.entries()) {
    const base = ['submissions', index];
    const parsed = Submission.safeParse(item);
    if (!parsed.success) {
      rejected.set(index, fieldErrors(parsed.error.issues, base, MAX_ITEM_ERRORS));
      continue;
    }
    const checked = checkSubmission(parsed.data, known.index, principal.organisations);
    const handles = parsed.data.receiptHandles;
    const faults = checked.accepted ? [] : checked.faults;
    if (handles !== undefined && seenHandles.has(handles.ratings))
      faults.push({
        path: ['receiptHandles'],
        detail: 'The same handles as of another submission of this batch: make a receipt for each.',
      });
    if (!checked.accepted || faults.length > 0) {
      rejected.set(
        index,
        faults.slice(0, MAX_ITEM_ERRORS).map(({ path, detail }) => ({
          pointer: pointerTo([...base, ...path]),
          detail,
        })),
      );
      continue;
    }
    if (handles !== undefined) seenHandles.add(handles.ratings);
    const holder = handles === undefined ? null : { handles, madeBy: 'submitter' as const };
    const { row, removed } = await prepare(checked.entry, holder, tools);
    rows.push(row);
    if (removed.length > 0) screening.set(index, toScreening(removed, known.row.cycle.questions));
  }
  return { rows, rejected, screening };
}

/** What was taken out of which answers, as the contract shows it. */
export function toScreening(removed: ScreenedAnswers['removed'], questions: readonly Question[]) {
  return removed.map(({ position, removed }) => ({
    question: questions[position]?.code ?? '',
    removed,
  }));
}

/**
 * The answer to a batch: what is recorded of it decides what was rejected, and the same body gives the same reasons.
 *
 * @param rejectedIndexes as recorded when the batch was stored
 * @param found in the body of this request
 */
export function batchReply(
  submissionCount: number,
  rejectedIndexes: number[],
  found: Pick<CheckedBatch, 'rejected' | 'screening'>,
) {
  const isRejected = new Set(rejectedIndexes);
  return {
    accepted: submissionCount - isRejected.size,
    rejected: isRejected.size,
    results: Array.from({ length: submissionCount }, (_, index) => {
      if (!isRejected.has(index)) {
        const screening = found.screening.get(index);
        return { index, status: 'accepted' as const, ...(screening && { screening }) };
      }
      // The rules, or what the client is registered for, can have changed since it was rejected.
      const errors = found.rejected.get(index) ?? [
        { pointer: `/submissions/${index}`, detail: 'Was rejected when the batch was first sent.' },
      ];
      const problem = { code: 'validation-failed' as const, errors };
      return { index, status: 'rejected' as const, problem };
    }),
  };
}
