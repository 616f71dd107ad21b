import { afterAll, beforeAll, expect, it } from 'vitest';
import { flushRule } from '../../domain/flush-rule.ts';
import { type Service, startService } from '../support/service.ts';
import { type Shown, send } from './support/send.ts';
import {
  createTheme,
  dateIn,
  moveCycle,
  openCycle,
  postBatch,
  publishLoopRecord,
  submission,
} from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const statusOf = async (receipt: string) =>
  (await send(service, 'POST', '/v1/receipts/status', { body: { receipt } })).body;
const say = (texts: Record<string, string>) =>
  submission({ answers: Object.entries(texts).map(([question, text]) => ({ question, text })) });

/** A closed cycle with one submission of which there is a receipt, every text decided on. */
async function heard(texts: Record<string, string>): Promise<{ cycle: Shown; receipt: string }> {
  const cycle = await openCycle(service);
  const sent = await send(service, 'POST', `/v1/cycles/${cycle.id}/submissions`, {
    body: say(texts),
  });
  const others = Array.from({ length: flushRule.minWaitingCount }, () =>
    say({ 'what-good': 'All was well.' }),
  );
  await postBatch(service, cycle.id, others);
  await moveCycle(service, cycle.id, 'closed');
  await service.database.query(
    `update text_parts set decision = 'keep_private', decision_reason = 'Read.' where cycle_id = $1`,
    [cycle.id],
  );
  return { cycle, receipt: sent.body.receipt };
}

/** Makes a theme of the texts that say this, through the API. */
async function themeOf(cycleId: string, text: string, title: string): Promise<string> {
  const { id } = await createTheme(service, { cycle: cycleId, title });
  const rows = await service.database.query<{ id: string }>(
    'select id from text_parts where cycle_id = $1 and text = $2',
    [cycleId, text],
  );
  const put = await send(service, 'POST', `/v1/themes/${id}/texts`, {
    ...staff,
    body: { add: rows.map((row) => row.id) },
  });
  expect(put.body.textCount, put.text).toBe(rows.length);
  return id;
}

const publish = (themeId: string) =>
  send(service, 'PUT', `/v1/themes/${themeId}/publication`, staff);

it('a receipt leads to the published themes that it fed, and to what answers them, and never to words', async () => {
  const { cycle, receipt } = await heard({
    'what-good': 'The garden is lovely.',
    'could-improve': 'The nights are far too loud.',
  });
  expect(await statusOf(receipt)).toMatchObject({ status: 'counted', themes: [], loopRecords: [] });

  const [loud, lovely] = [
    await themeOf(cycle.id, 'The nights are far too loud.', 'Nights are loud'),
    await themeOf(cycle.id, 'The garden is lovely.', 'A garden to be in'),
  ];
  await themeOf(cycle.id, 'All was well.', 'Content');
  // What is not published is not told.
  expect((await statusOf(receipt)).themes).toEqual([]);
  await publish(loud);
  await publish(lovely);
  const record = await publishLoopRecord(service, {
    title: 'Quiet nights',
    youSaid: { text: 'Nights are loud.', themes: [loud] },
    weDid: { status: 'planned', text: 'Soft shoes.', dueOn: dateIn(20) },
    lookAgainOn: dateIn(30),
  });
  await publishLoopRecord(service, { title: 'Something else' });

  const status = await statusOf(receipt);
  expect(status.themes).toEqual([
    { id: lovely, title: 'A garden to be in' },
    { id: loud, title: 'Nights are loud' },
  ]);
  expect(status.loopRecords).toEqual([
    {
      id: record.id,
      title: 'Quiet nights',
      status: 'planned',
      dueOn: dateIn(20),
      overdue: false,
      lookAgainOn: dateIn(30),
    },
  ]);
  expect(JSON.stringify(status)).not.toMatch(/far too loud|lovely|asIs|service_user/);
});

it('the thread holds when a theme is merged, and ends when theme or record are withdrawn', async () => {
  const text = 'Nobody told me anything.';
  const { cycle, receipt } = await heard({ 'could-improve': text });
  const theme = await themeOf(cycle.id, text, 'Not told');
  const other = await createTheme(service, { cycle: cycle.id, title: 'Information' });
  for (const id of [theme, other.id]) await publish(id);
  const record = await publishLoopRecord(service, {
    youSaid: { text: 'Nobody is told.', themes: [theme] },
  });
  await send(service, 'POST', `/v1/themes/${theme}/merges`, {
    ...staff,
    body: { into: other.id },
  });
  expect(await statusOf(receipt)).toMatchObject({
    themes: [{ id: other.id, title: 'Information' }],
    loopRecords: [{ id: record.id }],
  });
  await send(service, 'DELETE', `/v1/loop-records/${record.id}/publication`, staff);
  expect((await statusOf(receipt)).loopRecords).toEqual([]);
  await send(service, 'DELETE', `/v1/themes/${other.id}/publication`, staff);
  expect((await statusOf(receipt)).themes).toEqual([]);
});

it('withdrawing takes the words out of the theme', async () => {
  const text = 'I was on my own for hours.';
  const { cycle, receipt } = await heard({ 'could-improve': text });
  const theme = await themeOf(cycle.id, text, 'Left alone');
  expect(
    (await send(service, 'POST', '/v1/receipts/withdrawal', { body: { receipt } })).status,
  ).toBe(200);
  const { body } = await send(service, 'GET', `/v1/themes/${theme}`, staff);
  expect(body.textCount).toBe(0);
});

it('what is left at closing and mixed with earlier texts leaves these in their themes', async () => {
  const cycle = await openCycle(service);
  const many = (text: string, count: number) =>
    postBatch(
      service,
      cycle.id,
      Array.from({ length: count }, () => say({ 'could-improve': text })),
    );
  await many('It is cold.', flushRule.minWaitingCount);
  await service.scheduled();
  await service.database.query(
    `update text_parts set decision = 'publish', decision_reason = 'Read.' where cycle_id = $1`,
    [cycle.id],
  );
  const theme = await themeOf(cycle.id, 'It is cold.', 'Cold');
  await many('It is dark.', 3);
  await moveCycle(service, cycle.id, 'closed');
  const rows = await service.database.query(
    'select text, count(*)::int as texts, (count(*) filter (where themes = array[$2::uuid]))::int as themed from text_parts where cycle_id = $1 group by text order by text',
    [cycle.id, theme],
  );
  expect(rows).toEqual([
    { text: 'It is cold.', texts: 20, themed: 20 },
    { text: 'It is dark.', texts: 3, themed: 0 },
  ]);
});
