import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffRole } from '../../domain/vocabulary.ts';
import {
  connectRoles,
  outcomeOf,
  type RoleConnections,
} from '../attacks/support/role-connections.ts';
import { createServerDatabase } from '../support/database.ts';

/* What a session of a person opens in the database, and what it does not; on a real PostgreSQL, as the staff role. */

let connections: RoleConnections;
beforeAll(async () => {
  connections = await connectRoles();
});
afterAll(() => connections?.close());

const denied = '42501';
const signedOut = 'FC401';
const staff = () => connections.of.full_circle_staff;

type Roles = Readonly<Record<string, readonly StaffRole[]>>;

/** Signs somebody in. @returns the hash of their session and their id */
async function signIn(roles: Roles = {}, subject: string = randomUUID()) {
  const hash = randomUUID().replaceAll('-', '').repeat(2);
  const held = Object.entries(roles).flatMap(([organisation, names]) =>
    names.map((role) => [organisation, role] as const),
  );
  await staff().query(
    "select begin_staff_session('https://identity.test', $1, 'Ada', $2, $3, $4, decode($5, 'hex'), gen_random_uuid())",
    [
      ...[subject, randomUUID().slice(0, 8).toUpperCase()],
      held.map(([organisation]) => organisation),
      held.map(([, role]) => role),
      hash,
    ],
  );
  const { rows } = await connections.owner.query<{ id: string }>(
    'select id from staff_members where subject = $1',
    [subject],
  );
  return { hash, subject, id: rows[0]?.id ?? '' };
}

/** What becomes of a statement in a transaction that acts for a person: `allowed`, or the SQLSTATE. */
async function acting(
  client: pg.Client,
  hash: string,
  organisations: readonly string[],
  statement = 'select 1',
  purpose = 'staff:write',
) {
  await client.query('begin');
  try {
    await client.query(
      "select act_for_person(decode($1, 'hex'), $2, gen_random_uuid(), 'test', $3)",
      [hash, organisations, purpose],
    );
    return (await client.query(statement)).rows;
  } catch (error) {
    return (error as { code?: string }).code;
  } finally {
    await client.query('commit');
  }
}

describe('a session', () => {
  it('opens the organisations in which its person has a role, and no other', async () => {
    const { hash } = await signIn({ RHA: ['moderator'], RV3: ['auditor'] });
    const allowed = [{ organisations: 'RHA,RV3' }];
    const statement = "select current_setting('app.organisations') as organisations";
    expect(await acting(staff(), hash, ['RHA', 'RV3'], statement)).toEqual(allowed);
    expect(await acting(staff(), hash, [])).not.toBe(signedOut);
    for (const others of [['RKL'], ['RHA', 'RKL']])
      expect(await acting(staff(), hash, others)).toBe(signedOut);
  });

  it('opens nothing of an organisation where it is used for none', async () => {
    const { hash } = await signIn({ RHA: ['moderator'] });
    for (const table of ['staff_members', 'staff_assignments', 'text_parts', 'audit_events'])
      expect(await acting(staff(), hash, [], `select count(*)::int from ${table}`)).toEqual([
        { count: 0 },
      ]);
  });

  it('is opened by the whole hash of its id alone', async () => {
    const { hash } = await signIn({ RHA: ['moderator'] });
    for (const other of ['', hash.slice(2), `${hash.slice(0, -2)}ff`, `${hash}00`])
      expect(await acting(staff(), other, [])).toBe(signedOut);
  });

  it('can be neither listed, made nor kept alive by the role that serves staff', async () => {
    for (const statement of [
      'select id_hash from staff_sessions',
      'select count(*) from staff_sessions',
      'insert into staff_sessions select * from staff_sessions',
      'update staff_sessions set last_seen_at = now()',
      'delete from staff_sessions',
      "select replace_staff_assignments(gen_random_uuid(), null, '{RHA}', '{administrator}')",
      "insert into staff_assignments values (gen_random_uuid(), 'RHA', 'administrator')",
      'update staff_members set version = 1',
      'select subject from staff_members',
    ])
      expect([statement, await outcomeOf(staff(), statement)]).toEqual([statement, denied]);
  });

  it('is of no use to the roles that serve the public and trusts', async () => {
    const { hash } = await signIn({ RHA: ['moderator'] });
    for (const role of ['full_circle_public', 'full_circle_trust'] as const)
      expect(await acting(connections.of[role], hash, ['RHA'])).toBe(denied);
  });
});

describe('roles are given', () => {
  const assign = (id: string, roles: string, version = 2) =>
    `select assign_staff_roles('${id}', null, ${version}, '{RHA}', '{${roles}}') as outcome`;

  it('only within the organisations of the batch, and only for that purpose', async () => {
    const { hash } = await signIn({ RHA: ['administrator'] });
    const { id } = await signIn({ RHA: ['moderator'] });
    const elsewhere = `select assign_staff_roles('${id}', null, 2, '{RV3}', '{auditor}')`;
    expect(await acting(staff(), hash, ['RHA'], elsewhere)).toBe(denied);
    expect(await acting(staff(), hash, [], assign(id, 'auditor'))).toBe(denied);
    expect(await acting(staff(), hash, ['RHA'], assign(id, 'auditor'), 'audit:read')).toBe(denied);
    expect(await outcomeOf(staff(), assign(id, 'auditor'))).toBe(denied);
    expect(await acting(staff(), hash, ['RHA'], assign(id, 'auditor'))).toEqual([
      { outcome: 'assigned' },
    ]);
  });

  it('and of two administrators who remove each other at the same moment one stays', async () => {
    await connections.owner.query("delete from staff_assignments where role = 'administrator'");
    const [one, other] = [
      await signIn({ RHA: ['administrator'] }),
      await signIn({ RHA: ['administrator'] }),
    ];
    const second = await connections.another('full_circle_staff');
    try {
      const both = await Promise.all([
        acting(staff(), one.hash, ['RHA'], assign(other.id, 'auditor')),
        acting(second, other.hash, ['RHA'], assign(one.id, 'auditor')),
      ]);
      expect(both.filter((rows) => JSON.stringify(rows)?.includes('assigned'))).toHaveLength(1);
    } finally {
      await second.end();
    }
    const left = await connections.owner.query(
      "select 1 from staff_assignments where role = 'administrator' and organisation = 'RHA'",
    );
    expect(left.rowCount).toBe(1);
  });

  it('to somebody found by their reference only for that purpose', async () => {
    const { hash } = await signIn({ RHA: ['administrator', 'auditor'] });
    const { id } = await signIn();
    const find = `select found.id from staff_members, find_staff_member(reference) as found`;
    expect(await acting(staff(), hash, ['RHA'], find, 'audit:read')).toEqual([]);
    const { rows } = await connections.owner.query<{ reference: string }>(
      'select reference from staff_members where id = $1',
      [id],
    );
    const byReference = `select id from find_staff_member('${rows[0]?.reference}')`;
    expect(await acting(staff(), hash, ['RHA'], byReference, 'audit:read')).toEqual([]);
    expect(await acting(staff(), hash, ['RHA'], byReference)).toEqual([{ id }]);
  });
});

describe('npm run assign-role', () => {
  const root = resolve(import.meta.dirname, '../..');
  let url: string;
  let owner: pg.Client;
  beforeAll(async () => {
    url = await createServerDatabase({ seeded: true });
    owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(
      `with member as (
         insert into staff_members (issuer, subject, name, reference)
         values ('https://identity.test', 'a', 'Ada', 'K7QM3XD9') returning id
       )
       insert into staff_assignments (staff_member_id, organisation, role) select id, 'RV3', 'auditor' from member`,
    );
  });
  afterAll(() => owner?.end());

  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [resolve(root, 'db/assign-role.ts'), ...args], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: url },
    }).then(
      ({ stdout }) => ({ code: 0, said: stdout.trim() }),
      ({ code, stderr }) => ({ code, said: stderr.trim() }),
    );
  const held = async () =>
    (
      await owner.query<{ held: string }>(
        "select organisation || ' ' || role as held from staff_assignments order by 1",
      )
    ).rows.map(({ held }) => held);
  const given = (reference: string, organisation: string, role: string) =>
    run('--reference', reference, '--organisation', organisation, '--role', role);

  it('makes the first administrator, beside what they are already, and says so in the trail', async () => {
    expect(await given('k7qm-3xd9', 'RHA', 'administrator')).toMatchObject({ code: 0 });
    expect(await given('K7QM3XD9', 'rha', 'publisher')).toMatchObject({ code: 0 });
    expect(await held()).toEqual(['RHA administrator', 'RHA publisher', 'RV3 auditor']);
    const { rows } = await owner.query(
      `select actor_kind, organisations, purpose, subject_kind from audit_events
       where operation = 'assignFirstRole' order by number`,
    );
    const event = {
      actor_kind: 'operator',
      organisations: ['RHA'],
      purpose: 'staff:write',
      subject_kind: 'staff-member',
    };
    expect(rows).toEqual([event, event]);
  });

  it.each([
    ['nobody has the reference', ['K7QM-3XD0', 'RHA', 'auditor'], /^Nobody has the reference/],
    ['it is no reference', ['K7QM', 'RHA', 'auditor'], /^The reference must be/],
    ['there is no such organisation', ['K7QM-3XD9', 'XXX', 'auditor'], /^There is no organ/],
    ['there is no such role', ['K7QM-3XD9', 'RHA', 'owner'], /^Not a role/],
  ] as const)(
    'changes nothing where %s, and says so',
    async (_, [reference, organisation, role], said) => {
      const before = await held();
      expect(await given(reference, organisation, role)).toEqual({
        code: 1,
        said: expect.stringMatching(said),
      });
      expect(await held()).toEqual(before);
    },
  );
});
