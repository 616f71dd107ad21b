import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { Radios } from '../../admin/components/Radios.tsx';
import { openContext } from '../support/browser.ts';

const origin = 'http://console.test';
const files = new URL('../../assets/console/', import.meta.url);
const words = 'Nobody told Ada Example that it was moved'.split(' ');

const body = `
  <p><label><input type="checkbox" name="shortcuts" data-shortcuts-switch> Letters press buttons</label></p>
  <textarea aria-label="Why"></textarea>
  <button type="button" data-shortcut="p">Publish</button>
  <output></output>
  ${Radios({
    name: 'decision',
    items: [
      { text: 'Keep', value: 'keep' },
      { text: 'Refuse', value: 'refuse', conditional: 'Say why' },
    ],
  })}
  <div data-module="fc-words" class="fc-words">${words
    .map((word) => `<label><input type="checkbox" name="word">${word}</label>`)
    .join(' ')}</div>`;

describe('the script of the console', () => {
  let page: Page;
  /** What the page asked the server to go on with, and how the server answers. */
  let asked: string[];
  let status: number;

  beforeEach(async () => {
    [asked, status] = [[], 204];
    const context = await openContext({ width: 400 });
    page = await context.newPage();
    await page.clock.install();
    await page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/console/session') {
        asked.push(`${route.request().method()} ${route.request().postData()}`);
        await route.fulfill({ status });
      } else if (pathname === '/console/console.js') {
        const script = await readFile(new URL('console.js', files), 'utf8');
        await route.fulfill({ body: script, contentType: 'text/javascript' });
      } else if (pathname === '/console/console.css') {
        const styles = await readFile(new URL('console.css', files), 'utf8');
        await route.fulfill({ body: styles, contentType: 'text/css' });
      } else {
        const head =
          '<title>Text</title><link rel="stylesheet" href="/console/console.css"><script type="module" src="/console/console.js"></script>';
        await route.fulfill({
          contentType: 'text/html; charset=utf-8',
          headers: { 'Content-Security-Policy': "default-src 'self'; form-action 'self'" },
          body: `<!doctype html><html lang="en"><head>${head}</head><body data-idle-seconds="900" data-form-token="the-token">${body}</body></html>`,
        });
      }
    });
    await page.goto(`${origin}/console/text`);
    await page.evaluate(() => {
      const output = document.querySelector('output');
      const count = () => {
        if (output) output.textContent += 'pressed ';
      };
      document.querySelector('[data-shortcut]')?.addEventListener('click', count);
    });
    return () => context.close();
  });

  const marked = () =>
    page.$$eval('.fc-words label', (labels) =>
      labels
        .filter((label) => label.querySelector('input')?.checked)
        .map((label) => label.textContent),
    );

  it('starts what the package does, under a policy without inline scripts', async () => {
    expect(await page.getAttribute('body', 'class')).toContain('nhsuk-frontend-supported');
    expect(await page.getByText('Say why').isVisible()).toBe(false);
    await page.getByLabel('Refuse').check();
    expect(await page.getByText('Say why').isVisible()).toBe(true);
  });

  it('marks words by dragging over them, across lines and back', async () => {
    const at = async (word: string) => {
      const box = await page.getByText(word, { exact: true }).boundingBox();
      return [(box?.x ?? 0) + 5, (box?.y ?? 0) + 5] as const;
    };
    await page.mouse.move(...(await at('told')));
    await page.mouse.down();
    await page.mouse.move(...(await at('moved')), { steps: 20 });
    await page.mouse.move(...(await at('Example')), { steps: 20 });
    await page.mouse.up();
    expect(await marked()).toEqual(['told', 'Ada', 'Example']);
    expect(await page.locator('.fc-words__count').textContent()).toBe('3 words marked');
    await page.locator('.fc-words label', { hasText: 'Ada' }).click();
    expect(await marked()).toEqual(['told', 'Example']);
  });

  it('marks words by the keyboard, as one stop of the tab key', async () => {
    const boxes = page.locator('.fc-words input');
    await boxes.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await marked()).toEqual(['told', 'Ada', 'Example']);
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await marked()).toEqual(['told', 'Ada']);
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    expect(await marked()).toEqual(['told', 'Ada', 'moved']);
    const stops = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLElement).tabIndex));
    expect(stops).toEqual([-1, -1, -1, -1, -1, -1, -1, 0]);
  });

  it('presses by letters only where somebody switched that on and is not writing', async () => {
    const pressed = () => page.locator('output').textContent();
    await page.keyboard.press('p');
    expect(await pressed()).toBe('');
    await page.getByLabel('Letters press buttons').check();
    expect(await page.getAttribute('[data-shortcut]', 'aria-keyshortcuts')).toBe('p');
    await page.getByLabel('Why').focus();
    await page.keyboard.press('p');
    expect(await pressed()).toBe('');
    expect(await page.getByLabel('Why').inputValue()).toBe('p');
    await page.getByLabel('Letters press buttons').focus();
    await page.keyboard.press('Control+p');
    expect(await pressed()).toBe('');
    await page.keyboard.press('p');
    expect(await pressed()).toBe('pressed ');
  });

  it('warns two minutes before a session ends, and goes on with it when asked to', async () => {
    const dialog = page.getByRole('dialog', { name: 'You will be signed out soon' });
    await page.clock.runFor(779_000);
    expect(await dialog.isVisible()).toBe(false);
    await page.clock.runFor(2_000);
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('button', { name: 'Stay signed in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(asked).toEqual(['POST formToken=the-token']);
    await page.clock.runFor(700_000);
    expect(await dialog.isVisible()).toBe(false);
    await page.clock.runFor(81_000);
    expect(await dialog.isVisible()).toBe(true);
  });

  it('says when a session is over and keeps what was typed', async () => {
    await page.getByLabel('Why').fill('Because');
    await page.clock.runFor(901_000);
    const over = page.getByRole('dialog', { name: 'You have been signed out' });
    expect(await over.isVisible()).toBe(true);
    expect(await over.getByRole('link').getAttribute('href')).toBe('/console/sign-in');
    await over.getByRole('button', { name: 'Close this message' }).click();
    expect(await over.isVisible()).toBe(false);
    expect(await page.getByLabel('Why').inputValue()).toBe('Because');
    expect(asked).toEqual([]);
  });

  it('says so when the server has ended the session already, and when nobody can be reached', async () => {
    await page.clock.runFor(781_000);
    status = 500;
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByText('That did not work').waitFor();
    status = 401;
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByRole('dialog', { name: 'You have been signed out' }).waitFor();
  });

  it('tells the other tabs of the session that it goes on', async () => {
    const other = await page.context().newPage();
    await page.clock.runFor(781_000);
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await other.route(`${origin}/**`, (route) =>
      route.fulfill({ body: '<title>x</title>', contentType: 'text/html' }),
    );
    await other.goto(`${origin}/other`);
    await other.evaluate(() =>
      new BroadcastChannel('full-circle-session').postMessage('started anew'),
    );
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});
