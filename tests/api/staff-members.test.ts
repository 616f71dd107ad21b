import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffRole } from '../../api/http/staff.ts';
import { type InProcessApi, type SignedIn, startInProcessApi } from '../support/in-process.ts';
import { storeStaffMember } from './support/staff.ts';

/* Who gives whom which role, on the application that the console calls in process. */

let service: InProcessApi;
let administrator: SignedIn;
beforeAll(async () => {
  service = await startInProcessApi();
  administrator = await service.signIn({ RHA: ['administrator'] });
});
afterAll(() => service?.stop());

const path = (id: string) => `/v1/staff-members/${id}`;
const read = async (person: SignedIn, at: string) => {
  const response = await service.fetch(person.caller, at);
  return {
    status: response.status,
    etag: response.headers.get('etag'),
    body: await response.json(),
  };
};
const assign = async (
  person: SignedIn,
  id: string,
  roles: Readonly<Record<string, readonly string[]>>,
  { version = 1, ...more }: { version?: number; reference?: string } = {},
) => {
  const assignments = Object.entries(roles).flatMap(([organisation, held]) =>
    held.map((role) => ({ organisation, role })),
  );
  const response = await service.fetch(person.caller, `${path(id)}/assignments`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-match': `W/"${version}"` },
    body: JSON.stringify({ assignments, ...more }),
  });
  return {
    status: response.status,
    etag: response.headers.get('etag'),
    body: await response.json(),
  };
};
const store = (
  roles: Readonly<Record<string, readonly StaffRole[]>>,
  more: { name?: string; reference?: string } = {},
) => storeStaffMember(service, { roles, ...more });
const rolesOf = async (id: string) =>
  (
    await service.database.query<{ held: string }>(
      `select organisation || ' ' || role as held from staff_assignments where staff_member_id = $1 order by 1`,
      [id],
    )
  ).map(({ held }) => held);

describe('people of staff are shown', () => {
  it('to administrators of an organisation in which they have a role, with their roles there alone', async () => {
    const id = await store({ RHA: ['publisher', 'auditor'], RV3: ['moderator'] });
    const other = await store({ RV3: ['moderator'] });
    const nobody = await store({});
    const { body } = await read(administrator, '/v1/staff-members?limit=100');
    const shown = body.items.find((item: { id: string }) => item.id === id);
    expect(shown).toEqual({
      id,
      version: 1,
      name: 'Ada King',
      reference: expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/),
      assignments: [
        { organisation: 'RHA', role: 'auditor' },
        { organisation: 'RHA', role: 'publisher' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain(other);
    expect(JSON.stringify(body)).not.toContain(nobody);
    expect(await read(administrator, path(id))).toEqual({
      status: 200,
      etag: 'W/"1"',
      body: shown,
    });
    for (const hidden of [other, nobody, randomUUID()])
      expect((await read(administrator, path(hidden))).status).toBe(404);
  });

  it('a page at a time', async () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`;
      const { body } = await read(administrator, `/v1/staff-members?limit=1${cursor}`);
      expect(body.items).toHaveLength(1);
      seen.push(body.items[0].id);
      next = body.next;
    } while (next !== null);
    const { body } = await read(administrator, '/v1/staff-members?limit=100');
    expect(seen).toEqual(body.items.map(({ id }: { id: string }) => id));
  });

  it('by their reference, however it is typed, whoever they are; and by nothing less', async () => {
    const id = await store({ RV3: ['moderator'] }, { reference: 'K7QM3XD1' });
    for (const typed of ['K7QM-3XD1', 'k7qm3xd1', 'k7qm 3xdl']) {
      const query = new URLSearchParams({ reference: typed });
      const { body } = await read(administrator, `/v1/staff-members?${query}`);
      expect(body.items).toEqual([
        { id, version: 1, name: 'Ada King', reference: 'K7QM-3XD1', assignments: [] },
      ]);
    }
    expect((await read(administrator, '/v1/staff-members?reference=K7QM-3XD2')).body.items).toEqual(
      [],
    );
    for (const typed of ['K7QM', 'K7QM-3XD1-0000', '%25', 'K7QM-3XD_'])
      expect((await read(administrator, `/v1/staff-members?reference=${typed}`)).status).toBe(400);
  });

  it('to nobody without the scope', async () => {
    const auditor = await service.signIn({ RHA: ['auditor', 'moderator', 'publisher'] });
    expect((await read(auditor, '/v1/staff-members')).status).toBe(403);
  });
});

describe('an administrator gives roles', () => {
  it('to somebody new, by their reference, who signs in again and may do it', async () => {
    const identity = { issuer: 'https://identity.test', subject: randomUUID(), name: 'Grace' };
    const sessionId = await service.sessions.begin({ ...identity, claimed: null }, new Date());
    const before = await service.sessions.read(sessionId, new Date());
    const { id, reference } = before?.member ?? { id: '', reference: '' };

    const given = await assign(administrator, id, { RHA: ['auditor'] }, { reference });
    expect(given).toMatchObject({
      status: 200,
      etag: 'W/"2"',
      body: { id, version: 2, assignments: [{ organisation: 'RHA', role: 'auditor' }] },
    });
    expect(before && (await service.sessions.check(before))).toBe(false);
    const again = await service.sessions.begin({ ...identity, claimed: null }, new Date());
    const session = await service.sessions.read(again, new Date());
    if (session === null) throw new Error('a session that was begun stands');
    const caller = { session, isChecked: false };
    expect((await service.fetch(caller, '/v1/audit-events')).status).toBe(200);
  });

  it('not to somebody whose reference they do not know', async () => {
    const id = await store({ RV3: ['moderator'] });
    expect((await assign(administrator, id, { RHA: ['auditor'] })).status).toBe(404);
    const wrong = { reference: '0000-0000' };
    expect((await assign(administrator, id, { RHA: ['auditor'] }, wrong)).status).toBe(404);
    expect(await rolesOf(id)).toEqual(['RV3 moderator']);
  });

  it('within their organisations alone, and what others gave stays', async () => {
    const id = await store({ RHA: ['moderator'], RV3: ['moderator'] });
    expect((await assign(administrator, id, { RV3: ['publisher'] })).status).toBe(403);
    expect(await rolesOf(id)).toEqual(['RHA moderator', 'RV3 moderator']);
    expect((await assign(administrator, id, { RHA: ['auditor'] })).body.assignments).toEqual([
      { organisation: 'RHA', role: 'auditor' },
    ]);
    expect(await rolesOf(id)).toEqual(['RHA auditor', 'RV3 moderator']);
  });

  it('and takes the last one, after which they no longer see the person', async () => {
    const id = await store({ RHA: ['moderator'] });
    const taken = await assign(administrator, id, {});
    expect(taken).toMatchObject({ status: 200, etag: 'W/"2"', body: { id, assignments: [] } });
    expect(await rolesOf(id)).toEqual([]);
    expect((await read(administrator, path(id))).status).toBe(404);
  });

  it('and ends no session where nothing changes', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    const { version } = person.caller.session.member;
    const same = await assign(administrator, person.memberId, { RHA: ['auditor'] }, { version });
    expect(same.etag).toBe(`W/"${version}"`);
    expect(await service.sessions.check(person.caller.session)).toBe(true);
  });

  it('not on what they have not seen', async () => {
    const id = await store({ RHA: ['moderator'] });
    await assign(administrator, id, { RHA: ['auditor'] });
    expect((await assign(administrator, id, { RHA: ['publisher'] })).status).toBe(412);
    expect(await rolesOf(id)).toEqual(['RHA auditor']);
  });

  it('not to themselves', async () => {
    const { memberId, caller } = administrator;
    const roles = { RHA: ['administrator', 'publisher'] };
    const { version } = caller.session.member;
    const refused = await assign(administrator, memberId, roles, { version });
    expect(refused.status).toBe(403);
    expect(await rolesOf(memberId)).toEqual(['RHA administrator']);
  });

  it('and an organisation that has an administrator keeps one, whoever takes the role', async () => {
    const [one, other] = [
      await store({ RXG: ['administrator'], RDY: ['administrator'] }),
      await store({ RXG: ['administrator'] }),
    ];
    const authorization = `Bearer ${await service.token('demo-admin', ['RXG'])}`;
    const take = async (id: string) => {
      const response = await service.fetch(null, `${path(id)}/assignments`, {
        method: 'PUT',
        headers: { authorization, 'content-type': 'application/json', 'if-match': 'W/"1"' },
        body: JSON.stringify({ assignments: [{ organisation: 'RXG', role: 'auditor' }] }),
      });
      return response.status;
    };
    expect(await take(other)).toBe(200);
    expect(await take(one)).toBe(409);
    expect(await rolesOf(one)).toEqual(['RDY administrator', 'RXG administrator']);
  });

  it.each([
    ['a role twice', { RHA: ['auditor', 'auditor'] }],
    ['a role that there is not', { RHA: ['owner'] }],
  ])('not %s', async (_, roles) => {
    const id = await store({ RHA: ['moderator'] });
    expect((await assign(administrator, id, roles)).status).toBe(400);
    expect(await rolesOf(id)).toEqual(['RHA moderator']);
  });
});
