import { describe, expect, test } from 'vitest';
import { placeholder, type RemovedKind, removedKinds } from '../../../domain/screening/kinds.ts';
import { clean } from './corpus/clean.ts';
import { hardFormats } from './corpus/hard-formats.ts';
import { disguises } from './support/disguises.ts';
import { isCut, screened, share } from './support/screened.ts';

/** The least share of a kind's sentences in which nothing of the format may be left. */
const floors: Record<RemovedKind, number> = {
  phone: 0.98,
  email: 0.97,
  nhs_number: 0.97,
  postcode: 0.96,
  national_insurance_number: 0.93,
  url: 0.95,
  social_handle: 0.97,
  date_of_birth: 1,
};

describe('hard formats are cut out of a text', () => {
  test.each(removedKinds)('the corpus can fail for %s', (kind) => {
    expect(hardFormats[kind].length).toBeGreaterThanOrEqual(25);
    for (const [sentence, gone] of hardFormats[kind]) expect(sentence).toContain(gone);
  });

  test.each(removedKinds)('%s', (kind) => {
    const recall = share(
      hardFormats[kind],
      ([sentence, gone]) => !screened(sentence).text.includes(gone),
    );
    const named = share(hardFormats[kind], ([sentence]) =>
      screened(sentence).removed.some((each) => each.kind === kind),
    );
    console.log(
      `${kind}: ${(100 * recall).toFixed(1)} % of ${hardFormats[kind].length} gone, ${(100 * named).toFixed(1)} % under its name`,
    );
    expect(recall).toBeGreaterThanOrEqual(floors[kind]);
    expect(named).toBeGreaterThanOrEqual(floors[kind] - 0.02);
  });

  test('a sentence that only looks like it is left alone, to the byte', () => {
    expect(clean.length).toBeGreaterThanOrEqual(200);
    expect(clean.filter(isCut)).toEqual([]);
    for (const sentence of clean) expect(screened(sentence).text).toBe(sentence);
  });

  test('the words around it stay as they were', () => {
    expect(screened('Ring me (07700 900123), Jane’s mum, after 6 – please').text).toBe(
      'Ring me ([phone]), Jane’s mum, after 6 – please',
    );
    expect(screened('Write to jane@example.com.').text).toBe('Write to [email].');
    expect(screened('NG7 2RD: my home').text).toBe('[postcode]: my home');
    expect(screened('see https://example.org/a?b=c, then').text).toBe('see [url], then');
    expect(screened('born 3/4/1984 in May').text).toBe('born [date of birth] in May');
  });

  test('a plus and a bracket go with their phone', () => {
    expect(screened('From abroad: +44 7700 900123.').text).toBe('From abroad: [phone].');
    expect(screened('From abroad: (+44) 7700 900123.').text).toBe('From abroad: [phone].');
    expect(screened('At home (0115) 496 0123.').text).toBe('At home [phone].');
  });

  test('a placeholder is no cue for what stands behind it, nor is a word before it', () => {
    for (const text of [
      'it is [phone] 496012 there',
      'it is [date of birth] 3/4/2020 there',
      'it is [nhs number] 943 476 5918 there',
      'call [email] 496012 there',
    ])
      expect(screened(text).text).toBe(text);
    expect(screened('text jo@example.com 496012').text).toBe('text [email] 496012');
    expect(screened('born jo@example.com 3/4/2020').text).toBe('born [email] 3/4/2020');
  });

  test('a prefix that HMRC does not give out needs its cue', () => {
    expect(screened('It says BG123456A.').removed).toEqual([]);
    expect(screened('My NI is BG123456A.').text).toBe('My NI is [national insurance number].');
  });

  test('an accent or an invisible character goes with its letter', () => {
    expect(screened('0️⃣7️⃣7️⃣0️⃣0️⃣ 9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣').text).toBe('[phone]');
    expect(screened('x 07700\u200b900123\u200b y').text).toBe('x [phone] y');
  });

  test('crisis lines that anybody may name stay', () => {
    for (const line of [
      'Samaritans on 116 123',
      'call Childline on 0800 1111',
      'ring 111 and press 2, or 999',
      'CALM 0800 58 58 58',
      'text SHOUT to 85258',
    ])
      expect(screened(line).text).toBe(line);
  });

  test('the reply names kinds and counts in a fixed order, and no content', () => {
    const { removed } = screened(
      'jane@example.com, 07700 900123, 07700 900456, NG7 2RD and www.example.org',
    );
    expect(removed).toEqual([
      { kind: 'phone', count: 2 },
      { kind: 'email', count: 1 },
      { kind: 'postcode', count: 1 },
      { kind: 'url', count: 1 },
    ]);
  });

  test('a date of birth is one by its word or by its age; an appointment is none', () => {
    expect(screened('Seen on 12/05/2025.').removed).toEqual([]);
    expect(screened('Born on 12/05/2025.').removed).toEqual([{ kind: 'date_of_birth', count: 1 }]);
    expect(screened('12/05/1975, it said.').removed).toEqual([{ kind: 'date_of_birth', count: 1 }]);
    expect(screened('Born on 12/05/2031?').removed).toEqual([]);
  });
});

/** One way of writing each kind, and the disguises that do not concern it or are past what the rules promise. */
const written: Record<RemovedKind, { plain: string; before?: string; not?: string[] }> = {
  phone: { plain: '07700 900123' },
  email: { plain: 'jane.smith@example.com', not: ['spelt-out figures'] },
  nhs_number: { plain: '943 476 5919' },
  postcode: { plain: 'NG7 2RD' },
  national_insurance_number: { plain: 'AB123456C' },
  url: { plain: 'www.example.com/jane' },
  social_handle: { plain: '@jane_smith', not: ['spelt-out figures'] },
  date_of_birth: { plain: '03/04/1984', before: 'born ' },
};

describe('no way of writing hides a format', () => {
  const cases = removedKinds.flatMap((kind) =>
    Object.keys(disguises)
      .filter((disguise) => !written[kind].not?.includes(disguise))
      .map((disguise) => ({ kind, disguise })),
  );
  test.each(cases)('$kind: $disguise', ({ kind, disguise }) => {
    const { plain, before = '' } = written[kind];
    const disguised = disguises[disguise]?.(plain) ?? '';
    expect(screened(`It is ${before}${disguised} I said.`).text).toBe(
      `It is ${before}${placeholder(kind)} I said.`,
    );
  });
});
