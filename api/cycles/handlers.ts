import * as queries from '../../db/queries/cycles.ts';
import { countParticipation } from '../../db/queries/participation.ts';
import { isChangeable, phaseAt, transition } from '../../domain/cycle.ts';
import { cleanText } from '../http/clean-text.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { fieldErrors } from '../http/pointer.ts';
import type { Principal } from '../http/principal.ts';
import { Problem, staleProblem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import { type NewCycle, toBody, toDefinition, toNewCycle } from './bodies.ts';
import * as contract from './contract.ts';
import type { KnownCycle } from './known-cycle.ts';
import { changeLegalHold } from './legal-hold.ts';
import { freshCycle } from './recall.ts';
import { createCycle as create, definitionOf, notFound, replaceCycle } from './save.ts';
import * as shapes from './shapes.ts';
import { withStatement } from './statement.ts';

/** Drafts are for staff of their organisations; for anybody else they do not exist. */
function isVisible({ cycle }: queries.CycleRow, principal: Principal | null): boolean {
  if (cycle.scheduledAt !== null) return true;
  return (principal?.organisations ?? []).some((odsCode) => cycle.organisations.includes(odsCode));
}

export const createCycle = serve(contract.createCycle).with(
  async ({ body, principal, service, session, now }) => {
    requireOrganisations(principal, body.organisations);
    const values = await withStatement(crypto.randomUUID(), toDefinition(body, null), service);
    const { row, version } = await create(service, session, values);
    return {
      status: 201,
      version,
      headers: { Location: `/v1/cycles/${row.cycle.id}` },
      body: toBody(row, now),
    };
  },
);

export const listCycles = serve(contract.listCycles).with(
  async ({ query, principal, session, now }) => {
    const page = readPage(query, uuidKey);
    const { organisation, phase } = query;
    const list = queries.listCycles(
      session.db,
      { organisation, phase, draftsOf: principal?.organisations ?? null, now },
      page,
    );
    const rows = await session.run(list);
    return {
      status: 200,
      body: toPage(
        rows,
        page,
        ({ cycle }) => cycle.id,
        (row) => toBody(row, now),
      ),
    };
  },
);

export const getCycle = serve(contract.getCycle).with(
  async ({ params, principal, session, now }) => {
    const row = await readVisible(session, principal, params.cycleId);
    const body = toBody(row, now);
    return principal === null
      ? { status: 200, body }
      : { status: 200, body, version: row.cycle.version };
  },
);

export const getAnonymityStatement = serve(contract.getAnonymityStatement).with(
  async ({ params, principal, session }) => {
    const { cycle } = await readVisible(session, principal, params.cycleId);
    return {
      status: 200,
      body: {
        cycleId: cycle.id,
        sha256: cycle.anonymityStatementSha256,
        statement: cycle.anonymityStatement,
      },
    };
  },
);

export const changeCycle = serve(contract.changeCycle).with(
  async ({ params, body, ifMatch, principal, service, session, now }) => {
    const known = await knownAt(service, session, params.cycleId, ifMatch);
    if (known === null || !isVisible(known.row, principal)) throw notFound();
    requireOrganisations(principal, known.row.cycle.organisations);
    if (known.version !== ifMatch) throw stale();

    const before = toNewCycle(known.row);
    const phase = phaseAt(known.times, now);
    const isBeforeOpening = isChangeable(phase);
    // First, since what is wrong with a change that cannot be made helps nobody.
    const merged = { ...before, ...body } as NewCycle;
    if (!isBeforeOpening) requirePromiseKept(known, before, merged, now);
    const changed = shapes.NewCycle.safeParse(merged);
    if (!changed.success) throw validationProblem(fieldErrors(changed.error.issues));
    requireOrganisations(principal, changed.data.organisations);

    // A cycle opens or ends in the past by nobody's transition: only a draft may have such dates.
    if (phase === 'scheduled' && new Date(changed.data.opensAt) <= now)
      throw validationProblem([
        { pointer: '/opensAt', detail: 'This cycle is scheduled: opensAt must lie ahead.' },
      ]);
    const definition = toDefinition(changed.data, known.times.scheduledAt);
    const values = isBeforeOpening
      ? await withStatement(params.cycleId, definition, service)
      : frozen(known, definition);
    const guard = isBeforeOpening ? 'not-yet-open' : 'any-phase';
    const replaced = await replaceCycle(service, session, known, values, guard, now);
    if (replaced === 'stale') throw stale();
    return { status: 200, version: replaced.version, body: toBody(replaced.row, now) };
  },
);

export const makeTransition = serve(contract.makeTransition).with(
  async ({ params, body, ifMatch, principal, service, session, now }) => {
    // Whole seconds, so that what is stored is what the contract shows.
    const moment = new Date(Math.floor(now.getTime() / 1000) * 1000);
    const attempt = async (known: KnownCycle | null) => {
      if (known === null || !isVisible(known.row, principal)) throw notFound();
      requireOrganisations(principal, known.row.cycle.organisations);
      if (ifMatch !== undefined && ifMatch !== known.version) throw stale();
      const outcome = transition(known.times, body.to, moment);
      if (!outcome.allowed) throw new Problem('wrong-phase', outcome.detail);
      const definition = { ...definitionOf(known.row), ...outcome.times };
      const values =
        body.to === 'closed'
          ? frozen(known, definition)
          : await withStatement(params.cycleId, definition, service);
      const guard = body.to === 'closed' ? 'any-phase' : 'not-yet-open';
      return replaceCycle(service, session, known, values, guard, moment);
    };

    const remembered = service.cycles.get(params.cycleId);
    let replaced = remembered ? await attempt(remembered).catch(orReadAfresh) : 'stale';
    if (replaced === 'stale')
      replaced = await attempt(await freshCycle(service, session, params.cycleId));
    if (replaced === 'stale') throw stale();
    return { status: 200, version: replaced.version, body: toBody(replaced.row, now) };
  },
);

export const getParticipation = serve(contract.getParticipation).with(
  async ({ params, principal, session }) => {
    const [[row], counted] = await session.batch([
      queries.readCycle(session.db, params.cycleId),
      countParticipation(session.db, params.cycleId),
    ]);
    if (row === undefined || !isVisible(row, principal)) throw notFound();
    const own = row.cycle.organisations.filter((odsCode) =>
      principal.organisations.includes(odsCode),
    );
    if (own.length === 0)
      throw new Problem('forbidden', 'This client acts for no organisation of this cycle.');
    const items = own.flatMap((organisation) =>
      row.cycle.perspectives.map((perspective) => {
        const found = counted.rows.find(
          (each) => each.organisation === organisation && each.perspective === perspective,
        );
        const count = found?.people ?? null;
        const weeks = found?.weeks ?? [];
        return { organisation, perspective, suppressed: count === null, count, weeks };
      }),
    );
    return { status: 200, body: { items, next: null } };
  },
);

export const setLegalHold = serve(contract.setLegalHold).with(
  async ({ params, body, principal, service, session, now }) => {
    const reason = cleanText(body.reason, now);
    const hold = { since: now, reason };
    const { row } = await changeLegalHold(service, session, principal, params.cycleId, hold);
    return { status: 200, body: toBody(row, now) };
  },
);

export const endLegalHold = serve(contract.endLegalHold).with(
  async ({ params, principal, service, session, now }) => {
    const { row } = await changeLegalHold(service, session, principal, params.cycleId, null);
    return { status: 200, body: toBody(row, now) };
  },
);

/** A refusal that rests on what was remembered is not given before the database was asked. */
function orReadAfresh(error: unknown): 'stale' {
  if (error instanceof Problem && error.code !== 'validation-failed') return 'stale';
  throw error;
}

/** Values whose anonymity statement stays as respondents were shown it. */
function frozen(known: KnownCycle, definition: ReturnType<typeof definitionOf>) {
  const { id, anonymityStatement, anonymityStatementSha256 } = known.row.cycle;
  return { id, ...definition, anonymityStatement, anonymityStatementSha256 };
}

/** Once a cycle is open, nothing that a respondent was promised can change; only the threshold can, and only up. */
function requirePromiseKept(known: KnownCycle, before: NewCycle, after: NewCycle, now: Date): void {
  const phase = phaseAt(known.times, now);
  if (phase === 'released')
    throw new Problem('wrong-phase', 'The results are released: nothing of the cycle can change.');
  const { disclosurePolicy: policyBefore, ...restBefore } = before;
  const { disclosurePolicy: policyAfter, ...restAfter } = after;
  const isSame = Object.entries(restBefore).every(
    ([member, value]) =>
      JSON.stringify(value) === JSON.stringify(restAfter[member as keyof typeof restAfter]),
  );
  const isRaised =
    policyAfter.roundTo === policyBefore.roundTo && policyAfter.threshold >= policyBefore.threshold;
  if (!isSame || !isRaised)
    throw new Problem(
      'wrong-phase',
      `The cycle is ${phase}: nothing that people were promised can change. Only disclosurePolicy.threshold can, and only up.`,
    );
}

/** The cycle at the version that somebody read: from memory if that is the one remembered. */
async function knownAt(
  service: Service,
  session: Session,
  id: string,
  version: number,
): Promise<KnownCycle | null> {
  const known = service.cycles.get(id);
  return known?.version === version ? known : freshCycle(service, session, id);
}

async function readVisible(
  session: Session,
  principal: Principal | null,
  id: string,
): Promise<queries.CycleRow> {
  const [row] = await session.run(queries.readCycle(session.db, id));
  if (row === undefined || !isVisible(row, principal)) throw notFound();
  return row;
}

function stale(): Problem {
  return staleProblem('The cycle');
}
