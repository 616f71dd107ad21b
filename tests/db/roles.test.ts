import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles, runtimeRoles } from '../../db/roles.ts';
import {
  inner,
  type LiveColumn,
  liveColumns,
  livePrivileges,
  statedPrivileges,
} from '../attacks/support/privileges.ts';
import {
  type Acting,
  actingFor,
  connectRoles,
  outcomeOf,
  type RoleConnections,
} from '../attacks/support/role-connections.ts';
import {
  changesToOthers,
  fillForTwoTrusts,
  labelled,
  writesForOthers,
} from '../attacks/support/two-trusts.ts';

/*
 * What each role of the database may do: by the catalogue, and tried. On a real PostgreSQL, each role on a connection that
 * it cannot leave.
 */

let connections: RoleConnections;
let columns: LiveColumn[];
beforeAll(async () => {
  connections = await connectRoles();
  columns = await liveColumns(connections.owner);
  await fillForTwoTrusts(connections.owner);
});
afterAll(() => connections?.close());

const denied = '42501';
const rowsOf = async (statement: string) => (await connections.owner.query(statement)).rows;
const tables = () => [
  ...new Set(columns.filter(({ isView }) => !isView).map(({ table }) => table)),
];

describe('by the live catalogue', () => {
  it.each(runtimeRoles)(
    '%s has what is stated of it, nothing more and nothing less',
    async (role) => {
      expect(await livePrivileges(connections.owner, role)).toEqual(statedPrivileges(role));
    },
  );

  const stated = new Set(runtimeRoles.flatMap(statedPrivileges));
  const unstated = (live: readonly LiveColumn[]) =>
    live
      .map(({ table, column }) => `${table}.${column}`)
      .filter(
        (name) => !['select', 'insert', 'update'].some((each) => stated.has(`${each} ${name}`)),
      );

  it('there is no column of which nothing is stated', async () => {
    expect(unstated(columns)).toEqual([]);
    await connections.owner.query('alter table text_parts add column written_at timestamptz');
    const live = await liveColumns(connections.owner);
    await connections.owner.query('alter table text_parts drop column written_at');
    expect(unstated(live)).toEqual(['text_parts.written_at']);
  });

  it('no role is more than a role: it owns nothing, leads to no other role and passes nothing on', async () => {
    const list = runtimeRoles.map((role) => `'${role}'`).join();
    expect(
      await rowsOf(`select rolname from pg_roles where rolname in (${list})
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`),
    ).toEqual([]);
    expect(
      await rowsOf(
        `select roleid::regrole from pg_auth_members where member::regrole::text in (${list})`,
      ),
    ).toEqual([]);
    expect(
      await rowsOf(`select relname from pg_class where relowner::regrole::text in (${list})`),
    ).toEqual([]);
    expect(
      await rowsOf(`select relname from pg_class, aclexplode(relacl) as entry
        where entry.grantee in (select oid from pg_roles where rolname in (${list})) and is_grantable`),
    ).toEqual([]);
  });

  it('everybody may run nothing, not even what a later migration makes', async () => {
    const { owner } = connections;
    await owner.query('create function made_later() returns integer language sql return 1');
    const runnable = await rowsOf(`select proname from pg_proc
      left join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) as entry on true
      where pronamespace = 'public'::regnamespace and entry.grantee = 0`);
    await owner.query('drop function made_later');
    expect(runnable).toEqual([]);
  });

  it('what runs with other rights than its caller has is owned by the flusher, and finds only its own tables', async () => {
    const definers =
      await rowsOf(`select proname, proowner::regrole::text as owner, proconfig as settings
      from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`);
    expect(definers.length).toBeGreaterThan(0);
    for (const { proname, ...definer } of definers)
      expect([proname, definer]).toEqual([
        proname,
        { owner: 'full_circle_flusher', settings: ['search_path=public, pg_temp'] },
      ]);
  });

  it('each function is stated of somebody, or only others call it', async () => {
    const live = await rowsOf(
      "select proname from pg_proc where pronamespace = 'public'::regnamespace order by proname",
    );
    const stated = new Set([...runtimeRoles.flatMap((role) => roles[role].functions), ...inner]);
    expect(live.map(({ proname }) => proname)).toEqual([...stated].sort());
  });

  it('row-level security stands on every table but the list of organisations', async () => {
    const open = await rowsOf(`select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`);
    expect(open).toEqual([{ relname: 'organisations' }]);
  });
});

describe.each(runtimeRoles)('tried as %s', (role) => {
  const granted = (table: string) => roles[role].tables[table] ?? {};

  it('each column can be read, written or changed exactly where that is stated', async () => {
    const client = connections.of[role];
    const expected: string[] = [];
    const found: string[] = [];
    for (const { table, column, type, isView } of columns) {
      const attempts = {
        select: `select "${column}" from "${table}" limit 0`,
        insert: `insert into "${table}" ("${column}") select null::${type} where false`,
        update: `update "${table}" set "${column}" = null where false`,
      };
      for (const [privilege, statement] of Object.entries(attempts)) {
        if (isView && privilege !== 'select') continue;
        const list = granted(table)[privilege as keyof typeof attempts] ?? [];
        const name = `${privilege} ${table}.${column}`;
        expected.push(`${name}: ${list.includes(column) ? 'allowed' : denied}`);
        found.push(`${name}: ${await outcomeOf(client, statement)}`);
      }
    }
    expect(found).toEqual(expected);
  });

  it('no table tells when, where or with what else a row was written, and none gives whole rows of what is not granted whole', async () => {
    const client = connections.of[role];
    for (const table of tables()) {
      for (const column of ['xmin', 'cmin', 'xmax', 'cmax', 'ctid', 'tableoid'])
        expect([
          table,
          column,
          await outcomeOf(client, `select ${column} from "${table}"`),
        ]).toEqual([table, column, denied]);
      const ofTable = columns.filter((each) => each.table === table);
      const isWhole = granted(table).select?.length === ofTable.length;
      const outcome = await outcomeOf(client, `select "${table}" from "${table}" limit 0`);
      expect([table, outcome]).toEqual([table, isWhole ? 'allowed' : denied]);
    }
  });

  it('rows are deleted, and tables emptied, only where that is stated, and no policy is switched off', async () => {
    const client = connections.of[role];
    for (const table of tables()) {
      const outcomes: Record<string, string> = {
        delete: await outcomeOf(client, `delete from "${table}" where false`),
        truncate: await outcomeOf(client, `begin; truncate "${table}"`),
      };
      await client.query('rollback');
      for (const [privilege, outcome] of Object.entries(outcomes)) {
        const expected = privilege in granted(table) ? 'allowed' : denied;
        expect([privilege, table, outcome]).toEqual([privilege, table, expected]);
      }
      const policies = await outcomeOf(client, `alter table "${table}" disable row level security`);
      expect([table, policies]).toEqual([table, denied]);
    }
  });

  it('it runs only its functions, makes nothing and becomes nobody else', async () => {
    const client = connections.of[role];
    const functions = await rowsOf(`select proname as name,
        coalesce((select string_agg('null::' || format_type(type, null), ', ') from unnest(proargtypes) as type), '') as arguments
      from pg_proc where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype
        and proowner <> '${role}'::regrole`);
    const stated = statedPrivileges(role);
    for (const { name, arguments: list } of functions) {
      if (stated.includes(`execute ${name}`)) continue;
      expect([name, await outcomeOf(client, `select ${name}(${list})`)]).toEqual([name, denied]);
    }
    expect(await outcomeOf(client, 'create table mine (id integer)')).toBe(denied);
    expect(await outcomeOf(client, 'create function mine() returns integer return 1')).toBe(denied);
    expect(await outcomeOf(client, 'set row_security = off; select id from text_parts')).toBe(
      denied,
    );
  });

  it('what the audit trail says can be neither changed nor removed', async () => {
    const client = connections.of[role];
    expect(await outcomeOf(client, "update audit_events set outcome = 'refused'")).toBe(denied);
    expect(await outcomeOf(client, 'delete from audit_events')).toBe(denied);
  });
});

describe('row-level security', () => {
  const staff = () => connections.of.full_circle_staff;
  const labelsFor = async (organisations: string[], statement: string) =>
    (await actingFor<{ label: string }>(staff(), { organisations }, statement)).rows.map(
      ({ label }) => label,
    );

  it.each([
    ['cycles', ['of RHA', 'of both']],
    ['standard_set_versions', ['of RHA']],
    ['loop_records', ['of RHA']],
    ['loop_record_publications', ['of RHA']],
    ['api_clients', ['of RHA']],
    ['api_client_uses', ['of RHA']],
    ['text_parts', ['of RHA']],
    ['staff_members', ['of RHA']],
    ['staff_assignments', ['of RHA']],
    ['audit_events', ['of RHA', 'of both']],
    ['webhook_endpoints', ['of RHA']],
    ['webhook_events', ['of RHA', 'of both']],
    ['webhook_deliveries', ['of RHA']],
  ] as const)('shows whoever acts for RHA what is theirs: %s', async (table, theirs) => {
    expect(await labelsFor(['RHA'], labelled[table])).toEqual(theirs);
    expect((await labelsFor(['RHA', 'RV3'], labelled[table])).length).toBeGreaterThan(
      theirs.length,
    );
  });

  it.each(Object.entries(labelled))(
    'shows nothing to whoever acts for nobody: %s',
    async (_, statement) => {
      expect((await staff().query(statement)).rows).toEqual([]);
      expect(await labelsFor([], statement)).toEqual([]);
    },
  );

  it.each(['full_circle_public', 'full_circle_trust'] as const)(
    'shows %s no draft',
    async (role) => {
      for (const table of ['cycles', 'standard_set_versions'] as const)
        expect((await connections.of[role].query(labelled[table])).rows).toEqual([]);
    },
  );

  it.each(Object.entries(writesForOthers))(
    'refuses whoever acts for RHA %s',
    async (_, statement) => {
      const writing = actingFor(staff(), { organisations: ['RHA'] }, statement);
      await expect(writing).rejects.toMatchObject({ code: denied });
    },
  );

  it.each(Object.entries(changesToOthers))(
    'changes nothing for whoever acts for RHA: %s',
    async (_, statement) => {
      const alone = await actingFor(staff(), { organisations: ['RHA'] }, statement);
      expect(alone.rowCount).toBe(0);
      const together = await actingFor(staff(), { organisations: ['RHA', 'RV3'] }, statement);
      expect(together.rowCount).toBe(1);
    },
  );

  it('ends with the batch: the next statement on the same connection acts for nobody', async () => {
    const client = staff();
    for (const end of ['commit', 'rollback']) {
      await client.query('begin');
      await client.query(
        "select act_for('demo-admin', 1, '{RHA}', gen_random_uuid(), 'test', 'test')",
      );
      expect((await client.query(labelled.text_parts)).rows).toEqual([{ label: 'of RHA' }]);
      await client.query(end);
      expect((await client.query(labelled.text_parts)).rows).toEqual([]);
    }
  });

  it('lets nobody act who is not registered as they say', async () => {
    await connections.owner.query(
      `insert into api_clients (client_id, title, organisations, scopes, revoked_at)
       values ('revoked', 'x', '{RHA}', '{}', now())`,
    );
    const refused: Acting[] = [
      { client: 'revoked', organisations: ['RHA'] },
      { client: 'nobody', organisations: ['RHA'] },
      { client: 'of-RHA', version: 2, organisations: ['RHA'] },
      { client: 'of-RHA', organisations: ['RV3'] },
      { client: 'of-RHA', organisations: ['RHA', 'RV3'] },
    ];
    for (const role of ['full_circle_staff', 'full_circle_trust'] as const) {
      const client = connections.of[role];
      for (const acting of refused)
        await expect(actingFor(client, acting, 'select 1')).rejects.toMatchObject({
          code: 'FC401',
        });
      const registered = { client: 'of-RHA', organisations: ['RHA'] };
      expect((await actingFor(client, registered, 'select 1')).rowCount).toBe(1);
    }
  });
});

it('the public puts a submission into the inbox, and nobody but the flusher sees it there', async () => {
  const insert = `insert into inbox (cycle_id, organisation, perspective, as_is, to_be, answers)
    select id, 'RHA', 'carer', '{}', '{}', '{}' from cycles limit 1`;
  const { full_circle_public: anybody, full_circle_flusher: flusher } = connections.of;
  expect(await outcomeOf(anybody, `${insert} returning id`)).toBe(denied);
  expect(await outcomeOf(anybody, insert)).toBe('allowed');
  for (const role of runtimeRoles.filter((each) => each !== 'full_circle_flusher'))
    for (const what of ['id', 'cycle_id', '*', 'count(*)'])
      expect(await outcomeOf(connections.of[role], `select ${what} from inbox`)).toBe(denied);
  expect((await flusher.query('select id from inbox')).rowCount).toBe(1);
});
