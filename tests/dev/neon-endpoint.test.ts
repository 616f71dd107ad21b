import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../dev/database.ts';
import { type NeonEndpoint, startNeonEndpoint } from '../../dev/neon-endpoint.ts';
import { createServerDatabase } from '../support/database.ts';

const password = 'only for this test';
const connectionString = `postgres://full_circle:${encodeURIComponent(password)}@127.0.0.1/full_circle`;

const databases = {
  'the embedded database': async () => openDatabase({}),
  'a PostgreSQL server': async () =>
    openDatabase({ url: await createServerDatabase({ seeded: false }) }),
};

describe.each(Object.entries(databases))(
  'the Neon driver through the endpoint on %s',
  (_, open) => {
    let database: Database;
    let endpoint: NeonEndpoint;
    let sql: NeonQueryFunction<false, false>;

    beforeAll(async () => {
      database = await open();
      endpoint = await startNeonEndpoint({ database, password });
      neonConfig.fetchEndpoint = endpoint.url;
      sql = neon(connectionString);
      await sql`create table things (id int primary key, name text unique, tags text[], data jsonb, bytes bytea)`;
    });
    afterAll(async () => {
      await endpoint?.close();
      await database?.close();
    });
    beforeEach(async () => {
      await sql`truncate things`;
    });

    it('keeps nulls, arrays, JSON, bytes, numbers and times as they were', async () => {
      const bytes = Buffer.from([0, 1, 255]);
      const [row] = await sql`
      insert into things values (${1}, ${null}, ${['a', 'b "c"', 'd,e{}', 'NULL']}, ${JSON.stringify({ a: [1, null] })}, ${bytes})
      returning *, ${true}::boolean as yes, 12345678901234567890::numeric as big, timestamptz '2026-11-22T09:30:00Z' as at`;
      // Drizzle leaves times as text for the whole process, once a test of the API has loaded it in this one.
      expect({ ...row, at: new Date(row?.at) }).toEqual({
        id: 1,
        name: null,
        tags: ['a', 'b "c"', 'd,e{}', 'NULL'],
        data: { a: [1, null] },
        bytes,
        yes: true,
        big: '12345678901234567890',
        at: new Date('2026-11-22T09:30:00Z'),
      });
    });

    it('answers fields, row count and command with full results', async () => {
      const result = await sql.query(
        'insert into things (id) values ($1), ($2) returning id',
        [1, 2],
        { fullResults: true },
      );
      expect(result).toMatchObject({
        command: 'INSERT',
        rowCount: 2,
        rows: [{ id: 1 }, { id: 2 }],
        viaNeonFetch: true,
      });
      expect(result.fields[0]).toMatchObject({ name: 'id', dataTypeID: 23, format: 'text' });
      const empty = await sql.query('select id from things where id = 9', [], {
        fullResults: true,
      });
      expect(empty).toMatchObject({ command: 'SELECT', rowCount: 0, rows: [] });
    });

    it('keeps a whole batch or nothing of it', async () => {
      const refused = sql.transaction([
        sql`insert into things (id) values (1)`,
        sql`insert into things (id) values (1)`,
        sql`insert into things (id) values (2)`,
      ]);
      await expect(refused).rejects.toMatchObject({ code: '23505' });
      expect(await sql`select id from things`).toEqual([]);

      const [first, , third] = await sql.transaction([
        sql`insert into things (id) values (1) returning id`,
        sql`insert into things (id) values (2)`,
        sql`select count(*)::int as count from things`,
      ]);
      expect(first).toEqual([{ id: 1 }]);
      expect(third).toEqual([{ count: 2 }]);
    });

    it('keeps a setting made for one batch out of the next call', async () => {
      const read = sql`select nullif(current_setting('app.organisation', true), '') as organisation`;
      const [, inside] = await sql.transaction([
        sql`select set_config('app.organisation', 'RHA', true)`,
        read,
      ]);
      expect(inside).toEqual([{ organisation: 'RHA' }]);
      expect(
        await sql`select nullif(current_setting('app.organisation', true), '') as organisation`,
      ).toEqual([{ organisation: null }]);
    });

    it('honours the isolation level and read-only mode of a batch', async () => {
      const [level] = await sql.transaction([sql`show transaction_isolation`], {
        isolationLevel: 'Serializable',
        readOnly: true,
        deferrable: true,
      });
      expect(level).toEqual([{ transaction_isolation: 'serializable' }]);
      await expect(
        sql.transaction([sql`insert into things (id) values (1)`], { readOnly: true }),
      ).rejects.toMatchObject({ code: '25006' });
    });

    it('reports a refusal with what PostgreSQL says about it', async () => {
      await sql`insert into things (id, name) values (1, 'one')`;
      await expect(sql`insert into things (id, name) values (2, 'one')`).rejects.toMatchObject({
        name: 'NeonDbError',
        message: 'duplicate key value violates unique constraint "things_name_key"',
        severity: 'ERROR',
        code: '23505',
        detail: 'Key (name)=(one) already exists.',
        table: 'things',
        constraint: 'things_name_key',
      });
      await expect(sql`selec 1`).rejects.toMatchObject({ code: '42601', position: '1' });
      // The connection is usable afterwards.
      expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    });

    it('passes large parameters and large answers', async () => {
      const text = 'ÿ'.repeat(3_000_000);
      const [row] = await sql`select length(${text}) as length, ${text} as text`;
      expect(row?.length).toBe(3_000_000);
      expect(row?.text === text).toBe(true);
    });

    it('counts a batch as one call', async () => {
      const before = endpoint.calls;
      await sql.transaction([sql`select 1`, sql`select 2`]);
      expect(endpoint.calls - before).toBe(1);
    });

    it('refuses a wrong password, a foreign host name and a request that is not a statement', async () => {
      await expect(
        neon('postgres://full_circle:wrong@127.0.0.1/full_circle')`select 1`,
      ).rejects.toMatchObject({
        code: '28P01',
      });
      const { status } = await fetch(endpoint.url, {
        method: 'POST',
        body: '{"query":"select 1"}',
      });
      expect(status).toBe(400);
      const { request } = await import('node:http');
      const foreign = await new Promise<number | undefined>((resolve, reject) => {
        request(endpoint.url, { method: 'POST', headers: { host: 'example.org' } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end('{}');
      });
      expect(foreign).toBe(403);
    });
  },
);

describe('the endpoint on a PostgreSQL server', () => {
  it('runs calls side by side', async () => {
    const database = await openDatabase({ url: await createServerDatabase({ seeded: false }) });
    const endpoint = await startNeonEndpoint({ database });
    neonConfig.fetchEndpoint = endpoint.url;
    const sql = neon(connectionString);
    const start = performance.now();
    await Promise.all(Array.from({ length: 10 }, () => sql`select pg_sleep(0.2)`));
    expect(performance.now() - start).toBeLessThan(1_500);
    await endpoint.close();
    await database.close();
  });

  it('answers 503 while the database is away, and serves again when it is back', async () => {
    const database = await openDatabase({ url: await createServerDatabase({ seeded: false }) });
    const endpoint = await startNeonEndpoint({ database });
    neonConfig.fetchEndpoint = endpoint.url;
    const sql = neon(connectionString);
    const working = sql`select pg_sleep(5)`;
    const failed = expect(working).rejects.toThrow('HTTP status 503');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    await failed;
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await database.close();
    await expect(sql`select 1`).rejects.toThrow('HTTP status 503');
    await endpoint.close();
  });
});
