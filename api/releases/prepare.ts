import { type CycleRow, readCycle } from '../../db/queries/cycles.ts';
import { flushClosing } from '../../db/queries/housekeeping.ts';
import * as queries from '../../db/queries/releases.ts';
import { phaseAt } from '../../domain/cycle.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import { freshCycle } from '../cycles/recall.ts';
import { notFound as noSuchCycle } from '../cycles/save.ts';
import { requireOrganisations } from '../http/organisations.ts';
import type { Principal } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import { answersOf, bodyOf, type ReleaseTables, tablesOf } from './make.ts';

const DAY_MS = 86_400_000;

/** The next release of a cycle as it would be made now. Nothing of it is stored. */
export interface PreparedRelease {
  row: CycleRow;
  /** Counts from 1. */
  number: number;
  /** Now, to the second. */
  moment: Date;
  tables: ReleaseTables;
  /** The body as it would be kept and sent. */
  make: () => ReturnType<typeof bodyOf>;
}

/**
 * Counts a closed cycle and holds the numbers against the rules of disclosure.
 *
 * @throws Problem 404, 403 where the caller is not of every organisation, 409 where the cycle is not closed or the check fails
 */
export async function prepareRelease(
  call: { service: Service; session: Session; principal: Principal; now: Date },
  cycleId: string,
): Promise<PreparedRelease> {
  const { service, session, principal, now } = call;
  const { db } = session;
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
    throw new Problem('release-refused', 'The check of the numbers failed. Nothing was published.');
  const number = (latest?.number ?? 0) + 1;
  const before = earlier.rows.map((each) => ({
    cycleId: each.cycle_id,
    release: each.number,
    rows: each.results,
  }));
  const codeVersion = service.build.version;
  const make = () => bodyOf(row, tables, before, { number, releasedAt: moment, codeVersion });
  return { row, number, moment, tables, make };
}

function requireClosed(cycle: CycleRow['cycle'], now: Date): void {
  const phase = phaseAt(cycle, now);
  if (phase !== 'closed' && phase !== 'released')
    throw new Problem(
      'wrong-phase',
      `Only a closed cycle can be released; this cycle is ${phase}.`,
    );
  if (cycle.closesAt.getTime() + cycle.retentionDays * DAY_MS <= now.getTime())
    throw new Problem('wrong-phase', 'The ratings of this cycle were deleted, as it had promised.');
}
