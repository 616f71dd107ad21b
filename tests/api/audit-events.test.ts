import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../api/contracts.ts';
import { type Operation, scopesOf } from '../../api/http/contract.ts';
import { type Database, openDatabase } from '../../dev/database.ts';
import { CHAIN_START, type ChainedEvent, followChain, isBreak } from '../../domain/audit-chain.ts';
import { type Scope, scopes } from '../../domain/vocabulary.ts';
import { createServerDatabase, type OwnerAccess, ownerAccess } from '../support/database.ts';
import { type Service, startService } from '../support/service.ts';
import { type GoodRequest, prepareEveryOperation } from './support/every-operation.ts';
import { refusalOf, type Sent, type Shown, send } from './support/send.ts';
import {
  createCycle,
  createLoopRecord,
  dateIn,
  newCycle,
  newLoopRecord,
  newStandardSet,
  openCycle,
  publicPart,
  registerClient,
  signIn,
  submission,
  waitingText,
} from './support/things.ts';

let service: Service;
let requests: Record<string, GoodRequest>;
let admin: string;
/** Staff of one trust with every scope, or with none but those named. */
let staff: (organisations: string[], held?: readonly Scope[]) => Promise<Caller>;
interface Caller {
  clientId: string;
  token: string;
}
beforeAll(async () => {
  service = await startService();
  admin = await service.token('demo-admin');
  requests = await prepareEveryOperation(service);
  const { privateJwk: key } = service.client('demo-admin');
  staff = async (organisations, held = scopes) => {
    const client = await registerClient(service, { organisations, scopes: [...held], key });
    return { clientId: client.clientId, token: await signIn(service, client) };
  };
});
afterAll(() => service?.stop());

interface EventRow extends Record<string, unknown> {
  number: string;
  actor_kind: string;
  actor: string | null;
  organisations: string[];
  purpose: string;
  request_id: string;
  operation: string;
  subject_kind: string | null;
  subject: string | null;
  outcome: string;
  counts: Record<string, number> | null;
}

const lastNumber = async (): Promise<number> => {
  const [row] = await service.database.query<{ last: number }>(
    'select coalesce(max(number), 0)::int as last from audit_events',
  );
  return row?.last ?? 0;
};

/** The events that something leaves. */
async function eventsOf(act: () => Promise<unknown>): Promise<EventRow[]> {
  const before = await lastNumber();
  await act();
  return service.database.query<EventRow>(
    `select number, actor_kind, actor, organisations, purpose, request_id, operation, subject_kind, subject, outcome, counts
     from audit_events where number > $1 order by number`,
    [before],
  );
}

const isSubmitting = ({ access }: Operation) =>
  access.kind === 'scope' && access.scope === 'submissions:write';
const isOfStaff = (declared: Operation) =>
  declared.access.kind === 'scope' && !isSubmitting(declared);
/** Reads that are noted: what people wrote, and the trail itself. */
const notedReads = ['listModerationTexts', 'getModerationText', 'listAuditEvents'];
/** What changes nothing, and is noted since the service is made to ask another server. */
const notedCheck = 'checkKeySet';
const isNoted = (declared: Operation) =>
  isOfStaff(declared) && (declared.method !== 'get' || notedReads.includes(declared.id));

/** What is noted as the purpose of a caller who holds every scope, or none of those that would do. */
const scopeOf = ({ access }: Operation): string => scopesOf(access)[0] ?? '';

/** What each operation is about. */
const subjectKinds: Record<string, string> = {
  createRelease: 'release',
  proposeRelease: 'release-proposal',
  withdrawReleaseProposal: 'release-proposal',
  createStandardSet: 'standard-set',
  createStandardSetVersion: 'standard-set',
  changeStandardSetVersion: 'standard-set',
  publishStandardSetVersion: 'standard-set',
  createCycle: 'cycle',
  changeCycle: 'cycle',
  makeTransition: 'cycle',
  setLegalHold: 'cycle',
  endLegalHold: 'cycle',
  decideOnText: 'text',
  createTheme: 'theme',
  changeTheme: 'theme',
  publishTheme: 'theme',
  withdrawTheme: 'theme',
  changeTextsOfTheme: 'theme',
  mergeTheme: 'theme',
  splitTheme: 'theme',
  createPriority: 'priority',
  changePriority: 'priority',
  publishPriority: 'priority',
  createLoopRecord: 'loop-record',
  changeLoopRecord: 'loop-record',
  publishLoopRecord: 'loop-record',
  withdrawLoopRecord: 'loop-record',
  createWebhookEndpoint: 'webhook-endpoint',
  changeWebhookEndpoint: 'webhook-endpoint',
  deleteWebhookEndpoint: 'webhook-endpoint',
  rotateWebhookSecret: 'webhook-endpoint',
  testWebhookEndpoint: 'webhook-endpoint',
  replayWebhooks: 'webhook-endpoint',
  assignStaffRoles: 'staff-member',
  registerApiClient: 'api-client',
  changeApiClient: 'api-client',
  revokeApiClient: 'api-client',
};

async function good(id: string, token: string | null): Promise<Sent> {
  const sent = await requests[id]?.(token);
  if (sent === undefined) throw new Error(`no request of ${id}`);
  expect(sent.status, sent.text).toBeLessThan(300);
  return sent;
}

describe('every operation by which staff change something leaves exactly one event for each thing', () => {
  const changing = contracts.filter(
    (declared) => isNoted(declared) && declared.method !== 'get' && declared.id !== notedCheck,
  );

  it('and the kind of its subject is known here', () => {
    expect(Object.keys(subjectKinds).sort()).toEqual(changing.map(({ id }) => id).sort());
  });

  it.each(changing.map((declared) => ({ declared, ...declared })))(
    '$id ($method $path)',
    async ({ declared, id }) => {
      let sent: Sent | undefined;
      const events = await eventsOf(async () => {
        sent = await good(id, admin);
      });
      const shownId = sent?.body?.id ?? sent?.body?.clientId ?? sent?.body?.cycleId;
      // Both themes have changed, and the one that the reply shows is first.
      const others = ['mergeTheme', 'splitTheme'].includes(id) ? events.splice(1, 1) : [];
      for (const other of others)
        expect(other).toMatchObject({ operation: id, subject_kind: 'theme', outcome: 'done' });
      expect(events).toEqual([
        {
          number: expect.stringMatching(/^\d+$/),
          actor_kind: 'client',
          actor: 'demo-admin',
          organisations: ['RHA'],
          purpose: scopeOf(declared),
          request_id: sent?.headers.get('x-request-id'),
          operation: id,
          subject_kind: subjectKinds[id],
          subject: shownId ?? expect.stringMatching(/^[0-9a-f-]{36}$/),
          outcome: 'done',
          counts: null,
        },
      ]);
      if (shownId !== undefined || sent?.status === 202) return;
      if (id === 'deleteWebhookEndpoint') {
        const held = 'select id from webhook_endpoints where id::text = $1';
        expect(await service.database.query(held, [events[0]?.subject])).toEqual([]);
        return;
      }
      // What is answered without a body is found in its table, ended.
      const [row] = await service.database.query(
        `select (select count(*) from loop_records where id::text = $1 and withdrawn_at is not null)::int
          + (select count(*) from release_proposals where id::text = $1 and withdrawn_at is not null)::int
          + (select count(*) from themes where id::text = $1 and withdrawn_at is not null)::int
          + (select count(*) from api_clients where client_id = $1 and revoked_at is not null)::int as ended`,
        [events[0]?.subject],
      );
      expect(row).toEqual({ ended: 1 });
    },
  );
});

describe('a read is noted', () => {
  it.each([...notedReads, notedCheck])(
    'of what people wrote, of the trail, and of the keys of others: %s',
    async (id) => {
      let sent: Sent | undefined;
      const events = await eventsOf(async () => {
        sent = await good(id, admin);
      });
      // Of one thing it is noted which; of a list, of whose things it was.
      const isOfOne = id === 'getModerationText';
      expect(events).toEqual([
        {
          number: expect.any(String),
          actor_kind: 'client',
          actor: 'demo-admin',
          organisations: isOfOne ? ['RHA'] : service.client('demo-admin').organisations,
          purpose: scopeOf(contracts.find((declared) => declared.id === id) as Operation),
          request_id: sent?.headers.get('x-request-id'),
          operation: id,
          subject_kind: isOfOne ? 'text' : null,
          subject: isOfOne ? sent?.body.id : null,
          outcome: 'done',
          counts: null,
        },
      ]);
    },
  );
});

describe('nothing at all is noted', () => {
  const others = contracts.filter((declared) => !isNoted(declared));

  it.each(others.map((declared) => ({ declared, ...declared })))(
    'of $id ($method $path)',
    async ({ declared, id }) => {
      const isPublic = declared.access.kind === 'public' || declared.access.kind === 'status-key';
      expect(await eventsOf(() => good(id, isPublic ? null : admin))).toEqual([]);
    },
  );

  it('of a submission of the public, nor of one that is refused', async () => {
    const { id } = await openCycle(service);
    const { id: forTrusts } = await openCycle(service, { channels: ['trust'] });
    const withoutScope = await staff(['RHA'], ['loop:write']);
    const path = `/v1/cycles/${id}/submissions`;
    const events = await eventsOf(async () => {
      const body = submission();
      expect((await send(service, 'POST', path, { body })).status).toBe(201);
      expect((await send(service, 'POST', path, { body, as: 'demo-trust' })).status).toBe(201);
      const refused = [
        await send(service, 'POST', `/v1/cycles/${forTrusts}/submissions`, { body }),
        await send(service, 'POST', path, { body, token: withoutScope.token }),
        await send(service, 'POST', path, { body, as: 'demo-trust-two' }),
        await send(service, 'POST', `/v1/cycles/${id}/submission-batches`, {
          body: { submissions: [body] },
          token: withoutScope.token,
          headers: { 'idempotency-key': randomUUID() },
        }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    });
    expect(events).toEqual([]);
  });

  it('of taking submissions apart', async () => {
    const { id } = await openCycle(service);
    await send(service, 'POST', `/v1/cycles/${id}/submission-batches`, {
      as: 'demo-trust',
      body: { submissions: Array.from({ length: 25 }, () => submission()) },
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(await eventsOf(() => service.scheduled())).toEqual([]);
    expect(await service.database.query('select id from inbox where cycle_id = $1', [id])).toEqual(
      [],
    );
  });

  it('of what is refused for its shape, its version or its phase, since nothing was done', async () => {
    const { id, version } = await createCycle(service);
    const decided = await waitingText(service, id);
    const decision = { decision: 'publish', reason: 'Clear.' };
    const decide = (body: unknown) =>
      send(service, 'POST', `/v1/moderation/texts/${decided}/decisions`, { token: admin, body });
    await decide(decision);
    const patch = (ifMatch: string, body: unknown) =>
      send(service, 'PATCH', `/v1/cycles/${id}`, {
        token: admin,
        body,
        headers: { 'if-match': ifMatch },
      });
    const events = await eventsOf(async () => {
      const refused = [
        await patch(`W/"${version}"`, { title: '' }),
        await patch('W/"99"', { title: 'Another' }),
        await decide(decision),
        await send(service, 'DELETE', `/v1/api-clients/${randomUUID()}`, { token: admin }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([400, 412, 409, 404]);
    });
    expect(events).toEqual([]);
  });
});

describe('a refusal is noted', () => {
  const refusedBy = (caller: Caller, declared: Operation, sent: Sent, purpose: string) => ({
    number: expect.any(String),
    actor_kind: 'client',
    actor: caller.clientId,
    organisations: ['RHA'],
    purpose,
    request_id: sent.headers.get('x-request-id'),
    operation: declared.id,
    subject_kind: null,
    subject: null,
    outcome: 'refused',
    counts: null,
  });
  /** Nothing of the request is looked at before the client's rights are: the things it names need not be there. */
  const call = ({ method, path }: Operation, token: string, headers = {}) =>
    send(service, method.toUpperCase(), path.replaceAll(/\{\w+\}/g, randomUUID()), {
      token,
      headers,
    });

  it('of every operation for which a client lacks the scope', async () => {
    const caller = await staff(['RHA'], ['submissions:write']);
    const ofStaff = contracts.filter(isOfStaff);
    expect(ofStaff.length).toBeGreaterThan(15);
    for (const declared of ofStaff) {
      let sent: Sent | undefined;
      const events = await eventsOf(async () => {
        sent = await call(declared, caller.token);
      });
      expect(sent?.status).toBe(403);
      expect(events).toEqual([refusedBy(caller, declared, sent as Sent, scopeOf(declared))]);
    }
  });

  it('of every operation for an organisation that a client is not registered for', async () => {
    const caller = await staff(['RHA']);
    const headers = { 'nhsd-end-user-organisation-ods': 'RV3' };
    for (const declared of contracts.filter(isOfStaff)) {
      let sent: Sent | undefined;
      const events = await eventsOf(async () => {
        sent = await call(declared, caller.token, headers);
      });
      expect(sent?.status).toBe(403);
      expect(events).toEqual([refusedBy(caller, declared, sent as Sent, scopeOf(declared))]);
    }
  });

  it('once a minute for each operation, so that nobody fills the trail by asking on', async () => {
    const caller = await staff(['RHA']);
    const ask = () =>
      send(service, 'POST', '/v1/loop-records', {
        token: caller.token,
        body: newLoopRecord({ organisation: 'RV3' }),
      });
    const events = await eventsOf(async () => {
      for (let times = 0; times < 5; times += 1) expect((await ask()).status).toBe(403);
    });
    expect(events.length).toBeGreaterThanOrEqual(1);
    expect(events.length).toBeLessThanOrEqual(2);
  });

  it("of what would change another trust's things", async () => {
    const caller = await staff(['RHA']);
    const { privateJwk } = service.client('demo-admin');
    const { id, version } = await openCycle(service, { organisations: ['RV3'], services: [] });
    const { id: shared } = await openCycle(service, {
      organisations: ['RHA', 'RV3'],
      services: [],
    });
    const attempts: [string, string, string, unknown?][] = [
      ['createCycle', 'POST', '/v1/cycles', newCycle({ organisations: ['RV3'], services: [] })],
      ['changeCycle', 'PATCH', `/v1/cycles/${id}`, { title: 'Mine' }],
      ['makeTransition', 'POST', `/v1/cycles/${id}/transitions`, { to: 'closed' }],
      ['setLegalHold', 'PUT', `/v1/cycles/${id}/legal-hold`, { reason: 'Mine.' }],
      // A cycle that several trusts share is held by somebody who may act for all of them.
      ['endLegalHold', 'DELETE', `/v1/cycles/${shared}/legal-hold`],
      ['createStandardSet', 'POST', '/v1/standard-sets', newStandardSet({ organisation: 'RV3' })],
      ['createLoopRecord', 'POST', '/v1/loop-records', newLoopRecord({ organisation: 'RV3' })],
      [
        'registerApiClient',
        'POST',
        '/v1/api-clients',
        {
          title: 'Mine',
          organisations: ['RV3'],
          scopes: ['audit:read'],
          jwks: { keys: [publicPart(privateJwk)] },
        },
      ],
    ];
    for (const [operation, method, path, body] of attempts) {
      let sent: Sent | undefined;
      const events = await eventsOf(async () => {
        sent = await send(service, method, path, {
          token: caller.token,
          ...(body !== undefined && { body }),
          headers: { 'if-match': `W/"${version}"` },
        });
      });
      expect(refusalOf(sent as Sent), `${operation}: ${sent?.text}`).toEqual({
        status: 403,
        code: 'forbidden',
      });
      const declared = contracts.find((each) => each.id === operation) as Operation;
      expect(events).toEqual([refusedBy(caller, declared, sent as Sent, scopeOf(declared))]);
    }
    const [hold] = await service.database.query(
      'select count(*)::int as count from cycles where id in ($1, $2) and legal_hold_since is not null',
      [id, shared],
    );
    expect(hold).toEqual({ count: 0 });
  });
});

it('no event holds a word of what it is about, nor anything else that a client chose to send', async () => {
  const mark = 'zqxjkmarkwv';
  const words = (what: string) => `${mark} ${what}`;
  const headers = {
    'user-agent': mark,
    'x-correlation-id': mark,
    referer: `https://${mark}.example.org/`,
    'x-forwarded-for': mark,
    'cf-connecting-ip': mark,
  };
  const ask = async (method: string, path: string, body?: unknown, version?: number) => {
    const sent = await send(service, method, path, {
      token: admin,
      headers: { ...headers, ...(version !== undefined && { 'if-match': `W/"${version}"` }) },
      ...(body !== undefined && { body }),
    });
    expect(sent.status, sent.text).toBeLessThan(300);
    return sent.body;
  };
  const set = newStandardSet({
    title: words('title'),
    source: words('source'),
    licence: words('licence'),
    attribution: words('attribution'),
    scale: { min: 0, max: 1, labels: [words('no'), words('yes')] },
    standards: [{ code: 'kind', title: words('title'), statement: words('statement') }],
    coProducedBy: [words('role')],
    dissent: [words('dissent')],
    changes: words('changes'),
  });
  const cycle = newCycle({
    title: words('title'),
    questions: [{ code: 'what-good', prompt: words('prompt'), polarity: 'what_good' }],
    services: [{ odsCode: 'RHA', code: 'ward', name: words('name') }],
  });
  const record = newLoopRecord({
    title: words('title'),
    youSaid: { text: words('said'), theme: words('theme') },
    weDid: {
      status: 'cannot_do',
      text: words('did'),
      reason: words('reason'),
      owner: words('owner'),
      dueOn: dateIn(30),
      milestones: [{ on: dateIn(10), text: words('milestone') }],
      evidence: [{ title: words('evidence'), href: `https://${mark}.example.org/` }],
    },
    difference: words('difference'),
  });
  const events = await eventsOf(async () => {
    await ask('POST', '/v1/standard-sets', set);
    const { id, version } = await ask('POST', '/v1/cycles', cycle);
    await ask('PATCH', `/v1/cycles/${id}`, { title: words('changed') }, version);
    await ask('PUT', `/v1/cycles/${id}/legal-hold`, { reason: words('hold') });
    const loop = await ask('POST', '/v1/loop-records', record);
    await ask('PATCH', `/v1/loop-records/${loop.id}`, { title: words('new') }, loop.version);
    await ask('PUT', `/v1/loop-records/${loop.id}/publication`);
    const { privateJwk } = service.client('demo-admin');
    const client = await ask('POST', '/v1/api-clients', {
      title: words('title'),
      organisations: ['RHA'],
      scopes: ['loop:write'],
      jwks: { keys: [{ ...publicPart(privateJwk), kid: mark }] },
    });
    const jwksUrl = `https://${mark}.example.org/jwks.json`;
    await ask('PATCH', `/v1/api-clients/${client.clientId}`, { jwksUrl }, 1);
    const textId = await waitingText(service, id, { text: words('text') });
    await ask('POST', `/v1/moderation/texts/${textId}/decisions`, {
      decision: 'publish',
      reason: words('reason'),
    });
    await ask('GET', `/v1/audit-events?operation=${mark}`);
    // Refused, and noted for that.
    const other = await staff(['RV3']);
    const refused = await send(service, 'POST', '/v1/cycles', {
      token: other.token,
      headers,
      body: cycle,
    });
    expect(refused.status).toBe(403);
  });
  // Registering the other client is one too.
  expect(events).toHaveLength(13);
  const [trail] = await service.database.query<{ held: string }>(
    "select string_agg(held::text, ' ') as held from audit_events as held",
  );
  expect(trail?.held).toContain('decideOnText');
  expect(trail?.held).not.toContain(mark);
});

describe('the audit trail', () => {
  const page = (token: string, query = '') =>
    send(service, 'GET', `/v1/audit-events${query}`, { token });

  it('shows events in the shape of the contract, and of other trusts none', async () => {
    const [own, other] = [await staff(['RHA']), await staff(['RV3'])];
    const made = await send(service, 'POST', '/v1/loop-records', {
      token: own.token,
      body: newLoopRecord(),
    });
    const { id: shared } = await createCycle(service, {
      organisations: ['RHA', 'RV3'],
      services: [],
    });
    const seen = async (token: string) => {
      const { status, body, headers } = await page(token, '?limit=100');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      return body.items as Shown[];
    };
    const [ofOwn, ofOther] = [await seen(own.token), await seen(other.token)];
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(ofOwn.find(({ subject }) => subject?.id === made.body.id)).toEqual({
      number: expect.any(Number),
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      actor: { kind: 'client', id: own.clientId },
      organisations: ['RHA'],
      purpose: 'loop:write',
      requestId: made.headers.get('x-request-id'),
      operation: 'createLoopRecord',
      subject: { kind: 'loop-record', id: made.body.id },
      outcome: 'done',
      counts: [],
      previousHash: hash,
      hash,
    });
    expect(ofOther.length).toBeGreaterThan(0);
    for (const { organisations } of ofOther) expect(organisations).toContain('RV3');
    expect(ofOther.map(({ subject }) => subject?.id)).not.toContain(made.body.id);
    for (const events of [ofOwn, ofOther])
      expect(events.map(({ subject }) => subject?.id)).toContain(shared);
  });

  it('is paged from the newest to the oldest without a gap, also while it grows', async () => {
    const { token } = await staff(['RHA']);
    const expected = await service.database.query<{ number: string }>(
      "select number from audit_events where 'RHA' = any(organisations) order by number desc",
    );
    const numbers: number[] = [];
    for (let cursor = ''; ; ) {
      const { status, body } = await page(token, `?limit=30${cursor}`);
      expect(status).toBe(200);
      numbers.push(...body.items.map(({ number }: Shown) => number));
      // Somebody does something between two pages.
      await createLoopRecord(service);
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(numbers).toEqual(expected.map(({ number }) => Number(number)));
  });

  it('is narrowed to one operation', async () => {
    const { token } = await staff(['RHA']);
    await createLoopRecord(service);
    const { body } = await page(token, '?operation=createLoopRecord&limit=100');
    expect(body.items.length).toBeGreaterThan(0);
    for (const { operation } of body.items) expect(operation).toBe('createLoopRecord');
    expect((await page(token, '?operation=nothing')).body.items).toEqual([]);
    const refused = await page(token, "?operation=x' or true --");
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
  });

  it('is narrowed to one actor, and to days, both of them included', async () => {
    const [one, other] = [await staff(['RHA']), await staff(['RHA'])];
    const ofDay = async (day: string, who: Caller) => {
      const sent = await send(service, 'POST', '/v1/loop-records', {
        token: who.token,
        body: newLoopRecord(),
      });
      await move(sent.body.id, day);
      return sent.body.id;
    };
    const move = async (id: string, moment: string) => {
      const [{ before } = { before: '' }] = await service.database.query<{ before: string }>(
        'select occurred_at::text as before from audit_events where subject = $1',
        [id],
      );
      await service.database.query(
        'update audit_events set occurred_at = $2::timestamptz where subject = $1',
        [id, moment],
      );
      moved.push([id, before]);
    };
    const moved: [id: string, before: string][] = [];
    const made = [
      await ofDay('2026-03-09T23:59:59Z', one),
      await ofDay('2026-03-10T00:00:00Z', one),
      await ofDay('2026-03-12T23:59:59Z', other),
      await ofDay('2026-03-13T00:00:00Z', one),
    ];
    const found = async (query: string) => {
      const { status, body } = await page(
        one.token,
        `?operation=createLoopRecord&limit=100&${query}`,
      );
      expect(status).toBe(200);
      return body.items.map(({ subject }: Shown) => made.indexOf(subject.id)).reverse();
    };
    expect(await found('since=2026-03-10&until=2026-03-12')).toEqual([1, 2]);
    expect(await found('since=2026-03-10&until=2026-03-10')).toEqual([1]);
    expect(await found('until=2026-03-12')).toEqual([0, 1, 2]);
    expect(await found(`actor=${one.clientId}&until=2026-03-13`)).toEqual([0, 1, 3]);
    expect(await found(`actor=${other.clientId}`)).toEqual([2]);
    expect(await found('actor=nobody')).toEqual([]);
    // The trail is as it was.
    for (const [id, before] of moved.splice(0)) await move(id, before);
    for (const query of [
      "actor=x' or true --",
      'since=2026-02-30',
      'until=yesterday',
      'since=2026-03-12&until=2026-03-10',
    ])
      expect(refusalOf(await page(one.token, `?${query}`)), query).toEqual({
        status: 400,
        code: 'validation-failed',
      });
  });

  it('refuses a cursor that is none', async () => {
    for (const key of ['0', '-1', '1.5', '9'.repeat(16), 'x', '']) {
      const cursor = Buffer.from(key).toString('base64url');
      const refused = await page(admin, `?cursor=${cursor}`);
      expect(refusalOf(refused), key).toEqual({ status: 400, code: 'validation-failed' });
    }
  });
});

const chainColumns = `number::int as number, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "occurredAt",
  actor_kind as "actorKind", actor, organisations, purpose, request_id as "requestId", operation,
  subject_kind as "subjectKind", subject, outcome, counts::text as counts,
  encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash`;

const readChain = (database: OwnerAccess) =>
  database.query<ChainedEvent & Record<string, unknown>>(
    `select ${chainColumns} from audit_events order by number`,
  );

describe('the chain', () => {
  it('is whole: every hash is that of what its event says and of the hash before, without a gap', async () => {
    await service.database.query(
      "insert into spent_assertions values ('demo-trust', 'x', now() - interval '1 day')",
    );
    await service.scheduled();
    const events = await readChain(service.database);
    expect(events.length).toBeGreaterThan(50);
    let previous = '0'.repeat(64);
    for (const [index, event] of events.entries()) {
      expect(event.number).toBe(index + 1);
      expect(event.previousHash).toBe(previous);
      const lines = [
        String(event.number),
        event.occurredAt,
        event.actorKind,
        event.actor ?? '',
        event.organisations.join(','),
        event.purpose,
        event.requestId,
        event.operation,
        event.subjectKind ?? '',
        event.subject ?? '',
        event.outcome,
        event.counts ?? '',
        previous,
      ];
      previous = createHash('sha256').update(lines.join('\n'), 'utf8').digest('hex');
      expect(event.hash).toBe(previous);
    }
    expect(events.some(({ counts }) => counts !== null)).toBe(true);
    expect(await followChain(CHAIN_START, events)).toEqual({
      number: events.length,
      hash: previous,
    });
    // What a trust is shown holds the same hashes.
    const shown = await send(service, 'GET', '/v1/audit-events?limit=100', { token: admin });
    for (const { number, hash, previousHash } of shown.body.items)
      expect({ hash, previousHash }).toEqual({
        hash: events[number - 1]?.hash,
        previousHash: events[number - 1]?.previousHash,
      });
  });

  it('is broken by any change of any member of any event, at that event', async () => {
    const all = await readChain(service.database);
    const events = all.slice(-25);
    const before = all.at(-26) ?? CHAIN_START;
    expect(isBreak(await followChain(before, events))).toBe(false);
    const changes: ((event: ChainedEvent) => Partial<ChainedEvent>)[] = [
      () => ({ occurredAt: '2020-01-01T00:00:00Z' }),
      ({ occurredAt }) => ({ occurredAt: occurredAt.replace('Z', '.400000Z') }),
      () => ({ actorKind: 'operator' }),
      () => ({ actor: 'somebody-else' }),
      () => ({ actor: '' }),
      ({ organisations }) => ({ organisations: [...organisations, 'RV3'] }),
      () => ({ organisations: [] }),
      // The same text, and another answer to the question whose event it is.
      ({ organisations }) => ({ organisations: [organisations.join(','), ''].slice(0, 1) }),
      () => ({ purpose: 'retention' }),
      () => ({ requestId: randomUUID() }),
      () => ({ operation: 'listAuditEvents' }),
      () => ({ subjectKind: null }),
      () => ({ subject: randomUUID() }),
      () => ({ outcome: 'refused' }),
      () => ({ counts: '{"parts": 1}' }),
      ({ hash }) => ({ previousHash: hash }),
      ({ previousHash }) => ({ hash: previousHash }),
    ];
    for (const [place, event] of events.entries())
      for (const change of changes) {
        const changed = { ...event, ...change(event) };
        if (JSON.stringify(changed) === JSON.stringify(event)) continue;
        expect(
          await followChain(before, events.with(place, changed)),
          `${change} of ${JSON.stringify(event)}`,
        ).toMatchObject({ brokenAt: event.number });
      }
  });
});

describe('npm run verify-audit', () => {
  const root = resolve(import.meta.dirname, '../..');
  let url: string;
  let database: Database;
  let owner: OwnerAccess;
  const EVENT_COUNT = 2100;
  beforeAll(async () => {
    url = await createServerDatabase({ seeded: true });
    database = await openDatabase({ url });
    owner = ownerAccess(database);
    // More than two pages of them, of every kind, made as the database makes them.
    await owner.query(
      `select append_audit_event(case when n % 7 = 0 then 'schedule' else 'client' end,
         case when n % 7 <> 0 then 'client-' || n end, case n % 3 when 0 then '{}' when 1 then '{RHA}' else '{RHA,RV3}' end::text[],
         'moderation:write', gen_random_uuid(), 'decideOnText', case when n % 2 = 0 then 'text' end,
         case when n % 2 = 0 then gen_random_uuid()::text end, case when n % 5 = 0 then 'refused' else 'done' end,
         case when n % 7 = 0 then jsonb_build_object('usedReceipts', n, 'parts', 1) end)
       from generate_series(1, ${EVENT_COUNT}) as n`,
    );
    await owner.query('create table kept as select * from audit_events');
  });
  afterAll(() => database?.close());

  const run = async (
    args: string[] = [],
    environment: Record<string, string> = { DATABASE_URL: url },
  ): Promise<{ code: number; out: string; error: string }> => {
    const { DATABASE_URL: _, ...inherited } = process.env;
    const options = { cwd: root, env: { ...inherited, ...environment } };
    return promisify(execFile)(
      process.execPath,
      [join(root, 'db/verify-audit.ts'), ...args],
      options,
    ).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout.trim(), error: stderr.trim() }),
      ({ code, stdout, stderr }) => ({ code, out: stdout.trim(), error: stderr.trim() }),
    );
  };
  /** What a run says after the trail was tampered with; then it is as it was. */
  const runAfter = async (statements: string[], args: string[] = []) => {
    for (const statement of statements) await owner.query(statement);
    const result = await run(args);
    await owner.query('truncate audit_events');
    await owner.query('insert into audit_events select * from kept');
    return result;
  };
  const brokenAt = (number: number) => ({
    code: 1,
    out: '',
    error: expect.stringMatching(
      new RegExp(`^The audit trail is not whole at event ${number}: [^\\n]+\\.$`),
    ),
  });
  const lastHash = async () =>
    (
      await owner.query<{ hash: string }>(
        "select encode(hash, 'hex') as hash from kept order by number desc limit 1",
      )
    )[0]?.hash ?? '';

  it('says how many events there are, and the hash of the last', async () => {
    const whole = {
      code: 0,
      out: `${EVENT_COUNT} events, whole. The last: ${EVENT_COUNT}:${await lastHash()}`,
      error: '',
    };
    expect(await run()).toEqual(whole);
    expect(await run(['--since', `${EVENT_COUNT}:${await lastHash()}`])).toEqual(whole);
  });

  it.each<[string, string[], number]>([
    ['changed', ["update audit_events set actor = 'x' where number = 1500"], 1500],
    ['removed', ['delete from audit_events where number = 1001'], 1001],
    ['removed at the beginning', ['delete from audit_events where number <= 3'], 1],
    [
      'put in',
      [
        'update audit_events set number = number + 1000000 where number >= 40',
        'insert into audit_events select (jsonb_populate_record(a, jsonb_build_object($$number$$, 40))).* from audit_events a where number = 39',
        'update audit_events set number = number - 999999 where number > 1000000',
      ],
      40,
    ],
    [
      'put in before the first',
      [
        'insert into audit_events select (jsonb_populate_record(a, jsonb_build_object($$number$$, 0))).* from audit_events a where number = 1',
      ],
      1,
    ],
    [
      'moved',
      [
        'update audit_events set number = -1 where number = 2000',
        'update audit_events set number = 2000 where number = 2001',
        'update audit_events set number = 2001 where number = -1',
      ],
      2000,
    ],
  ])('finds an event that was %s', async (_, statements, number) => {
    expect(await runAfter(statements)).toEqual(brokenAt(number));
  });

  it('finds nothing wrong with events that were noted at the same time: they follow one another', async () => {
    const noted = Array.from({ length: 60 }, (_, index) =>
      owner.query(
        `select append_audit_event('client', $1, '{RHA}', 'moderation:write', gen_random_uuid(), 'decideOnText', null, null,
           'done', null)`,
        [`client-${index}`],
      ),
    );
    await Promise.all(noted);
    const { code, out } = await runAfter([]);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`^${EVENT_COUNT + 60} events, whole\\.`)),
    });
  });

  it('finds that the end was cut off, or that all was written anew, by what an earlier run said', async () => {
    const since = ['--since', `${EVENT_COUNT}:${await lastHash()}`];
    const cut = ['delete from audit_events where number > 2000'];
    expect(await runAfter(cut, since)).toEqual(brokenAt(2001));
    // Whoever may write anything can make a chain that is whole: only a note from before tells.
    const anew = [
      'truncate audit_events',
      `select append_audit_event('client', 'x', '{RHA}', 'x', gen_random_uuid(), 'x', null, null, 'done', null)
       from generate_series(1, ${EVENT_COUNT + 10})`,
    ];
    expect(await runAfter(anew, since)).toEqual(brokenAt(EVENT_COUNT));
    expect((await run(since)).code).toBe(0);
  });

  it('says in one sentence what it cannot do', async () => {
    expect(await run([], {})).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^Set DATABASE_URL/),
    });
    expect(await run(['--since', '12'])).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^--since takes what an earlier run printed last/),
    });
  });
});
