import * as queries from '../../db/queries/vocabularies.ts';
import { readPage, toPage } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import * as contract from './contract.ts';

export const listEnquiryCategories = serve(contract.listEnquiryCategories).with(
  async ({ query, session }) => {
    const rows = await session.run(queries.listEnquiryCategories(session.db, query.version));
    const [first] = rows;
    if (first === undefined)
      throw new Problem('not-found', 'The vocabulary has no version with this number.');
    const items = rows.map(({ code, title, description }) => ({ code, title, description }));
    return { status: 200, body: { version: first.version, items, next: null } };
  },
);

const codeKey = /^[a-z0-9-]{1,64}$/;

export const listQuestionSets = serve(contract.listQuestionSets).with(
  async ({ query, session }) => {
    const page = readPage(query, codeKey);
    const rows = await session.run(queries.listQuestionSets(session.db, page));
    return {
      status: 200,
      body: toPage(
        rows,
        page,
        ({ id }) => id,
        (row) => row,
      ),
    };
  },
);
