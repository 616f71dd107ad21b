import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workingTogetherCycleId } from '../../dev/demo.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import {
  createLoopRecord,
  createTheme,
  newLoopRecord,
  publishLoopRecord,
  publishTheme,
} from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const invalid = { status: 400, code: 'validation-failed' };

const theme = async (changes: Record<string, unknown> = {}): Promise<string> =>
  (await createTheme(service, changes)).id;
const ofAnother = { organisation: 'RV3', cycle: workingTogetherCycleId };

async function withdraw(id: string): Promise<void> {
  const path = `/v1/themes/${id}/publication`;
  expect((await send(service, 'DELETE', path, staff)).status).toBe(204);
}

async function withdrawnTheme(): Promise<string> {
  const { id } = await publishTheme(service);
  await withdraw(id);
  return id;
}

const withThemes = (themes: unknown) => ({ youSaid: { text: 'It is loud.', themes } });
const create = (themes: unknown, changes: Record<string, unknown> = {}) =>
  send(service, 'POST', '/v1/loop-records', {
    ...staff,
    body: newLoopRecord({ ...withThemes(themes), ...changes }),
  });
const change = (id: string, version: number, body: unknown) =>
  send(service, 'PATCH', `/v1/loop-records/${id}`, {
    ...staff,
    headers: { 'if-match': `W/"${version}"` },
    body,
  });

describe('the themes that a record answers', () => {
  it('are read by the public as they were linked, beside the words of the theme', async () => {
    const themes = [await theme(), await theme()];
    const youSaid = { text: 'It is loud.', theme: 'A quiet place', themes };
    const { id } = await publishLoopRecord(service, { youSaid });
    const { body } = await send(service, 'GET', `/v1/loop-records/${id}`);
    expect(body.youSaid).toMatchObject({ theme: 'A quiet place', themes });
  });

  it('are none in a record that was written before there were any', async () => {
    const { id } = await publishLoopRecord(service);
    for (const table of ['loop_records where id', 'loop_record_publications where record_id'])
      await service.database.query(
        `update ${table.split(' ')[0]} set you_said = you_said - 'themes' where ${table.split(' ')[2]} = $1`,
        [id],
      );
    for (const options of [{}, staff]) {
      const { body } = await send(service, 'GET', `/v1/loop-records/${id}`, options);
      expect(body.youSaid.themes).toEqual([]);
    }
    const changed = await change(id, 1, { title: 'A quiet room' });
    expect(changed.body.youSaid.themes).toEqual([]);
  });

  it('are of its own organisation and not withdrawn: each other one is pointed at, and nothing stored', async () => {
    const own = await theme();
    const [withdrawn, others] = [await withdrawnTheme(), await theme(ofAnother)];
    const before = await service.database.query('select count(*) from loop_records');
    const refused = await create([own, withdrawn, others, own.replace(/.$/, '0'), randomUUID()]);
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual([1, 2, 3, 4].map((place) => `/youSaid/themes/${place}`));
    expect(await service.database.query('select count(*) from loop_records')).toEqual(before);

    const { id } = await createLoopRecord(service, withThemes([own]));
    const worse = await change(id, 1, { youSaid: { themes: [others, own] } });
    expect(refusalOf(worse)).toEqual(invalid);
    expect(pointersOf(worse)).toEqual(['/youSaid/themes/0']);
    const { body } = await send(service, 'GET', `/v1/loop-records/${id}`, staff);
    expect(body).toMatchObject({ version: 1, youSaid: { themes: [own] } });
  });

  it('are refused together with a cycle that is not known', async () => {
    const refused = await create([randomUUID()], { cycle: randomUUID() });
    expect(pointersOf(refused)).toEqual(['/cycle', '/youSaid/themes/0']);
  });

  it('stay linked when one is withdrawn, and do not stand in the way of a change', async () => {
    const { id: linked } = await publishTheme(service);
    const themes = [linked];
    const { id } = await createLoopRecord(service, withThemes(themes));
    await withdraw(linked);
    const changed = await change(id, 1, { title: 'A quiet room' });
    expect(changed.body).toMatchObject({ title: 'A quiet room', youSaid: { themes } });
    // Once taken off, it cannot be linked again.
    await change(id, 2, { youSaid: { themes: [] } });
    expect(pointersOf(await change(id, 3, { youSaid: { themes } }))).toEqual(['/youSaid/themes/0']);
  });

  it('stay linked when one is merged into another', async () => {
    const [linked, into] = [await theme(), await theme()];
    const { id } = await publishLoopRecord(service, withThemes([linked]));
    const merged = await send(service, 'POST', `/v1/themes/${linked}/merges`, {
      ...staff,
      body: { into },
    });
    expect(merged.status, merged.text).toBe(200);
    const { body } = await send(service, 'GET', `/v1/loop-records/${id}`);
    expect(body.youSaid.themes).toEqual([linked]);
    const changed = await change(id, 1, { title: 'A quiet room' });
    expect(changed.status, changed.text).toBe(200);
  });

  it.each<[string, unknown, string]>([
    ['no id', ['A quiet place'], '/youSaid/themes/0'],
    [
      'one twice',
      ['A', 'a'].map((hex) => `6f1f3c5e-0b8${hex}-4c57-9a55-1d1c2a5f7e10`),
      '/youSaid/themes',
    ],
    ['too many', Array.from({ length: 21 }, () => randomUUID()), '/youSaid/themes'],
    ['a title', { title: 'A quiet place' }, '/youSaid/themes'],
  ])('are not %s', async (_, themes, pointer) => {
    const refused = await create(themes);
    expect(refusalOf(refused)).toEqual(invalid);
    expect(pointersOf(refused)).toEqual([pointer]);
  });

  it('narrow the list, on what is published and on what staff work on', async () => {
    const [one, other] = [await theme(), await theme()];
    const { id } = await publishLoopRecord(service, withThemes([one]));
    await change(id, 1, { youSaid: { themes: [other] } });
    const find = async (query: string, options = {}): Promise<string[]> =>
      (
        await send(service, 'GET', `/v1/loop-records?limit=100&theme=${query}`, options)
      ).body.items.map((item: Shown) => item.id);
    expect(await find(one)).toEqual([id]);
    expect(await find(other)).toEqual([]);
    expect(await find(one, staff)).toEqual([]);
    expect(await find(other, staff)).toEqual([id]);
    expect(refusalOf(await send(service, 'GET', '/v1/loop-records?theme=x'))).toEqual(invalid);
  });
});
