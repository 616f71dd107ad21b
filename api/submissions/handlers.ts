import { isGateOpen, type TakeInGate, takeInBatch, takeInOne } from '../../db/queries/inbox.ts';
import { phaseAt } from '../../domain/cycle.ts';
import { checkSubmission, type InboxEntry } from '../../domain/submission.ts';
import type { Channel } from '../../domain/vocabulary.ts';
import type { KnownCycle } from '../cycles/known-cycle.ts';
import { freshCycle } from '../cycles/recall.ts';
import { fieldErrors, pointerTo } from '../http/pointer.ts';
import type { Principal } from '../http/principal.ts';
import { type FieldError, Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import type { Service } from '../service.ts';
import { isoTime } from '../shapes.ts';
import * as contract from './contract.ts';

export const createSubmission = serve(contract.createSubmission).with(
  async ({ params, body, principal, service, now }) => {
    const sha256 = await withCycle(service, params.cycleId, principal, async (known) => {
      requireChannel(known, principal);
      if (phaseAt(known.times, now) !== 'open') throw notOpen(known);
      const checked = checkSubmission(body, known.index, principal?.organisations ?? null);
      if (!checked.accepted)
        throw validationProblem(
          checked.faults.map(({ path, detail }) => ({ pointer: pointerTo(path), detail })),
        );
      const gate = gateOf(known, principal, now);
      const isStored = await takeInOne(service.db, gate, checked.entry);
      return isStored ? known.row.cycle.anonymityStatementSha256 : 'changed';
    });
    return {
      status: 201,
      body: { receipt: null, screening: [], anonymityStatement: { sha256 } },
    };
  },
);

export const createSubmissionBatch = serve(contract.createSubmissionBatch).with(
  async ({ params, query, headers, body, bodyBytes, principal, service, now }) => {
    const { cycleId } = params;
    const { submissions } = body;
    if (query.dryRun === 'true') {
      const rejected = await withCycle(service, cycleId, principal, async (known) => {
        requireChannel(known, principal);
        const isOpen = await isGateOpen(service.db, gateOf(known, principal, now));
        if (!isOpen && phaseAt(known.times, now) !== 'open') throw notOpen(known);
        return isOpen ? checkBatch(submissions, known, principal).rejected : 'changed';
      });
      return { status: 200, body: batchReply(submissions.length, [...rejected.keys()], rejected) };
    }

    const { pepper } = service;
    const [keyHash, bodyHash] = await Promise.all([
      pepper.hash('idempotency-key', [principal.clientId, headers['idempotency-key']]),
      pepper.hash('idempotency-body', [cycleId, bodyBytes]),
    ]);
    const attempt = crypto.randomUUID();
    const { record, rejected } = await withCycle(service, cycleId, principal, async (known) => {
      requireChannel(known, principal);
      const checked = checkBatch(submissions, known, principal);
      const claim = { keyHash, bodyHash, attempt, rejectedIndexes: [...checked.rejected.keys()] };
      const gate = gateOf(known, principal, now);
      // A batch that was stored before is answered as it was then, also when the cycle has closed since.
      const record = await takeInBatch(service.db, gate, claim, checked.entries);
      if (record !== null) return { record, rejected: checked.rejected };
      if (phaseAt(known.times, now) !== 'open') throw notOpen(known);
      return 'changed';
    });
    if (record.bodyHash !== bodyHash)
      throw new Problem(
        'idempotency-key-reused',
        'This Idempotency-Key was used with another body before. Nothing of this one was stored.',
      );
    return {
      status: 200,
      body: batchReply(submissions.length, record.rejectedIndexes, rejected),
    };
  },
);

/** At most this many errors are told of one item of a batch. */
const MAX_ITEM_ERRORS = 20;

/** Why items of a batch are rejected, by their place in it. */
type Rejections = Map<number, FieldError[]>;

/** Every submission of a batch by itself: what can be stored, and why the rest cannot. */
function checkBatch(submissions: readonly unknown[], known: KnownCycle, principal: Principal) {
  const entries: InboxEntry[] = [];
  const rejected: Rejections = new Map();
  for (const [index, item] of submissions.entries()) {
    const base = ['submissions', index];
    const parsed = contract.Submission.safeParse(item);
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
function batchReply(submissionCount: number, rejectedIndexes: number[], reasons: Rejections) {
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

/** How often a cycle that changes under a request is read again before the sender is asked to come back. */
const MAX_READS = 3;

/**
 * Works on a cycle that has opened: as it is remembered, since its definition is frozen, and as the database has it
 * once the statement that writes has found it or the client changed. A cycle that has not opened is never worked
 * on from memory.
 */
async function withCycle<Result>(
  service: Service,
  cycleId: string,
  principal: Principal | null,
  work: (known: KnownCycle) => Promise<Result | 'changed'>,
): Promise<Result> {
  const remembered = service.cycles.get(cycleId);
  const first = remembered?.isFrozen ? await work(remembered) : 'changed';
  if (first !== 'changed') return first;
  for (let read = 0; read < MAX_READS; read += 1) {
    const known = await freshCycle(service, cycleId, principal);
    if (known === null || known.times.scheduledAt === null)
      throw new Problem('not-found', 'There is no cycle with this id.');
    if (!known.isFrozen) throw notOpen(known);
    const result = await work(known);
    if (result !== 'changed') return result;
  }
  throw new Problem('database-unavailable', 'The cycle is being changed. Try again in a moment.', {
    headers: { 'Retry-After': '1' },
  });
}

function gateOf({ row, version }: KnownCycle, client: Principal | null, now: Date): TakeInGate {
  return { cycleId: row.cycle.id, cycleVersion: version, client, now };
}

function notOpen({ row: { cycle } }: KnownCycle): Problem {
  return new Problem(
    'cycle-not-open',
    `This cycle takes submissions from ${isoTime(cycle.opensAt)} to ${isoTime(cycle.closesAt)}.`,
  );
}

/** Who may send to a cycle: the public where it says so, and a trust's system for a trust that takes part. */
function requireChannel({ row: { cycle } }: KnownCycle, principal: Principal | null): void {
  const channel: Channel = principal === null ? 'public' : 'trust';
  if (!cycle.channels.includes(channel))
    throw new Problem('forbidden', `This cycle takes no submissions by the channel ${channel}.`);
  if (
    principal !== null &&
    !cycle.organisations.some((odsCode) => principal.organisations.includes(odsCode))
  )
    throw new Problem(
      'forbidden',
      'This client is not registered for an organisation of this cycle.',
    );
}
