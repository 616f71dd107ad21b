import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { createLoopRecord, dateIn, publishLoopRecord } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const gone = { status: 410, code: 'gone' };
const notFound = { status: 404, code: 'not-found' };
const get = (id: string, rest: string) => send(service, 'GET', `/v1/loop-records/${id}/${rest}`);
const change = async (id: string, version: number, body: unknown) => {
  const sent = await send(service, 'PATCH', `/v1/loop-records/${id}`, {
    ...staff,
    headers: { 'if-match': `W/"${version}"` },
    body,
  });
  expect(sent.status, sent.text).toBe(200);
};
const publish = (id: string) => send(service, 'PUT', `/v1/loop-records/${id}/publication`, staff);

/** A record that was published as versions 1, 3 and 4: 2 never was, and 5 is not yet. */
async function recordOfThreeVersions() {
  const first = await publishLoopRecord(service, {
    weDid: {
      status: 'planned',
      text: 'There will be a quiet room.',
      dueOn: dateIn(30),
      milestones: [{ on: dateIn(10), text: 'Choose the chairs' }],
    },
  });
  const { id } = first as { id: string };
  await change(id, 1, { title: 'Never said' });
  await change(id, 2, { title: 'A quiet room', weDid: { status: 'in_progress' } });
  const second = (await publish(id)).body;
  await change(id, 3, {
    weDid: { status: 'done', text: 'It is open.', dueOn: null, milestones: [] },
    difference: 'People stay.',
  });
  const third = (await publish(id)).body;
  await change(id, 4, { title: 'Not said yet' });
  return { id, versions: [first, second, third] as Shown[] };
}

describe('the versions of a record', () => {
  it('are listed as they were published, the oldest first, each with where it is read', async () => {
    const { id, versions } = await recordOfThreeVersions();
    const { status, body, headers } = await get(id, 'versions');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toMatch(/^public/);
    expect(body).toEqual({
      items: versions.map(({ version, updatedAt }) => ({
        version,
        publishedAt: updatedAt,
        href: `/v1/loop-records/${id}/versions/${version}`,
      })),
      next: null,
    });
    expect(body.items.map(({ version }: Shown) => version)).toEqual([1, 3, 4]);
  });

  it('are each read as they were when they were published', async () => {
    const { id, versions } = await recordOfThreeVersions();
    const { items } = (await get(id, 'versions')).body;
    for (const [index, { href }] of items.entries()) {
      const read = await send(service, 'GET', href);
      expect(read.body).toEqual({ ...versions[index], publishedVersion: 4 });
    }
    expect((await send(service, 'GET', `/v1/loop-records/${id}`)).body).toEqual(versions[2]);
  });

  it('are not there where they were never published, for staff neither', async () => {
    const { id } = await recordOfThreeVersions();
    for (const version of [2, 5, 99, 999_999_999])
      expect(refusalOf(await get(id, `versions/${version}`))).toEqual(notFound);
    const path = `/v1/loop-records/${id}/versions/5`;
    expect(refusalOf(await send(service, 'GET', path, staff))).toEqual(notFound);
  });

  it.each(['versions', 'versions/1', 'changes', 'changes?from=1&to=1'])(
    'are nothing of a draft: %s',
    async (rest) => {
      const { id } = await createLoopRecord(service);
      expect(refusalOf(await get(id, rest))).toEqual(notFound);
    },
  );

  it('are gone once the record is withdrawn, all of them', async () => {
    const { id } = await recordOfThreeVersions();
    await send(service, 'DELETE', `/v1/loop-records/${id}/publication`, staff);
    for (const rest of ['versions', 'versions/1', 'versions/2', 'changes', 'changes?from=1&to=4']) {
      const refused = await get(id, rest);
      expect(refusalOf(refused), rest).toEqual(gone);
      expect(refused.text).not.toContain('quiet');
    }
  });

  it.each([
    'versions/0',
    'versions/x',
    'versions/01',
    'versions/-1',
    'changes?from=x',
    'changes?to=0',
  ])('are numbered from 1: %s is refused', async (rest) => {
    const { id } = await publishLoopRecord(service);
    expect((await get(id, rest)).status).toBe(400);
  });
});

describe('the changes of a record', () => {
  it('are those between the last two versions, unless others are named', async () => {
    const { id } = await recordOfThreeVersions();
    const done = [
      { pointer: '/weDid/status', before: 'in_progress', after: 'done' },
      { pointer: '/weDid/text', before: 'There will be a quiet room.', after: 'It is open.' },
      { pointer: '/weDid/dueOn', before: dateIn(30), after: null },
      {
        pointer: '/weDid/milestones',
        before: [{ on: dateIn(10), text: 'Choose the chairs' }],
        after: [],
      },
      { pointer: '/difference', before: null, after: 'People stay.' },
    ];
    const title = { pointer: '/title', before: 'Somewhere quiet to sit', after: 'A quiet room' };
    const begun = { pointer: '/weDid/status', before: 'planned', after: 'in_progress' };
    const byPointer = (changes: Shown[]) =>
      [...changes].sort((one, other) => (one.pointer < other.pointer ? -1 : 1));
    for (const [query, from, to, changes] of [
      ['', 3, 4, done],
      ['?to=4', 3, 4, done],
      ['?from=3', 3, 4, done],
      ['?to=3', 1, 3, [title, begun]],
      ['?from=1&to=3', 1, 3, [title, begun]],
      ['?from=1', 1, 4, [title, { ...done[0], before: 'planned' }, ...done.slice(1)]],
      ['?from=4&to=4', 4, 4, []],
      ['?to=1', 1, 1, []],
    ] as const) {
      const { body } = await get(id, `changes${query}`);
      expect({ ...body, changes: byPointer(body.changes) }, query).toEqual({
        from,
        to,
        changes: byPointer([...changes]),
      });
    }
  });

  it('are the other way round from a later to an earlier one', async () => {
    const { id } = await recordOfThreeVersions();
    const there = (await get(id, 'changes?from=1&to=4')).body;
    const back = (await get(id, 'changes?from=4&to=1')).body;
    expect(back).toEqual({
      from: 4,
      to: 1,
      changes: there.changes.map(({ pointer, before, after }: Shown) => ({
        pointer,
        before: after,
        after: before,
      })),
    });
  });

  it('are none of a record that was published once', async () => {
    const { id } = await publishLoopRecord(service);
    expect((await get(id, 'changes')).body).toEqual({ from: 1, to: 1, changes: [] });
  });

  it('do not tell of a link to themes where a version was written before there were any', async () => {
    const { id } = await publishLoopRecord(service);
    await service.database.query(
      `update loop_record_publications set you_said = you_said - 'themes' where record_id = $1`,
      [id],
    );
    await change(id, 1, { title: 'A quiet room' });
    await publish(id);
    const { changes } = (await get(id, 'changes')).body;
    expect(changes.map(({ pointer }: Shown) => pointer)).toEqual(['/title']);
  });

  it('with a version that was never published are not there', async () => {
    const { id } = await recordOfThreeVersions();
    for (const query of [
      'from=2',
      'to=2',
      'from=1&to=2',
      'from=2&to=3',
      'from=5',
      'to=5',
      'from=2&to=2',
    ])
      expect(refusalOf(await get(id, `changes?${query}`)), query).toEqual(notFound);
  });
});
