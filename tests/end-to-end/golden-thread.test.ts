import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { experienceCycleId } from '../../dev/demo.ts';
import { postFft } from '../../examples/post-fft/post.ts';
import { type Shown, send } from '../api/support/send.ts';
import { createTheme, dateIn, moveCycle, publishLoopRecord } from '../api/support/things.ts';
import { type Service, startService } from '../support/service.ts';

/*
 * The golden thread on a year of real feedback, all of it through the API: what people said is taken apart, read, put into
 * themes by the labels that people gave it, three themes are chosen, answered and confirmed; and somebody who holds a receipt
 * follows it from what they said to what was done.
 */

/** In the folder beside the project: read here, never copied. */
const csv = resolve(import.meta.dirname, '../../../shared/data/fft-nottinghamshire-2021-22.csv');

/** Labels of NHS England's qualitative framework, and what a moderator makes of them in plain words. */
const themes = [
  {
    label: 'Activities & access to fresh air',
    title: 'There is too little to do, and too little fresh air',
    enquiryCategory: 'environment-and-activities',
  },
  {
    label: 'Food & drink provision & facilities',
    title: 'Food could be better',
    enquiryCategory: 'environment-and-activities',
  },
  {
    label: 'Timeliness of care',
    title: 'The wait is too long',
    enquiryCategory: 'clinical-and-social-help',
  },
] as const;

/** What the one whose receipt we follow wrote; invented. */
const ownWords = 'A walk in the garden each day would have done me good.';

const staff = { as: 'demo-admin' };
let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'full-circle-thread-'));
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown, as: typeof staff | null = staff) {
  const sent = await send(service, method, path, {
    ...as,
    ...(body !== undefined && { body }),
  });
  expect(sent.status, `${method} ${path}: ${sent.text.slice(0, 500)}`).toBeLessThan(300);
  return sent.body;
}

async function textsIn(state: 'waiting' | 'decided'): Promise<Shown[]> {
  const texts: Shown[] = [];
  for (let cursor = ''; ; ) {
    const page = await ask(
      'GET',
      `/v1/moderation/texts?cycle=${experienceCycleId}&state=${state}&limit=100${cursor}`,
    );
    texts.push(...page.items);
    if (page.next === null) return texts;
    cursor = `&cursor=${page.next}`;
  }
}

/** The texts of the file that somebody gave a label. */
async function labelled(): Promise<Map<string, Set<string>>> {
  const rows: Record<string, string>[] = parse(await readFile(csv), { columns: true });
  return new Map(
    themes.map(({ label }) => [
      label,
      new Set(
        rows.filter((row) => row[label] === '1').map((row) => (row['FFT answer'] ?? '').trim()),
      ),
    ]),
  );
}

it('leads from what people said to what was done, and back to whoever said it', async () => {
  // What people say: a trust's file, and somebody by themselves.
  const clients = join(folder, 'clients.json');
  const tokenUrl = `${service.url}/oauth2/token`;
  await writeFile(clients, JSON.stringify({ tokenUrl, clients: service.clients }));
  await postFft({
    ...{ csv, clients, state: join(folder, 'state'), client: 'demo-trust', url: null },
    ...{ cycle: experienceCycleId, organisation: null, perspective: 'service_user' },
    ...{ batchSize: 500, dryRun: false, giveUpAfter: 30 },
  });
  const { receipt } = await ask(
    'POST',
    `/v1/cycles/${experienceCycleId}/submissions`,
    {
      perspective: 'service_user',
      ratings: [{ standard: 'overall-experience', asIs: 4 }],
      answers: [{ question: 'could-improve', text: ownWords }],
    },
    null,
  );
  const statusOf = () => ask('POST', '/v1/receipts/status', { receipt }, null);
  expect((await statusOf()).status).toBe('received');
  await moveCycle(service, experienceCycleId, 'closed');
  expect((await statusOf()).status).toBe('in_moderation');

  // A person reads each text; here a script decides as one would who is careful.
  const waiting = await textsIn('waiting');
  expect(waiting.length).toBeGreaterThan(2000);
  await Promise.all(
    Array.from({ length: 8 }, async (_, worker) => {
      for (const { id, held, safeguarding } of waiting.filter((_, index) => index % 8 === worker))
        await ask('POST', `/v1/moderation/texts/${id}/decisions`, {
          decision: held || safeguarding ? 'keep_private' : 'publish',
          reason: 'Read.',
        });
    }),
  );
  expect(await textsIn('waiting')).toEqual([]);
  expect(await statusOf()).toMatchObject({ status: 'counted', themes: [], loopRecords: [] });

  // Themes, by the labels that people gave the file.
  const texts = await textsIn('decided');
  const byLabel = await labelled();
  const themeIds: string[] = [];
  for (const { label, title, enquiryCategory } of themes) {
    const { id } = await createTheme(service, { title, enquiryCategory });
    themeIds.push(id);
    const own = texts.filter(
      ({ text }) =>
        byLabel.get(label)?.has(text.trim()) || (id === themeIds[0] && text === ownWords),
    );
    expect(own.length).toBeGreaterThan(70);
    for (let start = 0; start < own.length; start += 200)
      await ask('POST', `/v1/themes/${id}/texts`, {
        add: own.slice(start, start + 200).map((text) => text.id),
      });
    const published = await ask('PUT', `/v1/themes/${id}/publication`);
    expect(published.strength).toBe('many');
  }
  const [fresh = '', food = '', wait = ''] = themeIds;

  // A group with lived experience chooses.
  const priority = await ask('POST', '/v1/priorities', {
    organisation: 'RHA',
    cycle: experienceCycleId,
    ranking: [
      { theme: fresh, rationale: 'It helps everybody, every day.' },
      { theme: food, rationale: null },
      { theme: wait, rationale: 'It matters most, and takes longest.' },
    ],
    decidedBy: [
      { perspective: 'service_user', people: 'five_to_nine' },
      { perspective: 'carer', people: 'one_to_four' },
    ],
    decidedOn: dateIn(0),
    rationale: 'We talked each theme through and gave it points.',
    dissent: ['Some of us would have put the wait first.'],
  });
  await ask('PUT', `/v1/priorities/${priority.id}/publication`);

  // Answers: one kept, one late, one declined with a reason.
  const answer = (theme: string, title: string, weDid: Record<string, unknown>) =>
    publishLoopRecord(service, {
      cycle: experienceCycleId,
      title,
      youSaid: { text: title, themes: [theme] },
      weDid,
      lookAgainOn: dateIn(90),
    });
  const done = await answer(fresh, 'A walk each day', {
    status: 'done',
    text: 'There is a walk in the garden each day, whatever the weather.',
    completedOn: dateIn(0),
  });
  const late = await answer(food, 'A new menu', {
    status: 'planned',
    text: 'We will make a new menu together.',
    dueOn: dateIn(-10),
  });
  const declined = await answer(wait, 'Shorter waits', {
    status: 'cannot_do',
    reason: 'We may not take on more staff this year. We will ask again in spring.',
  });
  expect((await ask('GET', `/v1/loop-records/${late.id}`, undefined, null)).weDid.overdue).toBe(
    true,
  );

  // The people concerned say whether it changed anything.
  for (let number = 0; number < 20; number += 1)
    await ask(
      'POST',
      `/v1/loop-records/${done.id}/confirmations`,
      { answer: number % 5 === 0 ? 'partly' : 'yes', perspective: 'service_user' },
      null,
    );
  const confirmed = await ask('GET', `/v1/loop-records/${done.id}`, undefined, null);
  expect(confirmed.confirmations).toMatchObject({ suppressed: false, no: 0 });
  expect(confirmed.contested).toBe(false);

  // Results, with how many spoke of each theme.
  const release = await ask('POST', `/v1/cycles/${experienceCycleId}/releases`, {});
  const shares = release.themes.results.filter(({ suppressed }: Shown) => !suppressed);
  expect(new Set(shares.map(({ theme }: Shown) => theme))).toEqual(new Set(themeIds));

  // How honest the loop is, in numbers that nobody typed in.
  const summary = await ask(
    'GET',
    `/v1/organisations/RHA/loop-summary?cycle=${experienceCycleId}`,
    undefined,
    null,
  );
  expect(summary.themes).toEqual({ published: 3, answered: 3, unanswered: 0 });
  // The demonstration has one promise in this cycle that is planned and not late.
  expect(summary).toMatchObject({
    answers: { done: 1, planned: 2, cannotDo: 1 },
    overdue: 1,
    declinedWithReason: 0.25,
    claims: { done: 1, confirmed: 1, contested: 0, unconfirmed: 0 },
    medianDaysToFirstAnswer: 0,
  });

  // And whoever sent the words, and nobody else, sees what came of them, without giving a name.
  expect(await statusOf()).toMatchObject({
    status: 'counted',
    themes: [{ id: fresh, title: themes[0].title }],
    loopRecords: [{ id: done.id, status: 'done', lookAgainOn: dateIn(90) }],
  });
  expect(JSON.stringify(await statusOf())).not.toContain(ownWords);
  expect(declined.weDid.reason).toMatch(/ask again/);

  // Told to whoever follows by feed.
  const feed = await service.fetch('/v1/loop-records.atom?organisation=RHA');
  const text = await feed.text();
  for (const { id } of [done, late, declined]) expect(text).toContain(`urn:uuid:${id}`);
}, 120_000);
