import type * as z from 'zod';
import * as queries from '../../db/queries/standard-sets.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage } from '../http/page.ts';
import type { Principal } from '../http/principal.ts';
import { Problem, staleProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { isoTime, isoTimeOrNull } from '../shapes.ts';
import * as contract from './contract.ts';

const key = /^[a-z0-9-]{1,64}$/;

function toVersion(
  row: queries.StandardSetVersionRow,
): z.input<typeof contract.StandardSetVersion> {
  const { setId: id, publishedAt, ...rest } = row;
  return { ...rest, id, publishedAt: isoTimeOrNull(publishedAt) };
}

function toSet(row: queries.StandardSetRow): z.input<typeof contract.StandardSet> {
  const versions = row.versions.map(({ version, publishedAt, changes }) => ({
    version,
    publishedAt: publishedAt === null ? null : isoTime(new Date(publishedAt)),
    changes,
  }));
  return { ...toVersion(row), versions };
}

export const listStandardSets = serve(contract.listStandardSets).with(
  async ({ query, principal, session }) => {
    const page = readPage(query, key);
    const list = queries.listStandardSets(session.db, principal?.organisations ?? null, page);
    const rows = await session.run(list);
    return { status: 200, body: toPage(rows, page, (row) => row.setId, toSet) };
  },
);

export const getStandardSet = serve(contract.getStandardSet).with(
  async ({ params, principal, session }) => {
    const draftsOf = principal?.organisations ?? null;
    const read = queries.readStandardSet(session.db, params.standardSetId, draftsOf);
    const [row] = await session.run(read);
    if (row === undefined) throw notFound();
    return { status: 200, body: toSet(row) };
  },
);

export const getStandardSetVersion = serve(contract.getStandardSetVersion).with(
  async ({ params, principal, session }) => {
    const { standardSetId, version } = params;
    const draftsOf = principal?.organisations ?? null;
    const read = queries.readVersion(session.db, standardSetId, version, draftsOf);
    const [row] = await session.run(read);
    if (row === undefined) throw notFound();
    const body = toVersion(row);
    return principal === null
      ? { status: 200, body }
      : { status: 200, body, version: row.revision };
  },
);

export const createStandardSet = serve(contract.createStandardSet).with(
  async ({ body, principal, session }) => {
    const { id, organisation, ...content } = body;
    requireOrganisations(principal, [organisation]);
    const { db } = session;
    const [, inserted, [row]] = await session.batch([
      queries.insertSet(db, id, organisation),
      queries.insertFirstVersion(db, id, organisation, content),
      queries.readNewestVersion(db, id, principal.organisations),
    ]);
    if (inserted.rowCount !== 1 || row === undefined)
      throw new Problem('already-exists', 'There is a standard set with this id already.');
    return created(row);
  },
);

export const createStandardSetVersion = serve(contract.createStandardSetVersion).with(
  async ({ params, body, principal, session }) => {
    const { db } = session;
    const id = params.standardSetId;
    const { organisations } = principal;
    const [, [owner], inserted, [row]] = await session.batch([
      queries.lockSet(db, id),
      queries.readOwner(db, id),
      queries.insertNextVersion(db, id, organisations, body),
      queries.readNewestVersion(db, id, organisations),
    ]);
    if (inserted.rowCount !== 1 || row === undefined) throw notTheirs(owner, principal);
    return created(row);
  },
);

export const changeStandardSetVersion = serve(contract.changeStandardSetVersion).with(
  async ({ params, body, ifMatch, principal, session }) => {
    const { db } = session;
    const { standardSetId: id, version } = params;
    const { organisations } = principal;
    const [updated, [owner], [row]] = await session.batch([
      queries.updateDraft(db, id, version, ifMatch, organisations, body),
      queries.readOwner(db, id),
      queries.readVersion(db, id, version, organisations),
    ]);
    if (row === undefined || !isTheirs(row, principal)) throw notTheirs(owner, principal);
    if (updated.rowCount === 1) return { status: 200, version: row.revision, body: toVersion(row) };
    if (row.publishedAt !== null)
      throw new Problem(
        'wrong-phase',
        'A published version never changes. Write the next version.',
      );
    throw stale();
  },
);

export const publishStandardSetVersion = serve(contract.publishStandardSetVersion).with(
  async ({ params, ifMatch, principal, session, now }) => {
    const { db } = session;
    const { standardSetId: id, version } = params;
    const { organisations } = principal;
    const [published, [owner], [row]] = await session.batch([
      queries.publishVersion(db, id, version, ifMatch, organisations, now),
      queries.readOwner(db, id),
      queries.readVersion(db, id, version, organisations),
    ]);
    if (row === undefined || !isTheirs(row, principal)) throw notTheirs(owner, principal);
    if (published.rowCount !== 1) throw stale();
    return { status: 200, version: row.revision, body: toVersion(row) };
  },
);

function created(row: queries.StandardSetVersionRow) {
  return {
    status: 201 as const,
    version: row.revision,
    headers: { Location: `/v1/standard-sets/${row.setId}/versions/${row.version}` },
    body: toVersion(row),
  };
}

function isTheirs({ organisation }: { organisation: string | null }, principal: Principal) {
  return organisation !== null && principal.organisations.includes(organisation);
}

/** Why a set or version cannot be worked on: it is another's, or not there. Another's drafts are as if not there. */
function notTheirs(owner: queries.SetOwner | undefined, principal: Principal): Problem {
  if (owner === undefined || isTheirs(owner, principal) || !owner.isPublished) return notFound();
  return new Problem('forbidden', 'This standard set is looked after by somebody else.');
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no such standard set or version.');
}

function stale(): Problem {
  return staleProblem('The draft');
}
