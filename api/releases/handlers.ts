import * as proposals from '../../db/queries/release-proposals.ts';
import * as queries from '../../db/queries/releases.ts';
import { needsProposal, whyNotConfirmed } from '../../domain/release-proposal.ts';
import type { FrozenReply } from '../http/contract.ts';
import { wantsCsv } from '../http/negotiate.ts';
import { actorOf, isPerson } from '../http/principal.ts';
import { Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import type { Session } from '../http/session.ts';
import { isoTime } from '../shapes.ts';
import * as contract from './contract.ts';
import { dataPackage, dictionaryOf } from './data-package.ts';
import {
  type FrozenText,
  forgetLatest,
  frozenRelease,
  keep,
  LATEST_SECONDS,
  YEAR_SECONDS,
} from './frozen.ts';
import { contentDigestOf, hidingOf, type ResultsBody, readBody } from './make.ts';
import { prepareRelease } from './prepare.ts';

export const createRelease = serve(contract.createRelease).with(async (call) => {
  const { params, body, principal, service, session } = call;
  const { db } = session;
  const { cycleId } = params;
  const proposalId = body.proposal;
  const proposed =
    proposalId === undefined ? null : await requireProposal(session, cycleId, proposalId);
  // Asked for again: the same release, and not another.
  if (proposed !== null && proposed.body !== null) return asMade(readBody(proposed.body));

  if (!body.dryRun && proposed === null && needsProposal({ isPerson: isPerson(principal) }))
    throw new Problem(
      'forbidden',
      'Two people publish results: propose the release, and let somebody else confirm it.',
    );

  const prepared = await prepareRelease(call, cycleId);
  const { row, number, moment } = prepared;
  if (body.dryRun) return { status: 200, body: { release: number, ...hidingOf(prepared.tables) } };

  const made = await prepared.make();
  const values = {
    body: made.body,
    sha256: made.sha256,
    cycleId,
    number,
    releasedAt: moment,
    threshold: row.cycle.threshold,
    roundTo: row.cycle.roundTo,
    codeVersion: made.results.codeVersion,
    releasedBy: actorOf(principal),
  };
  if (proposed === null) {
    const [inserted] = await session.batch([
      queries.insertRelease(db, values),
      queries.markReleased(db, cycleId, moment),
    ]);
    if (inserted.rowCount !== 1) throw overtaken();
  } else {
    const { id } = proposed.proposal;
    const sha256 = await contentDigestOf(made.results);
    const [inserted, , [after]] = await session.batch([
      proposals.insertProposedRelease(db, values, { id, sha256 }),
      queries.markReleased(db, cycleId, moment),
      proposals.readProposal(db, cycleId, id),
    ]);
    if (inserted.rowCount !== 1) {
      // Confirmed by somebody else meanwhile; or never to be confirmed like this.
      if (after !== undefined && after.body !== null) return asMade(readBody(after.body));
      if (after !== undefined) requireConfirmable(after.proposal, actorOf(principal), sha256);
      throw overtaken();
    }
  }
  service.cycles.delete(cycleId);
  await forgetLatest(service, cycleId);
  await keep(service, { cycleId, number, body: made.body });
  return asMade(made.results);
});

export const getResults = serve(contract.getResults).with(
  async ({ params, query, mediaType, service, session }) => {
    const found = await frozenRelease(service, session, params.cycleId, query.release);
    if (found === null) throw notReleased();
    const isCsv = wantsCsv(query, mediaType);
    if (!isCsv && query.table !== undefined)
      throw validationProblem([
        { pointer: '/table', detail: 'Only a CSV is one table; the JSON has all of them.' },
      ]);
    const text = isCsv ? found.csv[query.table ?? 'results'] : found.json;
    if (text === undefined)
      throw new Problem(
        'not-found',
        query.table === 'themes'
          ? 'No theme was published before this release: publish one, and release again.'
          : 'This release has no such table: its cycle did not ask for it.',
      );
    return { status: 200, frozen: asReply(text, query.release !== undefined) };
  },
);

export const listReleases = serve(contract.listReleases).with(async ({ params, session }) => {
  const { cycleId } = params;
  const rows = await session.run(queries.listReleases(session.db, cycleId));
  if (rows.length === 0) throw new Problem('not-found', 'This cycle has no release yet.');
  const items = rows.map(({ number, releasedAt, sha256, threshold, roundTo, codeVersion }) => ({
    cycleId,
    release: number,
    releasedAt: isoTime(releasedAt),
    sha256,
    codeVersion,
    disclosurePolicy: { threshold, roundTo },
    href: `/v1/cycles/${cycleId}/results?release=${number}`,
  }));
  return { status: 200, body: { items, next: null } };
});

export const getDataPackage = serve(contract.getDataPackage).with(
  async ({ params, service, session }) => {
    const found = await frozenRelease(service, session, params.cycleId, undefined);
    if (found === null) throw notReleased();
    return { status: 200, body: dataPackage(found.contents, service.url) };
  },
);

export const getDataDictionary = serve(contract.getDataDictionary).with(async ({ query }) => ({
  status: 200,
  body: dictionaryOf(query.table ?? 'results'),
}));

/** A numbered release is the same for ever; which one is the latest is not. */
function asReply(text: FrozenText, isNumbered: boolean): FrozenReply {
  return {
    ...text,
    maxAgeSeconds: isNumbered ? YEAR_SECONDS : LATEST_SECONDS,
    isImmutable: isNumbered,
  };
}

function notReleased(): Problem {
  return new Problem('not-found', 'This cycle has no such release. Results come after it closes.');
}

function asMade(results: ResultsBody) {
  const { cycleId, release } = results;
  return {
    status: 201 as const,
    headers: { Location: `/v1/cycles/${cycleId}/results?release=${release}` },
    body: results,
  };
}

function overtaken(): Problem {
  return new Problem('already-exists', 'Somebody else has just released this cycle. Look again.');
}

async function requireProposal(session: Session, cycleId: string, id: string) {
  const [proposed] = await session.run(proposals.readProposal(session.db, cycleId, id));
  if (proposed !== undefined) return proposed;
  throw validationProblem([{ pointer: '/proposal', detail: 'Not a proposal of this cycle.' }]);
}

function requireConfirmable(proposal: proposals.ProposalRow, confirmer: string, sha256: string) {
  switch (whyNotConfirmed(proposal, confirmer, sha256)) {
    case 'withdrawn':
      throw new Problem('wrong-phase', 'This proposal was withdrawn. Propose the release again.');
    case 'own':
      throw new Problem('forbidden', 'Somebody else has to confirm it.');
    case 'changed':
      throw new Problem(
        'wrong-phase',
        'The numbers have changed since it was proposed: look again, withdraw the proposal and propose the release anew.',
      );
    default:
  }
}
