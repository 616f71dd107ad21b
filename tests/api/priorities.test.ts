import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLivedExperienceGroup, isStillToCome } from '../../domain/priority.ts';
import { perspectives } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { storeTheme } from './support/published.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import { createCycle, dateIn, openCycle, registerClient, signIn } from './support/things.ts';

// A real PostgreSQL: two editors must meet each other there.
let service: Service;
let otherStaff: string;
beforeAll(async () => {
  service = await startService({ database: 'server' });
  const client = await registerClient(service, {
    organisations: ['RV3'],
    scopes: ['loop:write'],
    key: service.client('demo-trust-two').privateJwk,
  });
  otherStaff = await signIn(service, client);
});
afterAll(() => service?.stop());

type Options = Parameters<typeof send>[3];
const staff: Options = { as: 'demo-admin' };
const notFound = { status: 404, code: 'not-found' };
const forbidden = { status: 403, code: 'forbidden' };
const stale = { status: 412, code: 'precondition-failed' };
const invalid = { status: 400, code: 'validation-failed' };

/** An open cycle of RHA with some published themes. */
async function cycleWithThemes(...titles: string[]) {
  const { id } = (await openCycle(service)) as { id: string };
  const themes: string[] = [];
  for (const title of titles) themes.push(await storeTheme(service, { cycleId: id, title }));
  return { cycleId: id, themes };
}

const content = (cycle: string, themes: readonly string[], changes: object = {}) => ({
  organisation: 'RHA',
  cycle,
  ranking: themes.map((theme) => ({ theme })),
  decidedBy: [
    { perspective: 'service_user', people: 'five_to_nine' },
    { perspective: 'staff', people: 'one_to_four' },
  ],
  decidedOn: dateIn(-1),
  rationale: 'We talked until we agreed.',
  ...changes,
});

const create = (body: unknown, options: Options = staff) =>
  send(service, 'POST', '/v1/priorities', { ...options, body });
const read = (id: string, options: Options = {}) =>
  send(service, 'GET', `/v1/priorities/${id}`, options);
const change = (id: string, version: number, body: unknown, options: Options = staff) =>
  send(service, 'PATCH', `/v1/priorities/${id}`, {
    ...options,
    headers: { 'if-match': `W/"${version}"` },
    body,
  });
const publish = (id: string, options: Options = staff) =>
  send(service, 'PUT', `/v1/priorities/${id}/publication`, options);

async function drafted(...titles: string[]) {
  const { cycleId, themes } = await cycleWithThemes(...titles);
  const { body, status, text } = await create(content(cycleId, themes));
  expect(status, text).toBe(201);
  return { id: body.id as string, cycleId, themes, body };
}

describe('a ranking', () => {
  it('is written by those who moderate or who write loop records, and the trail says as which', async () => {
    const { privateJwk: key } = service.client('demo-admin');
    for (const scope of ['loop:write', 'moderation:write']) {
      const client = await registerClient(service, {
        organisations: ['RHA'],
        scopes: [scope],
        key,
      });
      const token = await signIn(service, client);
      const { cycleId, themes } = await cycleWithThemes('A quiet place');
      const { body, status, text } = await create(content(cycleId, themes), { token });
      expect(status, text).toBe(201);
      expect((await read(body.id, { token })).status).toBe(200);
      const trail = await service.database.query(
        'select operation, purpose from audit_events where actor = $1',
        [client.clientId],
      );
      expect(trail).toEqual([{ operation: 'createPriority', purpose: scope }]);
    }
  });

  it('is a draft in the shape of the contract, with the published titles in order', async () => {
    const { cycleId, themes } = await cycleWithThemes('A quiet place', 'Being listened to');
    const [quiet, listened] = themes;
    const made = await create(
      content(cycleId, [], {
        ranking: [{ theme: listened, rationale: 'It is for everybody.' }, { theme: quiet }],
        dissent: ['Some would have put quiet first.'],
      }),
    );
    expect(made.status, made.text).toBe(201);
    expect(made.headers.get('location')).toBe(`/v1/priorities/${made.body.id}`);
    expect(made.headers.get('etag')).toBe('W/"1"');
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      version: 1,
      organisation: 'RHA',
      cycle: cycleId,
      ranking: [
        {
          rank: 1,
          theme: listened,
          title: 'Being listened to',
          rationale: 'It is for everybody.',
        },
        { rank: 2, theme: quiet, title: 'A quiet place', rationale: null },
      ],
      decidedBy: [
        { perspective: 'service_user', people: 'five_to_nine' },
        { perspective: 'staff', people: 'one_to_four' },
      ],
      decidedOn: dateIn(-1),
      rationale: 'We talked until we agreed.',
      dissent: ['Some would have put quiet first.'],
      publishedAt: null,
      publishedVersion: null,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it('is of published themes of its organisation and cycle, pointing at each that is not', async () => {
    const { cycleId, themes } = await cycleWithThemes('Good');
    const other = await cycleWithThemes('Of another cycle');
    const good = themes[0] ?? '';
    const wrong = [
      randomUUID(),
      other.themes[0] ?? '',
      await storeTheme(service, { cycleId, isPublished: false }),
      await storeTheme(service, { cycleId, withdrawnAt: new Date() }),
      await storeTheme(service, { cycleId, mergedInto: good }),
      await storeTheme(service, { cycleId, organisation: 'RV3' }),
    ];
    const refused = await create(content(cycleId, [good, ...wrong]));
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual([1, 2, 3, 4, 5, 6].map((at) => `/ranking/${at}/theme`));
    expect((await create(content(cycleId, [good]))).status).toBe(201);
  });

  it('is of a cycle in which the organisation takes part, and no draft', async () => {
    const draft = (await createCycle(service)) as { id: string };
    const theme = await storeTheme(service, { cycleId: draft.id });
    for (const [cycle, changes] of [
      [draft.id, {}],
      [randomUUID(), {}],
      [(await cycleWithThemes()).cycleId, { organisation: 'RV3' }],
    ] as const) {
      const refused = await create(content(cycle, [theme], changes));
      expect(refusalOf(refused)).toEqual(invalid);
      expect(pointersOf(refused)).toEqual(['/cycle']);
    }
  });

  it.each([
    ['by staff alone', [{ perspective: 'staff', people: 'twenty_or_more' }]],
    [
      'by peer workers and managers',
      [
        { perspective: 'peer_worker', people: 'one_to_four' },
        { perspective: 'manager', people: 'one_to_four' },
      ],
    ],
  ])('decided %s is refused, saying kindly who has to be there', async (_, decidedBy) => {
    const { cycleId, themes } = await cycleWithThemes('Good');
    const refused = await create(content(cycleId, themes, { decidedBy }));
    expect(refusalOf(refused)).toEqual(invalid);
    expect(refused.body.errors).toEqual([
      {
        pointer: '/decidedBy',
        detail: expect.stringContaining('people with lived experience'),
      },
    ]);
  });

  it.each<[string, object, string]>([
    ['a decision that is still to come', { decidedOn: dateIn(1) }, '/decidedOn'],
    ['nobody who decided', { decidedBy: [] }, '/decidedBy'],
    ['no theme', { ranking: [] }, '/ranking'],
    ['no rationale', { rationale: ' ' }, '/rationale'],
    [
      'a count of people',
      { decidedBy: [{ perspective: 'carer', people: 7 }] },
      '/decidedBy/0/people',
    ],
    [
      'a role twice',
      {
        decidedBy: [
          { perspective: 'carer', people: 'one_to_four' },
          { perspective: 'carer', people: 'five_to_nine' },
        ],
      },
      '/decidedBy/1/perspective',
    ],
  ])('with %s is refused, pointing at it', async (_, changes, pointer) => {
    const { cycleId, themes } = await cycleWithThemes('Good');
    const refused = await create(content(cycleId, themes, changes));
    expect(refusalOf(refused)).toEqual(invalid);
    expect(new Set(pointersOf(refused))).toEqual(new Set([pointer]));
  });

  it('with a theme twice, or with more than fifty, is refused', async () => {
    const { cycleId, themes } = await cycleWithThemes('Good');
    const [theme = ''] = themes;
    expect(pointersOf(await create(content(cycleId, [theme, theme])))).toEqual([
      '/ranking/1/theme',
    ]);
    const many = Array.from({ length: 51 }, () => randomUUID());
    expect(pointersOf(await create(content(cycleId, many)))).toEqual(['/ranking']);
  });

  it('is one for a cycle and organisation, also for two who write at once', async () => {
    const { cycleId, themes } = await cycleWithThemes('Good');
    const sent = await Promise.all([1, 2, 3, 4].map(() => create(content(cycleId, themes))));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const refused of sent.filter(({ status }) => status !== 201))
      expect(refusalOf(refused)).toEqual({ status: 409, code: 'already-exists' });
  });

  it('is of the only organisation of its client, and of no other', async () => {
    const { id } = (await openCycle(service, { organisations: ['RV3'], services: [] })) as {
      id: string;
    };
    const theme = await storeTheme(service, { cycleId: id, organisation: 'RV3' });
    const body = content(id, [theme], { organisation: undefined });
    expect(pointersOf(await create(body))).toEqual(['/organisation']);
    const foreign = await create(content(id, [theme]), { token: otherStaff });
    expect(refusalOf(foreign)).toEqual(forbidden);
    expect((await create(body, { token: otherStaff })).body.organisation).toBe('RV3');
  });
});

describe('what the public reads', () => {
  it('is nothing of a draft, neither alone nor in the list', async () => {
    const { id, cycleId } = await drafted('Good');
    for (const options of [{}, { as: 'demo-trust' }, { token: otherStaff }]) {
      expect(refusalOf(await read(id, options))).toEqual(notFound);
      const list = await send(service, 'GET', `/v1/priorities?cycle=${cycleId}`, options);
      expect(list.body.items).toEqual([]);
    }
    expect((await read(id, staff)).body.id).toBe(id);
  });

  it('is what was published, until a change is published too; every version is kept', async () => {
    const { id, themes } = await drafted('First', 'Second');
    const published = await publish(id);
    expect(published.body).toMatchObject({ version: 1, publishedAt: expect.any(String) });
    expect(published.body.publishedVersion).toBe(1);
    expect((await read(id)).body).toEqual(published.body);

    const turned = { ranking: themes.toReversed().map((theme) => ({ theme, rationale: 'New.' })) };
    const changed = await change(id, 1, turned);
    expect(changed.body.ranking.map(({ title }: Shown) => title)).toEqual(['Second', 'First']);
    expect(changed.body).toMatchObject({ version: 2, publishedVersion: 1 });
    expect((await read(id)).body).toEqual(published.body);
    expect((await read(id, { token: otherStaff })).body).toEqual(published.body);

    const again = await publish(id);
    expect(again.body).toMatchObject({ version: 2 });
    expect((await read(id)).body).toEqual(again.body);
    const kept = await service.database.query(
      `select version, ranking -> 0 ->> 'theme' as first from priority_publications
       where priority_id = $1 order by version`,
      [id],
    );
    expect(kept).toEqual([
      { version: 1, first: themes[0] },
      { version: 2, first: themes[1] },
    ]);
  });

  it('has what could identify somebody taken out of what a group wrote, as texts have', async () => {
    const { id } = await drafted('Good');
    const changed = await change(id, 1, {
      rationale: 'Ring 07700 900123.',
      dissent: ['Write to a@example.org.'],
    });
    expect(changed.body).toMatchObject({
      rationale: 'Ring [phone].',
      dissent: ['Write to [email].'],
    });
  });

  it('does not change by publishing the same version twice', async () => {
    const { id } = await drafted('Good');
    const first = await publish(id);
    expect((await publish(id)).body).toEqual(first.body);
    const [{ count } = {}] = await service.database.query(
      'select count(*)::int as count from priority_publications where priority_id = $1',
      [id],
    );
    expect(count).toBe(1);
  });

  it('is narrowed by organisation and cycle, and visited page by page', async () => {
    const made = [await drafted('One'), await drafted('Two')];
    for (const { id } of made) await publish(id);
    const find = async (query: string) =>
      (await send(service, 'GET', `/v1/priorities?limit=100&${query}`)).body.items.map(
        ({ id }: Shown) => id,
      );
    expect(await find(`cycle=${made[0]?.cycleId}&organisation=rha`)).toEqual([made[0]?.id]);
    expect(await find(`cycle=${made[0]?.cycleId}&organisation=RV3`)).toEqual([]);
    const whole = await find('');
    const visited: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const { body }: { body: Shown } = await send(
        service,
        'GET',
        `/v1/priorities?limit=1${next && `&cursor=${next}`}`,
      );
      visited.push(...body.items.map(({ id }: Shown) => id));
      next = body.next;
    }
    expect(visited).toEqual(whole);
    expect(whole).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
  });

  it('shows a theme that was withdrawn since by its id alone', async () => {
    const { id, themes } = await drafted('Gone soon', 'Stays');
    await publish(id);
    await service.database.query('update themes set withdrawn_at = now() where id = $1', [
      themes[0],
    ]);
    const { body } = await read(id);
    expect(body.ranking).toMatchObject([
      { rank: 1, theme: themes[0], title: null },
      { rank: 2, theme: themes[1], title: 'Stays' },
    ]);
    // What is published already stands; it can be published again without a change.
    expect((await publish(id)).status).toBe(200);
  });
});

describe('a publication', () => {
  it('of a ranking whose theme was withdrawn or merged meanwhile is refused', async () => {
    const { id, themes } = await drafted('Stays', 'Goes');
    await service.database.query('update themes set merged_into = $2 where id = $1', [
      themes[1],
      themes[0],
    ]);
    expect(refusalOf(await publish(id))).toEqual({ status: 409, code: 'wrong-phase' });
    expect(refusalOf(await read(id))).toEqual(notFound);
    const mended = await change(id, 1, { ranking: [{ theme: themes[0] }] });
    expect(mended.status, mended.text).toBe(200);
    expect((await publish(id)).status).toBe(200);
  });

  it('of another version than was read is refused', async () => {
    const { id } = await drafted('Good');
    await change(id, 1, { rationale: 'Another.' });
    const at = (version: number): Options => ({
      ...staff,
      headers: { 'if-match': `W/"${version}"` },
    });
    expect(refusalOf(await publish(id, at(1)))).toEqual(stale);
    expect((await publish(id, at(2))).status).toBe(200);
  });
});

describe('a change', () => {
  it('replaces the members that are given and no others', async () => {
    const { id, body } = await drafted('Good');
    const changed = await change(id, 1, { dissent: ['One of us disagrees.'] });
    expect(changed.headers.get('etag')).toBe('W/"2"');
    expect(changed.body).toEqual({
      ...body,
      version: 2,
      dissent: ['One of us disagrees.'],
      updatedAt: expect.any(String),
    });
    expect((await change(id, 2, { dissent: [] })).body.dissent).toEqual([]);
  });

  it('is held against the same rules', async () => {
    const { id } = await drafted('Good');
    const foreign = await storeTheme(service, {
      cycleId: (await cycleWithThemes()).cycleId,
    });
    for (const [body, pointer] of [
      [{ ranking: [{ theme: foreign }] }, '/ranking/0/theme'],
      [{ decidedBy: [{ perspective: 'staff', people: 'one_to_four' }] }, '/decidedBy'],
      [{ decidedOn: dateIn(2) }, '/decidedOn'],
      [{ cycle: randomUUID() }, '/cycle'],
    ] as const) {
      const refused = await change(id, 1, body);
      expect(refusalOf(refused)).toEqual(invalid);
      expect(pointersOf(refused)).toEqual([pointer]);
    }
    expect((await read(id, staff)).body.version).toBe(1);
  });

  it('of two editors, one wins and the others are told', async () => {
    const { id } = await drafted('Good');
    const sent = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) => change(id, 1, { rationale: `Reason ${number}` })),
    );
    const won = sent.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const lost of sent.filter(({ status }) => status !== 200))
      expect(refusalOf(lost)).toEqual(stale);
    expect((await read(id, staff)).body).toMatchObject({
      version: 2,
      rationale: won[0]?.body.rationale,
    });
  });

  it('by another organisation is refused, without telling of a draft', async () => {
    const { id } = await drafted('Good');
    const foreign = { token: otherStaff };
    expect(refusalOf(await change(id, 1, { rationale: 'x' }, foreign))).toEqual(notFound);
    expect(refusalOf(await publish(id, foreign))).toEqual(notFound);
    await publish(id);
    expect(refusalOf(await change(id, 1, { rationale: 'x' }, foreign))).toEqual(forbidden);
    expect(refusalOf(await publish(id, foreign))).toEqual(forbidden);
    expect((await read(id)).body.rationale).toBe('We talked until we agreed.');
  });
});

describe('the rule', () => {
  it.each(perspectives)('asks for somebody who uses services or cares: %s', (perspective) => {
    expect(isLivedExperienceGroup([{ perspective }])).toBe(
      perspective === 'service_user' || perspective === 'carer',
    );
    expect(isLivedExperienceGroup([{ perspective }, { perspective: 'carer' }])).toBe(true);
  });

  it('takes a day for past once it has come', () => {
    expect(isStillToCome('2026-11-23', '2026-11-22')).toBe(true);
    expect(isStillToCome('2026-11-22', '2026-11-22')).toBe(false);
  });
});
