import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ethnicCategories, ethnicCategoryLabels } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import {
  answerEquality,
  closeCycle,
  createCycle,
  createTheme,
  moveCycle,
  newCycle,
  openCycle,
  rateAs,
  textOfTheme,
} from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const aboutThisEvaluation = { id: 'about-this-evaluation', version: 1 };
const release = (cycleId: string, body: unknown = {}) =>
  send(service, 'POST', `/v1/cycles/${cycleId}/releases`, { ...staff, body });
const readCsv = async (cycleId: string, table: string) => {
  const response = await service.fetch(`/v1/cycles/${cycleId}/results?format=csv&table=${table}`);
  expect(response.status).toBe(200);
  return parse(await response.text(), { columns: true }) as Record<string, string>[];
};

describe('a cycle that asks about the evaluation itself', () => {
  it('shows the set with all that a form needs, and takes ratings of it beside those of its own', async () => {
    const { id } = await openCycle(service, { aboutThisEvaluation });
    const { body } = await send(service, 'GET', `/v1/cycles/${id}`);
    expect(body.aboutThisEvaluation).toMatchObject({
      ...aboutThisEvaluation,
      title: 'About this evaluation',
      scale: { min: 1, max: 5 },
    });
    expect(body.aboutThisEvaluation.standards.length).toBe(5);

    const sent = await send(service, 'POST', `/v1/cycles/${id}/submissions`, {
      body: {
        perspective: 'carer',
        ratings: [{ standard: 'overall-experience', asIs: 2 }],
        aboutThisEvaluation: [
          { standard: 'safe', asIs: 5 },
          { standard: 'easy', notApplicable: true },
        ],
      },
    });
    expect(sent.status).toBe(201);
    const [row] = await service.database.query(
      'select as_is, to_be from inbox where cycle_id = $1',
      [id],
    );
    expect(row).toEqual({
      as_is: [2, null, -1, 5, null, null],
      to_be: [null, null, null, null, null, null],
    });
  });

  it('points at what is wrong with a rating of it, and refuses one where it is not asked', async () => {
    const { id } = await openCycle(service, { aboutThisEvaluation });
    const rated = (cycleId: string, rating: unknown) =>
      send(service, 'POST', `/v1/cycles/${cycleId}/submissions`, {
        body: { perspective: 'carer', aboutThisEvaluation: [rating] },
      });
    expect(pointersOf(await rated(id, { standard: 'safe', asIs: 6 }))).toEqual([
      '/aboutThisEvaluation/0/asIs',
    ]);
    expect(pointersOf(await rated(id, { standard: 'safe', asIs: 3, toBe: 4 }))).toEqual([
      '/aboutThisEvaluation/0/toBe',
    ]);
    const silent = await openCycle(service);
    expect(pointersOf(await rated(silent.id, { standard: 'safe', asIs: 3 }))).toEqual([
      '/aboutThisEvaluation',
    ]);
  });

  it('needs a published set', async () => {
    const refused = await send(service, 'POST', '/v1/cycles', {
      ...staff,
      body: newCycle({ aboutThisEvaluation: { id: 'about-this-evaluation', version: 9 } }),
    });
    expect(refused.status).toBe(400);
    expect(pointersOf(refused)).toEqual(['/aboutThisEvaluation']);
  });

  it('releases what was said of it beside the results, under the same rules, on its own scale', async () => {
    const { id } = await closeCycle(service, {
      aboutThisEvaluation,
      standardSet: { id: 'needham-carr-levels', version: 1 },
    });
    // The cycle's own scale ends at 3, that of the set about the evaluation at 5.
    await rateAs(service, id, 'service_user', 30, { answers: [3, null, null, 5, null, null] });
    await rateAs(service, id, 'carer', 4, { answers: [1, null, null, 1, null, null] });
    const dry = await release(id, { dryRun: true });
    expect(dry.body.aboutThisEvaluation.hidden).toContainEqual({
      organisation: 'RHA',
      service: null,
      standard: 'safe',
      perspective: 'carer',
      why: 'too_few',
    });
    const { body, status } = await release(id);
    expect(status).toBe(201);
    const about = body.aboutThisEvaluation;
    expect(about).toMatchObject({ standardSet: aboutThisEvaluation, scale: { min: 1, max: 5 } });
    const row = (rows: Shown[], standard: string, perspective: string) =>
      rows.find(
        (each) =>
          each.service === null && each.standard === standard && each.perspective === perspective,
      );
    expect(row(about.results, 'safe', 'service_user')).toMatchObject({
      count: 30,
      asIs: { mean: 5, distribution: [0, 0, 0, 0, 30] },
    });
    expect(row(about.results, 'safe', 'carer')).toMatchObject({ suppressed: true, count: null });
    expect(row(body.results, 'level', 'service_user')).toMatchObject({
      asIs: { mean: 3, distribution: [0, 0, 30] },
    });
    expect(body.results.some(({ standard }: Shown) => standard === 'safe')).toBe(false);
    expect((await readCsv(id, 'about_this_evaluation')).length).toBe(about.results.length);
  });
});

describe('the equality table', () => {
  async function answered(changes: Record<string, unknown> = { equalityTable: true }) {
    const { id } = await closeCycle(service, changes);
    await rateAs(service, id, 'service_user', 60);
    await answerEquality(service, id, { A: 40, N: 14, M: 12, J: 3 });
    return id as string;
  }

  it('is not published, nor counted, unless the cycle declared it before it opened', async () => {
    const id = await answered({});
    const { body } = await release(id);
    expect(body).not.toHaveProperty('equality');
    const csv = await service.fetch(`/v1/cycles/${id}/results?format=csv&table=equality`);
    expect(csv.status).toBe(404);
  });

  it('cannot be declared once the cycle is open', async () => {
    const { id, version } = await openCycle(service);
    const refused = await send(service, 'PATCH', `/v1/cycles/${id}`, {
      ...staff,
      headers: { 'if-match': `W/"${version}"` },
      body: { equalityTable: true },
    });
    expect(refusalOf(refused)).toEqual({ status: 409, code: 'wrong-phase' });
  });

  it('is told to people in the anonymity statement', async () => {
    const statementOf = async (equalityTable: boolean) => {
      const { id } = await createCycle(service, { equalityTable });
      await moveCycle(service, id, 'open');
      const { body } = await send(service, 'GET', `/v1/cycles/${id}/anonymity-statement`);
      return JSON.parse(body.statement).publication.equality;
    };
    expect(await statementOf(false)).toMatch(/not published/);
    expect(await statementOf(true)).toMatch(/for the evaluation as a whole/);
  });

  it('has a row for each category, and hides those that are too few and enough besides', async () => {
    const id = await answered();
    const { body } = await release(id);
    const { question, results } = body.equality;
    expect(question).toBe('ethnicity');
    expect(results.map(({ category }: Shown) => category)).toEqual([...ethnicCategories, 'all']);
    const row = (category: string) => results.find((each: Shown) => each.category === category);
    expect(row('A')).toEqual({
      category: 'A',
      label: 'White: British',
      suppressed: false,
      count: 40,
    });
    expect(row('all')).toMatchObject({ count: 70 });
    expect(row('J')).toMatchObject({ suppressed: true, count: null });
    // Three people beside a total would be told by what is left: somebody else is hidden with them.
    const hidden = results.filter(
      ({ suppressed, category }: Shown) => suppressed && 'NM'.includes(category),
    );
    expect(hidden.length).toBe(1);
    const { label: _label, category: _category, ...few } = row('J');
    const { label: _other, category: _none, ...nobody } = row('R');
    expect(few).toEqual(nobody);
  });

  it('as CSV says the same, under the names of its dictionary', async () => {
    const id = await answered();
    const { body } = await release(id);
    const rows = await readCsv(id, 'equality');
    expect(rows).toEqual(
      body.equality.results.map(({ category, label, count }: Shown) => ({
        category,
        label,
        count: count === null ? '*' : String(count),
      })),
    );
    const dictionary = await send(service, 'GET', '/v1/data-dictionary?table=equality');
    expect(dictionary.body.fields.map(({ name }: Shown) => name)).toEqual(
      Object.keys(rows[0] ?? {}),
    );
    const { body: packaged } = await send(service, 'GET', `/v1/cycles/${id}/data-package`);
    expect(packaged.resources.map(({ name }: Shown) => name)).toEqual(['results', 'equality']);
    const response = await fetch(packaged.resources[1].path);
    expect(await response.text()).toMatch(/^category,label,count\r\n/);
  });

  it('stays as it is in the next release when one person is added to a hidden category', async () => {
    const id = await answered();
    const first = await release(id);
    await answerEquality(service, id, { J: 1 });
    const second = await release(id);
    expect(second.body.release).toBe(2);
    expect(second.body.equality).toEqual(first.body.equality);
  });

  it('says in a dry run which categories would be hidden and why, without a number', async () => {
    const id = await answered();
    const { body } = await release(id, { dryRun: true });
    expect(body.equality.hidden).toContainEqual({
      category: 'J',
      label: ethnicCategoryLabels.J,
      why: 'too_few',
    });
    expect(Object.keys(body.equality).sort()).toEqual(['hidden', 'kept', 'shown']);
  });
});

describe('the shares of themes', () => {
  /** A closed cycle with so many texts by perspective in a theme, and others beside it. */
  async function themed(mentioned: Record<string, number>, others: Record<string, number>) {
    const { id } = await closeCycle(service, { perspectives: ['service_user', 'carer', 'staff'] });
    const theme = await createTheme(service, { cycle: id });
    const free = { ...theme, id: null };
    for (const [of, groups] of [
      [theme, mentioned],
      [free, others],
    ] as const)
      for (const [perspective, count] of Object.entries(groups))
        for (let number = 0; number < count; number += 1)
          await textOfTheme(service, of, { perspective });
    return { id: id as string, theme };
  }

  it('come with a release where a theme is published, for everybody together, without its title', async () => {
    const { id, theme } = await themed(
      { service_user: 14, carer: 2 },
      { service_user: 26, carer: 3, staff: 20 },
    );
    expect((await release(id)).body).not.toHaveProperty('themes');
    const put = await send(service, 'PUT', `/v1/themes/${theme.id}/publication`, staff);
    expect(put.status).toBe(200);
    const { body } = await release(id);
    expect(body.themes.results).toEqual([
      {
        theme: theme.id,
        organisation: 'RHA',
        question: 'what-good',
        suppressed: false,
        count: 65,
        mentioned: 15,
      },
    ]);
    const csv = await readCsv(id, 'themes');
    expect(csv.length).toBe(body.themes.results.length);
    const { body: dictionary } = await send(service, 'GET', '/v1/data-dictionary?table=themes');
    expect(Object.keys(csv[0] ?? {})).toEqual(dictionary.fields.map(({ name }: Shown) => name));
  });

  it('are hidden where too few spoke of a theme, or too few did not, and not there for what was to stay private', async () => {
    const questions = [
      { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' },
      { code: 'us', prompt: 'Only for us?', polarity: 'nonspecific', publication: 'private' },
    ];
    const { id } = await closeCycle(service, { questions });
    const [few, nearlyAll] = [
      await createTheme(service, { cycle: id, title: 'Few' }),
      await createTheme(service, { cycle: id, title: 'Nearly all' }),
    ];
    for (let number = 0; number < 30; number += 1)
      await textOfTheme(service, { ...nearlyAll, id: number < 24 ? nearlyAll.id : null });
    for (let number = 0; number < 4; number += 1) await textOfTheme(service, few);
    for (let number = 0; number < 20; number += 1)
      await textOfTheme(service, few, { question: 'us', decision: 'keep_private' });
    for (const { id: theme } of [few, nearlyAll])
      await send(service, 'PUT', `/v1/themes/${theme}/publication`, staff);
    const { results } = (await release(id)).body.themes;
    expect(new Set(results.map(({ question }: Shown) => question))).toEqual(new Set(['what-good']));
    const row = (theme: string) => results.find((each: Shown) => each.theme === theme);
    expect(row(few.id)).toMatchObject({ suppressed: true, count: null, mentioned: null });
    // 24 of 34 did, and 10 did not.
    expect(row(nearlyAll.id)).toMatchObject({ suppressed: false, count: 35, mentioned: 25 });
    // Twenty private answers are no people who may be counted in public.
    const { body } = await send(service, 'GET', `/v1/themes/${few.id}`);
    expect(body.strength).toBe(null);
  });

  it('of a theme that is new in a later release tell nothing of who came or went since', async () => {
    const { id, theme } = await themed({ service_user: 14 }, { service_user: 30 });
    await send(service, 'PUT', `/v1/themes/${theme.id}/publication`, staff);
    await release(id);
    await service.database.query(
      'delete from text_parts where id = (select id from text_parts where cycle_id = $1 and themes = $2 limit 1)',
      [id, '{}'],
    );
    const later = await createTheme(service, { cycle: id });
    for (let number = 0; number < 12; number += 1) await textOfTheme(service, later);
    await send(service, 'PUT', `/v1/themes/${later.id}/publication`, staff);
    const { results } = (await release(id)).body.themes;
    expect(new Set(results.map(({ count }: Shown) => count))).toEqual(new Set([45]));
  });

  it('stay as they are in the next release when one text more belongs to the theme', async () => {
    const { id, theme } = await themed({ service_user: 14 }, { service_user: 30, staff: 20 });
    await send(service, 'PUT', `/v1/themes/${theme.id}/publication`, staff);
    const first = await release(id);
    await textOfTheme(service, theme, { perspective: 'carer' });
    const second = await release(id);
    expect(second.body.release).toBe(2);
    expect(second.body.themes).toEqual(first.body.themes);
  });
});

it('one table is a choice among the tables of a CSV, since the JSON has all of them', async () => {
  const { id } = await closeCycle(service);
  await release(id);
  const refused = await send(service, 'GET', `/v1/cycles/${id}/results?table=results`);
  expect(refused.status).toBe(400);
  expect(pointersOf(refused)).toEqual(['/table']);
});
