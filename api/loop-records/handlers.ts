import type * as z from 'zod';
import * as queries from '../../db/queries/loop-records.ts';
import { isOverdue } from '../../domain/loop.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { fieldErrors } from '../http/pointer.ts';
import type { Principal } from '../http/principal.ts';
import { Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import { isoTime, isoTimeOrNull } from '../shapes.ts';
import * as contract from './contract.ts';

type LoopRecordBody = z.input<typeof contract.LoopRecord>;
type NewLoopRecord = z.output<typeof contract.NewLoopRecord>;
type Content = Omit<queries.LoopRecordContent, 'organisation' | 'cycleId'>;

/** What a working copy and a publication have in common, as the contract shows it. */
function toBody(
  record: { id: string; version: number; organisation: string; cycleId: string | null },
  { title, youSaid, weDid, difference, lookAgainOn }: Content,
  times: { publishedAt: Date | null; updatedAt: Date },
  now: Date,
): LoopRecordBody {
  return {
    id: record.id,
    version: record.version,
    organisation: record.organisation,
    cycle: record.cycleId,
    title,
    youSaid,
    weDid: { ...weDid, overdue: isOverdue(weDid, now.toISOString().slice(0, 10)) },
    difference,
    lookAgainOn,
    // Nobody has confirmed anything yet: none and too few look the same.
    confirmations: { suppressed: true, yes: null, partly: null, no: null, tooSoon: null },
    publishedAt: isoTimeOrNull(times.publishedAt),
    updatedAt: isoTime(times.updatedAt),
  };
}

function published(row: queries.PublishedRow, now: Date): LoopRecordBody {
  const times = { publishedAt: row.firstPublishedAt, updatedAt: row.publishedAt };
  return toBody(row, row, times, now);
}

function workingCopy(row: queries.WorkingCopyRow, now: Date): LoopRecordBody {
  const { record, firstPublishedAt: publishedAt } = row;
  return toBody(record, record, { publishedAt, updatedAt: record.updatedAt }, now);
}

export const createLoopRecord = serve(contract.createLoopRecord).with(
  async ({ body, principal, service, session, now }) => {
    const organisation = body.organisation ?? onlyOrganisation(principal);
    requireOrganisations(principal, [organisation]);
    const content = toContent(body, organisation);
    const id = crypto.randomUUID();
    const { db } = session;
    const [, [row]] = await session.batch([
      queries.insertLoopRecord(db, id, content, now),
      queries.readWorkingCopy(db, id),
    ]);
    if (row === undefined) throw unknownCycle();
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
    const { organisation, cycle, status, standard } = query;
    const filter = { organisation, cycle, status, standard };
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
        return { status: 200, body: showPublished(row, now) };
      if (own.record.withdrawnAt !== null) throw withdrawn();
      remember(service, own);
      return { status: 200, version: own.record.version, body: workingCopy(own, now) };
    }
    const [row] = await session.run(queries.readPublished(db, id));
    return { status: 200, body: showPublished(row, now) };
  },
);

export const changeLoopRecord = serve(contract.changeLoopRecord).with(
  async ({ params, body, ifMatch, principal, service, session, now }) => {
    const id = params.loopRecordId;
    const { db } = session;
    const current = await workingCopyAt(service, session, principal, id, ifMatch);
    if (current.record.version !== ifMatch) throw stale();

    const { organisation } = current.record;
    const merged = contract.NewLoopRecord.safeParse(mergeChange(current.record, body));
    if (!merged.success) throw validationProblem(fieldErrors(merged.error.issues));
    const content = toContent(merged.data, organisation);
    const [updated, [row]] = await session.batch([
      queries.updateLoopRecord(db, id, ifMatch, content, now),
      queries.readWorkingCopy(db, id),
    ]);
    if (row === undefined) throw notFound();
    remember(service, row);
    if (row.record.withdrawnAt !== null) throw withdrawn();
    if (updated.rowCount !== 1) throw row.record.version === ifMatch ? unknownCycle() : stale();
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
  { cycle: cycleId, weDid: { overdue: _overdue, ...weDid }, ...rest }: NewLoopRecord,
  organisation: string,
): queries.LoopRecordContent {
  return { ...rest, weDid, organisation, cycleId };
}

/** Members laid over a stored record, also within youSaid and weDid, in the shape of a new one. */
function mergeChange(
  record: queries.LoopRecordRow,
  { youSaid, weDid, ...change }: z.output<typeof contract.LoopRecordChange>,
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

function showPublished(row: queries.PublishedRow | undefined, now: Date): LoopRecordBody {
  if (row === undefined) throw notFound();
  if (row.withdrawnAt !== null) throw withdrawn();
  return published(row, now);
}

/** Organisations whose working copies a list is about; null when it is about what is published. */
function ownOrganisations(
  principal: Principal | null,
  organisation: string | undefined,
): readonly string[] | null {
  if (principal === null) return null;
  if (organisation === undefined) return principal.organisations;
  return principal.organisations.includes(organisation) ? [organisation] : null;
}

function onlyOrganisation(principal: Principal): string {
  const [only, another] = principal.organisations;
  if (only !== undefined && another === undefined) return only;
  throw validationProblem([
    { pointer: '/organisation', detail: 'This client acts for several organisations: name one.' },
  ]);
}

function remember(service: Service, row: queries.WorkingCopyRow): void {
  service.loopRecords.set(row.record.id, row);
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no loop record with this id.');
}

function withdrawn(): Problem {
  return new Problem('gone', 'This loop record was withdrawn by its organisation.');
}

function stale(): Problem {
  return new Problem(
    'precondition-failed',
    'The record has changed since it was read. Read it again.',
  );
}

function unknownCycle(): Problem {
  return validationProblem([
    { pointer: '/cycle', detail: 'Not a cycle in which this organisation takes part.' },
  ]);
}
