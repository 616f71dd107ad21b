import { describe, expect, it } from 'vitest';
import { inboxFields } from '../../db/stored-fields.ts';
import { anonymityStatement, type StatedCycle } from '../../domain/anonymity-statement.ts';

const cycle: StatedCycle = {
  id: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  title: 'How was your experience?',
  organisations: ['RHA'],
  channels: ['trust', 'public'],
  threshold: 10,
  roundTo: 5,
};

describe('the anonymity statement', () => {
  it('is the same text for the same cycle, also from members in another order or with more of them', () => {
    const text = JSON.stringify(anonymityStatement(cycle, inboxFields));
    const turned = Object.fromEntries(Object.entries(cycle).reverse()) as unknown as StatedCycle;
    expect(JSON.stringify(anonymityStatement({ ...cycle }, inboxFields))).toBe(text);
    expect(JSON.stringify(anonymityStatement(turned, inboxFields))).toBe(text);
    expect(JSON.stringify(anonymityStatement({ ...cycle, ...{ version: 7 } }, inboxFields))).toBe(
      text,
    );
  });

  it.each<[string, Partial<StatedCycle>]>([
    ['its id', { id: '00000000-0000-4000-8000-000000000000' }],
    ['its title', { title: 'Another' }],
    ['its organisations', { organisations: ['RHA', 'RV3'] }],
    ['its channels', { channels: ['trust'] }],
    ['its threshold', { threshold: 11 }],
    ['its rounding', { roundTo: 10 }],
  ])('is another text when the cycle differs in %s', (_, change) => {
    expect(anonymityStatement({ ...cycle, ...change }, inboxFields)).not.toEqual(
      anonymityStatement(cycle, inboxFields),
    );
  });

  it('states every field with what it means and how finely it is kept', () => {
    const { stored } = anonymityStatement(cycle, inboxFields);
    expect(stored.map(({ field }) => field)).toEqual(Object.keys(inboxFields));
    for (const { meaning, precision } of stored) {
      expect(meaning.trim()).not.toBe('');
      expect(precision.trim()).not.toBe('');
    }
  });

  it('says that a text is kept as it was written, since nothing is removed from it today', () => {
    const { stored, limits } = anonymityStatement(cycle, inboxFields);
    expect(stored.find(({ field }) => field === 'answers')?.precision).toBe('as you wrote it');
    expect(limits.join(' ')).toContain('Words are stored as they were written');
  });
});
