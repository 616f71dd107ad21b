import type * as z from 'zod';
import * as queries from '../../db/queries/api-clients.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage } from '../http/page.ts';
import type { Principal } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { isoTimeOrNull } from '../shapes.ts';
import * as contract from './contract.ts';

function toBody(row: queries.UsedApiClientRow): z.input<typeof contract.ApiClient> {
  return { ...row, revokedAt: isoTimeOrNull(row.revokedAt) };
}

export const registerApiClient = serve(contract.registerApiClient).with(
  async ({ body, principal, session }) => {
    requireNoMoreThanOwn(principal, body);
    const values = { clientId: crypto.randomUUID(), ...body };
    const [row] = await session.run(queries.insertApiClient(session.db, values));
    if (row === undefined) throw new Error('An insert that did not fail returns its row.');
    return {
      status: 201,
      version: row.version,
      headers: { Location: `/v1/api-clients/${row.clientId}` },
      body: toBody({ ...row, lastUsedOn: null }),
    };
  },
);

export const listApiClients = serve(contract.listApiClients).with(
  async ({ query, principal, session }) => {
    const page = readPage(query, contract.clientIdPattern);
    const list = queries.listApiClients(session.db, principal.organisations, page);
    const rows = await session.run(list);
    return { status: 200, body: toPage(rows, page, (row) => row.clientId, toBody) };
  },
);

export const getApiClient = serve(contract.getApiClient).with(
  async ({ params, principal, session }) => {
    const read = queries.readApiClient(session.db, params.clientId, principal.organisations);
    const [row] = await session.run(read);
    if (row === undefined) throw notFound();
    return { status: 200, version: row.version, body: toBody(row) };
  },
);

export const changeApiClient = serve(contract.changeApiClient).with(
  async ({ params, body, ifMatch, principal, session }) => {
    const { db } = session;
    const { clientId } = params;
    const { organisations } = principal;
    requireNoMoreThanOwn(principal, body);
    const values = withKeysFromOnePlace(body);
    const [[changed], [current]] = await session.batch([
      queries.updateApiClient(db, clientId, ifMatch, organisations, principal.scopes, values),
      queries.readApiClient(db, clientId, organisations),
    ]);
    if (current === undefined) throw notFound();
    if (changed) return { status: 200, version: current.version, body: toBody(current) };
    if (current.revokedAt !== null) throw new Problem('gone', 'This client was revoked.');
    if (current.version !== ifMatch)
      throw new Problem('precondition-failed', 'The client has changed since it was read.');
    throw new Problem('forbidden', 'The client holds a scope that this one does not.');
  },
);

export const revokeApiClient = serve(contract.revokeApiClient).with(
  async ({ params, principal, session, now }) => {
    const revoke = queries.revokeApiClient(
      session.db,
      params.clientId,
      principal.organisations,
      now,
    );
    const [row] = await session.run(revoke);
    if (row === undefined) throw notFound();
    return { status: 204 };
  },
);

/** Nobody can give away more than they have. */
function requireNoMoreThanOwn(
  principal: Principal,
  client: { organisations?: string[] | undefined; scopes?: Principal['scopes'] | undefined },
): void {
  requireOrganisations(principal, client.organisations ?? []);
  if (client.scopes?.some((scope) => !principal.scopes.includes(scope)))
    throw new Problem('forbidden', 'A client cannot be given a scope that this one does not hold.');
}

/** Keys that are given replace those that were: a document replaces an address and the other way round. */
function withKeysFromOnePlace(change: z.output<typeof contract.ApiClientChange>) {
  const { jwks, jwksUrl, ...rest } = change;
  return jwks === undefined && jwksUrl === undefined
    ? rest
    : { ...rest, jwks: jwks ?? null, jwksUrl: jwksUrl ?? null };
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no client with this id in your organisations.');
}
