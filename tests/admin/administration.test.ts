import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../api/support/send.ts';
import { createKey, publicPart } from '../api/support/things.ts';
import { accessibilityFaults, openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { type SignedInPerson, signedInPerson, useSession } from './support/staff.ts';

let service: Service;
let administrator: SignedInPerson;
beforeAll(async () => {
  service = await startService();
  administrator = await signedInPerson(service, { roles: ['administrator', 'auditor'] });
});
afterAll(() => service?.stop());

const heading = (page: Page) => page.locator('h1').textContent();

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await openContext({ javaScriptEnabled });
    await useSession(context, service, administrator);
    page = await context.newPage();
  });
  afterAll(() => context?.close());

  const expectNoFaults = async () => {
    if (javaScriptEnabled) expect(await accessibilityFaults(page)).toEqual([]);
  };

  it('an administrator tests keys, registers a system with them, and revokes it', async () => {
    const name = `Ward kiosks ${javaScriptEnabled}`;
    await page.goto(`${service.url}/console/api-clients/new`);
    await page.getByRole('button', { name: 'Register' }).click();
    await expect.poll(() => page.title()).toBe('Error: Register a system - Full Circle');
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('There is a problem');
    await expectNoFaults();
    await alert.getByRole('link', { name: 'Enter a name for the system' }).click();
    // With scripts the summary moves the focus, without them the link does.
    if (javaScriptEnabled)
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('title');
    else expect(new URL(page.url()).hash).toBe('#title');

    await page.getByLabel('Name of the system').fill(name);
    await page.getByLabel('Send feedback').check();
    await page.getByLabel('I have its key set as JSON').check();
    const key = await createKey('kiosks-1');
    await page.getByLabel('Key set', { exact: true }).fill('not JSON');
    await page.getByRole('button', { name: 'Register' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Enter the key set as JSON');
    await page
      .getByLabel('Key set', { exact: true })
      .fill(JSON.stringify({ keys: [publicPart(key)] }));
    await page.getByRole('button', { name: 'Test the keys first' }).click();
    expect(await page.locator('main').textContent()).toContain(
      'Key kiosks-1 (2048 bits): can be used',
    );
    expect(await page.getByLabel('Name of the system').inputValue()).toBe(name);
    await expectNoFaults();
    await page.getByRole('button', { name: 'Register' }).click();
    // A redirect keeps the fragment of the link that was followed before.
    await page.waitForURL(/\/console\/api-clients\/[\da-f-]{36}\?done=registered/);
    expect(await heading(page)).toBe(name);
    const clientId = /api-clients\/([\da-f-]{36})/.exec(page.url())?.[1] ?? '';
    const kept = await send(service, 'GET', `/v1/api-clients/${clientId}`, { as: 'demo-admin' });
    expect(kept.body).toMatchObject({
      title: name,
      organisations: ['RHA'],
      scopes: ['submissions:write'],
      jwks: { keys: [{ kid: 'kiosks-1' }] },
    });
    await expectNoFaults();

    await page.getByRole('button', { name: 'Revoke this system' }).click();
    await page.getByRole('button', { name: 'Revoke this system' }).click();
    await page.waitForURL('**/console/api-clients?done=revoked');
    const revoked = await send(service, 'GET', `/v1/api-clients/${clientId}`, { as: 'demo-admin' });
    expect(revoked.body.revokedAt).not.toBeNull();
  });

  it('an administrator gives somebody a role by the reference that they told, and never changes their own', async () => {
    const newcomer = await signedInPerson(service, { roles: [], name: 'Noor Example' });
    const [row] = await service.database.query<{ reference: string }>(
      'select reference from staff_members where id = $1',
      [newcomer.id],
    );
    const told = `${row?.reference.slice(0, 4)}-${row?.reference.slice(4)}`.toLowerCase();
    await page.goto(`${service.url}/console/people/add`);
    await page.getByLabel('What is their reference?').fill('0000-0000');
    await page.getByRole('button', { name: 'Find them' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('nobody who has signed in');
    await expectNoFaults();
    await page.getByLabel('What is their reference?').fill(told);
    await page.getByRole('button', { name: 'Find them' }).click();
    expect(await heading(page)).toBe('Roles of Noor Example');
    await page.getByLabel('Moderator').check();
    await page.getByRole('button', { name: 'Save roles' }).click();
    await page.waitForURL('**/console/people?done=changed');
    expect(await page.locator('table').textContent()).toContain('Noor Example');
    const roles = await service.database.query(
      'select organisation, role from staff_assignments where staff_member_id = $1',
      [newcomer.id],
    );
    expect(roles).toEqual([{ organisation: 'RHA', role: 'moderator' }]);
    // Their session ended with the change: they sign in again, and may do what they may do now.
    const old = await service.fetch('/console', {
      headers: { cookie: `__Host-session=${newcomer.sessionId}` },
    });
    expect(old.status).toBe(303);

    await page.goto(`${service.url}/console/people/${administrator.id}`);
    expect(await page.locator('main').textContent()).toContain('Nobody changes their own roles');
    expect(await page.getByRole('button', { name: 'Save roles' }).count()).toBe(0);
    await expectNoFaults();
  });

  it('an auditor reads who did what, narrows it down, and has the whole trail checked', async () => {
    await page.goto(`${service.url}/console/audit?operation=registerApiClient`);
    const table = await page.locator('table').textContent();
    expect(table).toContain('Register a client');
    expect(table).toContain(administrator.id);
    expect(table).not.toContain('Give roles');
    await page.goto(`${service.url}/console/audit?since=2020-01-01&until=2020-01-02`);
    expect(await page.locator('main').textContent()).toContain('Nothing was done that fits');
    await expectNoFaults();
    await page.goto(`${service.url}/console/audit`);
    await page.getByRole('link', { name: 'Check that nothing was changed' }).click();
    expect(await heading(page)).toBe('The audit trail is whole');
  });
});

it('an auditor is told where the trail was changed', async () => {
  const context = await openContext();
  await useSession(context, service, administrator);
  const page = await context.newPage();
  await service.database.query('alter table audit_events disable trigger all');
  await service.database.query("update audit_events set actor = 'somebody-else' where number = 3");
  await page.goto(`${service.url}/console/audit/verification`);
  expect(await heading(page)).toBe('The audit trail is broken');
  expect(await page.locator('main').textContent()).toContain('Event 3 ');
  expect(await accessibilityFaults(page)).toEqual([]);
  await context.close();
});
