import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../api/support/send.ts';
import {
  createLoopRecord,
  dateIn,
  openCycle,
  publishLoopRecord,
  publishTheme,
} from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { signedInPerson, useSession } from './support/staff.ts';

let service: Service;
let cycle: { id: string };
let theme: { id: string };
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  service = await startService();
  cycle = await openCycle(service, { title: 'How was the ward?' });
  theme = await publishTheme(service, { cycle: cycle.id, title: 'Nowhere quiet' });
}, 120_000);
afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await service?.stop();
});

async function openAs(roles: Parameters<typeof signedInPerson>[1], javaScriptEnabled = true) {
  const [person, context] = await Promise.all([
    signedInPerson(service, { roles: ['publisher'], ...roles }),
    openContext({ javaScriptEnabled }),
  ]);
  contexts.push(context);
  await useSession(context, service, person);
  return context.newPage();
}

const read = (id: string, rest = '') => send(service, 'GET', `/v1/loop-records/${id}${rest}`);
const idIn = (page: Page) => /loop-records\/([\da-f-]{36})/.exec(page.url())?.[1] ?? '';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
const heading = (page: Page) => page.locator('h1').textContent();
const banner = (page: Page) => page.locator('.nhsuk-notification-banner').textContent();

async function fillDay(page: Page, id: string, date: string) {
  const [year = '', month = '', day = ''] = date.split('-');
  await page.locator(`#${id}-day`).fill(day);
  await page.locator(`#${id}-month`).fill(month);
  await page.locator(`#${id}-year`).fill(year);
}

/** From the page of a record: preview, then publish. */
async function publish(page: Page) {
  await page.getByRole('button', { name: 'Preview and publish' }).click();
  await page.getByRole('button', { name: 'Continue to publish' }).click();
  await page.locator('main form .nhsuk-button').click();
  expect(await banner(page)).toContain('Everybody can read it now');
}

describe.each([true, false])('a publisher, with scripts: %s', (javaScriptEnabled) => {
  let page: Page;
  let id: string;
  const due = dateIn(-20);
  const title = `Somewhere quiet ${javaScriptEnabled}`;
  beforeAll(async () => {
    page = await openAs({}, javaScriptEnabled);
  });

  it('writes what people said and what is promised, and sees it as the public will, before anybody else does', async () => {
    await page.goto(`${service.url}/console/loop-records`);
    await page.getByRole('button', { name: 'Write a record' }).click();
    await press(page, 'Save draft and continue');
    await expect.poll(() => page.title()).toMatch(/^Error: /);
    await page.locator('#cycle').selectOption({ label: 'How was the ward?' });
    await page.locator('#title').fill(title);
    await page.locator('#youSaid-text').fill('The waiting room is loud.');
    await press(page, 'Save draft and continue');

    expect(await heading(page)).toBe('What did you do about it?');
    id = idIn(page);
    await page.getByLabel('Planned', { exact: true }).check();
    await page.locator('#weDid-text').fill('There will be a quiet room.');
    await page.locator('#weDid-owner').fill('Ward manager');
    await fillDay(page, 'weDid-dueOn', due);
    await press(page, 'Add a step');
    await press(page, 'Add another step');
    expect(await page.locator('#weDid-text').inputValue()).toBe('There will be a quiet room.');
    await page.locator('#weDid-milestones-1-text').fill('Choose chairs');
    await fillDay(page, 'weDid-milestones-1-on', '2027-01-09');
    await page.getByRole('button', { name: 'Remove step 1' }).click();
    expect(await page.locator('#weDid-milestones-0-text').inputValue()).toBe('Choose chairs');
    await page.locator('#weDid-text').press('Tab');
    await press(page, 'Save');
    expect(await banner(page)).toContain('Nobody else reads it');

    await page.getByRole('link', { name: 'Change themes' }).click();
    await page.getByLabel('Nowhere quiet').check();
    await press(page, 'Save');
    await page.getByRole('button', { name: 'Preview and publish' }).click();
    const preview = await page.locator('main').textContent();
    expect(preview).toContain('The waiting room is loud.');
    expect(preview).toContain('We will');
    expect((await read(id)).status).toBe(404);
    await page.goBack();

    await publish(page);
    expect((await read(id)).body).toMatchObject({
      organisation: 'RHA',
      cycle: cycle.id,
      title,
      youSaid: { text: 'The waiting room is loud.', themes: [theme.id] },
      weDid: {
        status: 'planned',
        text: 'There will be a quiet room.',
        owner: 'Ward manager',
        dueOn: due,
        overdue: true,
        milestones: [{ on: '2027-01-09', text: 'Choose chairs' }],
      },
    });
    expect(await page.locator('main').textContent()).toContain('Too few have answered so far');
  });

  it('sees first what is overdue, and how late it is', async () => {
    await page.goto(`${service.url}/console/loop-records?cycle=${cycle.id}`);
    const first = page.locator('.fc-board__column').first();
    expect(await first.locator('h2').textContent()).toContain('Overdue');
    const item = first.locator('li', { hasText: title });
    expect(await item.textContent()).toContain('2 weeks late');
    await item.getByRole('link').click();
    expect(await heading(page)).toBe(title);
  });

  it('says that it is done, and sees what changes before everybody does', async () => {
    await page.getByRole('link', { name: 'Change what you did' }).click();
    await page.getByLabel('Done', { exact: true }).check();
    await fillDay(page, 'weDid-completedOn', '2026-11-01');
    await page.locator('#weDid-text').fill('');
    await press(page, 'Save');
    const error = page.locator('.nhsuk-error-summary a');
    expect(await error.textContent()).toBe('Enter what has changed, now that it is done');
    await page.locator('#weDid-text').fill('The quiet room is open.');
    await press(page, 'Save');
    expect((await read(id)).body.weDid.status).toBe('planned');
    await page.getByRole('button', { name: 'Preview and publish' }).click();
    const main = await page.locator('main').textContent();
    expect(main).toContain('What changes: where it stands, what is done and when it was done.');
    expect(main).toContain('There will be a quiet room.');
    expect(main).toContain('The quiet room is open.');
    await page.goBack();
    const before = (await read(id)).body.version;
    await publish(page);
    expect((await read(id)).body.weDid).toMatchObject({
      ...{ status: 'done', completedOn: '2026-11-01', overdue: false },
    });
    await follow(page, `Version ${before}`);
    expect(await page.locator('main').textContent()).toContain('A newer version is published now');
    expect(await page.locator('main').textContent()).toContain('There will be a quiet room.');
  });

  it('takes it up again only with a new reason, and can say "no, because"', async () => {
    const form = `${service.url}/console/loop-records/${id}/we-did`;
    await page.goto(form);
    await page.getByLabel('In progress', { exact: true }).check();
    await press(page, 'Save');
    expect(await page.locator('.nhsuk-error-summary').textContent()).toContain(
      'Enter why it is taken up again',
    );
    await page.locator('#reason-reopened').fill('It is locked at weekends.');
    await press(page, 'Save');
    await page.goto(form);
    expect(await page.locator('#reason-reopened').inputValue()).toBe('It is locked at weekends.');

    await page.getByLabel('Cannot be done', { exact: true }).check();
    await press(page, 'Save');
    expect(await page.locator('.nhsuk-error-summary').textContent()).toContain(
      'Enter the reason, in plain words',
    );
    await page.locator('#reason-cannot_do').fill('There is no staff at weekends.');
    await press(page, 'Save');
    await publish(page);
    expect((await read(id)).body.weDid).toMatchObject({
      ...{ status: 'cannot_do', reason: 'There is no staff at weekends.', completedOn: null },
    });
  });

  it('withdraws it for good, and everybody is told so', async () => {
    await follow(page, 'Withdraw this record');
    expect(await page.locator('main').textContent()).toContain('This cannot be undone');
    await press(page, 'Withdraw for good');
    expect(await banner(page)).toContain('The record is withdrawn');
    expect((await read(id)).status).toBe(410);
    await page.goto(`${service.url}/console/loop-records/${id}`);
    expect(await heading(page)).toBe('This was withdrawn');
  });

  it('prints two records on one sheet', async () => {
    const made = [
      await publishLoopRecord(service, { cycle: cycle.id, title: `Quiet room ${title}` }),
      await publishLoopRecord(service, {
        cycle: cycle.id,
        title: `Free parking ${title}`,
        youSaid: { text: 'Carers pay for parking every time they visit.' },
        weDid: { status: 'cannot_do', reason: 'The car park belongs to the council.' },
      }),
    ];
    await createLoopRecord(service, { cycle: cycle.id, title: 'Not published' });
    await page.goto(`${service.url}/console/loop-records/poster`);
    await follow(page, 'How was the ward?');
    expect(await page.locator('main').textContent()).not.toContain('Not published');
    await press(page, 'Make the poster');
    expect(await page.locator('.nhsuk-error-summary').textContent()).toContain(
      'Select at least one record',
    );
    for (const { title: name } of made)
      await page.getByLabel(String(name), { exact: true }).check();
    await press(page, 'Make the poster');
    const poster = await page.locator('.fc-poster').textContent();
    expect(poster).toContain('No, because');
    expect(poster).toContain('The car park belongs to the council.');
    expect(await page.locator('.fc-qr').count()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['header', 'footer', '.fc-no-print', '.nhsuk-back-link'])
      expect(await page.locator(selector).first().isVisible()).toBe(false);
    expect(await sheets(page)).toEqual(['595 x 842']);
    await page.goto(page.url().replace('paper=a4', 'paper=a3').replace('code=all', 'code=each'));
    expect(await page.locator('.fc-qr').count()).toBe(2);
    expect(await sheets(page)).toEqual(['842 x 1191']);
    await page.emulateMedia({ media: 'screen' });
  });
});

/** The sheets that a page is printed on, in points. */
async function sheets(page: Page): Promise<string[]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...pdf.matchAll(/\/Type \/Page\b[^s][\s\S]*?\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))} x ${Math.round(Number(height))}`,
  );
}

it('a record is written by keyboard alone, and Enter in a field saves it', async () => {
  const page = await openAs({});
  const tabTo = async (selector: string) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await page.locator(`${selector}:focus`).count()) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${selector} cannot be reached`);
  };
  await page.goto(`${service.url}/console/loop-records/new`);
  await tabTo('#title');
  await page.keyboard.type('Warm food');
  await tabTo('#youSaid-text');
  await page.keyboard.type('Supper is cold.');
  await tabTo('main form .nhsuk-button');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/we-did');
  await tabTo('#weDid-status');
  await page.keyboard.press('ArrowDown');
  await tabTo('#weDid-owner');
  await page.keyboard.type('Catering manager');
  await page.keyboard.press('Enter');
  await page.waitForURL('**?done=saved');
  const sent = await send(service, 'GET', `/v1/loop-records/${idIn(page)}`, { as: 'demo-admin' });
  expect(sent.body.weDid).toMatchObject({ status: 'planned', owner: 'Catering manager' });
});

it('somebody else’s change is not lost by saving over it unseen', async () => {
  const { id } = await createLoopRecord(service);
  const [mine, theirs] = await Promise.all([openAs({}), openAs({})]);
  const form = `${service.url}/console/loop-records/${id}/difference`;
  await Promise.all([mine.goto(form), theirs.goto(form)]);
  await theirs.locator('#difference').fill('People stay longer.');
  await press(theirs, 'Save');
  await mine.locator('#difference').fill('People sit there.');
  await press(mine, 'Save');
  expect(await mine.locator('.nhsuk-error-summary').textContent()).toContain('Somebody else');
  expect(await mine.locator('#difference').inputValue()).toBe('People sit there.');
  const staff = { as: 'demo-admin' };
  const differenceNow = async () =>
    (await send(service, 'GET', `/v1/loop-records/${id}`, staff)).body.difference;
  expect(await differenceNow()).toBe('People stay longer.');
  await press(mine, 'Save');
  expect(await differenceNow()).toBe('People sit there.');
});

it('a record of another organisation cannot be worked on', async () => {
  const { id } = await publishLoopRecord(service);
  const page = await openAs({ organisations: ['RW1'] });
  for (const rest of ['', '/we-did', '/preview', '/publish', '/withdraw', '/themes']) {
    const answer = await page.goto(`${service.url}/console/loop-records/${id}${rest}`);
    expect(answer?.status(), rest).toBe(404);
  }
  await page.goto(`${service.url}/console/loop-records`);
  expect(await page.locator('main').textContent()).toContain('There is no record yet');
});

it('no state of its pages has a fault that axe-core finds', async () => {
  const page = await openAs({ organisations: ['RHA', 'RW1'] });
  const { id, version } = await publishLoopRecord(service, {
    weDid: { status: 'planned', dueOn: dateIn(-3) },
  });
  await send(service, 'PATCH', `/v1/loop-records/${id}`, {
    as: 'demo-admin',
    headers: { 'if-match': `W/"${version}"` },
    body: { title: 'A quieter room' },
  });
  const at = async (rest: string) => {
    await page.goto(`${service.url}/console/loop-records${rest}`);
    expect(await accessibilityFaults(page), rest).toEqual([]);
  };
  await at('?overdue=true&done=withdrawn');
  await at('?organisation=RW1');
  await at(`/${id}?done=published`);
  await at(`/${id}/preview`);
  await at(`/${id}/versions/1`);
  await at('/poster');
  await page.goto(`${service.url}/console/loop-records/${id}/we-did`);
  await press(page, 'Add a step');
  await press(page, 'Add a link');
  await page.locator('#weDid-milestones-0-text').fill('Choose chairs');
  await page.locator('#weDid-evidence-0-title').fill('Pictures');
  await fillDay(page, 'weDid-dueOn', '2027-02-31');
  await press(page, 'Save');
  expect(await page.locator('.nhsuk-error-summary a').allTextContents()).toEqual([
    'Enter by when it will be done as a date, such as 1 3 2027',
    'Enter the day of the step',
    'Enter the address of the link: it begins with https://',
  ]);
  expect(await accessibilityFaults(page)).toEqual([]);
});
