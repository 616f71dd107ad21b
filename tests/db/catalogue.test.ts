import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { storedTables } from '../../db/stored-fields.ts';
import { type Database, openDatabase } from '../../dev/database.ts';
import { type OwnerAccess, ownerAccess } from '../support/database.ts';
import { ask } from '../support/workshop.ts';

let database: Database;
let owner: OwnerAccess;
beforeAll(async () => {
  const { path } = await ask(inject('run').workshopUrl, '/template');
  database = await openDatabase({ template: new Blob([await readFile(path)]) });
  owner = ownerAccess(database);
});
afterAll(() => database?.close());

const columnsOf = (table: string) =>
  owner.query<{ column_name: string; data_type: string; column_default: string | null }>(
    `select column_name, data_type, column_default from information_schema.columns
     where table_schema = 'public' and table_name = $1 order by column_name`,
    [table],
  );

/** Every table with a column by which a row could belong to what somebody sent to a cycle. */
const tablesOfSubmissions = () =>
  owner.query<{ table_name: string }>(
    `select distinct table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE'
       and (column_name like '%receipt%' or column_name in ('as_is', 'answers', 'text', 'ethnicity'))
     order by table_name`,
  );

const stated = storedTables.map(({ table }) => table);

describe('what is stored of a submission, by the live catalogue of the database', () => {
  it('is stated in every anonymity statement, table by table', async () => {
    const live = (await tablesOfSubmissions()).map(({ table_name }) => table_name);
    expect(stated.toSorted()).toEqual(live);
  });

  it.each(storedTables)('is stated column by column: $table', async ({ table, fields }) => {
    const live = (await columnsOf(table)).map(({ column_name }) => column_name);
    expect(fields.map(({ field }) => field).toSorted()).toEqual(live);
    for (const { meaning, precision } of fields)
      expect([meaning.trim(), precision.trim()]).not.toContain('');
  });

  it.each(storedTables)('is read by those whom the statement names: $table', async (stored) => {
    const readers: Record<string, string> = {
      full_circle_public: 'anybody',
      full_circle_trust: "the part of the service that takes in what trusts' systems send",
      full_circle_staff: 'moderators of the organisation',
      full_circle_flusher: 'the scheduled job',
    };
    for (const { field, readers: named } of stored.fields) {
      const live = await owner.query<{ role: string }>(
        `select rolname as role from pg_roles
         where rolname like 'full_circle_%' and has_column_privilege(rolname, $1, $2, 'select')`,
        [stored.table, field],
      );
      expect(named.toSorted(), field).toEqual(live.map(({ role }) => readers[role]).toSorted());
    }
  });

  it.each(stated)('holds no time, no number that counts, and no address: %s', async (table) => {
    for (const { column_name, data_type, column_default } of await columnsOf(table)) {
      expect(data_type).not.toMatch(/time|date|interval|serial|bigint|inet/);
      const byDefault: Record<string, string> = { id: 'gen_random_uuid()', themes: "'{}'::uuid[]" };
      expect(column_default, column_name).toBe(byDefault[column_name] ?? null);
    }
  });

  it('is counted by no sequence', async () => {
    const sequences = await owner.query(
      "select sequence_name from information_schema.sequences where sequence_schema = 'public'",
    );
    expect(sequences).toEqual([]);
  });

  it.each(stated)('is copied by no trigger: %s', async (table) => {
    const triggers = await owner.query<{ tgname: string }>(
      'select tgname from pg_trigger where tgrelid = $1::regclass',
      [table],
    );
    // What a moderator does with a text is noted, with the id of the text and nothing else of it.
    expect(triggers.map(({ tgname }) => tgname)).toEqual(
      table === 'text_parts' ? ['audit_text'] : [],
    );
  });

  it.each(stated)('points at nothing and is pointed at by nothing: %s', async (table) => {
    const keys = await owner.query(
      `select conname from pg_constraint
       where contype = 'f' and (conrelid = $1::regclass or confrelid = $1::regclass)`,
      [table],
    );
    expect(keys).toEqual([]);
  });

  it.each([
    ['inbox', 'answers'],
    ['text_parts', 'text'],
    ['text_parts', 'decision_reason'],
  ])('no sample of what people wrote stays in the statistics: %s.%s', async (table, column) => {
    const [row] = await owner.query(
      'select attstattarget as target from pg_attribute where attrelid = $1::regclass and attname = $2',
      [table, column],
    );
    expect(row).toEqual({ target: 0 });
  });

  it('the record of a batch holds no time either', async () => {
    for (const { data_type } of await columnsOf('idempotency_records'))
      expect(data_type).not.toMatch(/time|date|interval/);
  });
});
