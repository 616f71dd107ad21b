import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { chooseDemoPerson, WebClient } from '../support/demo-sign-in.ts';
import { type Service, startService } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService({ signIn: 'demo' });
});
afterAll(() => service?.stop());

const title = (page: Page) => page.locator('h1').textContent();

/** From the console to the provider, as somebody, and back. */
async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.waitForURL(`${service.url}/**`);
}

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await openContext({ javaScriptEnabled });
  });
  afterAll(() => context?.close());
  afterEach(async () => {
    await context.clearCookies();
    for (const each of context.pages()) await each.close();
  });

  it('somebody signs in at the provider, is back where they wanted to be, and signs out for good', async () => {
    page = await context.newPage();
    await page.goto(`${service.url}/console/api-clients`);
    expect(await title(page)).toBe('Sign in');
    await signIn(page, 'Amina Demo');
    expect(page.url()).toBe(`${service.url}/console/api-clients`);
    expect(await title(page)).toBe('Systems');
    const [cookie, ...others] = (await context.cookies())
      .filter(({ domain }) => service.url.includes(domain))
      .filter(({ name }) => name === '__Host-session');
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(cookie?.value).toMatch(/^[\w-]{43}$/);

    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await title(page)).toBe('You have signed out');
    await page.goto(`${service.url}/console/api-clients`);
    expect(await title(page)).toBe('Sign in');
  });

  it('a session id that somebody planted before signing in is not the one afterwards', async () => {
    page = await context.newPage();
    const planted = 'p'.repeat(43);
    await context.addCookies([
      {
        name: '__Host-session',
        value: planted,
        url: service.url.replace('http:', 'https:'),
        secure: true,
      },
    ]);
    await page.goto(`${service.url}/console`);
    await signIn(page, 'Amina Demo');
    const cookies = await context.cookies(service.url.replace('http:', 'https:'));
    const own = cookies.filter(({ name }) => name === '__Host-session');
    expect(own).toHaveLength(1);
    expect(own[0]?.value).not.toBe(planted);
    const other = await service.fetch('/console', {
      headers: { cookie: `__Host-session=${planted}` },
    });
    expect(other.status).toBe(303);
  });

  it('what was typed when the session ended is there again after signing in, and is saved once', async () => {
    page = await context.newPage();
    await page.goto(`${service.url}/console/api-clients/new`);
    await signIn(page, 'Amina Demo');
    await page.getByLabel('Name of the system').fill('Tablets on "Larch" ward & hall');
    await page.getByLabel('Send feedback').check();
    await page.getByLabel('Address of the key set').fill('https://kiosk.example.org/keys');
    await service.database.query(
      `update staff_sessions set last_seen_at = now() - interval '16 minutes'`,
    );
    await page.getByRole('button', { name: 'Register' }).click();
    expect(await title(page)).toBe('You have been signed out');
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);

    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Sign in (opens in a new tab)' }).click(),
    ]);
    await signIn(tab, 'Amina Demo');
    await tab.close();
    await page.getByRole('button', { name: 'Go on where I was' }).click();
    expect(await title(page)).toBe('Register a system');
    expect(await page.getByRole('alert').textContent()).toContain('nothing is saved yet');
    expect(await page.getByLabel('Name of the system').inputValue()).toBe(
      'Tablets on "Larch" ward & hall',
    );
    expect(await page.getByLabel('Send feedback').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.waitForURL('**/console/api-clients/*done=registered');
    const kept = await service.database.query(
      `delete from api_clients where title = 'Tablets on "Larch" ward & hall' returning 1`,
    );
    expect(kept).toHaveLength(1);
  });

  it('somebody without a role learns what to do, and can do nothing', async () => {
    page = await context.newPage();
    await page.goto(`${service.url}/console`);
    await signIn(page, 'Nia Demo');
    expect(await title(page)).toBe('You have no role here yet');
    expect(await page.locator('main').textContent()).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${service.url}/console/api-clients`);
    expect(await title(page)).toBe('Your role does not allow this');
  });

  it('after signing out of the console alone, somebody else can sign in at the same browser', async () => {
    page = await context.newPage();
    for (const [name, role] of [
      ['Amina Demo', 'Administrator: RHA'],
      ['Priya Demo', 'Publisher: RHA'],
      ['Peter Demo', 'Publisher: RHA'],
    ] as const) {
      await page.goto(`${service.url}/console`);
      await signIn(page, name);
      await page.getByText(name).first().waitFor();
      expect(await page.locator('main').textContent()).toContain(role);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'You have signed out' }).waitFor();
    }
  });

  it('whoever cancels at the provider is told so, and can try again', async () => {
    page = await context.newPage();
    await page.goto(`${service.url}/console`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /^Cancel/ }).click();
    expect(await title(page)).toBe('You were not signed in');
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    expect(await title(page)).toBe('Sign in');
  });
});

it('an answer of the provider that was meant for another browser signs nobody in', async () => {
  const attacker = new WebClient();
  const start = await attacker.request(new URL('/console/sign-in/start', service.url));
  const location = new URL(start.headers.get('location') ?? '');
  const stolen = await chooseDemoPerson(attacker, location, 'amina');
  expect(stolen.pathname).toBe('/console/sign-in/callback');
  expect(stolen.searchParams.has('code')).toBe(true);
  const victim = await openContext();
  const lured = await victim.newPage();
  const answer = await lured.goto(stolen.href);
  expect(answer?.status()).toBe(403);
  expect((await victim.cookies()).filter(({ value }) => value.length === 43)).toEqual([]);
  await victim.close();
});
