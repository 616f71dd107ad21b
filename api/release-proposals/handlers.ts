import type * as z from 'zod';
import { readCycle } from '../../db/queries/cycles.ts';
import * as queries from '../../db/queries/release-proposals.ts';
import { stateOf } from '../../domain/release-proposal.ts';
import { notFound as noSuchCycle } from '../cycles/save.ts';
import { actsForAll } from '../http/organisations.ts';
import { actorOf } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { contentDigestOf, countRows } from '../releases/make.ts';
import { prepareRelease } from '../releases/prepare.ts';
import { isoTime, isoTimeOrNull } from '../shapes.ts';
import * as contract from './contract.ts';

function toBody(row: queries.ProposalRow): z.input<typeof contract.ReleaseProposal> {
  const { threshold, roundTo } = row;
  return {
    id: row.id,
    cycleId: row.cycleId,
    release: row.number,
    disclosurePolicy: { threshold, roundTo },
    shown: row.shown,
    hidden: row.hidden,
    proposedBy: row.proposedBy,
    proposedAt: isoTime(row.proposedAt),
    state: stateOf(row),
    withdrawnAt: isoTimeOrNull(row.withdrawnAt),
    releasedAt: isoTimeOrNull(row.releasedAt),
  };
}

export const proposeRelease = serve(contract.proposeRelease).with(async (call) => {
  const { params, principal, session } = call;
  const { cycleId } = params;
  const { row, number, moment, tables, make } = await prepareRelease(call, cycleId);
  const { results } = await make();
  const proposal = {
    id: crypto.randomUUID(),
    cycleId,
    number,
    threshold: row.cycle.threshold,
    roundTo: row.cycle.roundTo,
    ...countRows(tables),
    sha256: await contentDigestOf(results),
    proposedBy: actorOf(principal),
    proposedAt: moment,
  };
  const inserted = await session.run(queries.insertProposal(session.db, proposal));
  if (inserted.rowCount !== 1)
    throw new Problem(
      'already-exists',
      'A release of this cycle is proposed already: confirm it, or withdraw it first.',
    );
  return { status: 201, body: toBody({ ...proposal, withdrawnAt: null, releasedAt: null }) };
});

export const listReleaseProposals = serve(contract.listReleaseProposals).with(
  async ({ params, principal, session }) => {
    const { cycleId } = params;
    const [[row], rows] = await session.batch([
      readCycle(session.db, cycleId),
      queries.listProposals(session.db, cycleId),
    ]);
    if (row === undefined || !actsForAll(principal, row.cycle.organisations)) throw noSuchCycle();
    return { status: 200, body: { items: rows.map(toBody), next: null } };
  },
);

export const withdrawReleaseProposal = serve(contract.withdrawReleaseProposal).with(
  async ({ params, session, now }) => {
    const { db } = session;
    const { cycleId, proposalId } = params;
    const [, [found]] = await session.batch([
      queries.withdrawProposal(db, cycleId, proposalId, now),
      queries.readProposal(db, cycleId, proposalId),
    ]);
    if (found === undefined)
      throw new Problem('not-found', 'There is no proposal with this id for this cycle.');
    if (found.proposal.releasedAt !== null)
      throw new Problem(
        'wrong-phase',
        'It was confirmed and released: publishing cannot be undone.',
      );
    return { status: 204 };
  },
);
