import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loopStatuses } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { createLoopRecord, dateIn, publishLoopRecord } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const list = async (query: string, as?: string): Promise<Shown[]> =>
  (
    await send(
      service,
      'GET',
      `/v1/loop-records?limit=100&${query}`,
      as === undefined ? {} : { as },
    )
  ).body.items;

describe('the list of what is overdue', () => {
  it('has exactly the records that say they are, and the other list exactly the others', async () => {
    for (const status of loopStatuses)
      for (const dueOn of [null, dateIn(-400), dateIn(-1), dateIn(0), dateIn(1)])
        await publishLoopRecord(service, { weDid: { status, dueOn, text: 'x', reason: 'x' } });
    // What is only drafted is for staff.
    await createLoopRecord(service, { weDid: { status: 'planned', dueOn: dateIn(-1) } });
    for (const as of [undefined, 'demo-admin']) {
      const all = await list('', as);
      const split = (isOverdue: boolean) =>
        all.filter(({ weDid }) => weDid.overdue === isOverdue).map(({ id }) => id);
      expect(split(true).length).toBeGreaterThanOrEqual(6);
      expect(split(false).length).toBeGreaterThanOrEqual(24);
      for (const isOverdue of [true, false]) {
        const found = await list(`overdue=${isOverdue}`, as);
        expect(found.map(({ id }) => id)).toEqual(split(isOverdue));
      }
    }
    expect((await list('overdue=true', 'demo-admin')).length).toBeGreaterThan(
      (await list('overdue=true')).length,
    );
  });

  it('goes together with other filters', async () => {
    const found = await list('overdue=true&status=planned');
    expect(found.length).toBeGreaterThan(0);
    for (const { weDid } of found)
      expect(weDid).toMatchObject({ status: 'planned', overdue: true });
    expect(await list('overdue=true&status=done')).toEqual([]);
  });

  it.each(['overdue=yes', 'overdue=', 'overdue=TRUE'])('refuses %s', async (query) => {
    const refused = await send(service, 'GET', `/v1/loop-records?${query}`);
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
  });
});

it('a record reads as overdue in the list, by itself, and in each of its versions', async () => {
  const { id } = await publishLoopRecord(service, {
    weDid: { status: 'planned', text: 'x', dueOn: dateIn(0) },
  });
  const paths = [`/v1/loop-records/${id}`, `/v1/loop-records/${id}/versions/1`];
  const isOverdue = async () => [
    ...(await Promise.all(paths.map((path) => send(service, 'GET', path)))).map(
      ({ body }) => body.weDid.overdue,
    ),
    (await list('')).find((each) => each.id === id).weDid.overdue,
    (await list('overdue=true')).some((each) => each.id === id),
  ];
  expect(await isOverdue()).toEqual([false, false, false, false]);
  // Nobody touches the record; a day passes.
  await service.database.query(
    `update loop_record_publications set we_did = jsonb_set(we_did, '{dueOn}', to_jsonb($2::text))
     where record_id = $1`,
    [id, dateIn(-1)],
  );
  expect(await isOverdue()).toEqual([true, true, true, true]);
});
