import fc from 'fast-check';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairsOf } from '../../admin/pages/standards/pairs.ts';
import { send } from '../api/support/send.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { signedInPerson, useSession } from './support/staff.ts';

describe('two versions side by side', () => {
  const standards = fc.uniqueArray(
    fc.record({
      code: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      title: fc.constantFrom('One', 'Two'),
      statement: fc.constantFrom('Yes', 'No'),
    }),
    { selector: ({ code }) => code },
  );

  it('each standard of either is there once, and says truly what became of it', () => {
    fc.assert(
      fc.property(standards, standards, (before, after) => {
        const pairs = pairsOf(before, after);
        expect(pairs.map(({ code }) => code).sort()).toEqual(
          [...new Set([...before, ...after].map(({ code }) => code))].sort(),
        );
        for (const { code, outcome, before: old, after: now } of pairs) {
          expect(old).toEqual(before.find((each) => each.code === code) ?? null);
          expect(now).toEqual(after.find((each) => each.code === code) ?? null);
          const truth =
            old === null
              ? 'added'
              : now === null
                ? 'removed'
                : old.title === now.title && old.statement === now.statement
                  ? 'same'
                  : 'changed';
          expect(outcome).toBe(truth);
        }
      }),
    );
  });
});

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const heading = async (page: Page) => (await page.locator('h1').textContent())?.trim();

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await openContext({ javaScriptEnabled });
    await useSession(context, service, await signedInPerson(service, { roles: ['administrator'] }));
    page = await context.newPage();
  });
  afterAll(() => context?.close());

  const expectNoFaults = async () => {
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
  };

  it('an administrator writes a set together with others, publishes it, drafts the next version and compares them', async () => {
    const name = `A good ward round ${javaScriptEnabled ? 'one' : 'two'}`;
    const id = name.toLowerCase().replaceAll(' ', '-');
    await page.goto(`${service.url}/console/standards/new`);
    await page.getByRole('button', { name: 'Save the draft' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Enter a name for the set');
    expect(await page.getByRole('alert').textContent()).toContain(
      'Enter the statement of standard 1',
    );
    await expectNoFaults();

    await page.getByLabel('Name of the set').fill(name);
    await page.getByLabel('Short name').fill('Time to speak');
    await page.getByLabel('Statement').fill('People have time to say what matters to them.');
    await page.getByRole('button', { name: 'Add a standard' }).click();
    expect(await page.getByLabel('Name of the set').inputValue()).toBe(name);
    await page.getByLabel('Short name').nth(1).fill('Plain words');
    await page.getByLabel('Statement').nth(1).fill('Everybody understands what is said.');
    await page.getByLabel('Written together by').fill('People who use the ward\nNurses');
    await page.getByLabel('Where you did not agree').fill('Some wanted shorter rounds.');
    // Enter in a field saves, as the main button does.
    await page.getByLabel('Name of the set').press('Enter');
    await page.waitForURL(`**/console/standards/${id}/versions/1?done=drafted`);
    expect(await heading(page)).toContain(name);
    await expectNoFaults();

    const hidden = await service.fetch(`/v1/standard-sets/${id}`);
    expect(hidden.status).toBe(404);
    await page.getByRole('button', { name: 'Publish this version' }).click();
    expect(await page.locator('main').textContent()).toContain('cannot be undone');
    await page.getByRole('button', { name: 'Publish for good' }).click();
    await page.waitForURL('**/published');
    expect(await heading(page)).toBe('The version is published');
    await expectNoFaults();
    const first = await send(service, 'GET', `/v1/standard-sets/${id}/versions/1`);
    expect(first.body).toMatchObject({
      title: name,
      scale: { min: 1, max: 5 },
      standards: [{ code: 'time-to-speak' }, { code: 'plain-words' }],
      coProducedBy: ['People who use the ward', 'Nurses'],
      dissent: ['Some wanted shorter rounds.'],
    });

    await page.goto(`${service.url}/console/standards/${id}`);
    await page.getByRole('button', { name: 'Draft the next version' }).click();
    await page
      .getByLabel('Statement')
      .first()
      .fill('Nothing is decided before people have spoken.');
    await page.getByRole('button', { name: 'Remove standard 2' }).click();
    await page.getByLabel('What changed').fill('Says who speaks first.');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.waitForURL(`**/console/standards/${id}/versions/2?done=drafted`);

    await page.goto(`${service.url}/console/standards/${id}`);
    await page.getByRole('button', { name: 'Compare' }).click();
    const rows = await page.locator('table').first().locator('tbody tr').allTextContents();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/time-to-speak.*Changed.*what matters.*before people have spoken/s);
    expect(rows[1]).toMatch(/plain-words.*Removed/s);
    await expectNoFaults();
    // The published version is as it was.
    const still = await send(service, 'GET', `/v1/standard-sets/${id}/versions/1`);
    expect(still.body).toEqual(first.body);
  });

  it('a set that comes with the service can be read, and not changed', async () => {
    await page.goto(`${service.url}/console/standards/fft/versions/1`);
    expect(await page.getByRole('button', { name: /Edit|Publish/ }).count()).toBe(0);
    await page.goto(`${service.url}/console/standards/fft`);
    expect(await page.getByRole('button', { name: 'Draft the next version' }).count()).toBe(0);
  });
});

it('a draft that somebody else changed meanwhile is not overwritten unseen', async () => {
  const context = await openContext();
  await useSession(context, service, await signedInPerson(service, { roles: ['administrator'] }));
  const page = await context.newPage();
  const made = await send(service, 'POST', '/v1/standard-sets', {
    as: 'demo-admin',
    body: {
      id: 'shared-draft',
      organisation: 'RHA',
      title: 'Ours',
      scale: { min: 0, max: 1, labels: ['No', 'Yes'] },
      standards: [{ code: 'time', title: 'Time', statement: 'There is time.' }],
    },
  });
  expect(made.status).toBe(201);
  await page.goto(`${service.url}/console/standards/shared-draft/versions/1/edit`);
  await send(service, 'PATCH', '/v1/standard-sets/shared-draft/versions/1', {
    as: 'demo-admin',
    headers: { 'if-match': 'W/"1"' },
    body: { title: 'Theirs' },
  });
  await page.getByLabel('Name of the set').fill('Mine');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('Somebody else changed this');
  expect(await page.getByLabel('Name of the set').inputValue()).toBe('Mine');
  expect(await accessibilityFaults(page)).toEqual([]);
  const kept = await send(service, 'GET', '/v1/standard-sets/shared-draft/versions/1', {
    as: 'demo-admin',
  });
  expect(kept.body.title).toBe('Theirs');
  await context.close();
});
