import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffAssignment } from '../../api/http/staff.ts';
import { type InProcessApi, type SignedIn, startInProcessApi } from '../support/in-process.ts';

/* Sign-in of people and what a session of theirs may do, on the application that the console calls in process. */

let service: InProcessApi;
beforeAll(async () => {
  service = await startInProcessApi();
});
afterAll(() => service?.stop());

const read = async (person: SignedIn | null, path: string, init?: RequestInit) => {
  const response = await service.fetch(person?.caller ?? null, path, init);
  return { status: response.status, body: await response.json() };
};
const shift = (person: SignedIn, column: string, interval: string) =>
  service.database.query(
    `update staff_sessions set ${column} = ${column} - $1::interval where staff_member_id = $2`,
    [interval, person.memberId],
  );
const identity = (changes: object = {}) => ({
  issuer: 'https://identity.test',
  subject: randomUUID() as string,
  name: 'Ada' as string | null,
  claimed: null as readonly StaffAssignment[] | null,
  ...changes,
});
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe('signing in', () => {
  it('gives an id of 256 bits, of which the database has the hash alone', async () => {
    const id = await service.sessions.begin(identity(), new Date());
    expect(id).toMatch(/^[\w-]{43}$/);
    const rows = await service.database.query('select * from staff_sessions');
    expect(JSON.stringify(rows)).not.toContain(id);
    expect((await service.sessions.read(id, new Date()))?.idHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('makes somebody new known without any role, by a reference that can be read out', async () => {
    const id = await service.sessions.begin(identity(), new Date());
    const session = await service.sessions.read(id, new Date());
    expect(session?.member).toMatchObject({ version: 1, name: 'Ada', assignments: [] });
    expect(session?.member.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  });

  it('knows the same person again, keeps their roles and takes over their name', async () => {
    const known = identity();
    const first = await service.sessions.read(
      await service.sessions.begin(
        { ...known, claimed: [{ organisation: 'RHA', role: 'auditor' }] },
        new Date(),
      ),
      new Date(),
    );
    const id = await service.sessions.begin({ ...known, name: 'Ada King' }, new Date());
    const second = await service.sessions.read(id, new Date());
    expect(second?.member).toEqual({ ...first?.member, name: 'Ada King' });
  });

  it('replaces roles by what the provider claims, and then ends earlier sessions', async () => {
    const known = identity({ claimed: [{ organisation: 'RHA', role: 'auditor' }] });
    const now = new Date();
    const first = await service.sessions.begin(known, now);
    const same = await service.sessions.begin(known, now);
    const before = await service.sessions.read(first, now);
    expect(before && (await service.sessions.check(before))).toBe(true);

    const claimed: StaffAssignment[] = [{ organisation: 'RV3', role: 'moderator' }];
    const last = await service.sessions.begin({ ...known, claimed }, now);
    expect(before && (await service.sessions.check(before))).toBe(false);
    expect(await service.sessions.read(same, later(16))).toBeNull();
    expect((await service.sessions.read(last, now))?.member.assignments).toEqual(claimed);
    const none = await service.sessions.begin({ ...known, claimed: [] }, now);
    expect((await service.sessions.read(none, now))?.member.assignments).toEqual([]);
  });

  it('takes one call to the database, and reading the session at once none', async () => {
    const before = service.endpoint.calls;
    const id = await service.sessions.begin(identity(), new Date());
    await service.sessions.read(id, new Date());
    expect(service.endpoint.calls - before).toBe(1);
  });

  it('is in the audit trail, and so is signing out', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    await service.sessions.end(person.sessionId);
    const events = await service.database.query(
      'select actor_kind, organisations, purpose, operation, outcome from audit_events where actor = $1 and operation like $2 order by number',
      [person.memberId, '%StaffSession'],
    );
    const event = {
      actor_kind: 'person',
      organisations: ['RHA'],
      purpose: 'sign-in',
      outcome: 'done',
    };
    // The role that was claimed is noted by itself.
    expect(events).toEqual([
      { ...event, operation: 'beginStaffSession' },
      { ...event, operation: 'beginStaffSession' },
      { ...event, operation: 'endStaffSession' },
    ]);
  });
});

describe('an id that is no session', () => {
  it.each(['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}!`, "' or true --"])(
    'never reaches the database: %j',
    async (id) => {
      const before = service.endpoint.calls;
      expect(await service.sessions.read(id, new Date())).toBeNull();
      await service.sessions.end(id);
      expect(service.endpoint.calls).toBe(before);
    },
  );

  it('is nobody', async () => {
    expect(await service.sessions.read('x'.repeat(43), new Date())).toBeNull();
  });
});

describe('a session is over', () => {
  const isOver = async (person: SignedIn) => {
    const { status, body } = await read(person, '/v1/audit-events');
    const stands = await service.sessions.check(person.caller.session);
    expect(stands).toBe(status === 200);
    if (status !== 200) expect(body).toMatchObject({ status: 401, code: 'unauthenticated' });
    return !stands;
  };
  let person: SignedIn;
  const signedIn = async () => {
    person = await service.signIn({ RHA: ['auditor'] });
    return person;
  };

  it('15 minutes after it was used last', async () => {
    await shift(await signedIn(), 'last_seen_at', '14 minutes 50 seconds');
    expect(await isOver(person)).toBe(false);
    await shift(person, 'last_seen_at', '14 minutes 50 seconds');
    expect(await isOver(person)).toBe(false);
    await shift(person, 'last_seen_at', '15 minutes');
    expect(await isOver(person)).toBe(true);
  });

  it('8 hours after it began, however often it is used', async () => {
    await shift(await signedIn(), 'started_at', '7 hours 59 minutes');
    expect(await isOver(person)).toBe(false);
    await shift(person, 'started_at', '1 minute');
    expect(await isOver(person)).toBe(true);
  });

  it('when the roles of its person change', async () => {
    await service.database.query('update staff_members set version = version + 1 where id = $1', [
      (await signedIn()).memberId,
    ]);
    expect(await isOver(person)).toBe(true);
  });

  it('when they sign out, and ending it twice does no harm', async () => {
    const { sessionId } = await signedIn();
    await service.sessions.end(sessionId);
    await service.sessions.end(sessionId);
    expect(await isOver(person)).toBe(true);
    expect(await service.sessions.read(sessionId, new Date())).toBeNull();
  });

  it('and is removed when somebody else signs in', async () => {
    await shift(await signedIn(), 'last_seen_at', '15 minutes');
    await service.signIn();
    const rows = await service.database.query(
      'select 1 from staff_sessions where staff_member_id = $1',
      [person.memberId],
    );
    expect(rows).toEqual([]);
  });
});

describe('that a session was used is noted', () => {
  const lastSeen = async (person: SignedIn) =>
    (
      await service.database.query(
        'select last_seen_at::text from staff_sessions where staff_member_id = $1',
        [person.memberId],
      )
    )[0]?.last_seen_at;

  it('once a minute', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    const begun = await lastSeen(person);
    await read(person, '/v1/audit-events');
    expect(await lastSeen(person)).toBe(begun);
    await shift(person, 'last_seen_at', '1 minute');
    await read(person, '/v1/audit-events');
    expect(await lastSeen(person)).not.toBe(begun);
  });
});

describe('a person calls the API', () => {
  it('for those organisations alone in which a role of theirs allows it', async () => {
    const person = await service.signIn({ RHA: ['administrator'], RV3: ['moderator'] });
    await service.database.query(
      `insert into api_clients (client_id, title, organisations, scopes)
       values ('of-rha', 'x', '{RHA}', '{}'), ('of-rv3', 'x', '{RV3}', '{}') on conflict do nothing`,
    );
    const { body } = await read(person, '/v1/api-clients');
    const shown: string[] = body.items.map(({ clientId }: { clientId: string }) => clientId);
    expect(shown).toContain('of-rha');
    expect(shown).not.toContain('of-rv3');
  });

  it('in one call to the database, which finds that the session stands', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    const before = service.endpoint.calls;
    expect((await read(person, '/v1/audit-events')).status).toBe(200);
    expect(service.endpoint.calls - before).toBe(1);
    expect(person.caller.isChecked).toBe(true);
  });

  it('and is named in the audit trail', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    await read(person, '/v1/audit-events');
    const [event] = (await read(person, '/v1/audit-events?operation=listAuditEvents')).body.items;
    expect(event.actor).toEqual({ kind: 'person', id: person.memberId });
  });

  it.each([
    ['roles are none', {}],
    ['roles are others', { RHA: ['moderator', 'publisher', 'administrator'] }],
  ] as const)('and is refused where their %s, which is noted', async (_, roles) => {
    const person = await service.signIn(roles);
    const refused = await read(person, '/v1/audit-events');
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toBe('Your role does not allow this.');
    const noted = await service.database.query(
      "select operation from audit_events where actor = $1 and outcome = 'refused'",
      [person.memberId],
    );
    expect(noted).toEqual([{ operation: 'listAuditEvents' }]);
  });

  it('for one of their organisations where the request names it', async () => {
    const person = await service.signIn({ RHA: ['auditor'], RV3: ['moderator'] });
    const named = (odsCode: string) =>
      read(person, '/v1/audit-events', { headers: { 'nhsd-end-user-organisation-ods': odsCode } });
    expect((await named('RHA')).status).toBe(200);
    expect((await named('RV3')).body.detail).toBe('Your role does not allow this.');
    expect((await named('RXX')).body.detail).toBe('You have no role in that organisation.');
  });

  it('and is told what the public is told where their role tells them no more', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    for (const path of [
      '/v1/cycles',
      '/v1/loop-records',
      '/v1/priorities',
      '/v1/themes',
      '/v1/standard-sets',
      '/v1/standard-sets/fft',
    ]) {
      person.caller.isChecked = false;
      const anybody = await read(null, path);
      expect(anybody.status).toBe(200);
      expect(await read(person, path)).toEqual(anybody);
      expect(person.caller.isChecked, path).toBe(true);
    }
  });

  it('and not even that once their session is over', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    await service.sessions.end(person.sessionId);
    expect((await read(person, '/v1/cycles')).status).toBe(401);
    expect(person.caller.isChecked).toBe(false);
  });

  it('whatever token its headers carry', async () => {
    const person = await service.signIn({ RHA: ['auditor'] });
    const headers = { authorization: 'Bearer nonsense' };
    expect((await read(person, '/v1/audit-events', { headers })).status).toBe(200);
  });

  it('but sends no submission in the name of a trust', async () => {
    const person = await service.signIn({ RHA: ['administrator'] });
    const [cycle] = await service.database.query<{ id: string }>('select id from cycles limit 1');
    const sent = await read(person, `/v1/cycles/${cycle?.id}/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(sent.status).toBe(403);
  });

  it('but owns no webhook endpoint', async () => {
    const person = await service.signIn({ RHA: ['publisher'] });
    const made = await read(person, '/v1/webhook-endpoints', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'https://hooks.example.org/', events: ['theme.published'] }),
    });
    expect(made.status).toBe(403);
    expect(made.body.detail).toContain('registered system');
    expect((await read(person, '/v1/webhook-endpoints')).status).toBe(200);
  });
});
