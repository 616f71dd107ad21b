import * as queries from '../../db/queries/published-texts.ts';
import { notFound } from '../cycles/save.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { serve } from '../http/serve.ts';
import * as contract from './contract.ts';

export const listPublishedTexts = serve(contract.listPublishedTexts).with(
  async ({ params, query, session }) => {
    const page = readPage(query, uuidKey);
    const { organisation, question } = query;
    const filter = { cycleId: params.cycleId, organisation, question };
    const [[cycle], rows] = await session.batch([
      queries.readPublicCycle(session.db, params.cycleId),
      queries.listPublishedTexts(session.db, filter, page),
    ]);
    if (cycle === undefined) throw notFound();
    return {
      status: 200,
      body: toPage(
        rows,
        page,
        ({ id }) => id,
        (row) => ({ organisation: row.organisation, question: row.question, text: row.words }),
      ),
    };
  },
);
