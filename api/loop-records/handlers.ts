import type * as z from 'zod';
import * as queries from '../../db/queries/loop-records.ts';
import { missingFromChange } from '../../domain/loop.ts';
import { onlyOrganisation, ownOrganisations, requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { fieldErrors } from '../http/pointer.ts';
import type { Principal } from '../http/principal.ts';
import { Problem, staleProblem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import { dayOf } from '../shapes.ts';
import { notFound, published, requirePublished, withdrawn, workingCopy } from './bodies.ts';
import * as contract from './contract.ts';
import { type LoopRecordChange, NewLoopRecord } from './shapes.ts';

export const createLoopRecord = serve(contract.createLoopRecord).with(
  async ({ body, principal, service, session, now }) => {
    const organisation = body.organisation ?? onlyOrganisation(principal);
    requireOrganisations(principal, [organisation]);
    const content = toContent(body, organisation);
    const id = crypto.randomUUID();
    const { db } = session;
    const [, [row], references] = await session.batch([
      queries.insertLoopRecord(db, id, content, now),
      queries.readWorkingCopy(db, id),
      queries.readReferences(db, id, content),
    ]);
    if (row === undefined) throw unknownReferences(references.rows[0]);
    remember(service, row);
    return {
      status: 201,
      version: row.record.version,
      headers: { Location: `/v1/loop-records/${id}` },
      body: workingCopy(row, now),
    };
  },
);

export const listLoopRecords = serve(contract.listLoopRecords).with(
  async ({ query, principal, session, now }) => {
    const page = readPage(query, uuidKey);
    const { organisation, cycle, status, standard, theme } = query;
    const overdue = query.overdue && { is: query.overdue === 'true', today: dayOf(now) };
    const filter = { organisation, cycle, status, standard, theme, overdue };
    const own = ownOrganisations(principal, organisation);
    if (own !== null) {
      const list = queries.listWorkingCopies(session.db, { ...filter, organisations: own }, page);
      const rows = await session.run(list);
      const body = toPage(
        rows,
        page,
        ({ record }) => record.id,
        (row) => workingCopy(row, now),
      );
      return { status: 200, body };
    }
    const list = queries.listPublished(session.db, filter, page);
    const rows = await session.run(list);
    const body = toPage(
      rows,
      page,
      ({ id }) => id,
      (row) => published(row, now),
    );
    return { status: 200, body };
  },
);

export const getLoopRecord = serve(contract.getLoopRecord).with(
  async ({ params, principal, service, session, now }) => {
    const { db } = session;
    const id = params.loopRecordId;
    if (principal !== null) {
      const [[own], [row]] = await session.batch([
        queries.readWorkingCopy(db, id),
        queries.readPublished(db, id),
      ]);
      if (own === undefined || !principal.organisations.includes(own.record.organisation))
        return { status: 200, body: published(requirePublished(row), now) };
      if (own.record.withdrawnAt !== null) throw withdrawn();
      remember(service, own);
      return { status: 200, version: own.record.version, body: workingCopy(own, now) };
    }
    const [row] = await session.run(queries.readPublished(db, id));
    return { status: 200, body: published(requirePublished(row), now) };
  },
);

export const changeLoopRecord = serve(contract.changeLoopRecord).with(
  async ({ params, body, ifMatch, principal, service, session, now }) => {
    const id = params.loopRecordId;
    const { db } = session;
    const current = await workingCopyAt(service, session, principal, id, ifMatch);
    if (current.record.version !== ifMatch) throw stale();

    const { organisation } = current.record;
    const merged = NewLoopRecord.safeParse(mergeChange(current.record, body));
    if (!merged.success) throw validationProblem(fieldErrors(merged.error.issues));
    const missing = missingFromChange(
      current.record.weDid.status,
      merged.data.weDid.status,
      body.weDid?.reason,
    );
    if (missing.length > 0)
      throw validationProblem(
        missing.map(({ member, detail }) => ({ pointer: `/weDid/${member}`, detail })),
      );
    const content = toContent(merged.data, organisation);
    const [updated, [row], references] = await session.batch([
      queries.updateLoopRecord(db, id, ifMatch, content, now),
      queries.readWorkingCopy(db, id),
      queries.readReferences(db, id, content),
    ]);
    if (row === undefined) throw notFound();
    remember(service, row);
    if (row.record.withdrawnAt !== null) throw withdrawn();
    if (updated.rowCount !== 1) {
      if (row.record.version !== ifMatch) throw stale();
      throw isMoved(row.record, content) ? staysWithCycle() : unknownReferences(references.rows[0]);
    }
    return { status: 200, version: row.record.version, body: workingCopy(row, now) };
  },
);

export const publishLoopRecord = serve(contract.publishLoopRecord).with(
  async ({ params, ifMatch, principal, service, session, now }) => {
    const id = params.loopRecordId;
    const { db } = session;
    const [, [own], [row]] = await session.batch([
      queries.publishLoopRecord(db, id, principal.organisations, ifMatch, now),
      queries.readWorkingCopy(db, id),
      queries.readPublished(db, id),
    ]);
    remember(service, requireOwn(own, row, principal, ifMatch));
    if (row === undefined) throw notFound();
    return { status: 200, version: row.version, body: published(row, now) };
  },
);

export const withdrawLoopRecord = serve(contract.withdrawLoopRecord).with(
  async ({ params, ifMatch, principal, service, session, now }) => {
    const id = params.loopRecordId;
    const { db } = session;
    const [[before], [published], ended] = await session.batch([
      queries.readWorkingCopy(db, id),
      queries.readPublished(db, id),
      queries.withdrawLoopRecord(db, id, principal.organisations, ifMatch, now),
    ]);
    const own = requireOwn(before, published, principal, ifMatch);
    if (ended.rowCount !== 1)
      throw own.record.publishedVersion === null
        ? new Problem('not-found', 'This loop record is not published.')
        : stale();
    service.loopRecords.delete(id);
    return { status: 204 };
  },
);

/** What is stored of a record: everything that was sent but what the service computes. */
function toContent(
  {
    cycle: cycleId,
    weDid: { overdue: _overdue, ...weDid },
    ...rest
  }: z.output<typeof NewLoopRecord>,
  organisation: string,
): queries.LoopRecordContent {
  return { ...rest, weDid, organisation, cycleId };
}

/** Members laid over a stored record, also within youSaid and weDid, in the shape of a new one. */
function mergeChange(
  record: queries.LoopRecordRow,
  { youSaid, weDid, ...change }: z.output<typeof LoopRecordChange>,
) {
  const { cycleId: cycle, title, difference, lookAgainOn } = record;
  return {
    ...{ cycle, title, difference, lookAgainOn },
    ...change,
    youSaid: { ...record.youSaid, ...youSaid },
    weDid: { ...record.weDid, ...weDid },
  };
}

/** The working copy at the version that somebody read: from memory if that is the one remembered. */
async function workingCopyAt(
  service: Service,
  session: Session,
  principal: Principal,
  id: string,
  version: number,
): Promise<queries.WorkingCopyRow> {
  const remembered = service.loopRecords.get(id);
  if (
    remembered?.record.version === version &&
    principal.organisations.includes(remembered.record.organisation)
  )
    return requireOwn(remembered, undefined, principal, undefined);
  const [[row], [published]] = await session.batch([
    queries.readWorkingCopy(session.db, id),
    queries.readPublished(session.db, id),
  ]);
  const own = requireOwn(row, published, principal, undefined);
  remember(service, own);
  return own;
}

/** A record of the caller's that is neither withdrawn nor at another version than was expected. */
function requireOwn(
  row: queries.WorkingCopyRow | undefined,
  published: queries.PublishedRow | undefined,
  principal: Principal,
  expectedVersion: number | undefined,
): queries.WorkingCopyRow {
  // Another's working copy cannot be read; that its record is published, everybody knows.
  if (row === undefined || !principal.organisations.includes(row.record.organisation))
    throw published === undefined
      ? notFound()
      : new Problem(
          'forbidden',
          'This client is not registered for the organisation of this record.',
        );
  if (row.record.withdrawnAt !== null) throw withdrawn();
  if (expectedVersion !== undefined && row.record.version !== expectedVersion) throw stale();
  return row;
}

function remember(service: Service, row: queries.WorkingCopyRow): void {
  service.loopRecords.set(row.record.id, row);
}

function stale(): Problem {
  return staleProblem('The record');
}

/** What a record that was not stored refers to and may not: the cycle, where it is no theme. */
function unknownReferences(found: queries.References | undefined): Problem {
  const errors = (found?.unknown_themes ?? []).map((place) => ({
    pointer: `/youSaid/themes/${place}`,
    detail: 'Not a theme of this organisation, or one that was withdrawn.',
  }));
  if (!found?.is_cycle_known || errors.length === 0)
    errors.unshift({
      pointer: '/cycle',
      detail: 'Not a cycle in which this organisation takes part.',
    });
  return validationProblem(errors);
}

function isMoved(
  { publishedVersion, cycleId }: queries.LoopRecordRow,
  content: queries.LoopRecordContent,
): boolean {
  return publishedVersion !== null && cycleId !== content.cycleId;
}

function staysWithCycle(): Problem {
  return validationProblem([
    {
      pointer: '/cycle',
      detail: 'A record that was published stays with its cycle. Withdraw it and write another.',
    },
  ]);
}
