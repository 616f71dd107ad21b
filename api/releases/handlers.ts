import { readCycle } from '../../db/queries/cycles.ts';
import { flushClosing } from '../../db/queries/housekeeping.ts';
import * as queries from '../../db/queries/releases.ts';
import { phaseAt } from '../../domain/cycle.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import type { KnownCycle } from '../cycles/known-cycle.ts';
import { freshCycle } from '../cycles/recall.ts';
import { notFound as noSuchCycle } from '../cycles/save.ts';
import type { FrozenReply } from '../http/contract.ts';
import { wantsCsv } from '../http/negotiate.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { actorOf } from '../http/principal.ts';
import { Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
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
import { answersOf, bodyOf, hidingOf, tablesOf } from './make.ts';

const DAY_MS = 86_400_000;

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
    const [, ratings, equality, themes, [latest], earlier, [row]] = await session.batch([
      // Whoever sent before it closed counts.
      flushClosing(db, flushRule, moment, cycleId),
      queries.countRatings(db, cycleId, answersOf(known.row)),
      queries.countEquality(db, cycleId),
      queries.countThemeTexts(db, cycleId),
      queries.readRelease(db, cycleId, undefined),
      queries.readEarlierReleases(db, known.row.cycle),
      readCycle(db, cycleId),
    ]);
    if (row === undefined) throw noSuchCycle();
    requireClosed(row.cycle, now);

    const counted = {
      ratings: ratings.rows,
      equality: equality.rows,
      themes: themes.rows.map(({ theme_id: theme, ...texts }) => ({ theme, ...texts })),
    };
    const tables = tablesOf(row, counted, latest?.body ?? null);
    if (tables === null)
      throw new Problem(
        'release-refused',
        'The check of the numbers failed. Nothing was published.',
      );
    const number = (latest?.number ?? 0) + 1;
    if (body.dryRun) return { status: 200, body: { release: number, ...hidingOf(tables) } };

    const codeVersion = service.build.version;
    const made = await bodyOf(
      row,
      tables,
      earlier.rows.map((each) => ({
        cycleId: each.cycle_id,
        release: each.number,
        rows: each.results,
      })),
      { number, releasedAt: moment, codeVersion },
    );
    const [inserted] = await session.batch([
      queries.insertRelease(db, {
        body: made.body,
        sha256: made.sha256,
        cycleId,
        number,
        releasedAt: moment,
        threshold: row.cycle.threshold,
        roundTo: row.cycle.roundTo,
        codeVersion,
        releasedBy: actorOf(principal),
      }),
      queries.markReleased(db, cycleId, moment),
    ]);
    if (inserted.rowCount !== 1)
      throw new Problem(
        'already-exists',
        'Somebody else has just released this cycle. Look again.',
      );
    service.cycles.delete(cycleId);
    await forgetLatest(service, cycleId);
    await keep(service, { cycleId, number, body: made.body });
    return {
      status: 201,
      headers: { Location: `/v1/cycles/${cycleId}/results?release=${number}` },
      body: made.results,
    };
  },
);

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
