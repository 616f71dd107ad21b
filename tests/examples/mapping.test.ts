import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cycle } from '../../examples/post-fft/cycle.ts';
import {
  maximumTextLength,
  questionFor,
  serviceFor,
  toScale,
  toSubmission,
} from '../../examples/post-fft/mapping.ts';
import { gather } from '../../examples/post-fft/responses.ts';
import { cycle as described } from './fake-service.ts';

const cycle: Cycle = {
  ...described,
  organisations: ['RHA'],
  standard: 'overall-experience',
  scale: { min: 1, max: 5 },
};
const target = { cycle, organisation: 'RHA', perspective: 'service_user' };
const row = {
  row: 2,
  respondent: 'a',
  rating: '1',
  services: [] as string[],
  answers: [{ question: 'What was good?', text: 'The garden.' }],
};

describe('the rating turns round', () => {
  test.each([
    ['1', 5],
    ['2', 4],
    ['3', 3],
    ['4', 2],
    ['5', 1],
  ])('%s in the export is %i on the scale where 5 is very good', (cell, asIs) => {
    expect(toScale(cell, cycle)).toBe(asIs);
    expect(toSubmission(gather([{ ...row, rating: cell }]), target)).toMatchObject({
      submission: { ratings: [{ standard: 'overall-experience', asIs }] },
    });
  });

  test.each(['6', '7', ''])('"%s" is no rating, and the text still goes', (rating) => {
    const mapped = toSubmission(gather([{ ...row, rating }]), target);
    expect(mapped).toMatchObject({
      kind: 'send',
      submission: { answers: [{ question: 'what-good', text: 'The garden.' }] },
    });
    expect(mapped).not.toHaveProperty('submission.ratings');
  });

  test.each(['0', '8', '1.5', 'very good', '-1'])(
    '"%s" is refused rather than guessed',
    (rating) => {
      expect(toSubmission(gather([{ ...row, rating }]), target)).toMatchObject({
        kind: 'reject',
        rows: [2],
      });
    },
  );

  test('two different ratings of one respondent are refused rather than one of them picked', () => {
    const rows = [row, { ...row, row: 3, rating: '4' }];
    expect(toSubmission(gather(rows), target)).toMatchObject({ kind: 'reject', rows: [2, 3] });
    expect(toSubmission(gather([row, { ...row, row: 3, rating: '7' }]), target)).toMatchObject({
      submission: { ratings: [{ asIs: 5 }] },
    });
  });
});

describe("questions go to the cycle's questions", () => {
  test.each(['What was good?', ' what WAS  good', 'WHATWASGOOD?'])(
    'by wording, whatever its case and spaces: "%s"',
    (prompt) => {
      expect(questionFor(prompt, cycle)).toBe('what-good');
    },
  );

  test.each([
    ['What did we do well?', 'what-good'],
    ['How could we have improved your visit?', 'could-improve'],
    ['What would have made it a better stay?', 'could-improve'],
  ])('else by what they ask for: "%s"', (prompt, code) => {
    expect(questionFor(prompt, cycle)).toBe(code);
  });

  test('an answer to a question that the cycle does not ask is refused, not dropped', () => {
    const rows = [
      { ...row, answers: [{ question: 'Why did you choose that?', text: 'The lamp.' }] },
    ];
    const mapped = toSubmission(gather(rows), target);
    expect(mapped).toMatchObject({ kind: 'reject', rows: [2] });
    expect(JSON.stringify(mapped)).not.toMatch(/lamp|choose/);
  });

  test('two wordings of one question become one answer', () => {
    const rows = [
      row,
      { ...row, row: 9, answers: [{ question: 'What did we do well?', text: 'The porridge.' }] },
    ];
    expect(toSubmission(gather(rows), target)).toMatchObject({
      submission: { answers: [{ question: 'what-good', text: 'The garden.\n\nThe porridge.' }] },
      answerRows: [[2, 9]],
    });
  });
});

describe('services', () => {
  test("are found by name or code, the more particular first, in the organisation's own list", () => {
    expect(serviceFor(['ADULT  mental health'], 'RHA', cycle)).toBe('adult-mental-health');
    expect(serviceFor(['Older people'], 'RHA', cycle)).toBe('older-people');
    const services = [{ odsCode: 'RHA', code: 'womens-and-childrens', name: 'Families' }];
    expect(serviceFor(["Women's & Children’s"], 'RHA', { services })).toBe('womens-and-childrens');
    expect(serviceFor(['The lighthouse', 'Adult mental health'], 'RHA', cycle)).toBe(
      'adult-mental-health',
    );
    expect(serviceFor(['Adult mental health'], 'RV3', cycle)).toBeNull();
  });

  test('that the cycle does not have are left out and named', () => {
    const mapped = toSubmission(gather([{ ...row, services: ['The lighthouse'] }]), target);
    expect(mapped).toMatchObject({ kind: 'send', unknownService: 'The lighthouse' });
    expect(mapped).not.toHaveProperty('submission.service');
  });
});

test('a text of 4,000 characters goes, one more is refused with its row; an emoji is one character', () => {
  const of = (text: string) =>
    toSubmission(gather([{ ...row, answers: [{ question: 'What was good?', text }] }]), target);
  expect(of('🌻'.repeat(maximumTextLength))).toMatchObject({ kind: 'send' });
  expect(of('🌻'.repeat(maximumTextLength + 1))).toMatchObject({ kind: 'reject', rows: [2] });
});

test('neither rating nor text is skipped; either one is enough', () => {
  expect(toSubmission(gather([{ ...row, rating: '7', answers: [] }]), target)).toEqual({
    kind: 'skip',
  });
  expect(toSubmission(gather([{ ...row, rating: '3', answers: [] }]), target)).toMatchObject({
    kind: 'send',
  });
});

test('a submission holds what the service takes and nothing that tells who or when', () => {
  const cell = fc.constantFrom('1', '2', '5', '6', '7', '');
  const question = fc.constantFrom('What was good?', 'What could we do better?');
  const rows = fc.array(
    fc.record({
      rating: cell,
      services: fc.constantFrom<string[]>([], ['Adult mental health'], ['Elsewhere']),
      answers: fc.array(fc.record({ question, text: fc.string() }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(rows, (cells) => {
      const mapped = toSubmission(
        gather(
          cells.map((cellsOfRow, index) => ({
            row: index + 2,
            respondent: 'respondent-77',
            ...cellsOfRow,
          })),
        ),
        target,
      );
      if (mapped.kind !== 'send') return;
      const { submission } = mapped;
      expect(['perspective', 'organisation', 'service', 'ratings', 'answers']).toEqual(
        expect.arrayContaining(Object.keys(submission)),
      );
      expect((submission.ratings?.length ?? 0) + (submission.answers?.length ?? 0)).toBeGreaterThan(
        0,
      );
      expect(submission.ratings?.length ?? 0).toBeLessThanOrEqual(1);
      const codes = submission.answers?.map(({ question: code }) => code) ?? [];
      expect(new Set(codes).size).toBe(codes.length);
    }),
  );
});
