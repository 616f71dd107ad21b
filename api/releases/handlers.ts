import { readCycle } from '../../db/queries/cycles.ts';
import { flushClosing } from '../../db/queries/housekeeping.ts';
import * as queries from '../../db/queries/releases.ts';
import { phaseAt } from '../../domain/cycle.ts';
import { columnsOf } from '../../domain/disclosure/csv.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import type { KnownCycle } from '../cycles/known-cycle.ts';
import { freshCycle } from '../cycles/recall.ts';
import { notFound as noSuchCycle } from '../cycles/save.ts';
import type { FrozenReply } from '../http/contract.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { isoTime } from '../shapes.ts';
import * as contract from './contract.ts';
import { dataPackage, missingValues } from './data-package.ts';
import { type FrozenRelease, frozenRelease, keep } from './frozen.ts';
import { bodyOf, readBody, rowsOf } from './make.ts';

const DAY_MS = 86_400_000;
const YEAR_SECONDS = 31_536_000;

export const createRelease = serve(contract.createRelease).with(
  async ({ params, body, principal, service, session, now }) => {
    const { db } = session;
    const { cycleId } = params;
    // Frozen when the cycle opened: what is remembered of it is what it is.
    const remembered = service.cycles.get(cycleId);
    const known = remembered?.isFrozen ? remembered : await freshCycle(service, session, cycleId);
    if (known === null) throw noSuchCycle();
    requireOrganisations(principal, known.row.cycle.organisations);
    const moment = new Date(Math.floor(now.getTime() / 1000) * 1000);
    const [, counted, [latest], earlier, [row]] = await session.batch([
      // Whoever sent before it closed counts.
      flushClosing(db, flushRule, moment, cycleId),
      queries.countRatings(db, cycleId, known.row.standardSet.scale),
      queries.readRelease(db, cycleId, undefined),
      queries.readEarlierReleases(db, known.row.cycle),
      readCycle(db, cycleId),
    ]);
    if (row === undefined) throw noSuchCycle();
    requireClosed(row.cycle, now);

    const outcome = rowsOf(row, counted.rows, latest?.body ?? null);
    if (!outcome.safe)
      throw new Problem(
        'release-refused',
        'The check of the numbers failed. Nothing was published.',
      );
    const number = (latest?.number ?? 0) + 1;
    const { rows, hidden, kept } = outcome;
    const shown = rows.length - hidden.length;
    if (body.dryRun) return { status: 200, body: { release: number, shown, hidden, kept } };

    const codeVersion = service.build.version;
    const made = await bodyOf(
      row,
      rows,
      earlier.rows.map((each) => ({
        cycleId: each.cycle_id,
        release: each.number,
        rows: readBody(each.body).results,
      })),
      { number, releasedAt: moment, codeVersion },
    );
    const [inserted] = await session.batch([
      queries.insertRelease(db, {
        ...made,
        cycleId,
        number,
        releasedAt: moment,
        threshold: row.cycle.threshold,
        roundTo: row.cycle.roundTo,
        codeVersion,
        releasedBy: principal.clientId,
      }),
      queries.markReleased(db, cycleId, moment),
    ]);
    if (inserted.rowCount !== 1)
      throw new Problem(
        'already-exists',
        'Somebody else has just released this cycle. Look again.',
      );
    service.cycles.delete(cycleId);
    service.latestReleases.delete(cycleId);
    await keep(service, { cycleId, number, body: made.body });
    return {
      status: 201,
      headers: { Location: `/v1/cycles/${cycleId}/results?release=${number}` },
      body: readBody(made.body),
    };
  },
);

export const getResults = serve(contract.getResults).with(
  async ({ params, query, mediaType, service, session }) => {
    const found = await frozenRelease(service, session, params.cycleId, query.release);
    if (found === null) throw notReleased();
    const isCsv = query.format ? query.format === 'csv' : mediaType === 'text/csv';
    return { status: 200, frozen: asReply(found, isCsv, query.release !== undefined) };
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
    const results = readBody(found.json.text);
    return { status: 200, body: dataPackage({ serviceUrl: service.url, results }) };
  },
);

export const getDataDictionary = serve(contract.getDataDictionary).with(async () => ({
  status: 200,
  body: { fields: columnsOf({ min: 1, max: 5 }), missingValues },
}));

/** A numbered release is the same for ever; which one is the latest is not. */
function asReply({ json, csv }: FrozenRelease, isCsv: boolean, isNumbered: boolean): FrozenReply {
  return {
    ...(isCsv ? csv : json),
    maxAgeSeconds: isNumbered ? YEAR_SECONDS : 60,
    isImmutable: isNumbered,
  };
}

function notReleased(): Problem {
  return new Problem('not-found', 'This cycle has no such release. Results come after it closes.');
}

function requireClosed(cycle: KnownCycle['row']['cycle'], now: Date): void {
  const phase = phaseAt(cycle, now);
  if (phase !== 'closed' && phase !== 'released')
    throw new Problem(
      'wrong-phase',
      `Only a closed cycle can be released; this cycle is ${phase}.`,
    );
  if (cycle.closesAt.getTime() + cycle.retentionDays * DAY_MS <= now.getTime())
    throw new Problem('wrong-phase', 'The ratings of this cycle were deleted, as it had promised.');
}
