import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createCycle } from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { signedInPerson, useSession } from './support/staff.ts';

let service: Service;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  service = await startService();
  context = await openContext();
  page = await context.newPage();
});
afterEach(() => {
  service.endpoint.faults.unavailable = false;
});
afterAll(async () => {
  await context?.close();
  await service?.stop();
});

/** A new session, which the Worker has not seen. */
const signIn = async (roles: Parameters<typeof signedInPerson>[1] = {}) =>
  useSession(context, service, await signedInPerson(service, roles));

/** Opens a page that cannot be shown: it says what to do, and has no fault that axe-core finds. */
async function expectRefusal(path: string, status: number, heading: string): Promise<string> {
  const answer = await page.goto(service.url + path);
  expect(answer?.status()).toBe(status);
  expect(await page.locator('h1').textContent()).toBe(heading);
  expect(await accessibilityFaults(page)).toEqual([]);
  return (await page.locator('main').textContent()) ?? '';
}

it('403: whoever lacks a role learns whom to ask', async () => {
  await signIn({ roles: ['auditor'] });
  const said = await expectRefusal('/console/people', 403, 'Your role does not allow this');
  expect(said).toContain('ask an administrator');
});

it('404: what is not there, or is another organisation’s, is answered alike', async () => {
  await signIn({ organisations: ['RW1'] });
  const { id } = await createCycle(service);
  const other = await expectRefusal(`/console/cycles/${id}`, 404, 'There is nothing here');
  const none = await expectRefusal('/console/cycles/nothing', 404, 'There is nothing here');
  const nowhere = await expectRefusal('/console/nowhere', 404, 'There is nothing here');
  expect(other).toBe(none);
  expect(nowhere).toBe(none);
});

it('503: while the database does not answer, a page says that what was saved is safe, and the frame stands', async () => {
  await signIn();
  await page.goto(`${service.url}/console/standards`);
  service.endpoint.faults.unavailable = true;
  const heading = 'The service cannot be reached just now';
  expect(await expectRefusal('/console/standards', 503, heading)).toContain('is safe');
  // Also for somebody whose session this Worker has not read yet.
  await signIn();
  await expectRefusal('/console/standards', 503, heading);
  // What needs nobody to be known is shown.
  await expectRefusal('/console/accessibility', 200, 'Accessibility statement');
});

it('500: a fault of ours is told with a number, and nothing of the request', async () => {
  await signIn();
  await service.database.query('alter table standard_sets rename to hidden_sets');
  const said = await expectRefusal(
    '/console/standards?note=private',
    500,
    'Something went wrong here',
  );
  await service.database.query('alter table hidden_sets rename to standard_sets');
  const number = /[\da-f-]{36}/.exec(said)?.[0] ?? '';
  const line = service.logs().find((each) => each.includes(number));
  expect(line).toContain('request-failed');
  expect(service.logs().join('\n')).not.toContain('private');
});

it('405: other methods are told which there are', async () => {
  for (const method of ['PUT', 'DELETE', 'OPTIONS']) {
    const answer = await service.fetch('/console/standards', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  }
});
