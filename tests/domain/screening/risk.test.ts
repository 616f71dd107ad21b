import { describe, expect, test } from 'vitest';
import { classes } from '../../../domain/screening/risk/classes.ts';
import { compile } from '../../../domain/screening/risk/phrases.ts';
import { harmless, risky } from './corpus/risk.ts';
import { everyday, obliquelyRisky, plainlyRisky } from './corpus/risk-held-out.ts';
import { disguises } from './support/disguises.ts';
import { screened, share } from './support/screened.ts';

const isFlagged = (sentence: string): boolean => screened(sentence).safeguarding;

describe('words of harm or danger reach the safeguarding queue', () => {
  test.each([
    { what: 'the corpus', sentences: risky, floor: 0.99 },
    { what: 'said plainly, held out', sentences: plainlyRisky, floor: 0.95 },
    // Lists of words do not see this far: it is here to be known, and for moderators to be told.
    { what: 'said around corners, held out', sentences: obliquelyRisky, floor: 0.05 },
  ])('$what', ({ what, sentences, floor }) => {
    const recall = share(sentences, isFlagged);
    console.log(`${what}: ${(100 * recall).toFixed(1)} % of ${sentences.length} flagged`);
    expect(recall).toBeGreaterThanOrEqual(floor);
  });

  test.each([
    'capitals',
    'zero-width spaces inside',
    'Cyrillic and Greek letters',
    'full width',
    'accents on letters',
  ])('written with %s', (disguise) => {
    const plain = risky.slice(0, 40).filter(isFlagged);
    expect(plain.length).toBeGreaterThan(35);
    const missed = plain.filter((sentence) => !isFlagged(disguises[disguise]?.(sentence) ?? ''));
    expect(missed).toEqual([]);
  });

  test.each([
    'k i l l myself',
    'k.i.l.l myself',
    'k1ll myself',
    'k!ll my self',
    'k*ll myself',
    'kiiiill myself',
    's*icide',
    'su1cide',
    'kill urself',
    'i want 2 die',
    'nothing 2 live for',
    "I OD'd again",
    'I don’t want to live',
    'i dont want to live',
  ])('around a filter: %s', (sentence) => {
    expect(isFlagged(sentence)).toBe(true);
  });
});

describe('what means no harm stays out of it', () => {
  test.each([
    { what: 'idioms and common complaints', sentences: harmless, most: 0.04 },
    { what: 'everyday comments, held out', sentences: everyday, most: 0 },
  ])('$what', ({ what, sentences, most }) => {
    const falseAlarms = sentences.filter(isFlagged);
    console.log(`${what}: ${falseAlarms.length} of ${sentences.length} flagged`);
    expect(falseAlarms.length / sentences.length).toBeLessThanOrEqual(most);
  });

  test('an idiom does not hide what stands beside it', () => {
    expect(isFlagged('I was killing time and thought about killing myself.')).toBe(true);
    expect(isFlagged('My feet are killing me. He hits me.')).toBe(true);
  });
});

describe('the language of the lists', () => {
  const end = (list: string[], text: string) => compile(list, classes).endAt(text.split(' '), 0);

  test('alternatives, beginnings of words, words that may be missing, classes and gaps', () => {
    expect(end(['a|b c'], 'b c d')).toBe(2);
    expect(end(['suicid*'], 'suicidal')).toBe(1);
    expect(end(['jump off ?the roof'], 'jump off roof')).toBe(3);
    expect(end(['jump off ?the roof'], 'jump off the roof')).toBe(4);
    expect(end(['hurt @self'], 'hurt myself')).toBe(2);
    expect(end(['hurt .. @self'], 'hurt a b c d myself')).toBe(6);
  });

  test('no gap is wider, and none reaches across the end of a sentence', () => {
    expect(end(['hurt .. @self'], 'hurt a b c d e myself')).toBeNull();
    expect(end(['hurt .. @self'], 'hurt a . myself')).toBeNull();
  });

  test('a mistake in a list is found when the module loads', () => {
    for (const wrong of ['?may be', '.. gap', 'ab*', "don't", '@nobody'])
      expect(() => compile([wrong], classes), wrong).toThrow();
  });
});
