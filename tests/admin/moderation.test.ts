import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../api/support/send.ts';
import { openCycle, waitingText } from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { signedInPerson, useSession } from './support/staff.ts';

let service: Service;
/** Of a moderator whose browser runs scripts, for whatever is not about running none. */
let page: Page;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  service = await startService();
  page = await moderatorPage();
}, 120_000);
afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await service?.stop();
});

/** A moderator of their own with a browser. */
async function moderatorPage(options: Parameters<typeof openContext>[0] = {}): Promise<Page> {
  const [person, context] = await Promise.all([
    signedInPerson(service, { roles: ['moderator'] }),
    openContext(options),
  ]);
  contexts.push(context);
  await useSession(context, service, person);
  return context.newPage();
}

const read = async (textId: string) => {
  const { body } = await send(service, 'GET', `/v1/moderation/texts/${textId}`, {
    as: 'demo-admin',
  });
  return { decision: body.decision, text: body.text };
};
const reasonOf = async (textId: string) => {
  const [row] = await service.database.query<{ reason: string }>(
    'select decision_reason as reason from text_parts where id = $1',
    [textId],
  );
  return row?.reason;
};

const queueOf = (cycleId: string) => `${service.url}/console/moderation/queue?cycle=${cycleId}`;
const choose = (page: Page, decision: string) =>
  page.getByRole('radio', { name: decision, exact: true }).check();
const press = (page: Page, button: string) => page.getByRole('button', { name: button }).click();
const heading = (page: Page) => page.locator('h1').textContent();
const markedWords = (page: Page) =>
  page.$$eval('.fc-words label', (labels) =>
    labels
      .filter((label) => label.querySelector('input')?.checked)
      .map((label) => label.textContent),
  );

const MIXED = 'Zoe\u0308 👩🏽‍⚕️ and Amara Okafor rang me.\n\nTold <b>Sam</b>, calmly & often.';

describe.each([true, false])('a moderator, with scripts %s', (javaScriptEnabled) => {
  it('reads what is urgent first behind a warning, decides text by text, and takes words out', async () => {
    const page = await moderatorPage({ javaScriptEnabled });
    const title = `Autumn, scripts ${javaScriptEnabled}`;
    const cycle = await openCycle(service, { title });
    const mixed = await waitingText(service, cycle.id, { text: MIXED });
    const danger = await waitingText(service, cycle.id, {
      text: 'I wanted to die.',
      safeguarding: true,
    });

    await page.goto(`${service.url}/console/moderation`);
    await page.getByRole('link', { name: title }).click();
    expect(await page.getByText('Tell your organisation’s safeguarding lead now').count()).toBe(1);
    const text = page.locator('blockquote');
    expect(await text.isVisible()).toBe(false);
    await page.getByText('Show the text, which may be distressing').click();
    expect(await text.textContent()).toBe('I wanted to die.');
    await choose(page, 'Keep private');
    await page.getByLabel('It could hurt somebody who reads it').check();
    await press(page, 'Go on');
    expect(await read(danger)).toEqual({ decision: 'keep_private', text: 'I wanted to die.' });
    expect(await reasonOf(danger)).toBe('It could hurt somebody who reads it');

    expect(await page.getByText('The last text: kept private.').isVisible()).toBe(true);
    expect(await page.getByText('Text 2 of about 2').isVisible()).toBe(true);
    expect((await page.locator('blockquote mark').allTextContents()).join()).toContain('Okafor');
    await choose(page, 'Take words out, then publish');
    await press(page, 'Go on');
    const likely = await markedWords(page);
    expect(likely).toContain('Okafor');
    expect(likely).not.toContain('rang');
    await markOnly(
      page,
      ['Zoe\u0308', '👩🏽‍⚕️', 'Amara', 'Okafor', 'Sam', 'calmly'],
      javaScriptEnabled,
    );
    await press(page, 'See what is left');
    const left =
      '[redacted] and [redacted] rang me.\n\nTold <b>[redacted]</b>, [redacted] & often.';
    expect(await page.locator('blockquote').textContent()).toBe(left);
    expect(await page.getByText('This cannot be undone').count()).toBe(1);
    expect(await read(mixed)).toEqual({ decision: null, text: MIXED });
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
    await press(page, 'Mark other words');
    expect(await markedWords(page)).toContain('calmly');
    await page.locator('.fc-words').getByText('calmly').click();
    await press(page, 'See what is left');
    await press(page, 'Take the words out for good');
    expect(await read(mixed)).toEqual({
      decision: 'redact',
      text: '[redacted] and [redacted] rang me.\n\nTold <b>[redacted]</b>, calmly & often.',
    });
    expect(await heading(page)).toBe('Nothing waits here');
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
  }, 60_000);
});

/** Marks some words and no others: two by dragging where scripts run, the rest one by one. */
async function markOnly(page: Page, wanted: string[], hasScripts: boolean): Promise<void> {
  const word = (text: string) => page.locator('.fc-words label', { hasText: text }).first();
  for (const each of await markedWords(page)) await word(each).click();
  expect(await markedWords(page)).toEqual([]);
  if (hasScripts) {
    const [from, to] = [await word('Amara').boundingBox(), await word('Okafor').boundingBox()];
    await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
    await page.mouse.down();
    await page.mouse.move((to?.x ?? 0) + 8, (to?.y ?? 0) + 8, { steps: 10 });
    await page.mouse.up();
    expect(await markedWords(page)).toEqual(['Amara', 'Okafor']);
  }
  const marked = await markedWords(page);
  for (const each of wanted) if (!marked.includes(each)) await word(each).click();
  expect(await markedWords(page)).toEqual(wanted);
}

describe('with the keyboard alone', () => {
  it('letters decide once they are switched on, and stay on for the next text; arrows with Shift mark words', async () => {
    const cycle = await openCycle(service);
    const ids = [
      await waitingText(service, cycle.id, { text: 'They rang back at once.' }),
      await waitingText(service, cycle.id, { text: 'They rang back at once.' }),
    ].sort();
    await page.goto(queueOf(cycle.id));
    await page.keyboard.press('p');
    expect(await page.getByRole('radio', { name: 'Publish', exact: true }).isChecked()).toBe(false);
    await page.locator('summary', { hasText: 'Keyboard shortcuts' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('p');
    await page.keyboard.press('n');
    await page.getByText('The last text: published.').waitFor();
    expect((await read(ids[0] ?? '')).decision).toBe('publish');
    expect(await reasonOf(ids[0] ?? '')).toBe('Nothing in it says who somebody is');

    await page.keyboard.press('t');
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Which words should go?' }).waitFor();
    for (let tab = 0; tab < 30; tab += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.matches('.fc-words input'))) break;
    }
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take the words out for good' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Nothing waits here').first().waitFor();
    expect(await read(ids[1] ?? '')).toEqual({
      decision: 'redact',
      text: 'They [redacted] at once.',
    });
  });
});

describe('two moderators at once', () => {
  it('decide once: the second is told kindly and goes on with the next text', async () => {
    const cycle = await openCycle(service);
    const ids = [
      await waitingText(service, cycle.id, { text: 'A calm place.' }),
      await waitingText(service, cycle.id, { text: 'A loud place.' }),
    ].sort();
    const other = await moderatorPage();
    const late = await other.context().newPage();
    await Promise.all([page, other, late].map((each) => each.goto(queueOf(cycle.id))));
    await choose(page, 'Publish');
    await press(page, 'Go on');
    await choose(late, 'Delete');
    await press(late, 'Go on');
    expect(await heading(late)).toBe('Somebody else has decided already');
    expect(await accessibilityFaults(late)).toEqual([]);
    await choose(other, 'Keep private');
    await press(other, 'Go on');
    expect(await other.getByText('Somebody else had decided on that text').isVisible()).toBe(true);
    expect((await read(ids[0] ?? '')).decision).toBe('publish');
    expect(await other.locator('blockquote').textContent()).toBe((await read(ids[1] ?? '')).text);
    expect((await read(ids[1] ?? '')).decision).toBeNull();
  });
});

describe('a decision', () => {
  it('can be changed right after and from the list, only for one that shows less', async () => {
    const cycle = await openCycle(service);
    const id = await waitingText(service, cycle.id, { text: 'On Tuesday I was the only one.' });
    await page.goto(queueOf(cycle.id));
    await choose(page, 'Publish');
    await page.getByLabel('A reason in your own words (optional)').fill('Reads well.');
    await press(page, 'Go on');
    expect(await reasonOf(id)).toBe('Reads well.');
    await page.getByRole('link', { name: 'Change that decision' }).click();
    expect(await page.getByRole('radio', { name: 'Publish', exact: true }).count()).toBe(0);
    await choose(page, 'Keep private');
    await press(page, 'Go on');
    expect((await read(id)).decision).toBe('keep_private');

    await page.goto(`${service.url}/console/moderation/decided`);
    await page.getByLabel('Cycle').selectOption(cycle.id);
    await press(page, 'Show');
    await page.getByRole('link', { name: 'Change this decision' }).click();
    expect(await page.locator('input[name=decision]').count()).toBe(1);
    await choose(page, 'Delete');
    await press(page, 'Go on');
    await press(page, 'Delete for good');
    expect(await heading(page)).toBe('Decided texts');
    expect(await page.getByText('The last text: deleted.').isVisible()).toBe(true);
    expect(await page.getByText('Nothing that you asked for is decided yet.').isVisible()).toBe(
      true,
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    const rows = await service.database.query('select text from text_parts where id = $1', [id]);
    expect(rows).toEqual([{ text: null }]);
  });

  it('that is missing is asked for, and so are words to take out, with what to do', async () => {
    const cycle = await openCycle(service);
    const id = await waitingText(service, cycle.id, { text: 'They were kind.' });
    await page.goto(queueOf(cycle.id));
    await press(page, 'Go on');
    await expect.poll(() => page.title()).toMatch(/^Error: /);
    expect(await page.getByRole('alert').textContent()).toContain(
      'Select what should become of it',
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    await choose(page, 'Take words out, then publish');
    await press(page, 'Go on');
    await press(page, 'See what is left');
    await page.getByRole('link', { name: 'Mark at least one word to take out' }).click();
    expect(await page.evaluate(() => document.activeElement?.matches('[name=w]'))).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect((await read(id)).decision).toBeNull();
  });

  it('can be left to somebody else, and the text comes again afterwards', async () => {
    const cycle = await openCycle(service);
    for (const text of ['The first or the second.', 'The second or the first.'])
      await waitingText(service, cycle.id, { text });
    await page.goto(queueOf(cycle.id));
    const left = await page.locator('blockquote').textContent();
    await page.getByRole('link', { name: 'Leave this text for somebody else' }).click();
    expect(await page.locator('blockquote').textContent()).not.toBe(left);
    await choose(page, 'Publish');
    await press(page, 'Go on');
    expect(await heading(page)).toBe('Nothing waits here');
    await page.getByRole('link', { name: 'Look again at texts that were left' }).click();
    expect(await page.locator('blockquote').textContent()).toBe(left);
    await page.getByRole('button', { name: 'Take a break' }).click();
    await page.getByRole('button', { name: 'Go on reading' }).click();
    expect(await page.locator('blockquote').textContent()).toBe(left);
  });

  it('under a question that promised not to publish is only to keep private or delete', async () => {
    const cycle = await openCycle(service, {
      questions: [
        {
          code: 'what-good',
          prompt: 'What should only we know?',
          polarity: 'nonspecific',
          publication: 'private',
        },
      ],
    });
    const id = await waitingText(service, cycle.id, { text: 'Between us.' });
    await page.goto(queueOf(cycle.id));
    const choices = page.locator('input[name=decision]');
    expect(
      await choices.evaluateAll((all) => all.map((each) => each.getAttribute('value'))),
    ).toEqual(['keep_private', 'delete']);
    await page.goto(`${service.url}/console/moderation/texts/${id}/redact`);
    expect(await heading(page)).toBe('Nothing can be taken out here');
  });
});

describe('the longest text', () => {
  it('comes word by word and is taken apart as marked, in a page that a slow line can carry', async () => {
    const cycle = await openCycle(service);
    const text = 'It was kind. '.repeat(400).slice(0, 4000);
    const id = await waitingText(service, cycle.id, { text });
    const response = await page.goto(`${service.url}/console/moderation/texts/${id}/redact`);
    expect((await response?.body())?.byteLength).toBeLessThan(80 * 1024);
    await page.locator('.fc-words input').last().check({ force: true });
    await press(page, 'See what is left');
    await press(page, 'Take the words out for good');
    const words = text.trimEnd().split(' ');
    const last = words.pop();
    expect((await read(id)).text).toBe(
      `${words.join(' ')} [redacted]${last?.endsWith('.') ? '.' : ''}${text.endsWith(' ') ? ' ' : ''}`,
    );
  });
});
