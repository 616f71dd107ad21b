import { isGateOpen, takeInBatch, takeInOne } from '../../db/queries/inbox.ts';
import { phaseAt } from '../../domain/cycle.ts';
import { checkSubmission } from '../../domain/submission.ts';
import { pointerTo } from '../http/pointer.ts';
import { Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { batchReply, checkBatch, toScreening } from './batch.ts';
import * as contract from './contract.ts';
import { prepare, receiptFor } from './inbox-row.ts';
import { gateOf, notOpen, requireChannel, withCycle } from './open-cycle.ts';

export const createSubmission = serve(contract.createSubmission).with(
  async ({ params, body, principal, service, session, now }) => {
    const { receipt, holder } = await receiptFor(body.receiptHandles);
    const tools = { pepper: service.pepper, now };
    const stored = await withCycle(service, session, params.cycleId, async (known, moment) => {
      requireChannel(known, principal);
      if (phaseAt(known.times, moment) !== 'open') throw notOpen(known);
      const checked = checkSubmission(body, known.index, principal?.organisations ?? null);
      if (!checked.accepted)
        throw validationProblem(
          checked.faults.map(({ path, detail }) => ({ pointer: pointerTo(path), detail })),
        );
      const { row, removed } = await prepare(checked.entry, holder, tools);
      const isStored = await takeInOne(session.db, gateOf(known, principal, moment), row);
      return isStored ? { cycle: known.row.cycle, removed } : 'changed';
    });
    return {
      status: 201,
      body: {
        receipt,
        screening: toScreening(stored.removed, stored.cycle.questions),
        anonymityStatement: { sha256: stored.cycle.anonymityStatementSha256 },
      },
    };
  },
);

export const createSubmissionBatch = serve(contract.createSubmissionBatch).with(
  async ({ params, query, headers, body, bodyBytes, principal, service, session, now }) => {
    const { cycleId } = params;
    const { submissions } = body;
    const tools = { pepper: service.pepper, now };
    if (query.dryRun === 'true') {
      const checked = await withCycle(service, session, cycleId, async (known, moment) => {
        requireChannel(known, principal);
        const isOpen = await isGateOpen(session.db, gateOf(known, principal, moment));
        if (!isOpen && phaseAt(known.times, moment) !== 'open') throw notOpen(known);
        return isOpen ? checkBatch(submissions, known, principal, tools) : 'changed';
      });
      const rejectedIndexes = [...checked.rejected.keys()];
      return { status: 200, body: batchReply(submissions.length, rejectedIndexes, checked) };
    }

    const { pepper } = service;
    const [keyHash, bodyHash] = await Promise.all([
      pepper.hash('idempotency-key', [principal.clientId, headers['idempotency-key']]),
      pepper.hash('idempotency-body', [cycleId, bodyBytes]),
    ]);
    const attempt = crypto.randomUUID();
    const { record, checked } = await withCycle(
      service,
      session,
      cycleId,
      async (known, moment) => {
        requireChannel(known, principal);
        const checked = await checkBatch(submissions, known, principal, tools);
        const claim = { keyHash, bodyHash, attempt, rejectedIndexes: [...checked.rejected.keys()] };
        const gate = gateOf(known, principal, moment);
        // A batch that was stored before is answered as it was then, also when the cycle has closed since.
        const record = await takeInBatch(session.db, gate, claim, checked.rows);
        if (record !== null) return { record, checked };
        if (phaseAt(known.times, moment) !== 'open') throw notOpen(known);
        return 'changed';
      },
    );
    if (record.bodyHash !== bodyHash)
      throw new Problem(
        'idempotency-key-reused',
        'This Idempotency-Key was used with another body before. Nothing of this one was stored.',
      );
    return {
      status: 200,
      body: batchReply(submissions.length, record.rejectedIndexes, checked),
    };
  },
);
