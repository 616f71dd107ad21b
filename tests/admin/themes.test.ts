import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shown, send } from '../api/support/send.ts';
import { createTheme, openCycle, publishTheme, textOfTheme } from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { signedInPerson, useSession } from './support/staff.ts';

let service: Service;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  service = await startService();
}, 120_000);
afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await service?.stop();
});

async function openPage(javaScriptEnabled: boolean): Promise<Page> {
  const person = await signedInPerson(service, { roles: ['moderator'] });
  const context = await openContext({ javaScriptEnabled });
  contexts.push(context);
  await useSession(context, service, person);
  return context.newPage();
}

const staff = { as: 'demo-admin' };
const category = 'environment-and-activities';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.locator('main a', { hasText: name }).click();
const go = (page: Page, path: string) => page.goto(`${service.url}/console/themes${path}`);
const place = (cycle: string) => `organisation=RHA&cycle=${cycle}`;

/** Decided texts of a cycle, in no theme. @returns their ids */
async function decidedTexts(cycle: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1)
    ids.push(
      await textOfTheme(
        service,
        { id: null, cycle, organisation: 'RHA' },
        { text: `It was so loud (${number}).` },
      ),
    );
  return ids;
}

/** How many texts a theme has, as the API counts them. */
async function countTexts(themeId: string): Promise<number> {
  return (await send(service, 'GET', `/v1/themes/${themeId}`, staff)).body.textCount;
}

async function themesOf(cycle: string): Promise<Shown[]> {
  return (await send(service, 'GET', `/v1/themes?cycle=${cycle}`, staff)).body.items;
}

/** Journeys of many pages, on a machine that is busy with other tests. */
const JOURNEY = { timeout: 60_000 };

describe.each([true, false])('from texts to a theme, with scripts: %s', JOURNEY, (hasScripts) => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage(hasScripts);
  });
  const expectNoFault = async () => {
    if (hasScripts) expect(await accessibilityFaults(page)).toEqual([]);
  };

  it('a theme is written from a text, more texts go into it, and the public reads it with its band', async () => {
    const { id: cycle } = await openCycle(service, { title: `Loud, ${hasScripts}` });
    const texts = await decidedTexts(cycle, 11);
    await go(page, `?${place(cycle)}`);
    await expectNoFault();
    await follow(page, 'Put texts into themes');
    await follow(page, 'Start with the first text');
    const first = await page.locator('.fc-text').textContent();
    await follow(page, 'Write a new theme from this text');
    await press(page, 'Save as a draft');
    expect(await page.locator('.nhsuk-error-summary').textContent()).toContain('Enter a title');
    await expectNoFault();
    await page.getByLabel('Title').fill('Wards are too loud');
    await page.locator(`[name=enquiryCategory][value=${category}]`).check();
    await press(page, 'Save as a draft');
    expect(await page.locator('.fc-text').textContent()).toBe(first);
    expect(await page.getByLabel('Wards are too loud').isChecked()).toBe(true);
    await press(page, 'Save and next');

    expect(await page.getByRole('status').textContent()).toContain('This is the next text');
    await page.getByRole('searchbox').fill('LOUD wards');
    await press(page, 'Search');
    await page.getByLabel('Wards are too loud').check();
    await press(page, 'Save and next');
    await page.getByRole('status').waitFor();

    const [theme] = await themesOf(cycle);
    expect(theme).toMatchObject({ title: 'Wards are too loud', textCount: 2, publishedAt: null });
    await send(service, 'POST', `/v1/themes/${theme?.id}/texts`, {
      ...staff,
      body: { add: texts },
    });

    await go(page, `/${theme?.id}`);
    await follow(page, 'Publish this theme');
    expect(await page.locator('.nhsuk-card').textContent()).toContain('A few people said this');
    await press(page, 'Publish');
    expect(await page.getByRole('alert').textContent()).toContain('The theme is published.');
    await expectNoFault();
    const { body } = await send(service, 'GET', `/v1/themes/${theme?.id}`);
    expect(body).toMatchObject({ title: 'Wards are too loud', strength: 'a_few' });
    await go(page, `?${place(cycle)}&words=loud`);
    expect(await page.locator('table').textContent()).toMatch(/Published[\s\S]*A few people/);
  });

  it('a theme is merged into another, which is told to be for good', async () => {
    const { id: cycle } = await openCycle(service);
    const ends = await publishTheme(service, { cycle, title: 'No rest at night' });
    const stays = await publishTheme(service, { cycle, title: 'Nights are loud' });
    await createTheme(service, { cycle, title: 'A draft about nights' });
    await textOfTheme(service, { id: ends.id, cycle, organisation: 'RHA' });
    await go(page, `/${ends.id}/merge`);
    await press(page, 'Continue');
    expect(await page.locator('.nhsuk-error-summary').textContent()).toContain('Select the theme');
    await expectNoFault();
    expect(await page.getByLabel('A draft about nights').count(), 'published into draft').toBe(0);
    await page.getByRole('searchbox').fill('nights');
    await press(page, 'Search');
    await page.getByLabel('Nights are loud').check();
    await press(page, 'Continue');
    expect(await page.locator('main').textContent()).toContain('It cannot be undone');
    await press(page, 'Merge the themes');
    expect(await page.getByRole('alert').textContent()).toContain('The theme is merged');
    const read = await send(service, 'GET', `/v1/themes/${ends.id}`);
    expect(read.body.mergedInto).toBe(stays.id);
    expect(await countTexts(stays.id)).toBe(1);
  });

  it('what can be saved of a text is, and what cannot is told', async () => {
    const { id: cycle } = await openCycle(service);
    const quiet = await createTheme(service, { cycle, title: 'Quiet rooms' });
    const food = await publishTheme(service, { cycle, title: 'Better food' });
    const [textId] = await decidedTexts(cycle, 1);
    await go(page, `/texts/${textId}?${place(cycle)}`);
    await page.getByLabel('Quiet rooms').check();
    await page.getByLabel('Better food').check();
    await send(service, 'DELETE', `/v1/themes/${food.id}/publication`, staff);
    await press(page, 'Save and next');
    const summary = await page.locator('.nhsuk-error-summary').textContent();
    expect(summary).toContain('Not saved: put into a theme that is not offered any more.');
    expect(summary).toContain('Saved all the same: put into “Quiet rooms”.');
    await expectNoFault();
    expect(await countTexts(quiet.id)).toBe(1);
    expect(await page.getByLabel('Quiet rooms').isChecked()).toBe(true);
    await page.getByLabel('Quiet rooms').uncheck();
    await press(page, 'Save and next');
    expect(await page.getByRole('alert').textContent()).toContain(
      'You have been through all texts',
    );
    expect(await countTexts(quiet.id)).toBe(0);
  });

  it('a theme is split, given a quote and withdrawn', async () => {
    const { id: cycle } = await openCycle(service);
    const theme = await publishTheme(service, { cycle, title: 'Food and noise' });
    const of = { id: theme.id, cycle, organisation: 'RHA' };
    await textOfTheme(service, of, { text: 'The food was cold.' });
    await textOfTheme(service, of, { text: 'It was loud.' });
    await textOfTheme(service, of, { text: 'Keep this.', decision: 'keep_private' });
    await go(page, `/${theme.id}/split`);
    await page.getByLabel('The food was cold.').check();
    await page.getByLabel('Title').fill('Food is cold');
    await press(page, 'Split off');
    const made = (await themesOf(cycle)).find(({ title }) => title === 'Food is cold');
    expect(made).toMatchObject({ splitFrom: theme.id, textCount: 1 });

    await go(page, `/${theme.id}/quotes`);
    expect(await page.getByLabel('Keep this.').count(), 'kept private').toBe(0);
    await page.getByLabel('It was loud.').check();
    await press(page, 'Save');
    await follow(page, 'Publish the changes');
    await press(page, 'Publish');
    const { body } = await send(service, 'GET', `/v1/themes/${theme.id}`);
    expect(body.quotes.map(({ text }: Shown) => text)).toEqual(['It was loud.']);

    await follow(page, 'Withdraw it');
    await press(page, 'Withdraw the theme');
    expect(await page.getByRole('alert').textContent()).toContain('The theme is withdrawn');
    expect((await send(service, 'GET', `/v1/themes/${theme.id}`)).status).toBe(410);
  });
});

describe('by the keyboard alone', () => {
  it('texts are put into themes, with one key for a theme and one for the next text', async () => {
    const { id: cycle } = await openCycle(service);
    const theme = await createTheme(service, { cycle, title: 'Kind people' });
    await decidedTexts(cycle, 2);
    const page = await openPage(true);
    await go(page, `/assign?${place(cycle)}`);
    const focus = async (name: string | RegExp, role: 'button' | 'checkbox') => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        const target = page.getByRole(role, { name });
        if (await target.evaluate((element) => element === document.activeElement)) return;
      }
      throw new Error(`Tab does not lead to ${name}`);
    };
    await focus('Start with the first text', 'button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/texts\//);
    await focus('Kind people', 'checkbox');
    await page.keyboard.press('Space');
    await focus(/Use keys/, 'checkbox');
    await page.keyboard.press('Space');
    await page.keyboard.press('s');
    await page.getByRole('status').waitFor();
    expect(await countTexts(theme.id)).toBe(1);
    await page.keyboard.press('1');
    await page.keyboard.press('s');
    await page.waitForURL(/done=all/);
    expect(await countTexts(theme.id)).toBe(2);
  });
});

describe('where there is nothing yet', () => {
  it('pages say what to do next', async () => {
    const { id: cycle } = await openCycle(service);
    const page = await openPage(true);
    for (const [path, words] of [
      [`?${place(cycle)}`, 'There is no theme yet'],
      [`/assign?${place(cycle)}`, 'No text of this cycle has been decided on yet'],
      ['', 'Which cycle?'],
    ] as const) {
      await go(page, path);
      expect(await page.locator('main').textContent()).toContain(words);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  });
});
