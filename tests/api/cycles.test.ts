import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experienceCycleId, workingTogetherCycleId } from '../../dev/demo.ts';
import { urgentHelp } from '../../domain/urgent-help.ts';
import { phases } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import {
  createCycle,
  createStandardSet,
  dateIn,
  dateTimeIn,
  moveCycle,
  newCycle,
  openCycle,
  registerClient,
  signIn,
  submission,
} from './support/things.ts';

let service: Service;
let trustStaff: string;
beforeAll(async () => {
  service = await startService();
  // Staff of one trust, where the demo administrator is of all of them.
  const client = await registerClient(service, {
    organisations: ['RV3'],
    scopes: ['cycles:write'],
    key: service.client('demo-trust-two').privateJwk,
  });
  trustStaff = await signIn(service, client);
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const create = (changes: Record<string, unknown> = {}) =>
  send(service, 'POST', '/v1/cycles', { ...staff, body: newCycle(changes) });
const read = (id: string, options: Parameters<typeof send>[3] = {}) =>
  send(service, 'GET', `/v1/cycles/${id}`, options);
const change = (id: string, version: number, body: unknown, token?: string) =>
  send(service, 'PATCH', `/v1/cycles/${id}`, {
    ...(token === undefined ? staff : { token }),
    headers: { 'if-match': `W/"${version}"` },
    body,
  });
const move = (id: string, to: string, options: Parameters<typeof send>[3] = staff) =>
  send(service, 'POST', `/v1/cycles/${id}/transitions`, { ...options, body: { to } });
const release = (id: string) =>
  service.database.query(
    'update cycles set released_at = now(), version = version + 1 where id = $1',
    [id],
  );

const notFound = { status: 404, code: 'not-found' };
const forbidden = { status: 403, code: 'forbidden' };
const wrongPhase = { status: 409, code: 'wrong-phase' };
const stale = { status: 412, code: 'precondition-failed' };
const invalid = { status: 400, code: 'validation-failed' };

describe('a new cycle', () => {
  it('is a draft that says again what was sent, with names and the standard set in full', async () => {
    const body = newCycle({ organisations: ['RHA', 'RV3'] });
    const made = await send(service, 'POST', '/v1/cycles', { ...staff, body });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/v1/cycles/${made.body.id}`);
    expect(made.headers.get('etag')).toBe('W/"1"');
    expect(made.body).toEqual({
      ...body,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      version: 1,
      phase: 'draft',
      retentionDays: 365,
      aboutThisEvaluation: null,
      equalityTable: false,
      legalHold: false,
      organisationNames: [
        { odsCode: 'RHA', name: 'Nottinghamshire Healthcare NHS Foundation Trust' },
        { odsCode: 'RV3', name: 'Central and North West London NHS Foundation Trust' },
      ],
      standardSet: {
        id: 'fft',
        version: 1,
        title: 'Friends and Family Test',
        scale: {
          min: 1,
          max: 5,
          labels: ['Very poor', 'Poor', 'Neither good nor poor', 'Good', 'Very good'],
        },
        standards: [
          {
            code: 'overall-experience',
            title: 'Overall, how was your experience of our service?',
            statement: expect.any(String),
          },
        ],
      },
      urgentHelp: [...urgentHelp],
      anonymityStatement: {
        href: `/v1/cycles/${made.body.id}/anonymity-statement`,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect((await read(made.body.id, staff)).body).toEqual(made.body);
  });

  it('has defaults for what may be left out', async () => {
    const { questions, services, disclosurePolicy, lookAgainOn, ...needed } = newCycle();
    const made = await send(service, 'POST', '/v1/cycles', { ...staff, body: needed });
    expect(made.body).toMatchObject({
      questions: [],
      services: [],
      disclosurePolicy: { threshold: 10, roundTo: 5 },
      lookAgainOn: null,
    });
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an unknown standard set', { standardSet: { id: 'x', version: 1 } }, ['/standardSet']],
    ['an unknown version of a set', { standardSet: { id: 'fft', version: 9 } }, ['/standardSet']],
    [
      'a threshold below five',
      { disclosurePolicy: { threshold: 4, roundTo: 5 } },
      ['/disclosurePolicy/threshold'],
    ],
    ['a window that is turned round', { closesAt: dateTimeIn(-2) }, ['/closesAt']],
    [
      'a service of an organisation that takes no part',
      { services: [{ odsCode: 'RV3', code: 'a', name: 'A' }] },
      ['/services/0/odsCode'],
    ],
    ['no organisation', { organisations: [], services: [] }, ['/organisations']],
    ['an organisation twice', { organisations: ['RHA', 'rha'] }, ['/organisations']],
    ['no channel', { channels: [] }, ['/channels']],
    ['an unknown perspective', { perspectives: ['visitor'] }, ['/perspectives/0']],
    ['a member that is not known', { openAt: dateTimeIn(1) }, ['/openAt']],
    ['a time with a zone of its own', { opensAt: '2026-11-01T00:00:00+01:00' }, ['/opensAt']],
    ['a time before there was a calendar', { opensAt: '0000-01-01T00:00:00Z' }, ['/opensAt']],
    ['a day before there was a calendar', { lookAgainOn: '0000-01-01' }, ['/lookAgainOn']],
    [
      'a version of a set that no counter reaches',
      { standardSet: { id: 'fft', version: 9_007_199_254_740_991 } },
      ['/standardSet/version'],
    ],
  ])('is refused with %s, pointing at it', async (_, changes, pointers) => {
    const refused = await create(changes);
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(pointers);
  });

  it('drops a fraction of a second, which many clients write, where it is sent and not later', async () => {
    const made = await create({ opensAt: '2026-11-01T00:00:00.567Z' });
    expect(made.body.opensAt).toBe('2026-11-01T00:00:00Z');
    const [row] = await service.database.query(
      "select date_part('milliseconds', opens_at) as milliseconds from cycles where id = $1",
      [made.body.id],
    );
    expect(Number(row?.milliseconds)).toBe(0);
  });

  it('is refused on a version of a standard set that is not published', async () => {
    const set = await createStandardSet(service);
    const refused = await create({ standardSet: { id: set.id, version: 1 } });
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(['/standardSet']);
  });

  it('is refused for an organisation that the client is not registered for, known or not', async () => {
    for (const organisations of [['RHA'], ['RV3', 'RHA'], ['XYZ']]) {
      const body = newCycle({ organisations, services: [] });
      const refused = await send(service, 'POST', '/v1/cycles', { token: trustStaff, body });
      expect(refusalOf(refused)).toEqual(forbidden);
    }
  });

  it('is refused for an organisation that is not known, though a client is registered for it', async () => {
    const { privateJwk } = service.client('demo-trust-two');
    const scopes = ['cycles:write'];
    const client = await registerClient(service, { scopes, key: privateJwk });
    await service.database.query(
      "update api_clients set organisations = '{RHA,ZZZ}' where client_id = $1",
      [client.clientId],
    );
    const refused = await send(service, 'POST', '/v1/cycles', {
      token: await signIn(service, client),
      body: newCycle({ organisations: ['RHA', 'ZZZ'] }),
    });
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(['/organisations/1']);
  });
});

describe('a draft', () => {
  let draft: Shown;
  beforeAll(async () => {
    draft = await createCycle(service);
  });

  it.each([
    ['the public', {}],
    ['a client without the scope', { as: 'demo-trust' }],
  ])('does not exist for %s', async (_, who) => {
    for (const path of [`/v1/cycles/${draft.id}`, `/v1/cycles/${draft.id}/anonymity-statement`])
      expect(refusalOf(await send(service, 'GET', path, who))).toEqual(notFound);
    const { body } = await send(service, 'GET', '/v1/cycles?limit=100&phase=draft', who);
    expect(body.items).toEqual([]);
  });

  it('does not exist for staff of another organisation, whatever they try', async () => {
    const who = { token: trustStaff };
    expect(refusalOf(await read(draft.id, who))).toEqual(notFound);
    expect(refusalOf(await change(draft.id, 1, { title: 'Mine' }, trustStaff))).toEqual(notFound);
    expect(refusalOf(await move(draft.id, 'open', who))).toEqual(notFound);
    const { body } = await send(service, 'GET', '/v1/cycles?limit=100&phase=draft', who);
    expect(body.items.map(({ id }: Shown) => id)).not.toContain(draft.id);
  });

  it('is found by staff of its organisation, in the list too', async () => {
    expect((await read(draft.id, staff)).status).toBe(200);
    const { body } = await send(service, 'GET', '/v1/cycles?limit=100&phase=draft', staff);
    expect(body.items.map(({ id }: Shown) => id)).toContain(draft.id);
  });

  it('can be changed in every member, and its statement follows', async () => {
    const changes = {
      title: 'Another title',
      organisations: ['RHA', 'RV3'],
      standardSet: { id: '4pi', version: 1 },
      perspectives: ['staff'],
      questions: [],
      services: [{ odsCode: 'RV3', code: 'ward', name: 'Ward' }],
      channels: ['public'],
      opensAt: dateTimeIn(1),
      closesAt: dateTimeIn(2),
      disclosurePolicy: { threshold: 5, roundTo: 1 },
      lookAgainOn: null,
    };
    const changed = await change(draft.id, draft.version, changes);
    expect(changed.status, changed.text).toBe(200);
    const { standardSet, ...rest } = changes;
    expect(changed.body).toMatchObject({ ...rest, version: 2, phase: 'draft' });
    expect(changed.body.standardSet).toMatchObject(standardSet);
    expect(changed.headers.get('etag')).toBe('W/"2"');
    expect(changed.body.anonymityStatement.sha256).not.toBe(draft.anonymityStatement.sha256);
    expect((await read(draft.id, staff)).body).toEqual(changed.body);
  });

  it('is checked as a whole when it changes', async () => {
    const { id } = await createCycle(service);
    const refused = await change(id, 1, { closesAt: dateTimeIn(-5) });
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(['/closesAt']);
    expect(refusalOf(await change(id, 1, { organisations: ['RV3'] }))).toEqual(invalid);
    expect(refusalOf(await change(id, 1, { standardSet: { id: 'x', version: 1 } }))).toEqual(
      invalid,
    );
  });

  it('cannot be given to an organisation that the client is not registered for', async () => {
    const body = newCycle({ organisations: ['RV3'], services: [] });
    const own = await send(service, 'POST', '/v1/cycles', { token: trustStaff, body });
    expect(own.status).toBe(201);
    const refused = await change(own.body.id, 1, { organisations: ['RV3', 'RHA'] }, trustStaff);
    expect(refusalOf(refused)).toEqual(forbidden);
  });
});

describe('a change of a cycle', () => {
  it('needs the version that was read', async () => {
    const { id } = await createCycle(service);
    const body = { title: 'Another title' };
    const without = await send(service, 'PATCH', `/v1/cycles/${id}`, { ...staff, body });
    expect(refusalOf(without)).toEqual({ status: 428, code: 'precondition-required' });
    expect(refusalOf(await change(id, 7, body))).toEqual(stale);
    expect((await change(id, 1, body)).status).toBe(200);
    expect(refusalOf(await change(id, 1, body))).toEqual(stale);
  });

  it('of two at once, one wins and the other is told', async () => {
    const { id } = await createCycle(service);
    const sent = await Promise.all(['One', 'Two'].map((title) => change(id, 1, { title })));
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = sent.find(({ status }) => status === 200);
    expect((await read(id, staff)).body.title).toBe(winner?.body.title);
  });

  it('made by another instance meanwhile is not overwritten', async () => {
    const { id } = await createCycle(service);
    await service.database.query(
      "update cycles set title = 'Theirs', version = version + 1 where id = $1",
      [id],
    );
    expect(refusalOf(await change(id, 1, { title: 'Mine' }))).toEqual(stale);
    expect((await change(id, 2, { title: 'Mine' })).status).toBe(200);
  });

  it('of a public cycle is refused to staff of another organisation, and to other scopes', async () => {
    const { id, version } = await openCycle(service);
    expect(refusalOf(await change(id, version, { title: 'x' }, trustStaff))).toEqual(forbidden);
    const token = await service.token('demo-trust');
    expect(refusalOf(await change(id, version, { title: 'x' }, token))).toEqual(forbidden);
  });
});

describe('once a cycle is open', () => {
  let cycle: Shown;
  beforeAll(async () => {
    cycle = await openCycle(service);
  });

  it.each<[string, unknown]>([
    ['title', 'Another title'],
    ['organisations', ['RHA', 'RV3']],
    ['standardSet', { id: '4pi', version: 1 }],
    ['perspectives', ['service_user']],
    ['questions', []],
    ['services', []],
    ['channels', ['trust']],
    ['opensAt', dateTimeIn(-2)],
    ['closesAt', dateTimeIn(31)],
    ['lookAgainOn', dateIn(61)],
    ['aboutThisEvaluation', { id: 'about-this-evaluation', version: 1 }],
    ['equalityTable', true],
    ['disclosurePolicy', { threshold: 9, roundTo: 5 }],
    ['disclosurePolicy', { threshold: 10, roundTo: 1 }],
    ['disclosurePolicy', { threshold: 15, roundTo: 10 }],
  ])('%s cannot change to %j', async (member, value) => {
    expect(refusalOf(await change(cycle.id, cycle.version, { [member]: value }))).toEqual(
      wrongPhase,
    );
    expect((await read(cycle.id, staff)).body).toEqual(cycle);
  });

  it('the threshold can go up, also after it closed, and never down again; the statement stays', async () => {
    const { id, version, anonymityStatement } = await openCycle(service);
    const to = (threshold: number) => ({ disclosurePolicy: { threshold, roundTo: 5 } });
    const raised = await change(id, version, to(12));
    expect(raised).toMatchObject({ status: 200, body: { ...to(12), anonymityStatement } });
    expect(refusalOf(await change(id, version + 1, to(11)))).toEqual(wrongPhase);
    await moveCycle(service, id, 'closed');
    expect((await change(id, version + 2, to(15))).status).toBe(200);
    expect(refusalOf(await change(id, version + 3, to(10)))).toEqual(wrongPhase);
    await release(id);
    expect(refusalOf(await change(id, version + 4, to(20)))).toEqual(wrongPhase);
  });

  it('by the clock alone, it is frozen too', async () => {
    const { id } = await createCycle(service, { opensAt: dateTimeIn(1) });
    await moveCycle(service, id, 'scheduled');
    // Time passes, while this instance remembers the cycle as scheduled.
    await service.database.query(
      "update cycles set opens_at = now() - interval '1 s' where id = $1",
      [id],
    );
    expect(refusalOf(await change(id, 2, { title: 'Another title' }))).toEqual(wrongPhase);
  });

  it('its window is to the second what everybody was shown, whatever is changed later', async () => {
    const window = 'select opens_at, closes_at from cycles where id = $1';
    const { id, version } = await openCycle(service);
    const before = await service.database.query(window, [id]);
    await change(id, version, { disclosurePolicy: { threshold: 30, roundTo: 5 } });
    expect(await service.database.query(window, [id])).toEqual(before);
  });
});

describe('a transition', () => {
  const make: Record<(typeof phases)[number], () => Promise<Shown>> = {
    draft: () => createCycle(service, { opensAt: dateTimeIn(1) }),
    scheduled: async () => moveCycle(service, (await make.draft()).id, 'scheduled'),
    open: () => openCycle(service),
    closed: async () => moveCycle(service, (await make.open()).id, 'closed'),
    released: async () => {
      const cycle = await make.closed();
      await release(cycle.id);
      return { ...cycle, version: cycle.version + 1 };
    },
  };
  const allowed = ['draft scheduled', 'draft open', 'scheduled open', 'open closed'];
  const cases = phases.flatMap((from) =>
    ['scheduled', 'open', 'closed'].map((to) => [from, to] as const),
  );

  it.each(cases)('from %s to %s is as the rule says', async (from, to) => {
    const cycle = await make[from]();
    expect((await read(cycle.id, staff)).body.phase).toBe(from);
    const moved = await move(cycle.id, to);
    if (allowed.includes(`${from} ${to}`)) {
      expect(moved).toMatchObject({ status: 200, body: { phase: to, version: cycle.version + 1 } });
      expect(moved.headers.get('etag')).toBe(`W/"${cycle.version + 1}"`);
      expect((await read(cycle.id, staff)).body).toEqual(moved.body);
    } else expect(refusalOf(moved)).toEqual(wrongPhase);
  });

  it('to scheduled is refused when opensAt has passed, and to open when closesAt has', async () => {
    const past = await createCycle(service, { opensAt: dateTimeIn(-3), closesAt: dateTimeIn(-1) });
    expect(refusalOf(await move(past.id, 'scheduled'))).toEqual(wrongPhase);
    expect(refusalOf(await move(past.id, 'open'))).toEqual(wrongPhase);
  });

  it('holds an If-Match that is sent against the version', async () => {
    const { id } = await createCycle(service);
    const withVersion = (version: number) => ({
      ...staff,
      headers: { 'if-match': `W/"${version}"` },
    });
    expect(refusalOf(await move(id, 'open', withVersion(2)))).toEqual(stale);
    expect((await move(id, 'open', withVersion(1))).status).toBe(200);
  });

  it('that another instance made is not undone by what this one remembers', async () => {
    const { id } = await openCycle(service);
    await service.database.query(
      "update cycles set closes_at = date_trunc('second', now()), version = version + 1 where id = $1",
      [id],
    );
    expect(refusalOf(await move(id, 'closed'))).toEqual(wrongPhase);
  });

  it('of many at once is made once', async () => {
    const { id } = await createCycle(service);
    const sent = await Promise.all(Array.from({ length: 5 }, () => move(id, 'open')));
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await read(id, staff)).body).toMatchObject({ phase: 'open', version: 2 });
  });
});

describe('the anonymity statement', () => {
  const statementOf = async (id: string) =>
    (await send(service, 'GET', `/v1/cycles/${id}/anonymity-statement`, staff)).body;

  it('has the digest that it says, the cycle shows, and a submission is answered with', async () => {
    const { id, anonymityStatement } = await openCycle(service);
    const { statement, sha256, cycleId } = await statementOf(id);
    expect(cycleId).toBe(id);
    expect(createHash('sha256').update(statement, 'utf8').digest('hex')).toBe(sha256);
    expect(anonymityStatement.sha256).toBe(sha256);
    const sent = await send(service, 'POST', `/v1/cycles/${id}/submissions`, {
      body: submission(),
    });
    expect(sent.body.anonymityStatement).toEqual({ sha256 });
    expect(JSON.parse(statement)).toMatchObject({ cycleId: id, publication: { threshold: 10 } });
  });

  it('is frozen at opening: closing and raising the threshold leave it as people were shown it', async () => {
    const { id, version } = await openCycle(service);
    const shown = await statementOf(id);
    await change(id, version, { disclosurePolicy: { threshold: 20, roundTo: 5 } });
    expect(await statementOf(id)).toEqual(shown);
    await moveCycle(service, id, 'closed');
    expect(await statementOf(id)).toEqual(shown);
  });
});

describe('reading a cycle', () => {
  it('with a token of staff gives the weak ETag and is never kept', async () => {
    const { id, version } = await openCycle(service);
    const { headers } = await read(id, staff);
    expect(headers.get('etag')).toBe(`W/"${version}"`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('vary')).toContain('Authorization');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('without one gives a strong ETag, may be kept, and answers 304 to it', async () => {
    const { id } = await openCycle(service);
    const first = await read(id);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(first.headers.get('vary')).toContain('Authorization');
    expect(first.headers.get('access-control-allow-origin')).toBe('*');
    for (const ifNoneMatch of [etag, `"x", W/${etag}`, '*']) {
      const again = await read(id, { headers: { 'if-none-match': ifNoneMatch } });
      expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
      expect(again.headers.get('etag')).toBe(etag);
    }
    await moveCycle(service, id, 'closed');
    const changed = await read(id, { headers: { 'if-none-match': etag } });
    expect(changed).toMatchObject({ status: 200, body: { phase: 'closed' } });
  });

  it('with a bad token is refused, not answered as to the public', async () => {
    expect(refusalOf(await read(experienceCycleId, { token: 'x.y.z' })).status).toBe(401);
  });
});

describe('the list of cycles', () => {
  const list = async (query: string, options: Parameters<typeof send>[3] = {}) =>
    (await send(service, 'GET', `/v1/cycles?${query}`, options)).body;

  /** Follows `next` to the end. */
  async function pages(query: string, options: Parameters<typeof send>[3] = {}) {
    const items: Shown[] = [];
    const cursors: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Shown = await list(`${query}${next && `&cursor=${next}`}`, options);
      items.push(...page.items);
      next = page.next;
      if (next !== null) cursors.push(next);
    }
    return { items, cursors };
  }

  it('visits each once, page by page, by cursors that are random ids and nothing else', async () => {
    const whole = await list('limit=100', staff);
    expect(whole.next).toBeNull();
    const { items, cursors } = await pages('limit=3', staff);
    expect(items).toEqual(whole.items);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(cursors).toEqual(
      items
        .filter((_, index) => index % 3 === 2 && index < items.length - 1)
        .map(({ id }) => Buffer.from(id).toString('base64url')),
    );
    for (const { id } of items) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });

  it('is the same rule for phases as the clock’s, for each of them', async () => {
    const all = (await pages('limit=100', staff)).items;
    for (const phase of phases) {
      const { items } = await pages(`limit=100&phase=${phase}`, staff);
      expect(items.length, phase).toBeGreaterThan(0);
      expect(items).toEqual(all.filter((cycle) => cycle.phase === phase));
    }
  });

  it('is narrowed to an organisation', async () => {
    const { items } = await pages('organisation=rv3');
    expect(items.map(({ id }) => id)).toContain(workingTogetherCycleId);
    expect(items.map(({ id }) => id)).not.toContain(experienceCycleId);
    for (const { organisations } of items) expect(organisations).toContain('RV3');
  });

  it.each(['x', '', Buffer.from('-'.repeat(36)).toString('base64url'), 'AAAA', '%00', '!!'])(
    'refuses the cursor "%s", which it never gave',
    async (cursor) => {
      const refused = await send(service, 'GET', `/v1/cycles?cursor=${cursor}`);
      expect(refusalOf(refused)).toEqual(invalid);
      expect(pointersOf(refused)).toEqual(['/cursor']);
    },
  );

  it.each(['limit=0', 'limit=101', 'limit=x', 'phase=shut', 'organisation=!', 'order=opensAt'])(
    'refuses %s',
    async (query) => {
      expect(refusalOf(await send(service, 'GET', `/v1/cycles?${query}`))).toEqual(invalid);
    },
  );
});
