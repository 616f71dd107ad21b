import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPages } from '../../admin/open-pages.ts';
import { pages } from '../../admin/pages.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { type EveryPage, HOSTILE, prepareEveryPage } from './support/every-page.ts';
import { signedInPerson, useSession } from './support/staff.ts';

let service: Service;
let world: EveryPage;
let cookie: string;
let context: BrowserContext;
let withoutScripts: BrowserContext;
let page: Page;
let bare: Page;
const foreign: string[] = [];

beforeAll(async () => {
  service = await startService();
  world = await prepareEveryPage(service);
  const person = await signedInPerson(service, { name: `Sam ${HOSTILE}` });
  cookie = `__Host-session=${person.sessionId}`;
  [context, withoutScripts] = await Promise.all([
    openContext(),
    openContext({ withoutOwnScript: true, width: 320, forcedColors: 'active' }),
  ]);
  await Promise.all([context, withoutScripts].map((each) => useSession(each, service, person)));
  [page, bare] = await Promise.all([context.newPage(), withoutScripts.newPage()]);
  for (const each of [page, bare])
    each.on('request', (request) => {
      if (!request.url().startsWith(service.url)) foreign.push(request.url());
    });
});
afterAll(async () => {
  await Promise.all([context?.close(), withoutScripts?.close()]);
  await service?.stop();
});

/** Ordinary pages stay well below what a slow line takes a second for. */
const MAX_HTML_BYTES = 60 * 1024;
const MAX_DATABASE_CALLS = 2;

const hasForm = new Set(pages.filter(({ send }) => send !== undefined).map(({ path }) => path));
const paths = [...pages.map(({ path }) => path), ...openPages.map(({ path }) => path)];

describe.each(paths)('%s', (path) => {
  it('opens in two calls to the database at most, small, with one h1, nothing from elsewhere and nothing stored that runs', async () => {
    const href = world.hrefOf(path);
    // Once before, so that what a warm Worker keeps is kept.
    await (await service.fetch(href, { headers: { cookie } })).text();
    const before = service.endpoint.calls;
    const response = await page.goto(service.url + href);
    expect(response?.status()).toBe(200);
    expect(service.endpoint.calls - before).toBeLessThanOrEqual(MAX_DATABASE_CALLS);
    const html = (await response?.text()) ?? '';
    expect(Buffer.byteLength(html)).toBeLessThan(MAX_HTML_BYTES);
    expect(html.includes('<img src=x'), 'what is stored is written as it is').toBe(false);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.evaluate('globalThis.broken')).toBeUndefined();
    expect(foreign).toEqual([]);
  });

  it('has no fault that axe-core finds, with scripts and without them, in system colours', async () => {
    expect(await accessibilityFaults(page)).toEqual([]);
    await bare.goto(service.url + world.hrefOf(path));
    expect(await inlineParts(bare)).toEqual([]);
    // What scripts change is in forms: fields that are only shown when they are asked for.
    if (hasForm.has(path)) expect(await accessibilityFaults(bare)).toEqual([]);
  });

  it('fits 320 pixels, which is 400 % zoom', async () => {
    const wide = await bare.evaluate(() => {
      const doc = document.documentElement;
      if (doc.scrollWidth <= 320) return [];
      return [...document.querySelectorAll('main *')]
        .filter((element) => element.getBoundingClientRect().right > 321)
        .map((element) => element.outerHTML.slice(0, 120));
    });
    expect(wide).toEqual([]);
  });

  it('leads through all its controls by the keyboard, and shows where one is', async () => {
    expect(await keyboardFaults(page)).toEqual([]);
  });
});

/** What the policy of the page would have to allow as inline: styles, scripts and handlers in the page itself. */
function inlineParts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(
        (element) =>
          element.matches('style, script:not([src])') ||
          element.getAttributeNames().some((name) => name === 'style' || name.startsWith('on')),
      )
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

/** Goes through a page with Tab; what is passed over, or has the focus without showing it. */
async function keyboardFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    globalThis.getSelection()?.removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const expected = await page.evaluate(
    () =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'a[href], button, input, select, textarea, summary',
        ),
      ]
        .filter((element) => {
          const isRadioAfterAnother =
            element instanceof HTMLInputElement && element.type === 'radio';
          return (
            element.checkVisibility({ visibilityProperty: true }) &&
            element.tabIndex >= 0 &&
            !element.hasAttribute('disabled') &&
            !isRadioAfterAnother &&
            !(element instanceof HTMLInputElement && element.type === 'hidden')
          );
        })
        .map((element, index) => {
          element.dataset.tabStop = String(index);
          return index;
        }).length,
  );
  const seen = new Set<string>();
  for (let press = 0; press < expected * 2 + 20; press += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (element === null || element === document.body) return null;
      const shown = getComputedStyle(element);
      const isShown =
        (shown.outlineStyle !== 'none' && shown.outlineWidth !== '0px') ||
        shown.boxShadow !== 'none' ||
        // The package shows the focus of radios and checkboxes on what stands for them beside.
        getComputedStyle(element.nextElementSibling ?? element, '::before').boxShadow !== 'none';
      const box = element.getBoundingClientRect();
      const isInView = box.bottom > 0 && box.top < innerHeight;
      return {
        stop: element.dataset.tabStop ?? null,
        html: element.outerHTML.slice(0, 120),
        isShown,
        isInView,
      };
    });
    if (at === null) break;
    if (!at.isShown) faults.push(`the focus does not show: ${at.html}`);
    if (!at.isInView) faults.push(`the focus is out of view: ${at.html}`);
    if (at.stop !== null && seen.has(at.stop) && seen.size >= expected) break;
    if (at.stop !== null) seen.add(at.stop);
  }
  if (seen.size < expected) faults.push(`${expected - seen.size} controls cannot be reached`);
  return faults;
}
