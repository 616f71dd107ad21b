import { expect, test } from 'vitest';
import { placelessSentences, placeSentences } from './corpus/places.ts';
import { isHighlighted, screened } from './support/screened.ts';

test('a ward, a house or a town that narrows down who writes is highlighted and holds the text', () => {
  const missed = placeSentences.filter(
    ([sentence, place]) => !isHighlighted(sentence, place, ['place']) || !screened(sentence).held,
  );
  expect(placeSentences.length).toBeGreaterThanOrEqual(25);
  expect(missed).toEqual([]);
});

test('words of place in common speech hold nothing', () => {
  expect(placelessSentences.filter((sentence) => screened(sentence).held)).toEqual([]);
});

test('a long number or a reference holds the text without being cut', () => {
  for (const [sentence, number] of [
    ['My hospital card says 5551234.', '5551234'],
    ['the case is RT123456', 'RT123456'],
    ['my prison number is A1234BC', 'A1234BC'],
  ] as const) {
    expect(screened(sentence)).toMatchObject({ text: sentence, removed: [], held: true });
    expect(isHighlighted(sentence, number, ['number']), sentence).toBe(true);
  }
});

test('an appointment is shown to the moderator and holds nothing', () => {
  const sentence = 'my visit on 12/05/2025 was short';
  expect(isHighlighted(sentence, '12/05/2025', ['date'])).toBe(true);
  expect(screened(sentence).held).toBe(false);
});

test('a word outside the list of ordinary ones is shown to the moderator and holds nothing', () => {
  const sentence = 'we had zamboola for lunch';
  expect(isHighlighted(sentence, 'zamboola', ['unknown_word'])).toBe(true);
  expect(screened(sentence).held).toBe(false);
});
