import { readFile } from 'node:fs/promises';
import { getTableColumns } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { inbox } from '../../db/schema/index.ts';
import { inboxFields } from '../../db/stored-fields.ts';
import { type Database, openDatabase } from '../../dev/database.ts';
import { anonymityStatement } from '../../domain/anonymity-statement.ts';
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

describe('what is stored of a submission, by the live catalogue of the database', () => {
  it('is stated in every anonymity statement, column by column', async () => {
    const columns = getTableColumns(inbox);
    const { stored } = anonymityStatement(
      { id: '', title: '', organisations: [], channels: [], threshold: 10, roundTo: 5 },
      inboxFields,
    );
    const stated = stored.map(({ field }) => columns[field as keyof typeof columns]?.name);
    const live = (await columnsOf('inbox')).map(({ column_name }) => column_name);
    expect(stated.sort()).toEqual(live);
  });

  it('holds no time, no number that counts, and no address', async () => {
    const columns = await columnsOf('inbox');
    for (const { column_name, data_type, column_default } of columns) {
      expect(data_type).not.toMatch(/time|date|interval|serial|bigint|inet|bytea/);
      expect(column_default, column_name).toBe(column_name === 'id' ? 'gen_random_uuid()' : null);
    }
  });

  it('is counted by no sequence and copied by no trigger', async () => {
    const sequences = await owner.query(
      "select sequence_name from information_schema.sequences where sequence_schema = 'public'",
    );
    const triggers = await owner.query(
      `select tgname from pg_trigger where tgrelid = 'inbox'::regclass`,
    );
    expect({ sequences, triggers }).toEqual({ sequences: [], triggers: [] });
  });

  it('points at nothing and is pointed at by nothing', async () => {
    const keys = await owner.query(
      `select conname from pg_constraint
       where contype = 'f' and (conrelid = 'inbox'::regclass or confrelid = 'inbox'::regclass)`,
    );
    expect(keys).toEqual([]);
  });

  it('the record of a batch holds no time either', async () => {
    for (const { data_type } of await columnsOf('idempotency_records'))
      expect(data_type).not.toMatch(/time|date|interval/);
  });
});
