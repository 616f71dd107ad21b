import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isContested,
  isOverdue,
  missingFromChange,
  missingFromResponse,
  type Response,
} from '../../domain/loop.ts';
import { loopStatuses } from '../../domain/vocabulary.ts';

const date = fc
  .integer({ min: 0, max: 800 })
  .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));
const response: fc.Arbitrary<Response> = fc.record({
  status: fc.constantFrom(...loopStatuses),
  text: fc.option(fc.constantFrom('', '  \n', 'We did it.'), { nil: null }),
  reason: fc.option(fc.constantFrom('', '\t', 'There is no money.'), { nil: null }),
  dueOn: fc.option(date, { nil: null }),
});
const planned: Response = { status: 'planned', text: null, reason: null, dueOn: '2027-03-01' };

describe('a promise', () => {
  it.each([
    ['2027-02-28', false],
    ['2027-03-01', false],
    ['2027-03-02', true],
  ])('due on 2027-03-01 is overdue on %s: %s', (today, overdue) => {
    expect(isOverdue(planned, today)).toBe(overdue);
  });

  it('is overdue exactly when it has a date, the date has passed, and it is still open', () => {
    fc.assert(
      fc.property(response, date, (promise, today) => {
        const isOpen = ['considering', 'planned', 'in_progress'].includes(promise.status);
        const hasPassed = promise.dueOn !== null && new Date(promise.dueOn) < new Date(today);
        expect(isOverdue(promise, today)).toBe(isOpen && hasPassed);
      }),
    );
  });

  it('once overdue stays so until it is answered', () => {
    fc.assert(
      fc.property(response, date, date, (promise, one, other) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        if (isOverdue(promise, earlier)) expect(isOverdue(promise, later)).toBe(true);
      }),
    );
  });
});

describe('an answer', () => {
  it('that says no lacks a reason until it gives one, and done lacks what changed', () => {
    fc.assert(
      fc.property(response, (answer) => {
        const isBlank = (text: string | null) => (text ?? '').trim() === '';
        const expected =
          ['cannot_do', 'no_longer_needed'].includes(answer.status) && isBlank(answer.reason)
            ? ['reason']
            : answer.status === 'done' && isBlank(answer.text)
              ? ['text']
              : [];
        expect(missingFromResponse(answer).map(({ member }) => member)).toEqual(expected);
      }),
    );
  });
});

describe('taking up again what was settled', () => {
  const open = ['considering', 'planned', 'in_progress'];
  const changes = loopStatuses.flatMap((from) => loopStatuses.map((to) => ({ from, to })));

  it.each(changes)('from $from to $to needs a reason exactly if it does that', ({ from, to }) => {
    const isReopening = !open.includes(from) && open.includes(to);
    for (const none of [undefined, null, '', ' \n'])
      expect(missingFromChange(from, to, none).map(({ member }) => member)).toEqual(
        isReopening ? ['reason'] : [],
      );
    expect(missingFromChange(from, to, 'The room is locked at weekends.')).toEqual([]);
  });
});

describe('a claim of done', () => {
  const hidden = { yes: null, partly: null, no: null };
  it.each([
    ['more say no than yes and partly', { yes: 5, partly: 5, no: 15 }, true],
    ['as many say no as yes and partly', { yes: 5, partly: 5, no: 10 }, false],
    ['nobody says no', { yes: 0, partly: 10, no: 0 }, false],
    ['nothing is shown', hidden, false],
  ])('where %s: %o, contested: %s', (_, counts, contested) => {
    expect(isContested('done', counts)).toBe(contested);
  });

  it('is what is contested, and no other status', () => {
    for (const status of loopStatuses)
      expect(isContested(status, { yes: 0, partly: 0, no: 20 })).toBe(status === 'done');
  });
});
