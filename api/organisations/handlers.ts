import * as queries from '../../db/queries/organisations.ts';
import { readPage, toPage } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import * as contract from './contract.ts';

const key = /^[A-Z0-9]{3,8}$/;

export const listOrganisations = serve(contract.listOrganisations).with(
  async ({ query, service }) => {
    const page = readPage(query, key);
    const rows = await queries.listOrganisations(service.db, page);
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

export const getOrganisation = serve(contract.getOrganisation).with(async ({ params, service }) => {
  const [row] = await queries.readOrganisation(service.db, params.odsCode);
  if (row === undefined) throw new Problem('not-found', 'There is no organisation with this code.');
  return { status: 200, body: row };
});
