import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perspectiveWords } from '../../admin/words.ts';
import { staffRoles } from '../../domain/vocabulary.ts';
import { send } from '../api/support/send.ts';
import { answerEquality, closeCycle, openCycle, rateAs } from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { signedInPerson, useSession } from './support/staff.ts';

type Measure = { mean: number; distribution: number[] } | null;
type Row = {
  organisation: string;
  service: string | null;
  standard: string;
  perspective: (typeof perspectives)[number];
  count: number | null;
  asIs: Measure;
  toBe: Measure;
};

const perspectives = ['service_user', 'carer', 'peer_worker', 'staff', 'all'] as const;
const before = 'Working together in spring';
const now = 'Working together in autumn';

let service: Service;
let cycleId: string;
let earlierId: string;
let openId: string;
let rows: Row[];
let standards: { code: string; title: string }[];

beforeAll(async () => {
  service = await startService();
  const shape = {
    standardSet: { id: 'imroc-ten-tips', version: 1 },
    perspectives: perspectives.slice(0, -1),
  };
  const services = ['adult-mental-health', 'ward'].map((code) => ({
    odsCode: 'RHA',
    code,
    name: code === 'ward' ? 'The ward' : 'Adult mental health',
  }));
  const earlier = await closeCycle(service, { ...shape, title: before });
  earlierId = earlier.id;
  await rateAs(service, earlierId, 'service_user', 30, { answers: [2, 4] });
  await rateAs(service, earlierId, 'staff', 30, { answers: [4, 4] });
  await release(earlierId);

  const cycle = await closeCycle(service, { ...shape, services, title: now, equalityTable: true });
  cycleId = cycle.id;
  standards = cycle.standardSet.standards;
  // Divided people who use services, staff of one mind, and too few carers, for whose sake peer workers are hidden.
  await rateAs(service, cycleId, 'service_user', 40, { answers: [1, 4] });
  await rateAs(service, cycleId, 'service_user', 60, { answers: [5, 4] });
  await rateAs(service, cycleId, 'staff', 40, { answers: [4, 2] });
  await rateAs(service, cycleId, 'staff', 30, { answers: [4, 2], code: 'ward' });
  await rateAs(service, cycleId, 'service_user', 30, { answers: [3, 2], code: 'ward' });
  for (const code of ['adult-mental-health', 'ward'])
    await rateAs(service, cycleId, 'peer_worker', 16, { answers: [3, 2], code });
  await rateAs(service, cycleId, 'carer', 4, { answers: [3, 3] });
  await answerEquality(service, cycleId, { A: 60, N: 20, R: 3 });
  await release(cycleId);
  rows = (await send(service, 'GET', `/v1/cycles/${cycleId}/results`)).body.results;
  openId = (await openCycle(service, { title: 'Still going on' })).id;
}, 120_000);
afterAll(() => service?.stop());

async function release(id: string): Promise<void> {
  const made = await send(service, 'POST', `/v1/cycles/${id}/releases`, {
    as: 'demo-admin',
    body: {},
  });
  expect(made.status).toBe(201);
}

const rowOf = (standard: string | undefined, perspective: string, ward: string | null = null) =>
  rows.find(
    (row) =>
      row.organisation === 'RHA' &&
      row.service === ward &&
      row.standard === standard &&
      row.perspective === perspective,
  );
const mean = (measure: Measure | undefined) => measure?.mean.toFixed(1) ?? '*';

/** The cells of a table as they are read, row by row. */
async function cellsOf(table: Locator): Promise<string[][]> {
  return table.locator('tbody tr').evaluateAll((lines) =>
    lines.map((line) =>
      [...line.querySelectorAll<HTMLElement>('th, td')].map((cell) =>
        [...cell.childNodes]
          // A responsive table says its headings again for narrow screens.
          .filter((node) => !(node instanceof Element && node.matches('.nhsuk-table__heading')))
          .map((node) => node.textContent)
          .join('')
          .replace('* hidden', '*')
          .trim(),
      ),
    ),
  );
}

async function signedInPage(context: BrowserContext): Promise<Page> {
  await useSession(context, service, await signedInPerson(service));
  return context.newPage();
}

describe.each([true, false])('with JavaScript %s', (javaScriptEnabled) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await openContext({ javaScriptEnabled });
    page = await signedInPage(context);
  });
  afterAll(() => context?.close());

  it('a person goes from the list to a release, whose table has the numbers of the API', async () => {
    await page.goto(`${service.url}/console/results`);
    expect(await page.getByText('Still going on').count()).toBe(0);
    await page.getByRole('link', { name: now }).click();
    expect(await page.locator('h1').textContent()).toContain(now);
    const shown = await cellsOf(page.getByRole('table', { name: 'How things are, on average' }));
    expect(shown).toEqual(
      standards.map(({ code, title }) => [
        title,
        ...perspectives.map((perspective) => mean(rowOf(code, perspective)?.asIs)),
      ]),
    );
    expect(shown.flat().filter((cell) => cell === '*').length).toBeGreaterThan(0);
    expect(await page.locator('main').textContent()).toContain(
      '* means that a number is hidden: fewer than 10 people or nobody answered, or it is hidden so that nobody can work out another hidden number.',
    );
    expect(await page.locator('main').textContent()).toContain('rounded to the nearest 5');
  });

  it('the page of a standard has the same numbers in its tables and its charts', async () => {
    await page.goto(`${service.url}/console/results/${cycleId}`);
    const [first] = standards;
    await page
      .getByRole('table', { name: 'How things are, on average' })
      .getByRole('link')
      .first()
      .click();
    const own = perspectives.map((perspective) => rowOf(first?.code, perspective));
    expect(await cellsOf(page.getByRole('table', { name: 'On average', exact: true }))).toEqual(
      own.map((row) => [
        perspectiveWords[row?.perspective ?? 'all'],
        row?.count?.toString() ?? '*',
        mean(row?.asIs),
        mean(row?.toBe),
        row?.asIs && row.toBe ? `+${(row.toBe.mean - row.asIs.mean).toFixed(1)}` : '*',
      ]),
    );
    const spread = await cellsOf(
      page.getByRole('table', { name: 'How many gave each answer to how it is' }),
    );
    expect(spread.map((line) => line.slice(1).map((cell) => cell.split(' ')[0]))).toEqual(
      own.map((row) => row?.asIs?.distribution.map(String) ?? new Array(5).fill('*')),
    );
    const charted = await page.locator('svg.fc-chart').first().textContent();
    for (const row of own) if (row?.asIs) expect(charted).toContain(mean(row.asIs));
    expect(charted).toContain('hidden');

    const text = await page.locator('main').textContent();
    expect(text).toContain(
      'Divided between both ends of the scale, so that the average says little: people who use services',
    );
    expect(text).toContain('All gave the same answer, as far as rounded numbers tell: staff.');
    expect(text).toContain('That is a result, not an error');
    const was = { service_user: 2, staff: 4 } as Record<string, number>;
    const change = own.flatMap((row) => {
      const then = was[row?.perspective ?? ''];
      if (!row?.asIs || then === undefined) return [];
      return [[perspectiveWords[row.perspective], then.toFixed(1), mean(row.asIs)]];
    });
    const changes = await cellsOf(page.getByRole('table', { name: 'Change on average' }));
    expect(changes.map((line) => line.slice(0, 3)).slice(0, change.length)).toEqual(change);
    await page.getByRole('link', { name: 'Look at the evaluation before' }).click();
    expect(await page.locator('h1').textContent()).toContain(before);
  });

  it('a service has numbers of its own', async () => {
    await page.goto(`${service.url}/console/results/${cycleId}`);
    await page.getByRole('link', { name: 'Change whose numbers are shown' }).click();
    await page.getByRole('link', { name: 'The ward' }).click();
    expect(await cellsOf(page.getByRole('table', { name: 'How things are, on average' }))).toEqual(
      standards.map(({ code, title }) => [
        title,
        ...perspectives.map((perspective) => mean(rowOf(code, perspective, 'ward')?.asIs)),
      ]),
    );
  });

  it('what is downloaded is what the API has', async () => {
    await page.goto(`${service.url}/console/results/${cycleId}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'This table, with every organisation and service' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('results-release-1.csv');
    const answer = await service.fetch(`/v1/cycles/${cycleId}/results?release=1&format=csv`);
    expect(await readFile(await download.path(), 'utf8')).toBe(await answer.text());
    for (const link of await page.locator('main a[href^="/v1/"]').all())
      expect((await service.fetch((await link.getAttribute('href')) ?? '')).status).toBe(200);
  });
});

describe('pages of results', () => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await openContext();
    page = await signedInPage(context);
  });
  afterAll(() => context?.close());

  it('say what has to happen first, where nothing is released', async () => {
    const response = await page.goto(`${service.url}/console/results/${openId}`);
    expect(response?.status()).toBe(404);
    expect(await page.locator('main').textContent()).toContain(
      'This evaluation is open and closes on',
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${service.url}/console/results?organisation=RW9`);
    expect(await page.locator('main').textContent()).toContain(
      'No results of RW9 are released yet.',
    );
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('show the numbers of who took part, and hide small ones', async () => {
    await page.goto(`${service.url}/console/results/${cycleId}/equality`);
    const { body } = await send(service, 'GET', `/v1/cycles/${cycleId}/results`);
    expect(await cellsOf(page.getByRole('table', { name: 'People who gave each answer' }))).toEqual(
      body.equality.results.map(({ label, count }: { label: string; count: number | null }) => [
        label,
        count === null ? '*' : String(count),
      ]),
    );
  });

  it('lead to a standard and its numbers by the keyboard alone', async () => {
    await page.goto(`${service.url}/console/results`);
    for (const name of [now, standards[0]?.title ?? '']) {
      const follow = async () => {
        for (let press = 0; press < 60; press += 1) {
          await page.keyboard.press('Tab');
          const at = await page.evaluate(() => document.activeElement?.textContent?.trim());
          if (at === name) return page.keyboard.press('Enter');
        }
        throw new Error(`${name} is not reached`);
      };
      await Promise.all([page.waitForEvent('load'), follow()]);
    }
    expect(await page.locator('h1').textContent()).toContain(standards[0]?.title ?? '-');
  });

  it('are open to each role, as long as its session stands', async () => {
    const href = `/console/results/${cycleId}`;
    for (const role of staffRoles) {
      const person = await signedInPerson(service, { roles: [role], organisations: ['RW1'] });
      const ask = () =>
        service.fetch(href, {
          redirect: 'manual',
          headers: { cookie: `__Host-session=${person.sessionId}` },
        });
      const answer = await ask();
      expect([role, answer.status]).toEqual([role, 200]);
      await answer.text();
      await service.database.query('update staff_members set version = version + 1 where id = $1', [
        person.id,
      ]);
      expect([role, (await ask()).status]).toEqual([role, 303]);
    }
  });

  it('find no release, organisation, service or standard that is not there', async () => {
    const missing = [
      `${cycleId}?release=9`,
      `${cycleId}?release=none`,
      `${cycleId}?organisation=RW9`,
      `${cycleId}?service=none`,
      `${cycleId}/standards/none`,
      `${cycleId}/about-this-evaluation/safe`,
    ];
    for (const each of missing) {
      const response = await page.goto(`${service.url}/console/results/${each}`);
      expect([each, response?.status()]).toEqual([each, 404]);
      expect(await page.locator('h1').textContent()).toBe('There is nothing here');
    }
  });
});
