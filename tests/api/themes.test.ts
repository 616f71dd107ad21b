import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experienceCycleId, workingTogetherCycleId } from '../../dev/demo.ts';
import { enquiryCategories } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import {
  createTheme,
  newTheme,
  publishTheme,
  registerClient,
  signIn,
  textOfTheme,
  waitingText,
} from './support/things.ts';

let service: Service;
let trustStaff: string;
beforeAll(async () => {
  // A real PostgreSQL: those who merge must meet each other there.
  service = await startService({ database: 'server' });
  const client = await registerClient(service, {
    organisations: ['RV3'],
    scopes: ['moderation:write'],
    key: service.client('demo-trust-two').privateJwk,
  });
  trustStaff = await signIn(service, client);
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
type Options = Parameters<typeof send>[3];
const read = (id: string, options: Options = {}) =>
  send(service, 'GET', `/v1/themes/${id}`, options);
const change = (id: string, version: number, body: unknown, options: Options = staff) =>
  send(service, 'PATCH', `/v1/themes/${id}`, {
    ...options,
    headers: { 'if-match': `W/"${version}"` },
    body,
  });
const post = (path: string, body: unknown, options: Options = staff) =>
  send(service, 'POST', `/v1/themes${path}`, { ...options, body });
const publication = (method: 'PUT' | 'DELETE', id: string, options: Options = staff) =>
  send(service, method, `/v1/themes/${id}/publication`, options);
const textsOf = async (themeId: string) => {
  const { body } = await send(
    service,
    'GET',
    `/v1/moderation/texts?state=decided&theme=${themeId}&limit=100`,
    staff,
  );
  return body.items.map(({ id }: Shown) => id).sort();
};

const invalid = { status: 400, code: 'validation-failed' };
const notFound = { status: 404, code: 'not-found' };
const forbidden = { status: 403, code: 'forbidden' };
const wrongPhase = { status: 409, code: 'wrong-phase' };
const stale = { status: 412, code: 'precondition-failed' };
const gone = { status: 410, code: 'gone' };

describe('a theme', () => {
  it('is a draft first, which only staff of its organisation see', async () => {
    const made = await post('', newTheme({ standards: ['overall-experience'] }));
    expect(made.status, made.text).toBe(201);
    expect(made.headers.get('location')).toBe(`/v1/themes/${made.body.id}`);
    expect(made.body).toMatchObject({
      version: 1,
      organisation: 'RHA',
      cycle: experienceCycleId,
      enquiryCategory: 'environment-and-activities',
      vocabularyVersion: 1,
      ...{ strength: null, strengthIfPublished: null },
      quotes: [],
      textCount: 0,
      ...{ publishedAt: null, publishedVersion: null },
    });
    expect(refusalOf(await read(made.body.id))).toEqual(notFound);
    expect(refusalOf(await read(made.body.id, { token: trustStaff }))).toEqual(notFound);
    expect((await read(made.body.id, staff)).headers.get('etag')).toBe('W/"1"');
    const { body } = await send(service, 'GET', '/v1/themes?limit=100');
    expect(body.items.map(({ id }: Shown) => id)).not.toContain(made.body.id);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['a category that the vocabulary lacks', { enquiryCategory: 'weather' }, ['/enquiryCategory']],
    ['a standard of another set', { standards: ['listen'] }, ['/standards/0']],
    ['a cycle of others', { cycle: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10' }, ['/cycle']],
    ['a member that is not known', { strength: 'many' }, ['/strength']],
  ])('with %s is refused, pointing at it', async (_, changes, pointers) => {
    const refused = await post('', newTheme(changes));
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(expect.arrayContaining(pointers));
  });

  it('has what could identify somebody taken out of its words, as texts have', async () => {
    const { body } = await post(
      '',
      newTheme({ title: 'Ring 07700 900123', description: 'Or write to a@example.org' }),
    );
    expect(body.title).toBe('Ring [phone]');
    expect(body.description).toBe('Or write to [email]');
  });

  it('changes at the version that was read, and the public reads what is published until then', async () => {
    const { id } = await publishTheme(service);
    expect(refusalOf(await change(id, 9, { title: 'x' }))).toEqual(stale);
    const changed = await change(id, 1, { title: 'Somewhere calm', description: null });
    expect(changed.body).toMatchObject({ version: 2, title: 'Somewhere calm' });
    expect((await read(id)).body.title).toBe('There is nowhere quiet to sit');
    await publication('PUT', id);
    expect((await read(id)).body).toMatchObject({ version: 2, title: 'Somewhere calm' });
    const rows = await service.database.query(
      'select version, title from theme_publications where theme_id = $1 order by version',
      [id],
    );
    expect(rows.length).toBe(2);
  });

  it('is a tombstone once withdrawn', async () => {
    const { id } = await publishTheme(service);
    expect((await publication('DELETE', id)).status).toBe(204);
    for (const again of [
      read(id),
      read(id, staff),
      publication('PUT', id),
      change(id, 1, { title: 'x' }),
    ])
      expect(refusalOf(await again)).toEqual(gone);
    const draft = await createTheme(service);
    expect(refusalOf(await publication('DELETE', draft.id))).toEqual(notFound);
  });

  it('of another organisation cannot be touched', async () => {
    const { id } = await publishTheme(service);
    const other = { token: trustStaff };
    for (const attempt of [
      change(id, 1, { title: 'x' }, other),
      publication('PUT', id, other),
      publication('DELETE', id, other),
      post(`/${id}/texts`, { add: [] }, other),
      post(`/${id}/merges`, { into: id }, other),
    ])
      expect(refusalOf(await attempt)).toEqual(forbidden);
    expect(refusalOf(await post('', newTheme(), other))).toEqual(forbidden);
  });
});

describe('the texts of a theme', () => {
  it('are put in and taken out all or none, and a text may belong to several', async () => {
    const [one, other] = [await createTheme(service), await createTheme(service)];
    const free = { ...one, id: null };
    const ids = [await textOfTheme(service, free), await textOfTheme(service, free)].sort();
    for (const { id } of [one, other]) {
      const put = await post(`/${id}/texts`, { add: ids });
      expect(put.body.textCount, put.text).toBe(2);
      expect(await textsOf(id)).toEqual(ids);
    }
    expect((await post(`/${one.id}/texts`, { add: ids })).body.textCount).toBe(2);
    expect((await post(`/${one.id}/texts`, { remove: [ids[0]] })).body.textCount).toBe(1);
    expect(await textsOf(other.id)).toEqual(ids);

    const waiting = await waitingText(service, experienceCycleId);
    const foreign = await textOfTheme(service, { ...free, cycle: workingTogetherCycleId });
    const refused = await post(`/${one.id}/texts`, { add: [ids[0], waiting, foreign] });
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual(['/add/1', '/add/2']);
    expect((await read(one.id, staff)).body.textCount).toBe(1);
  });

  it('are shown to moderators with their themes and without anything that they were not shown before', async () => {
    const theme = await createTheme(service);
    const id = await textOfTheme(service, theme, { perspective: 'carer' });
    const { body } = await send(
      service,
      'GET',
      `/v1/moderation/texts?state=decided&theme=${theme.id}`,
      staff,
    );
    expect(body.items).toEqual([
      expect.objectContaining({ id, decision: 'publish', themes: [theme.id] }),
    ]);
    expect(body.items[0]).not.toHaveProperty('perspective');
  });

  it('make its strength: a band of the people who surely said it, from the threshold on, frozen when it is published', async () => {
    const theme = await createTheme(service);
    // Nine people, however many questions each of them answered.
    for (const question of ['what-good', 'could-improve'])
      for (let number = 0; number < 9; number += 1) await textOfTheme(service, theme, { question });
    const strength = async () => (await publication('PUT', theme.id)).body.strength;
    expect(await strength()).toBe(null);
    await textOfTheme(service, theme);
    expect(await strength()).toBe(null);
    // Texts that are put in give the theme a new version, which is published with a band of its own.
    for (const [more, band] of [
      [1, 'a_few'],
      [10, 'some'],
      [30, 'many'],
    ] as const) {
      const add: string[] = [];
      for (let number = 0; number < more; number += 1)
        add.push(await textOfTheme(service, { ...theme, id: null }));
      await post(`/${theme.id}/texts`, { add });
      const { body: before } = await read(theme.id);
      expect(before.strength).not.toBe(band);
      expect(before).not.toHaveProperty('strengthIfPublished');
      expect((await read(theme.id, staff)).body).toMatchObject({
        ...{ version: before.version + 1, publishedVersion: before.version },
        ...{ strength: before.strength, strengthIfPublished: band },
      });
      expect(await strength()).toBe(band);
    }
  });

  it('are quoted where a moderator let them be, until their writer takes them back', async () => {
    const theme = await createTheme(service);
    const quotable = await textOfTheme(service, theme, { text: 'So loud.' });
    const redacted = await textOfTheme(service, theme, {
      text: 'Ask [redacted].',
      decision: 'redact',
    });
    const kept = await textOfTheme(service, theme, { decision: 'keep_private' });
    const foreign = await textOfTheme(service, { ...theme, id: null });
    const refused = await change(theme.id, 1, { quotes: [quotable, kept, foreign] });
    expect(pointersOf(refused)).toEqual(['/quotes/1', '/quotes/2']);
    expect((await change(theme.id, 1, { quotes: [quotable, redacted] })).status).toBe(200);
    await publication('PUT', theme.id);
    const shown = async () =>
      (await read(theme.id)).body.quotes
        .map((quote: Shown) => [Object.keys(quote).join(), quote.text])
        .sort();
    expect(await shown()).toEqual([
      ['question,text', 'Ask [redacted].'],
      ['question,text', 'So loud.'],
    ]);
    await service.database.query('delete from text_parts where id = $1', [quotable]);
    expect(await shown()).toEqual([['question,text', 'Ask [redacted].']]);
    // Nor is one shown any more that was taken out of the theme.
    await post(`/${theme.id}/texts`, { remove: [redacted] });
    expect(await shown()).toEqual([]);
    expect((await read(theme.id, staff)).body.quotes).toEqual([]);
  });
});

describe('the thread', () => {
  it('is kept when a theme is merged: its texts go on, and it says where', async () => {
    const [from, into] = [await publishTheme(service), await publishTheme(service)];
    const both = await textOfTheme(service, into);
    await post(`/${from.id}/texts`, { add: [both, await textOfTheme(service, from)] });
    const merged = await post(`/${from.id}/merges`, { into: into.id });
    expect(merged.body, merged.text).toMatchObject({ mergedInto: into.id, textCount: 0 });
    expect((await read(into.id, staff)).body.textCount).toBe(2);
    expect((await read(from.id)).body.mergedInto).toBe(into.id);
    for (const attempt of [
      post(`/${from.id}/merges`, { into: into.id }),
      post(`/${into.id}/merges`, { into: from.id }),
      change(from.id, 2, { title: 'x' }),
      publication('PUT', from.id),
    ])
      expect(refusalOf(await attempt)).toEqual(wrongPhase);
  });

  it('does not lead from what is published to what is not, or to another cycle', async () => {
    const [from, draft] = [await publishTheme(service), await createTheme(service)];
    expect(refusalOf(await post(`/${from.id}/merges`, { into: draft.id }))).toEqual(wrongPhase);
    const elsewhere = await createTheme(service, { cycle: workingTogetherCycleId });
    for (const into of [elsewhere.id, from.id, '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10'])
      expect(pointersOf(await post(`/${from.id}/merges`, { into }))).toEqual(['/into']);
    expect((await read(from.id)).body.mergedInto).toBe(null);
  });

  it('is kept when a theme is split: the named texts go to a new one that says where from', async () => {
    const theme = await createTheme(service);
    const [stays, goes] = [await textOfTheme(service, theme), await textOfTheme(service, theme)];
    const body = { title: 'The waiting room', enquiryCategory: 'information', texts: [goes] };
    const split = await post(`/${theme.id}/splits`, body);
    expect(split.body, split.text).toMatchObject({ splitFrom: theme.id, textCount: 1, version: 1 });
    expect(await textsOf(split.body.id)).toEqual([goes]);
    expect(await textsOf(theme.id)).toEqual([stays]);
    const refused = await post(`/${theme.id}/splits`, body);
    expect(pointersOf(refused)).toEqual(['/texts/0']);
    const nameless = await post(`/${theme.id}/splits`, { ...body, texts: [stays], title: '' });
    expect(pointersOf(nameless)).toEqual(['/title']);
  });

  it('of two who merge at once, is one, and no text is lost to a theme that is over', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [one, other] = [await publishTheme(service), await publishTheme(service)];
      const text = await textOfTheme(service, { ...one, id: null });
      const [first, second, put] = await Promise.all([
        post(`/${one.id}/merges`, { into: other.id }),
        post(`/${other.id}/merges`, { into: one.id }),
        post(`/${one.id}/texts`, { add: [text] }),
      ]);
      expect([first.status, second.status].sort()).toEqual([200, 409]);
      const [row] = await service.database.query<{ over: number; themes: string[] }>(
        `select part.themes, (select count(*)::int from themes where id = any (part.themes) and merged_into is not null) as over
         from text_parts as part where id = $1`,
        [text],
      );
      expect(row?.over).toBe(0);
      expect(row?.themes.length).toBe(put.status === 200 ? 1 : 0);
    }
  });
});

describe('what themes can be about', () => {
  it('is a vocabulary in versions, of which every category has words', async () => {
    const { body } = await send(service, 'GET', '/v1/enquiry-categories');
    expect(body.version).toBe(1);
    expect(body.items.map(({ code }: Shown) => code)).toEqual([...enquiryCategories]);
    expect((await send(service, 'GET', '/v1/enquiry-categories?version=1')).body).toEqual(body);
    expect((await send(service, 'GET', '/v1/enquiry-categories?version=2')).status).toBe(404);
  });

  it('stays as a theme was written, when there is a new version', async () => {
    const theme = await createTheme(service);
    await service.database.query(
      `insert into enquiry_categories (version, code, position, title, description)
       values (2, 'quiet', 1, 'Quiet', 'Places that are calm.')`,
    );
    const newer = await createTheme(service, { enquiryCategory: 'quiet' });
    expect(newer.vocabularyVersion).toBe(2);
    const renamed = await change(theme.id, 1, { title: 'As before' });
    expect(renamed.body).toMatchObject({
      vocabularyVersion: 1,
      enquiryCategory: 'environment-and-activities',
    });
    expect(pointersOf(await post('', newTheme()))).toEqual(['/enquiryCategory']);
    await service.database.query('delete from themes where vocabulary_version = 2');
    await service.database.query('delete from enquiry_categories where version = 2');
  });
});

it('a practice example is a question set that a cycle can ask as it stands', async () => {
  const { body } = await send(service, 'GET', '/v1/question-sets');
  const [set] = body.items;
  expect(set).toMatchObject({ id: 'practice-example', version: 1 });
  expect(set.attribution).toMatch(/NDTi/);
  expect(set.questions.map(({ prompt }: Shown) => prompt).join(' ')).toMatch(/did not work/);
  const made = await send(service, 'POST', '/v1/cycles', {
    ...staff,
    body: {
      title: 'Examples of working together',
      organisations: ['RHA'],
      standardSet: { id: 'imroc-ten-tips', version: 1 },
      perspectives: ['service_user', 'staff'],
      questions: set.questions,
      channels: ['public'],
      opensAt: '2030-01-01T00:00:00Z',
      closesAt: '2030-06-01T00:00:00Z',
    },
  });
  expect(made.status, made.text).toBe(201);
  expect(made.body.questions).toEqual(set.questions);
});
