import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../admin/pages.ts';
import { staffRoles } from '../../domain/vocabulary.ts';
import { openContext } from '../support/browser.ts';
import { type Service, startService } from '../support/service.ts';
import { type EveryPage, prepareEveryPage } from './support/every-page.ts';
import { type SignedInPerson, signedInPerson, useSession } from './support/staff.ts';

let service: Service;
let world: EveryPage;
let everything: SignedInPerson;

beforeAll(async () => {
  service = await startService();
  world = await prepareEveryPage(service);
  everything = await signedInPerson(service);
});
afterAll(() => service?.stop());

type Asked = {
  as?: SignedInPerson | null;
  method?: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
  body?: string;
};

/** Asks for a page as a browser does, without following where it leads. */
function ask(
  href: string,
  { as = everything, method = 'GET', headers = {}, fields, body }: Asked = {},
) {
  const sent = body ?? (fields && new URLSearchParams(fields).toString());
  return service.fetch(href, {
    method,
    headers: {
      ...(as && { cookie: `__Host-session=${as.sessionId}` }),
      ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(method === 'POST' && { origin: service.url }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
}

/** All that the database holds but sessions, as one digest: whether anything was changed. */
async function stateOfDatabase(): Promise<string> {
  const tables = await service.database.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('staff_sessions', 'audit_events')
     order by 1`,
  );
  const union = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as digest from ${name} as row`,
    )
    .join(' union all ');
  const digests = await service.database.query<{ name: string; digest: string }>(union);
  return digests.map(({ name, digest }) => `${name} ${digest}`).join('\n');
}

const forms = pages.filter(({ send }) => send !== undefined);

describe.each(pages.map((each) => [each.path, each] as const))('%s', (path, { roles }) => {
  it('is shown to nobody who is not signed in, and come back to afterwards', async () => {
    const href = world.hrefOf(path);
    const answer = await ask(href, { as: null });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      `/console/sign-in?return=${encodeURIComponent(href)}`,
    );
    expect(await answer.text()).toBe('');
  });

  it('is shown to nobody with another role', async () => {
    const others = staffRoles.filter((role) => !roles.includes(role));
    if (roles.length === 0 || others.length === 0) return;
    const other = await signedInPerson(service, { roles: others });
    const answer = await ask(world.hrefOf(path), { as: other });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('Your role does not allow this');
  });

  it('tells nothing of another organisation', async () => {
    const stranger = await signedInPerson(service, { organisations: ['RW1'] });
    const answer = await ask(world.hrefOf(path), { as: stranger });
    const html = await answer.text();
    // What is published anybody may read; what is only kept for staff must not be there.
    expect([200, 403, 404, 410]).toContain(answer.status);
    for (const secret of world.secrets) expect(html).not.toContain(secret);
  });

  it('is never kept, framed or made to run what is not ours', async () => {
    const { headers } = await ask(world.hrefOf(path));
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "object-src 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});

/** What is refused, whoever is signed in: the cookie comes along with requests of other sites too. */
const foreign: readonly [string, Asked][] = [
  ['from another site', { headers: { origin: 'https://elsewhere.example' } }],
  ['from nowhere', { headers: { origin: 'null' } }],
  ['that the browser says is from another site', { headers: { 'sec-fetch-site': 'cross-site' } }],
  ['from a neighbour of the site', { headers: { 'sec-fetch-site': 'same-site' } }],
  [
    'from an address that begins alike',
    { headers: { origin: 'http://127.0.0.1.elsewhere.example' } },
  ],
];

describe.each(forms.map((each) => [each.path] as const))('the form %s', (path) => {
  // What the database holds is looked at once for all of these: each alone must leave it as it was.
  it('sent from elsewhere, without the token of the session, as JSON or after its end changes nothing', async () => {
    const href = world.hrefOf(path);
    const fields = { title: 'A long & careful "sentence"' };
    const other = await signedInPerson(service);
    const theirs = await (await ask('/console', { as: other })).text();
    const formToken = /data-form-token="([\w-]+)"/.exec(theirs)?.[1] ?? '';
    expect(formToken).toHaveLength(43);
    const before = await stateOfDatabase();

    for (const [from, asked] of foreign) {
      const answer = await ask(href, { method: 'POST', fields, ...asked });
      expect(answer.status, from).toBe(403);
      await answer.text();
    }
    for (const sent of [fields, { ...fields, formToken }]) {
      const answer = await ask(href, { method: 'POST', fields: sent });
      expect([200, 404, 409], 'shown again').toContain(answer.status);
      await answer.text();
    }
    for (const origin of [service.url, 'https://elsewhere.example']) {
      const answer = await ask(href, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: '{"title":"x"}',
      });
      expect([200, 403, 404, 409], 'as JSON').toContain(answer.status);
      await answer.text();
    }
    const late = await ask(href, { as: null, method: 'POST', fields });
    expect(late.status).toBe(401);
    expect(await late.text()).toContain('value="A long &amp; careful &quot;sentence&quot;"');
    expect(await stateOfDatabase()).toBe(before);
  });
});

it('whether anything changed is seen', async () => {
  const before = await stateOfDatabase();
  await signedInPerson(service);
  expect(await stateOfDatabase()).not.toBe(before);
});

describe('a session', () => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openContext();
  });
  afterAll(() => context?.close());

  it('is over after 15 minutes without a click, and after 8 hours in any case', async () => {
    for (const change of [
      "last_seen_at = now() - interval '15 minutes'",
      "started_at = now() - interval '8 hours'",
    ]) {
      const person = await signedInPerson(service);
      expect((await ask('/console', { as: person })).status).toBe(200);
      await service.database.query(
        `update staff_sessions set ${change} where staff_member_id = $1`,
        [person.id],
      );
      expect((await ask('/console', { as: person })).status).toBe(303);
      expect((await ask('/console/api-clients', { as: person })).status).toBe(303);
    }
  });

  it('ends at once when the roles of its person change', async () => {
    const person = await signedInPerson(service);
    expect((await ask('/console', { as: person })).status).toBe(200);
    await service.database.query('update staff_members set version = version + 1 where id = $1', [
      person.id,
    ]);
    expect((await ask('/console', { as: person })).status).toBe(303);
  });

  it('cannot be chosen by somebody else, nor used by its hash', async () => {
    for (const sessionId of ['a'.repeat(43), 'x', '', everything.id]) {
      const answer = await ask('/console', { as: { id: '', sessionId } });
      expect(answer.status).toBe(303);
    }
    const [row] = await service.database.query<{ hash: string }>(
      `select encode(id_hash, 'hex') as hash from staff_sessions limit 1`,
    );
    expect((await ask('/console', { as: { id: '', sessionId: row?.hash ?? '' } })).status).toBe(
      303,
    );
  });

  it('of two cookies with its name counts neither', async () => {
    const answer = await ask('/console', {
      as: null,
      headers: { cookie: `__Host-session=${everything.sessionId}; __Host-session=other` },
    });
    expect(answer.status).toBe(303);
  });

  it('shows nothing any more after signing out, also by the back button', async () => {
    const person = await signedInPerson(service);
    await useSession(context, service, person);
    const page = await context.newPage();
    await page.goto(`${service.url}/console`);
    await page.goto(`${service.url}/console/api-clients`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/console/signed-out');
    await page.goBack();
    await page.waitForURL('**/console/sign-in?return=**');
    expect(await page.locator('main').textContent()).not.toContain('Systems that may sign in');
    const left = await service.database.query(
      'select from staff_sessions where staff_member_id = $1',
      [person.id],
    );
    expect(left).toEqual([]);
    expect((await ask('/console', { as: person })).status).toBe(303);
  });

  it('is not ended by another site', async () => {
    const person = await signedInPerson(service);
    const foreign = { headers: { origin: 'https://elsewhere.example' } };
    expect(
      (await ask('/console/sign-out', { as: person, method: 'POST', fields: {}, ...foreign }))
        .status,
    ).toBe(403);
    await ask('/console/sign-out', { as: person, method: 'POST', fields: {} });
    await ask('/console/sign-out', { as: person });
    expect((await ask('/console', { as: person })).status).toBe(200);
  });
});

it('a session of the console opens nothing of the API over the network', async () => {
  for (const headers of [
    { cookie: `__Host-session=${everything.sessionId}` },
    { authorization: `Bearer ${everything.sessionId}` },
  ] as Record<string, string>[]) {
    const answer = await service.fetch('/v1/audit-events', { headers });
    expect(answer.status).toBe(401);
  }
});

it('without a provider nobody signs in, and the page says so', async () => {
  const answer = await ask('/console/sign-in', { as: null });
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('Signing in is not set up');
  const callback = await ask('/console/sign-in/callback?code=x&state=y', { as: null });
  expect(callback.status).toBe(303);
  expect(callback.headers.get('set-cookie')).toBeNull();
});
