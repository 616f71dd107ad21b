import { describe, expect, it } from 'vitest';
import { storedTables } from '../../db/stored-fields.ts';
import {
  anonymityStatement,
  type StatedConfiguration,
  type StatedCycle,
} from '../../domain/anonymity-statement.ts';

const cycle: StatedCycle = {
  id: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  title: 'How was your experience?',
  organisations: ['RHA'],
  channels: ['trust', 'public'],
  threshold: 10,
  roundTo: 5,
  retentionDays: 365,
  equalityTable: false,
  questions: [{ code: 'what-good' }],
};

const configuration: StatedConfiguration = {
  backupWindowDays: 7,
  flushRule: { minWaitingCount: 20, minSharingCount: 5 },
};

const statementOf = (stated: StatedCycle, configured = configuration) =>
  anonymityStatement(stated, storedTables, configured);

describe('the anonymity statement', () => {
  it('is the same text for the same cycle, also from members in another order or with more of them', () => {
    const text = JSON.stringify(statementOf(cycle));
    const turned = Object.fromEntries(Object.entries(cycle).reverse()) as unknown as StatedCycle;
    expect(JSON.stringify(statementOf({ ...cycle }))).toBe(text);
    expect(JSON.stringify(statementOf(turned))).toBe(text);
    expect(JSON.stringify(statementOf({ ...cycle, ...{ version: 7 } }))).toBe(text);
  });

  it.each<[string, Partial<StatedCycle>]>([
    ['its id', { id: '00000000-0000-4000-8000-000000000000' }],
    ['its title', { title: 'Another' }],
    ['its organisations', { organisations: ['RHA', 'RV3'] }],
    ['its channels', { channels: ['trust'] }],
    ['its threshold', { threshold: 11 }],
    ['its rounding', { roundTo: 10 }],
    ['how long it keeps', { retentionDays: 30 }],
    ['whether equality answers are published', { equalityTable: true }],
    ['what is published whole', { questions: [{ code: 'what-good', publication: 'whole' }] }],
    ['what is never published', { questions: [{ code: 'what-good', publication: 'private' }] }],
  ])('is another text when the cycle differs in %s', (_, change) => {
    expect(statementOf({ ...cycle, ...change })).not.toEqual(statementOf(cycle));
  });

  it.each<[string, Partial<StatedConfiguration>]>([
    ['the backup window', { backupWindowDays: 30 }],
    ['when it takes submissions apart', { flushRule: { minWaitingCount: 50, minSharingCount: 5 } }],
    ['what a text tells', { flushRule: { minWaitingCount: 20, minSharingCount: 10 } }],
  ])('is another text when the configuration differs in %s', (_, change) => {
    expect(statementOf(cycle, { ...configuration, ...change })).not.toEqual(statementOf(cycle));
  });

  it('states every table and field with what it means, how finely it is kept, and who reads it', () => {
    expect(statementOf(cycle).stored).toEqual(storedTables);
  });

  it('says that nobody reads ratings or equality answers, and moderators no perspective', () => {
    const readersOf = (table: string, field: string) =>
      statementOf(cycle)
        .stored.find((stored) => stored.table === table)
        ?.fields.find((stated) => stated.field === field)?.readers;
    for (const [table, field] of [
      ['rating_parts', 'as_is'],
      ['equality_parts', 'ethnicity'],
      ['text_parts', 'perspective'],
      ['text_parts', 'receipt_hash'],
      ['inbox', 'answers'],
    ] as const)
      expect(readersOf(table, field), `${table}.${field}`).toEqual(['the scheduled job']);
    expect(readersOf('text_parts', 'text')).toEqual([
      'moderators of the organisation',
      'the scheduled job',
    ]);
  });

  it('says where urgent help is, since nobody can reply', () => {
    expect(statementOf(cycle).limits.join(' ')).toMatch(/111 option 2.*999.*116 123/);
  });
});
