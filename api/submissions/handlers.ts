import { isGateOpen, takeInBatch, takeInOne } from '../../db/queries/inbox.ts';
import { phaseAt } from '../../domain/cycle.ts';
import { checkSubmission } from '../../domain/submission.ts';
import { pointerTo } from '../http/pointer.ts';
import { Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { batchReply, checkBatch } from './batch.ts';
import * as contract from './contract.ts';
import { gateOf, notOpen, requireChannel, withCycle } from './open-cycle.ts';

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
