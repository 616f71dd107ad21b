import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../api/support/send.ts';
import { openCycle, publishLoopRecord } from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { HOSTILE } from './support/every-page.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const confirmations = async (id: string): Promise<number> => {
  const [row] = await service.database.query<{ people: number }>(
    'select coalesce(sum(people), 0)::int as people from confirmation_counts where record_id = $1',
    [id],
  );
  return row?.people ?? 0;
};

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openContext({ javaScriptEnabled, width: 375 });
  });
  afterAll(() => context?.close());

  it('whoever scans a poster reads what was done, and says without a name whether it has changed for them', async () => {
    const cycle = await openCycle(service);
    const record = await publishLoopRecord(service, {
      cycle: cycle.id,
      title: `Somewhere quiet ${HOSTILE}`,
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/you-said-we-did?cycle=${cycle.id}`);
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: /^Somewhere quiet/ }).click();
    expect(await page.locator('h1').textContent()).toContain('Somewhere quiet');
    expect(await page.locator('main').textContent()).toContain('The waiting room is loud.');
    if (javaScriptEnabled) {
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate('globalThis.broken')).toBeUndefined();
    }

    await page.getByRole('button', { name: 'Send my answer' }).click();
    expect(await page.getByRole('alert').textContent()).toContain(
      'Select whether it has changed for you',
    );
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
    expect(await confirmations(record.id)).toBe(0);
    await page.getByLabel('Partly').check();
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.waitForURL('**?thanks');
    expect(await page.getByRole('alert').textContent()).toContain('Your answer is counted');
    expect(await confirmations(record.id)).toBe(1);
    expect(await context.cookies()).toEqual([]);
    await page.close();
  });
});

it('a withdrawn record is told to be withdrawn, and drafts are nowhere', async () => {
  const record = await publishLoopRecord(service);
  await send(service, 'DELETE', `/v1/loop-records/${record.id}/publication`, { as: 'demo-admin' });
  const gone = await service.fetch(`/you-said-we-did/${record.id}`);
  expect(gone.status).toBe(410);
  expect(await gone.text()).toContain('This was withdrawn');
  const draft = await send(service, 'POST', '/v1/loop-records', {
    as: 'demo-admin',
    body: {
      organisation: 'RHA',
      title: 'Not yet for anybody',
      youSaid: { text: 'It is loud.' },
      weDid: { status: 'considering', text: 'We think about it.' },
    },
  });
  expect((await service.fetch(`/you-said-we-did/${draft.body.id}`)).status).toBe(404);
  const list = await service.fetch('/you-said-we-did?organisation=RHA');
  expect(list.headers.get('cache-control')).toBe('public, max-age=60');
  expect(list.headers.get('set-cookie')).toBeNull();
  expect(await list.text()).not.toContain('Not yet for anybody');
});

it('an answer from another site is not counted', async () => {
  const record = await publishLoopRecord(service);
  for (const origin of ['https://elsewhere.example', 'null', undefined]) {
    const answer = await service.fetch(`/you-said-we-did/${record.id}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(origin !== undefined && { origin }),
      },
      body: 'answer=yes',
    });
    expect(answer.status).toBe(403);
    await answer.text();
  }
  expect(await confirmations(record.id)).toBe(0);
});
