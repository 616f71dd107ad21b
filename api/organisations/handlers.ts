import * as queries from '../../db/queries/organisations.ts';
import { readPage, toPage } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import * as contract from './contract.ts';

const key = /^[A-Z0-9]{3,8}$/;

export const listOrganisations = serve(contract.listOrganisations).with(
  async ({ query, session }) => {
    const page = readPage(query, key);
    const rows = await session.run(queries.listOrganisations(session.db, page));
    return {
      status: 200,
      body: toPage(
        rows,
        page,
        (row) => row.odsCode,
        (row) => row,
      ),
    };
  },
);

export const getOrganisation = serve(contract.getOrganisation).with(async ({ params, session }) => {
  const [row] = await session.run(queries.readOrganisation(session.db, params.odsCode));
  if (row === undefined) throw new Problem('not-found', 'There is no organisation with this code.');
  return { status: 200, body: row };
});
