import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  experienceCycleId,
  quietPlaceLoopRecordId,
  workingTogetherCycleId,
} from '../../dev/demo.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import {
  createCycle,
  createLoopRecord,
  dateIn,
  newLoopRecord,
  publishLoopRecord,
  registerClient,
  signIn,
} from './support/things.ts';

// A real PostgreSQL: two editors must meet each other there.
let service: Service;
let trustStaff: string;
beforeAll(async () => {
  service = await startService({ database: 'server' });
  const client = await registerClient(service, {
    organisations: ['RV3'],
    scopes: ['loop:write'],
    key: service.client('demo-trust-two').privateJwk,
  });
  trustStaff = await signIn(service, client);
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const read = (id: string, options: Parameters<typeof send>[3] = {}) =>
  send(service, 'GET', `/v1/loop-records/${id}`, options);
const change = (id: string, version: number, body: unknown, token?: string) =>
  send(service, 'PATCH', `/v1/loop-records/${id}`, {
    ...(token === undefined ? staff : { token }),
    headers: { 'if-match': `W/"${version}"` },
    body,
  });
const publication = (
  method: 'PUT' | 'DELETE',
  id: string,
  options: Parameters<typeof send>[3] = staff,
) => send(service, method, `/v1/loop-records/${id}/publication`, options);
const create = (changes: Record<string, unknown>, options: Parameters<typeof send>[3] = staff) =>
  send(service, 'POST', '/v1/loop-records', { ...options, body: newLoopRecord(changes) });

const gone = { status: 410, code: 'gone' };
const notFound = { status: 404, code: 'not-found' };
const forbidden = { status: 403, code: 'forbidden' };
const stale = { status: 412, code: 'precondition-failed' };
const invalid = { status: 400, code: 'validation-failed' };
const planned = { status: 'planned', text: 'There will be a quiet room.' };

describe('where a record belongs', () => {
  it('can change while it is a draft and stays once it was published, whatever else changes', async () => {
    const { id } = await createLoopRecord(service);
    const moved = await change(id, 1, { cycle: experienceCycleId });
    expect(moved.body, moved.text).toMatchObject({ version: 2, cycle: experienceCycleId });
    await publication('PUT', id);
    for (const cycle of [null, workingTogetherCycleId]) {
      const refused = await change(id, 2, { cycle });
      expect(refusalOf(refused)).toEqual(invalid);
      expect(pointersOf(refused)).toEqual(['/cycle']);
    }
    const changed = await change(id, 2, { cycle: experienceCycleId, title: 'The same' });
    expect(changed.body.version).toBe(3);
  });
});

describe('a new loop record', () => {
  it('is a draft in the shape of the contract', async () => {
    const body = newLoopRecord({ cycle: experienceCycleId });
    const made = await send(service, 'POST', '/v1/loop-records', { ...staff, body });
    expect(made.status, made.text).toBe(201);
    expect(made.headers.get('location')).toBe(`/v1/loop-records/${made.body.id}`);
    expect(made.headers.get('etag')).toBe('W/"1"');
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      version: 1,
      organisation: 'RHA',
      cycle: experienceCycleId,
      title: 'Somewhere quiet to sit',
      youSaid: {
        text: 'The waiting room is loud.',
        theme: null,
        enquiryCategory: null,
        standards: [],
        perspectives: [],
        strength: null,
        themes: [],
      },
      weDid: {
        status: 'planned',
        text: 'There will be a quiet room.',
        reason: null,
        owner: null,
        dueOn: dateIn(30),
        completedOn: null,
        overdue: false,
        milestones: [],
        evidence: [],
      },
      difference: null,
      lookAgainOn: null,
      confirmations: {
        ...{ suppressed: true, yes: null, partly: null, no: null, tooSoon: null },
        byPerspective: [],
      },
      contested: false,
      publishedAt: null,
      publishedVersion: null,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it('is of the only organisation of its client, unless it names one', async () => {
    const made = await create({ organisation: undefined }, { token: trustStaff });
    expect(made.body.organisation).toBe('RV3');
    const refused = await create({ organisation: undefined });
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(['/organisation']);
  });

  it('of another organisation is refused', async () => {
    expect(refusalOf(await create({ organisation: 'RHA' }, { token: trustStaff }))).toEqual(
      forbidden,
    );
  });

  it('answers only a cycle in which its organisation takes part, and no draft', async () => {
    const draft = await createCycle(service);
    for (const [organisation, cycle] of [
      ['RV3', experienceCycleId],
      ['RHA', draft.id],
      ['RHA', '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10'],
    ]) {
      const refused = await create({ organisation, cycle });
      expect(refusalOf(refused)).toEqual(invalid);
      expect(pointersOf(refused)).toEqual(['/cycle']);
    }
  });

  const weDid = (changes: Record<string, unknown>) => ({ weDid: { ...planned, ...changes } });
  const evidence = (href: string) => weDid({ evidence: [{ title: 'Photo', href }] });
  it.each<[string, Record<string, unknown>, string[]]>([
    ['no without a reason', weDid({ status: 'cannot_do' }), ['/weDid/reason']],
    ['no with a blank reason', weDid({ status: 'cannot_do', reason: ' ' }), ['/weDid/reason']],
    ['no longer needed without a reason', weDid({ status: 'no_longer_needed' }), ['/weDid/reason']],
    ['done without what changed', { weDid: { status: 'done' } }, ['/weDid/text']],
    ['an unknown status', { weDid: { status: 'soon' } }, ['/weDid/status']],
    ['a count instead of a band', { youSaid: { text: 'x', strength: 12 } }, ['/youSaid/strength']],
    ['evidence that is no https', evidence('javascript:alert(1)'), ['/weDid/evidence/0/href']],
    ['evidence with a NUL', evidence('https://example.org/\u0000'), ['/weDid/evidence/0/href']],
    [
      'evidence with half a character',
      evidence('https://example.org/\ud800'),
      ['/weDid/evidence/0/href'],
    ],
    ['a day that is none', { lookAgainOn: '2027-02-30' }, ['/lookAgainOn']],
    ['a day before there was a calendar', { lookAgainOn: '0000-01-01' }, ['/lookAgainOn']],
    ['an unknown member', { status: 'done' }, ['/status']],
  ])('that says %s is refused, pointing at it', async (_, changes, pointers) => {
    const refused = await create(changes);
    expect(refusalOf(refused)).toEqual(invalid);
    expect([...new Set(pointersOf(refused))]).toEqual(pointers);
  });

  it.each([
    ['cannot_do', { reason: 'There is no money for it this year.' }],
    ['no_longer_needed', { reason: 'The ward has moved.' }],
    ['done', { text: 'The room is open.' }],
  ])('may say %s with what it owes', async (status, more) => {
    expect((await create({ weDid: { status, ...more } })).status).toBe(201);
  });
});

describe('what the public reads', () => {
  it('is nothing of a draft, neither alone nor in the list', async () => {
    const { id } = await createLoopRecord(service);
    expect(refusalOf(await read(id))).toEqual(notFound);
    expect(refusalOf(await read(id, { as: 'demo-trust' }))).toEqual(notFound);
    expect(refusalOf(await read(id, { token: trustStaff }))).toEqual(notFound);
    const { body } = await send(service, 'GET', '/v1/loop-records?limit=100');
    expect(body.items.map((item: Shown) => item.id)).not.toContain(id);
    expect((await read(id, staff)).status).toBe(200);
  });

  it('is what was published, until a change is published too', async () => {
    const published = await publishLoopRecord(service);
    const { id } = published;
    expect((await read(id)).body).toEqual(published);
    expect(published).toMatchObject({ version: 1, publishedAt: expect.any(String) });

    const changed = await change(id, 1, {
      title: 'A quiet room',
      weDid: { owner: 'Ward manager' },
    });
    expect(changed.body).toMatchObject({
      ...{ version: 2, publishedVersion: 1 },
      title: 'A quiet room',
    });
    expect((await read(id)).body).toEqual(published);
    expect((await read(id, staff)).body.title).toBe('A quiet room');

    const again = await publication('PUT', id);
    expect(again).toMatchObject({
      status: 200,
      body: { version: 2, publishedVersion: 2, title: 'A quiet room' },
    });
    expect((await read(id)).body).toEqual(again.body);
    expect(again.body.publishedAt).toBe(published.publishedAt);
  });

  it('keeps every version that was published, as it was', async () => {
    const { id } = await publishLoopRecord(service);
    for (const [version, title] of [
      [1, 'Two'],
      [2, 'Three'],
      [3, 'Four'],
    ] as const) {
      await change(id, version, { title });
      if (title !== 'Three') await publication('PUT', id);
    }
    const kept = await service.database.query(
      'select version, title from loop_record_publications where record_id = $1 order by version',
      [id],
    );
    expect(kept).toEqual([
      { version: 1, title: 'Somewhere quiet to sit' },
      { version: 2, title: 'Two' },
      { version: 4, title: 'Four' },
    ]);
  });

  it('does not change by publishing the same version twice', async () => {
    const published = await publishLoopRecord(service);
    const again = await publication('PUT', published.id);
    expect(again).toMatchObject({ status: 200, body: published });
  });

  it('may be kept, has a strong ETag and answers 304; what staff read is never kept', async () => {
    const { id } = await publishLoopRecord(service);
    const first = await read(id);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect((await read(id, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const own = await read(id, staff);
    expect(own.headers.get('etag')).toBe('W/"1"');
    expect(own.headers.get('cache-control')).toBe('no-store');
  });

  it('says by itself that a promise is overdue, once its date has passed', async () => {
    const due = (days: number) => ({ weDid: { ...planned, dueOn: dateIn(days) } });
    const late = await publishLoopRecord(service, due(-1));
    const today = await publishLoopRecord(service, due(0));
    expect((await read(late.id)).body.weDid.overdue).toBe(true);
    expect((await read(today.id)).body.weDid.overdue).toBe(false);
    // Nobody touches the record; a day passes.
    await service.database.query(
      `update loop_record_publications set we_did = jsonb_set(we_did, '{dueOn}', to_jsonb($2::text))
       where record_id = $1`,
      [today.id, dateIn(-1)],
    );
    expect((await read(today.id)).body.weDid.overdue).toBe(true);

    await change(late.id, 1, { weDid: { status: 'done', text: 'It is open.' } });
    await publication('PUT', late.id);
    expect((await read(late.id)).body.weDid.overdue).toBe(false);
  });
});

describe('a record that is withdrawn', () => {
  let id: string;
  beforeAll(async () => {
    ({ id } = await publishLoopRecord(service));
    expect((await publication('DELETE', id)).status).toBe(204);
  });

  it.each([
    ['the public', {}],
    ['its staff', { as: 'demo-admin' }],
    ['other clients', { as: 'demo-trust' }],
  ])('is gone for %s', async (_, who) => {
    expect(refusalOf(await read(id, who))).toEqual(gone);
    const { body } = await send(service, 'GET', '/v1/loop-records?limit=100', who);
    expect(body.items.map((item: Shown) => item.id)).not.toContain(id);
  });

  it('is gone for staff of another organisation', async () => {
    expect(refusalOf(await read(id, { token: trustStaff }))).toEqual(gone);
  });

  it('can be neither changed, nor published, nor withdrawn again', async () => {
    expect(refusalOf(await change(id, 1, { title: 'x' }))).toEqual(gone);
    expect(refusalOf(await publication('PUT', id))).toEqual(gone);
    expect(refusalOf(await publication('DELETE', id))).toEqual(gone);
    expect(refusalOf(await read(id))).toEqual(gone);
  });

  it('is not changed by what another instance remembers', async () => {
    const other = await publishLoopRecord(service);
    await service.database.query('update loop_records set withdrawn_at = now() where id = $1', [
      other.id,
    ]);
    expect(refusalOf(await change(other.id, 1, { title: 'x' }))).toEqual(gone);
    expect(refusalOf(await publication('PUT', other.id))).toEqual(gone);
  });

  it('was published before: a draft cannot be withdrawn', async () => {
    const draft = await createLoopRecord(service);
    expect(refusalOf(await publication('DELETE', draft.id))).toEqual(notFound);
  });
});

describe('of two editors', () => {
  it('one wins and the other is told that the record has changed', async () => {
    const { id } = await createLoopRecord(service);
    const titles = Array.from({ length: 8 }, (_, index) => `Title ${index}`);
    const sent = await Promise.all(titles.map((title) => change(id, 1, { title })));
    const won = sent.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const lost of sent.filter(({ status }) => status !== 200))
      expect(refusalOf(lost)).toEqual(stale);
    expect((await read(id, staff)).body).toMatchObject({ version: 2, title: won[0]?.body.title });
  });

  it('the one who publishes what somebody else has changed meanwhile is told', async () => {
    const { id } = await createLoopRecord(service);
    await change(id, 1, { title: 'Another title' });
    const withVersion = (version: number) => ({
      ...staff,
      headers: { 'if-match': `W/"${version}"` },
    });
    expect(refusalOf(await publication('PUT', id, withVersion(1)))).toEqual(stale);
    expect(refusalOf(await read(id))).toEqual(notFound);
    expect((await publication('PUT', id, withVersion(2))).status).toBe(200);
    expect(refusalOf(await publication('DELETE', id, withVersion(1)))).toEqual(stale);
    expect((await read(id)).status).toBe(200);
  });

  it('who says no version changes nothing', async () => {
    const { id } = await createLoopRecord(service);
    const refused = await send(service, 'PATCH', `/v1/loop-records/${id}`, {
      ...staff,
      body: { title: 'x' },
    });
    expect(refusalOf(refused)).toEqual({ status: 428, code: 'precondition-required' });
  });
});

describe('a change', () => {
  it('replaces the members that are given, also within youSaid and weDid, and no others', async () => {
    const made = await createLoopRecord(service, {
      cycle: experienceCycleId,
      difference: 'None yet.',
    });
    const milestones = [{ on: dateIn(10), text: 'Choose the chairs' }];
    const changed = await change(made.id, 1, {
      youSaid: { strength: 'many' },
      weDid: { milestones },
      difference: null,
    });
    expect(changed.body).toEqual({
      ...made,
      version: 2,
      youSaid: { ...made.youSaid, strength: 'many' },
      weDid: { ...made.weDid, milestones },
      difference: null,
      updatedAt: expect.any(String),
    });
  });

  it('takes back a weDid as it was read, and works out for itself what is overdue', async () => {
    const { id } = await createLoopRecord(service, { weDid: { ...planned, dueOn: dateIn(9) } });
    const { weDid } = (await read(id, staff)).body as { weDid: Record<string, unknown> };
    const changed = await change(id, 1, { weDid: { ...weDid, overdue: true, owner: 'Matron' } });
    expect(changed.body.weDid).toEqual({ ...weDid, overdue: false, owner: 'Matron' });
    const [row] = await service.database.query('select we_did from loop_records where id = $1', [
      id,
    ]);
    expect(row?.we_did).not.toHaveProperty('overdue');
  });

  it('is held against the rules as a whole', async () => {
    const { id } = await createLoopRecord(service);
    const refused = await change(id, 1, { weDid: { status: 'cannot_do' } });
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(['/weDid/reason']);
    expect(refusalOf(await change(id, 1, { weDid: { status: 'done', text: null } }))).toEqual(
      invalid,
    );
    expect(refusalOf(await change(id, 1, { organisation: 'RV3' }))).toEqual(invalid);
    const cycle = await createCycle(service);
    expect(pointersOf(await change(id, 1, { cycle: cycle.id }))).toEqual(['/cycle']);
  });
});

describe('staff of another organisation', () => {
  it('can neither change, publish nor withdraw a published record', async () => {
    const { id } = await publishLoopRecord(service);
    const who = { token: trustStaff };
    expect(refusalOf(await change(id, 1, { title: 'x' }, trustStaff))).toEqual(forbidden);
    expect(refusalOf(await publication('PUT', id, who))).toEqual(forbidden);
    expect(refusalOf(await publication('DELETE', id, who))).toEqual(forbidden);
    expect((await read(id)).status).toBe(200);
  });

  it('are not told that a draft exists', async () => {
    const { id } = await createLoopRecord(service);
    const who = { token: trustStaff };
    expect(refusalOf(await change(id, 1, { title: 'x' }, trustStaff))).toEqual(notFound);
    expect(refusalOf(await publication('PUT', id, who))).toEqual(notFound);
    expect(refusalOf(await publication('DELETE', id, who))).toEqual(notFound);
  });

  it('read the published version, not the working copy', async () => {
    const { id } = await publishLoopRecord(service);
    await change(id, 1, { title: 'Not yet said' });
    const seen = await read(id, { token: trustStaff });
    expect(seen).toMatchObject({
      status: 200,
      body: { version: 1, title: 'Somewhere quiet to sit' },
    });
    const { body } = await send(service, 'GET', '/v1/loop-records?organisation=RHA&limit=100', {
      token: trustStaff,
    });
    expect(JSON.stringify(body)).not.toContain('Not yet said');
  });
});

describe('the list', () => {
  const list = async (query: string, options: Parameters<typeof send>[3] = {}): Promise<Shown[]> =>
    (await send(service, 'GET', `/v1/loop-records?limit=100&${query}`, options)).body.items;

  it('is narrowed by organisation, cycle, status and standard, on what is published', async () => {
    const youSaid = { text: 'x', standards: ['listen', 'evidence'] };
    const record = await publishLoopRecord(service, {
      organisation: 'RV3',
      cycle: workingTogetherCycleId,
      youSaid,
      weDid: { status: 'in_progress' },
    });
    const find = async (query: string) => (await list(query)).map(({ id }) => id);
    for (const query of [
      'organisation=rv3',
      `cycle=${workingTogetherCycleId}`,
      'status=in_progress',
      'standard=evidence',
      `organisation=RV3&cycle=${workingTogetherCycleId}&status=in_progress&standard=listen`,
    ])
      expect(await find(query), query).toContain(record.id);
    for (const query of [
      'organisation=RHA',
      `cycle=${experienceCycleId}`,
      'status=planned',
      'standard=cherish',
      'organisation=RV3&status=done&standard=listen',
    ])
      expect(await find(query), query).not.toContain(record.id);
    expect(await find('organisation=RHA')).toContain(quietPlaceLoopRecordId);

    // A change that is not published changes nothing in what the public finds.
    await change(record.id, 1, { weDid: { status: 'planned' } });
    expect(await find('status=in_progress')).toContain(record.id);
    const own = await list('status=planned&organisation=RV3', staff);
    expect(own.map(({ id }) => id)).toContain(record.id);
  });

  it('visits each once, page by page', async () => {
    const whole = await list('');
    const visited: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const { body }: { body: Shown } = await send(
        service,
        'GET',
        `/v1/loop-records?limit=2${next && `&cursor=${next}`}`,
      );
      visited.push(...body.items.map(({ id }: Shown) => id));
      next = body.next;
    }
    expect(visited).toEqual(whole.map(({ id }) => id));
  });

  it.each(['cycle=x', 'status=soon', 'standard=A', 'sort=publishedAt'])(
    'refuses %s',
    async (query) => {
      expect(refusalOf(await send(service, 'GET', `/v1/loop-records?${query}`))).toEqual(invalid);
    },
  );

  it('refuses a cursor that it never gave', async () => {
    const cursor = Buffer.from('-'.repeat(36)).toString('base64url');
    const refused = await send(service, 'GET', `/v1/loop-records?cursor=${cursor}`);
    expect(refusalOf(refused)).toEqual(invalid);
  });
});
