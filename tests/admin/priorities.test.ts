import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, moved, renumbered } from '../../admin/pages/priorities/places.ts';
import { type Shown, send } from '../api/support/send.ts';
import { openCycle, publishTheme } from '../api/support/things.ts';
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

const staff = { as: 'demo-admin' };
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.locator('main a', { hasText: name }).click();

/** What the public reads of the priorities of a cycle. */
async function published(cycle: string): Promise<Shown | undefined> {
  return (await send(service, 'GET', `/v1/priorities?cycle=${cycle}`)).body.items[0];
}

const titlesOf = (priority: Shown | undefined) =>
  priority?.ranking.map(({ title }: Shown) => title);

/** A journey of many pages, on a machine that is busy with other tests. */
const JOURNEY = { timeout: 60_000 };

describe.each([true, false])('what a group decided, with scripts: %s', JOURNEY, (hasScripts) => {
  let page: Page;
  beforeAll(async () => {
    const person = await signedInPerson(service, { roles: ['moderator'] });
    const context = await openContext({ javaScriptEnabled: hasScripts });
    contexts.push(context);
    await useSession(context, service, person);
    page = await context.newPage();
  });
  const expectNoFault = async () => {
    if (hasScripts) expect(await accessibilityFaults(page)).toEqual([]);
  };
  const place = (title: string) => page.getByLabel(`${title}, place`);
  const errors = () => page.locator('.nhsuk-error-summary').textContent();

  const cycleTitle = `Ranked, ${hasScripts}`;
  let cycle: string;
  const themes: Shown[] = [];

  it('is ranked, and what is wrong with places is told and mended', async () => {
    cycle = (await openCycle(service, { title: cycleTitle })).id;
    for (const title of ['Food', 'Noise', 'Visits', 'Walks'])
      themes.push(await publishTheme(service, { cycle, title }));
    await page.goto(`${service.url}/console/priorities`);
    await follow(page, `(${cycleTitle})`);
    await press(page, 'Save and look at it');
    for (const words of [
      'Give at least one theme a place',
      'people who use services or carers',
      'Enter the day of the decision',
      'Enter how it was decided',
    ])
      expect(await errors()).toContain(words);
    await expectNoFault();

    await place('Noise').fill('2');
    await place('Food').fill('2');
    await place('Visits').fill('5');
    await page.getByLabel('Carers').selectOption('1 to 4 people');
    await page.getByLabel('Day', { exact: true }).fill('15');
    await page.getByLabel('Month').fill('1');
    await page.getByLabel('Year').fill('2026');
    await page.getByLabel('How it was decided, and why so').fill('We talked until we agreed.');
    await press(page, 'Save and look at it');
    expect(await errors()).toContain('Place 2 is given twice');
    await place('Noise').fill('3');
    await press(page, 'Save and look at it');
    expect(await errors()).toContain('No theme has place 1');
    await expectNoFault();
    await press(page, 'Put in order');
    expect(await place('Food').inputValue()).toBe('1');
    expect(await place('Visits').inputValue()).toBe('3');
    await press(page, 'Move up Visits');
    expect(await place('Visits').inputValue()).toBe('2');
    await page.getByLabel('Why it stands there (optional): Visits').fill('Nobody came.');
    for (const words of ['I would have put walks first.', 'Not this one.']) {
      await press(page, 'Write down a disagreement');
      await page.locator('textarea[name^="dissent."]').last().fill(words);
    }
    await press(page, 'Remove disagreement 2');
    await press(page, 'Save and look at it');
    expect(await page.getByRole('alert').textContent()).toContain('The priorities are saved');
    await expectNoFault();
    expect(await published(cycle)).toBeUndefined();
  });

  it('is published, and the public reads it', async () => {
    await press(page, 'Publish');
    await press(page, 'Publish');
    expect(await page.getByRole('alert').textContent()).toContain('The priorities are published.');
    const first = await published(cycle);
    expect(titlesOf(first)).toEqual(['Food', 'Visits', 'Noise']);
    expect(first).toMatchObject({
      decidedBy: [{ perspective: 'carer', people: 'one_to_four' }],
      decidedOn: '2026-01-15',
      rationale: 'We talked until we agreed.',
      dissent: ['I would have put walks first.'],
    });
    expect(first?.ranking[1].rationale).toBe('Nobody came.');
  });

  it('is changed and published again, without a theme that was withdrawn meanwhile', async () => {
    await press(page, 'Change');
    await press(page, 'Move down Food');
    await press(page, 'Save and look at it');
    expect(titlesOf(await published(cycle))).toEqual(['Food', 'Visits', 'Noise']);
    await send(service, 'DELETE', `/v1/themes/${themes[1]?.id}/publication`, staff);
    await follow(page, 'Publish the changes');
    await press(page, 'Publish');
    expect(await errors()).toContain('withdrawn or merged into another');
    await page.goto(`${page.url().replace('/publish', '').split('?')[0]}/edit`);
    expect(await page.locator('main').textContent()).toContain('are left out');
    await press(page, 'Save and look at it');
    await follow(page, 'Publish the changes');
    await press(page, 'Publish');
    expect(titlesOf(await published(cycle))).toEqual(['Visits', 'Food']);
  });

  it('cannot be ranked before a theme is published, and the page says so', async () => {
    const { id } = await openCycle(service);
    await page.goto(`${service.url}/console/priorities/new?cycle=${id}`);
    expect(await page.locator('main').textContent()).toContain(
      'No theme of this cycle is published',
    );
    await expectNoFault();
  });
});

describe('places of a ranking', () => {
  const items = (...places: (number | null)[]) =>
    places.map((place, index) => ({ theme: 'abcdef'[index] ?? '', place }));
  const shown = (result: { theme: string; place: number | null }[]) =>
    result.map(({ theme, place }) => `${theme}${place ?? ''}`).join(' ');

  it('are numbered as they stand, without gaps and with ties as listed', () => {
    expect(shown(renumbered(items(7, null, 2, 2)))).toBe('c1 d2 a3 b');
    expect(shown(renumbered(items()))).toBe('');
  });

  it('move up and down, and stay at the ends', () => {
    expect(shown(moved(items(1, 2, 3), 'c', 'up'))).toBe('a1 c2 b3');
    expect(shown(moved(items(1, 2, 3), 'a', 'down'))).toBe('b1 a2 c3');
    expect(shown(moved(items(1, 2), 'a', 'up'))).toBe('a1 b2');
    expect(shown(moved(items(1, 2), 'b', 'down'))).toBe('a1 b2');
    expect(shown(moved(items(4, null, 9), 'b', 'up'))).toBe('a1 c2 b3');
    expect(shown(moved(items(1), 'nobody', 'up'))).toBe('a1');
  });

  it('are wrong where one is given twice or left out', () => {
    expect(faultsOf(items(1, 2, null, 3))).toEqual({ repeated: [], missing: null });
    expect(faultsOf(items(1, 1)).repeated).toEqual([{ theme: 'b', place: 1 }]);
    expect(faultsOf(items(1, 3)).missing).toBe(2);
    expect(faultsOf(items(999_999_999)).missing).toBe(1);
  });
});
