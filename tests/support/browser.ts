import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where a machine's own Chrome lives, if it has one; else the one that travels in an npm package is unpacked. */
const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let launching: Promise<Browser> | undefined;

/** A real browser, started when the first test of this process asks, and ended with the process. */
export function openBrowser(): Promise<Browser> {
  launching ??= (async () => {
    const own = systemBrowsers.find((path) => existsSync(path));
    const executablePath = own ?? (await sparticuz.executablePath());
    const browser = await chromium.launch({ executablePath, args });
    process.once('exit', () => void browser.close());
    return browser;
  })();
  return launching;
}

export type ContextOptions = {
  /** Whether scripts run. */
  readonly javaScriptEnabled?: boolean;
  /** Whether the console's own script is left out: as without scripts, but so that axe-core can look. */
  readonly withoutOwnScript?: boolean;
  readonly width?: number;
  readonly forcedColors?: 'active' | 'none';
};

/** A browser without a past: no cookies, nothing kept. */
export async function openContext({
  javaScriptEnabled = true,
  withoutOwnScript = false,
  width = 1280,
  forcedColors = 'none',
}: ContextOptions = {}): Promise<BrowserContext> {
  const browser = await openBrowser();
  const context = await browser.newContext({
    javaScriptEnabled,
    forcedColors,
    viewport: { width, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  context.setDefaultTimeout(10_000);
  if (withoutOwnScript) await context.route('**/console/console.js*', (route) => route.abort());
  return context;
}

let axeSource: Promise<string> | undefined;

/** What axe-core finds wrong with a page under the rules of WCAG 2.2 A and AA, a line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated past the page's own policy, which allows no script from elsewhere.
  await page.evaluate(await axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // The back link stands between header and main, where the NHS design system has it.
      rules: { region: { enabled: false } },
      // Nothing is worked out but what is told below.
      resultTypes: ['violations'],
      selectors: false,
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary ?? ''}`,
      ),
    );
  });
}
