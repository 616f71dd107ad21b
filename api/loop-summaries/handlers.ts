import type * as z from 'zod';
import { type LoopSummaryRow, summariseLoops } from '../../db/queries/loop-summaries.ts';
import { wantsCsv } from '../http/negotiate.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { dayOf } from '../shapes.ts';
import * as contract from './contract.ts';
import { summariesToCsv } from './csv.ts';
import type { LoopSummary } from './shapes.ts';

type Summary = z.output<typeof LoopSummary>;

export const getLoopSummary = serve(contract.getLoopSummary).with(
  async ({ params, query, mediaType, session, now }) => {
    const { cycle } = query;
    const today = dayOf(now);
    const filter = { organisation: params.odsCode, cycle };
    const { rows } = await session.run(summariseLoops(session.db, filter, today));
    const [row] = rows;
    if (row === undefined)
      throw new Problem('not-found', 'There is no organisation with this code.');
    const body = toSummary(row, cycle, today);
    return wantsCsv(query, mediaType)
      ? { status: 200, text: { mediaType: 'text/csv', text: summariesToCsv([body]) } }
      : { status: 200, body };
  },
);

export const listLoopSummaries = serve(contract.listLoopSummaries).with(
  async ({ query, mediaType, session, now }) => {
    const { cycle } = query;
    const today = dayOf(now);
    const filter = { organisation: undefined, cycle };
    const { rows } = await session.run(summariseLoops(session.db, filter, today));
    const items = rows.map((row) => toSummary(row, cycle, today));
    return wantsCsv(query, mediaType)
      ? { status: 200, text: { mediaType: 'text/csv', text: summariesToCsv(items) } }
      : { status: 200, body: { items, next: null } };
  },
);

function toSummary(row: LoopSummaryRow, cycle: string | undefined, today: string): Summary {
  const { done, confirmed, contested } = row;
  return {
    organisation: row.ods_code,
    name: row.name,
    cycle: cycle ?? null,
    asOf: today,
    themes: {
      published: row.themes_published,
      answered: row.themes_answered,
      unanswered: row.themes_published - row.themes_answered,
    },
    answers: {
      considering: row.considering,
      planned: row.planned,
      inProgress: row.in_progress,
      done,
      cannotDo: row.cannot_do,
      noLongerNeeded: row.no_longer_needed,
    },
    overdue: row.overdue,
    declinedWithReason: row.declined_with_reason,
    claims: { done, confirmed, contested, unconfirmed: done - confirmed - contested },
    medianDaysToFirstAnswer: row.median_days_to_first_answer,
  };
}
