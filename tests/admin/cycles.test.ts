import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../api/support/send.ts';
import {
  closeCycle,
  createCycle,
  dateTimeIn,
  moveCycle,
  openCycle,
  rateAs,
} from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { signedInPerson, useSession } from './support/staff.ts';

/** Many pages one after another, on a machine that may be busy. */
const JOURNEY_MS = 60_000;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

/** A cycle as the API shows it to a system of its trust. */
async function shown(cycleId: string) {
  const { body } = await send(service, 'GET', `/v1/cycles/${cycleId}`, { as: 'demo-admin' });
  return body;
}

/** A browser in which somebody with these roles is signed in. */
async function openAs(
  roles: Parameters<typeof signedInPerson>[1],
  javaScriptEnabled = true,
): Promise<{ context: BrowserContext; page: Page }> {
  const person = await signedInPerson(service, roles);
  const context = await openContext({ javaScriptEnabled });
  await useSession(context, service, person);
  return { context, page: await context.newPage() };
}

/** Goes on with Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const text = await focused.evaluate((element) =>
      'labels' in element && (element as HTMLInputElement).labels?.[0]
        ? (element as HTMLInputElement).labels?.[0]?.textContent
        : element.textContent,
    );
    if (text?.trim() === name) return;
  }
  throw new Error(`Tab does not reach ${name}`);
}

const idIn = (page: Page) => new URL(page.url()).pathname.split('/')[3] ?? '';

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    ({ context, page } = await openAs({ roles: ['administrator'] }, javaScriptEnabled));
  });
  afterAll(() => context?.close());

  /** Chooses the task and gives its form back. */
  async function openTask(cycleId: string, name: string): Promise<void> {
    await page.goto(`${service.url}/console/cycles/${cycleId}`);
    await page.getByRole('link', { name, exact: true }).click();
  }
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();

  it('an administrator makes a draft with the keyboard alone', async () => {
    await page.goto(`${service.url}/console/cycles`);
    await tabTo(page, 'Set up a cycle');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/console/cycles/new');
    await tabTo(page, 'Title');
    await page.keyboard.type('How is our ward?');
    await tabTo(page, 'What people rate');
    await page.keyboard.type('Friends and Family');
    await tabTo(page, 'Make the draft');
    await page.keyboard.press('Enter');
    await page.waitForURL('**?done=made');
    const cycle = await shown(idIn(page));
    expect(cycle).toMatchObject({
      phase: 'draft',
      title: 'How is our ward?',
      organisations: ['RHA'],
      standardSet: { id: 'fft', version: 1 },
      perspectives: ['service_user', 'carer'],
      channels: ['trust'],
      disclosurePolicy: { threshold: 10, roundTo: 5 },
    });
    expect(cycle.questions).toHaveLength(2);
    expect(new Date(cycle.opensAt).getUTCDay()).toBe(1);
    expect(new Date(cycle.opensAt).getTime()).toBeGreaterThan(Date.now());
  });

  it(
    'sets up each part of it, checks it and opens it',
    async () => {
      const { id } = await createCycle(service, {
        opensAt: dateTimeIn(1),
        services: [{ odsCode: 'RHA', code: 'old-code', name: 'Adult mental health' }],
      });

      await openTask(id, 'Title');
      await page.getByLabel('What is this evaluation called?').fill('');
      await save();
      await expect.poll(() => page.title()).toMatch(/^Error: /);
      await page.getByLabel('What is this evaluation called?').fill('How is it here?');
      await save();

      await openTask(id, 'Teams, wards and services');
      await page.getByRole('textbox').fill('Adult mental health\n Café ward \n\nCafé ward');
      await save();

      await openTask(id, 'Open questions');
      await page.getByRole('button', { name: 'Add a question' }).click();
      const third = page.getByRole('group', { name: 'Question 3' });
      await third.getByLabel('What people are asked').fill('May we tell your story?');
      await third.getByLabel('What may be published of the answers').selectOption('whole');
      await page.getByRole('button', { name: 'Move up question 3' }).click();
      await page.getByRole('button', { name: 'Remove question 1' }).click();
      await save();

      await openTask(id, 'When it is open');
      await page.getByLabel('Closes at').fill('noon');
      await page.getByRole('group', { name: 'Closes on' }).getByLabel('Year').fill('2031');
      await page.getByRole('group', { name: 'Closes on' }).getByLabel('Month').fill('13');
      await save();
      expect(await page.locator('.nhsuk-error-summary__list li').allTextContents()).toEqual([
        'Enter the day on which it closes as a real date, such as 6 8 2027',
        'Enter the time at which it closes, such as 9am or 17:30',
      ]);
      await page.getByLabel('Closes at').fill('5.30pm');
      await page.getByRole('group', { name: 'Closes on' }).getByLabel('Month').fill('7');
      await page.getByRole('group', { name: 'Closes on' }).getByLabel('Day').fill('1');
      await save();

      await openTask(id, 'When numbers are hidden');
      await page.getByLabel('Fewest people whose numbers are shown').fill('12');
      await save();
      await openTask(id, 'When people look again');
      for (const part of ['Day', 'Month', 'Year']) await page.getByLabel(part).fill('');
      await save();
      await openTask(id, 'Who is asked');
      await page.getByLabel('Peer workers').check();
      await save();

      await page.getByRole('button', { name: 'Check and open it' }).click();
      await page.getByRole('link', { name: 'Change equality table' }).click();
      await page.getByLabel('Yes, as one table for the whole cycle').check();
      await save();
      await page.waitForURL(`**/${id}/check?done=saved`);
      await page.getByRole('button', { name: 'Open it now' }).click();
      await page.getByRole('button', { name: 'Open it now' }).click();
      await page.waitForURL(`**/${id}?done=opened`);

      expect(await shown(id)).toMatchObject({
        phase: 'open',
        title: 'How is it here?',
        services: [
          { odsCode: 'RHA', code: 'old-code', name: 'Adult mental health' },
          { odsCode: 'RHA', code: 'cafe-ward', name: 'Café ward' },
        ],
        questions: [
          { code: 'may-we-tell-your-story', publication: 'whole' },
          { code: 'could-improve', prompt: 'What could we do better?', publication: 'quotes' },
        ],
        perspectives: ['service_user', 'carer', 'peer_worker'],
        closesAt: '2031-07-01T16:30:00Z',
        disclosurePolicy: { threshold: 12, roundTo: 5 },
        lookAgainOn: null,
        equalityTable: true,
      });
    },
    JOURNEY_MS,
  );

  it('is told of whoever changed it meanwhile, and replaces their version only knowingly', async () => {
    const { id, version } = await createCycle(service);
    await openTask(id, 'Title');
    const change = await send(service, 'PATCH', `/v1/cycles/${id}`, {
      as: 'demo-admin',
      headers: { 'if-match': `W/"${version}"` },
      body: { title: 'Theirs' },
    });
    expect(change.status).toBe(200);
    await page.getByRole('textbox').fill('Ours');
    await save();
    expect(await page.locator('.nhsuk-error-summary').textContent()).toContain('Somebody else');
    expect((await shown(id)).title).toBe('Theirs');
    expect(await page.getByRole('textbox').inputValue()).toBe('Ours');
    await save();
    await page.waitForURL('**?done=saved');
    expect((await shown(id)).title).toBe('Ours');
  });

  it(
    'sees who takes part in an open cycle, hides more, holds what is there, and closes it',
    async () => {
      const { id } = await openCycle(service);
      await rateAs(service, id, 'service_user', 40);
      await rateAs(service, id, 'carer', 3);
      await service.database.query(
        `insert into shown_participation_weeks (cycle_id, organisation, perspective, week, people)
       values ($1, 'RHA', 'service_user', '2026-11-02', 10), ($1, 'RHA', 'service_user', '2026-11-16', 40)`,
        [id],
      );
      await page.goto(`${service.url}/console/cycles/${id}`);
      const rows = page.getByRole('table').first().getByRole('row');
      expect(await rows.nth(1).textContent()).toMatch(/People who use services.*40/);
      expect(await rows.nth(2).textContent()).toMatch(/Carers.*\*/);
      const weeks = page.getByRole('table', { name: /by the end of each week/ }).getByRole('row');
      expect(await weeks.nth(1).textContent()).toMatch(/2 November 2026.*10.*\*/);
      expect(await weeks.nth(2).textContent()).toMatch(/16 November 2026.*40.*\*/);
      if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);

      await page.getByRole('link', { name: /raise the threshold/ }).click();
      await page.getByRole('textbox').fill('9');
      await save();
      await expect.poll(() => page.title()).toMatch(/^Error: /);
      await page.getByRole('textbox').fill('15');
      await save();
      await page.waitForURL('**?done=saved');
      expect((await shown(id)).disclosurePolicy).toEqual({ threshold: 15, roundTo: 5 });

      await page.getByRole('link', { name: /Stop the deletion/ }).click();
      await page.getByRole('textbox').fill('Order of the coroner');
      await page.getByRole('button', { name: 'Stop the deletion' }).click();
      await page.waitForURL('**?done=held');
      expect((await shown(id)).legalHold).toBe(true);
      await page.getByRole('link', { name: 'End the legal hold' }).click();
      await page.getByRole('button', { name: 'End the legal hold' }).click();
      await page.waitForURL('**?done=hold-ended');
      expect((await shown(id)).legalHold).toBe(false);

      await page.getByRole('link', { name: 'Close it before its time' }).click();
      await page.getByRole('button', { name: 'Close it now' }).click();
      await page.waitForURL('**?done=closed');
      expect((await shown(id)).phase).toBe('closed');
    },
    JOURNEY_MS,
  );

  it('schedules a draft, and only one that opens in the future', async () => {
    const { id } = await createCycle(service, { opensAt: dateTimeIn(2) });
    await page.goto(`${service.url}/console/cycles/${id}/check`);
    await page.getByRole('button', { name: 'Schedule it' }).click();
    await page.getByRole('button', { name: 'Schedule it' }).click();
    await page.waitForURL('**?done=scheduled');
    expect((await shown(id)).phase).toBe('scheduled');
    const late = await createCycle(service, { opensAt: dateTimeIn(-2) });
    await page.goto(`${service.url}/console/cycles/${late.id}/check`);
    expect(await page.getByRole('button', { name: 'Schedule it' }).count()).toBe(0);
  });
});

describe.each([true, false])('a release, with scripts: %s', (javaScriptEnabled) => {
  it(
    'is looked at and proposed by one publisher, and published by another',
    async () => {
      const { id } = await openCycle(service, { aboutThisEvaluation: null });
      for (const perspective of ['service_user', 'carer'])
        await rateAs(service, id, perspective, perspective === 'carer' ? 4 : 40);
      await moveCycle(service, id, 'closed');
      const release = `${service.url}/console/cycles/${id}/release`;
      const releases = () => send(service, 'GET', `/v1/cycles/${id}/releases`);
      const one = await openAs({ roles: ['publisher'] }, javaScriptEnabled);
      const other = await openAs({ roles: ['publisher'] }, javaScriptEnabled);

      await one.page.goto(`${service.url}/console/cycles/${id}`);
      await one.page.getByRole('button', { name: 'Release the results' }).click();
      await one.page.getByRole('button', { name: 'Look at what will be hidden' }).click();
      const told = await one.page.locator('main').textContent();
      expect(told).toContain('Too few people');
      expect(told).not.toMatch(/\b4 people\b/);
      if (javaScriptEnabled) expect(await accessibilityFaults(one.page)).toEqual([]);
      await one.page.getByRole('button', { name: 'Propose this release' }).click();
      await one.page.waitForURL('**?done=proposed');
      expect(await one.page.locator('main').textContent()).toContain('You proposed it');
      expect(await one.page.getByRole('button', { name: /confirm/ }).count()).toBe(0);

      await other.page.goto(release);
      const confirm = other.page.getByRole('button', { name: 'Look at it and confirm' });
      const confirmHref = (await confirm.getAttribute('href')) ?? '';
      // Whoever proposed it finds the page of others, and is told why it is not for them.
      await one.page.goto(service.url + confirmHref);
      await one.page.getByRole('button', { name: 'Publish the results' }).click();
      expect(await one.page.locator('.nhsuk-error-summary').textContent()).toContain(
        'Ask another publisher',
      );
      expect((await releases()).status).toBe(404);

      await other.page.getByRole('link', { name: 'Withdraw the proposal' }).click();
      await other.page.getByRole('button', { name: 'Withdraw it' }).click();
      await other.page.waitForURL('**?done=withdrawn');
      await other.page.getByRole('button', { name: 'Look at what will be hidden' }).click();
      await other.page.getByRole('button', { name: 'Propose this release' }).click();
      await other.page.waitForURL('**?done=proposed');

      await one.page.goto(release);
      await one.page.getByRole('button', { name: 'Look at it and confirm' }).click();
      await one.page.getByRole('button', { name: 'Publish the results' }).click();
      await one.page.waitForURL('**/released');
      if (javaScriptEnabled) expect(await accessibilityFaults(one.page)).toEqual([]);
      const { body } = await releases();
      expect(body.items).toHaveLength(1);
      const csv = await one.page.getByRole('link', { name: /CSV/ }).getAttribute('href');
      const answer = await service.fetch(csv ?? '');
      expect(answer.headers.get('content-type')).toContain('text/csv');
      expect(await answer.text()).toContain('service_user');
      await Promise.all([one.context.close(), other.context.close()]);
    },
    JOURNEY_MS,
  );
});

describe('states that no page begins with', () => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    ({ context, page } = await openAs({}));
  });
  afterAll(() => context?.close());

  it('have no fault that axe-core finds: errors, an empty list, a closed and a changed cycle', async () => {
    const open = await openCycle(service);
    const closed = await closeCycle(service);
    const draft = await createCycle(service, { questions: [] });
    const faults: Record<string, string[]> = {};
    for (const path of [
      '?organisation=RW1&phase=released',
      `/${closed.id}?done=closed`,
      `/${open.id}/title`,
      `/${open.id}/open`,
      `/${draft.id}/questions`,
    ]) {
      await page.goto(`${service.url}/console/cycles${path}`);
      faults[path] = await accessibilityFaults(page);
    }
    for (const path of ['new', `${draft.id}/window`, `${draft.id}/perspectives`]) {
      await page.goto(`${service.url}/console/cycles/${path}`);
      await page.evaluate(() => {
        for (const box of document.querySelectorAll<HTMLInputElement>(
          'main input:not([type=hidden])',
        ))
          if (box.type === 'checkbox') box.checked = false;
          else box.value = '';
      });
      await page.locator('main form button').last().click();
      await expect.poll(() => page.title()).toMatch(/^Error: /);
      faults[path] = await accessibilityFaults(page);
    }
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
  });
});

it('shows a cycle to whoever reads, without what only its administrators may know or do', async () => {
  const { id } = await openCycle(service);
  const draft = await createCycle(service);
  const { context, page } = await openAs({ roles: ['auditor', 'moderator', 'publisher'] });
  await page.goto(`${service.url}/console/cycles/${id}`);
  const text = await page.locator('main').textContent();
  expect(text).toContain('How it is set up');
  expect(text).not.toContain('Who has taken part');
  expect(text).not.toContain('Close it');
  const answer = await page.goto(`${service.url}/console/cycles/${draft.id}`);
  expect(answer?.status()).toBe(404);
  await context.close();
});
