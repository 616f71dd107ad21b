import type * as z from 'zod';
import * as queries from '../../db/queries/priorities.ts';
import { isStillToCome } from '../../domain/priority.ts';
import { cleanText } from '../http/clean-text.ts';
import { onlyOrganisation, ownOrganisations, requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import type { Principal } from '../http/principal.ts';
import { Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { dayOf, isoTime, isoTimeOrNull } from '../shapes.ts';
import * as contract from './contract.ts';

type PriorityBody = z.input<typeof contract.Priority>;

function toBody(row: queries.PriorityRow): PriorityBody {
  return {
    id: row.id,
    version: row.version,
    organisation: row.organisation,
    cycle: row.cycle_id,
    ranking: row.ranking.map((ranked, index) => ({ rank: index + 1, ...ranked })),
    decidedBy: row.decided_by,
    decidedOn: row.decided_on,
    rationale: row.rationale,
    dissent: row.dissent,
    publishedAt: isoTimeOrNull(row.published_at === null ? null : new Date(row.published_at)),
    publishedVersion: row.published_version,
    updatedAt: isoTime(new Date(row.updated_at)),
  };
}

export const createPriority = serve(contract.createPriority).with(
  async ({ body, principal, session, now }) => {
    const { organisation = onlyOrganisation(principal), cycle: cycleId, ...content } = body;
    requireOrganisations(principal, [organisation]);
    requirePast(content.decidedOn, now);
    const id = crypto.randomUUID();
    const { db } = session;
    const [inserted, { rows }] = await session.batch([
      queries.insertPriority(db, id, { organisation, cycleId }, cleaned(content, now), now),
      queries.readWorkingCopy(db, id),
    ]);
    const [row] = rows;
    if (row === undefined) {
      const [written] = inserted.rows;
      if (written?.is_cycle_known === false)
        throw validationProblem([
          { pointer: '/cycle', detail: 'Not a cycle in which this organisation takes part.' },
        ]);
      throw wrongThemes(written) ?? alreadyThere();
    }
    return {
      status: 201,
      version: row.version,
      headers: { Location: `/v1/priorities/${id}` },
      body: toBody(row),
    };
  },
);

export const listPriorities = serve(contract.listPriorities).with(
  async ({ query, principal, session }) => {
    const page = readPage(query, uuidKey);
    const { organisation, cycle } = query;
    const own = ownOrganisations(principal, organisation);
    const organisations = own ?? (organisation === undefined ? undefined : [organisation]);
    const list = own === null ? queries.listPublished : queries.listWorkingCopies;
    const { rows } = await session.run(list(session.db, { organisations, cycle }, page));
    return { status: 200, body: toPage(rows, page, ({ id }) => id, toBody) };
  },
);

export const getPriority = serve(contract.getPriority).with(
  async ({ params, principal, session }) => {
    const { db } = session;
    const id = params.priorityId;
    if (principal !== null) {
      const [own, published] = await session.batch([
        queries.readWorkingCopy(db, id),
        queries.readPublished(db, id),
      ]);
      const [row] = own.rows;
      if (row !== undefined && principal.organisations.includes(row.organisation))
        return { status: 200, version: row.version, body: toBody(row) };
      return { status: 200, body: toBody(requireFound(published.rows[0])) };
    }
    const { rows } = await session.run(queries.readPublished(db, id));
    return { status: 200, body: toBody(requireFound(rows[0])) };
  },
);

export const changePriority = serve(contract.changePriority).with(
  async ({ params, body, ifMatch, principal, session, now }) => {
    if (body.decidedOn !== undefined) requirePast(body.decidedOn, now);
    const id = params.priorityId;
    const { db } = session;
    const [updated, own, published] = await session.batch([
      queries.updatePriority(
        db,
        id,
        principal.organisations,
        ifMatch,
        cleaned(defined(body), now),
        now,
      ),
      queries.readWorkingCopy(db, id),
      queries.readPublished(db, id),
    ]);
    const row = requireOwn(own.rows[0], published.rows[0], principal);
    const [written] = updated.rows;
    if (written?.is_done !== true) throw wrongThemes(written) ?? stale();
    return { status: 200, version: row.version, body: toBody(row) };
  },
);

export const publishPriority = serve(contract.publishPriority).with(
  async ({ params, ifMatch, principal, session, now }) => {
    const id = params.priorityId;
    const { db } = session;
    const [made, own, published] = await session.batch([
      queries.publishPriority(db, id, principal.organisations, ifMatch, now),
      queries.readWorkingCopy(db, id),
      queries.readPublished(db, id),
    ]);
    const row = requireOwn(own.rows[0], published.rows[0], principal);
    if (ifMatch !== undefined && row.version !== ifMatch) throw stale();
    const [wrong] = made.rows[0]?.wrong_places ?? [];
    if (wrong !== undefined)
      throw new Problem(
        'wrong-phase',
        `Theme ${wrong} of the ranking is not published, was withdrawn or went into another. Change the ranking first.`,
      );
    const shown = requireFound(published.rows[0]);
    return { status: 200, version: shown.version, body: toBody(shown) };
  },
);

/** What a group wrote is read by everybody, and screened as a theme is. */
function cleaned<Content extends Partial<queries.PriorityContent>>(
  content: Content,
  now: Date,
): Content {
  const { ranking, rationale, dissent } = content;
  const clean = (text: string) => cleanText(text, now);
  return {
    ...content,
    ...(ranking && {
      ranking: ranking.map((ranked) => ({
        ...ranked,
        rationale: ranked.rationale === null ? null : clean(ranked.rationale),
      })),
    }),
    ...(rationale !== undefined && { rationale: clean(rationale) }),
    ...(dissent && { dissent: dissent.map(clean) }),
  };
}

/** Without members that were not sent. */
function defined(
  change: z.output<typeof contract.PriorityChange>,
): Partial<queries.PriorityContent> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** What is not decided yet cannot be written down as decided. */
function requirePast(decidedOn: string, now: Date): void {
  if (isStillToCome(decidedOn, dayOf(now)))
    throw validationProblem([{ pointer: '/decidedOn', detail: 'This day is still to come.' }]);
}

/** A priority of the caller's. */
function requireOwn(
  row: queries.PriorityRow | undefined,
  published: queries.PriorityRow | undefined,
  principal: Principal,
): queries.PriorityRow {
  if (row !== undefined && principal.organisations.includes(row.organisation)) return row;
  // Another's working copy cannot be read; that it is published, everybody knows.
  requireFound(published);
  throw new Problem(
    'forbidden',
    'This client is not registered for the organisation of these priorities.',
  );
}

function requireFound(row: queries.PriorityRow | undefined): queries.PriorityRow {
  if (row === undefined) throw new Problem('not-found', 'There are no priorities with this id.');
  return row;
}

/** Points at the themes that cannot be ranked; null where all can. */
function wrongThemes(written: queries.Written | undefined): Problem | null {
  const places = written?.wrong_places ?? [];
  if (places.length === 0) return null;
  return validationProblem(
    places.map((place) => ({
      pointer: `/ranking/${place - 1}/theme`,
      detail:
        'Not a theme of this organisation and cycle that is published and has not gone into another.',
    })),
  );
}

function alreadyThere(): Problem {
  return new Problem(
    'already-exists',
    'This organisation has its priorities of this cycle already: change those.',
  );
}

function stale(): Problem {
  return new Problem(
    'precondition-failed',
    'The priorities have changed since they were read. Read them again.',
  );
}
