import { describe, expect, test } from 'vitest';
import { clean } from './corpus/clean.ts';
import {
  bareSentences,
  cueSentences,
  namelessSentences,
  namesByOrigin,
  titleSentences,
} from './corpus/names.ts';
import {
  heldOutBareSentences,
  heldOutCueSentences,
  heldOutNames,
} from './corpus/names-held-out.ts';
import { everyday } from './corpus/risk-held-out.ts';
import { isHighlighted, screened, share } from './support/screened.ts';

type NamesByOrigin = Readonly<Record<string, readonly string[]>>;

const given: NamesByOrigin = Object.fromEntries(
  Object.entries(namesByOrigin).map(([origin, { given }]) => [origin, given]),
);
const family: NamesByOrigin = Object.fromEntries(
  Object.entries(namesByOrigin).map(([origin, { family }]) => [origin, family]),
);

const asWritten = (text: string): string => text;
const inSmallLetters = (text: string): string => text.toLowerCase();

/** A person looks before anything is done with the text. A place is as good as a name for that. */
const isHeldFor = (sentence: string, name: string): boolean =>
  isHighlighted(sentence, name, ['name', 'place']) && screened(sentence).held;
/** The moderator's eye is led to it at least. */
const isShown = (sentence: string, name: string): boolean =>
  isHighlighted(sentence, name, ['name', 'place', 'unknown_word']);

/** The share of names found by origin, over all sentences. */
function recallByOrigin(
  names: NamesByOrigin,
  sentences: readonly string[],
  written: (text: string) => string,
  isFound: (sentence: string, name: string) => boolean,
): Map<string, number> {
  return new Map(
    Object.entries(names).map(([origin, ofOrigin]) => [
      origin,
      share(
        ofOrigin.flatMap((name) => sentences.map((sentence) => [sentence, name] as const)),
        ([sentence, name]) => isFound(written(sentence.replace('{n}', name)), written(name)),
      ),
    ]),
  );
}

/**
 * Floors are for the origin that is found least; the gap is between it and the one that is found most. The gap that
 * is left comes from names that are ordinary words too ("Patience", "Hope", "Song"), in small letters above all.
 */
const measures = [
  {
    what: 'with a cue',
    names: given,
    sentences: cueSentences,
    written: asWritten,
    isFound: isHeldFor,
    floor: 0.98,
    gap: 0.02,
  },
  {
    what: 'with a cue, small letters',
    names: given,
    sentences: cueSentences,
    written: inSmallLetters,
    isFound: isHeldFor,
    floor: 0.84,
    gap: 0.09,
  },
  {
    what: 'with a title',
    names: family,
    sentences: titleSentences,
    written: asWritten,
    isFound: isHeldFor,
    floor: 1,
    gap: 0,
  },
  {
    what: 'with a title, small letters',
    names: family,
    sentences: titleSentences,
    written: inSmallLetters,
    isFound: isHeldFor,
    floor: 0.94,
    gap: 0.06,
  },
  {
    what: 'without a cue',
    names: given,
    sentences: bareSentences,
    written: asWritten,
    isFound: isHeldFor,
    floor: 0.95,
    gap: 0.05,
  },
  {
    what: 'without a cue, small letters: shown',
    names: given,
    sentences: bareSentences,
    written: inSmallLetters,
    isFound: isShown,
    floor: 0.9,
    gap: 0.1,
  },
  {
    what: 'held out, with a cue',
    names: heldOutNames,
    sentences: heldOutCueSentences,
    written: asWritten,
    isFound: isHeldFor,
    floor: 0.94,
    gap: 0.06,
  },
  {
    what: 'held out, with a cue, small letters',
    names: heldOutNames,
    sentences: heldOutCueSentences,
    written: inSmallLetters,
    isFound: isHeldFor,
    floor: 0.79,
    gap: 0.15,
  },
  {
    what: 'held out, without a cue',
    names: heldOutNames,
    sentences: heldOutBareSentences,
    written: asWritten,
    isFound: isHeldFor,
    floor: 0.92,
    gap: 0.08,
  },
  {
    what: 'held out, without a cue, small letters: shown',
    names: heldOutNames,
    sentences: heldOutBareSentences,
    written: inSmallLetters,
    isFound: isShown,
    floor: 0.85,
    gap: 0.15,
  },
];

describe('a name is found whatever its origin', () => {
  test('the corpus has as many names of each origin', () => {
    for (const [origin, names] of Object.entries({ ...given })) {
      expect(names.length, origin).toBeGreaterThanOrEqual(22);
      expect(family[origin]?.length, origin).toBeGreaterThanOrEqual(10);
      expect(heldOutNames[origin]?.length, origin).toBeGreaterThanOrEqual(20);
    }
  });

  test.each(measures)('$what', ({ what, names, sentences, written, isFound, floor, gap }) => {
    const recall = recallByOrigin(names, sentences, written, isFound);
    const shares = [...recall.values()];
    const least = Math.min(...shares);
    const widest = Math.max(...shares) - least;
    const listed = [...recall].map(([origin, value]) => `${origin} ${(100 * value).toFixed(1)}`);
    console.log(`${what}: ${listed.join(', ')}; largest gap ${(100 * widest).toFixed(1)}`);
    expect(least).toBeGreaterThanOrEqual(floor);
    expect(widest).toBeLessThanOrEqual(gap + 1e-9);
  });

  test('of a name with several parts, or several names, nothing is left out', () => {
    for (const [sentence, name] of [
      ['My nurse Adaeze Okafor-Smith was kind.', 'Adaeze Okafor-Smith'],
      ['Dr Abu Bakr al-Rahman listened.', 'Abu Bakr al-Rahman'],
      ['Thanks to Jane van der Berg for all.', 'Jane van der Berg'],
      ["Dr O'Sullivan rang me.", "O'Sullivan"],
      ['Dr O’Sullivan rang me.', 'O’Sullivan'],
      ['Thanks to Priya, Piotr and Wei.', 'Piotr'],
      ['Thanks to Priya, Piotr and Wei.', 'Wei'],
      ['thanks to priya, piotr and wei', 'wei'],
    ] as const)
      expect(isHeldFor(sentence, name), `${name} in: ${sentence}`).toBe(true);
  });

  test('a name is found through accents, look-alike letters and invisible characters', () => {
    for (const name of ['Zoë', 'Siobhán', 'Аdаeze', 'Ada\u200beze', 'Ａｄａｅｚｅ', 'Łukasz'])
      expect(isHeldFor(`My nurse ${name} was kind.`, name), name).toBe(true);
  });

  test('in a text all in capitals a cue still finds it', () => {
    expect(isHeldFor('MY NURSE ADAEZE WAS KIND', 'ADAEZE')).toBe(true);
  });
});

describe('without a name nothing is held', () => {
  test('cues with nobody behind them', () => {
    expect(namelessSentences.filter((sentence) => screened(sentence).held)).toEqual([]);
  });

  test('a misspelt word in a text all in capitals', () => {
    expect(screened('THE STAFF AT RECPTION WERE RUDE TO US').held).toBe(false);
  });

  test('everyday comments', () => {
    expect(everyday.filter((sentence) => screened(sentence).held)).toEqual([]);
  });

  test('of sentences with all sorts of numbers only the one that names a ward', () => {
    expect(clean.filter((sentence) => screened(sentence).held)).toEqual([
      'Ward B3 2 beds per bay.',
    ]);
  });
});
