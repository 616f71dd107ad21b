/*
 * A small language for lists of phrases, so that somebody who knows safeguarding and no programming can read and
 * amend them:
 *
 *   kill|hurt .. @self     "kill" or "hurt", up to four words, then any word of the class "self"
 *   suicid*                every word that begins so
 *   ?the bridge            "the bridge" or "bridge"
 *
 * Words are as in a {@link wordsOf} text: small letters and figures, without apostrophes ("dont").
 */

export type WordClasses = Readonly<Record<string, string>>;

/** Most words that `..` stands for. */
const WIDEST_GAP = 4;
/** Parts two sentences: no phrase reads across it. */
export const STOP = '.';

type Element = {
  isOptional: boolean;
  isGap: boolean;
  exact: ReadonlySet<string>;
  starts: string[];
};

export interface Phrases {
  /** Where a phrase of the list ends that begins at this word, or null. The longest counts. */
  endAt: (words: readonly string[], start: number) => number | null;
}

/** Prefixes of a first word are looked up by so many letters. */
const SHORTEST_START = 3;

export function compile(list: readonly string[], classes: WordClasses): Phrases {
  const byFirstWord = new Map<string, Element[][]>();
  const byFirstLetters = new Map<string, Element[][]>();
  const add = (map: Map<string, Element[][]>, key: string, phrase: Element[]) =>
    map.set(key, [...(map.get(key) ?? []), phrase]);
  for (const written of list) {
    const phrase = written.split(' ').map((element) => elementOf(element, classes));
    const [first] = phrase;
    if (!first || first.isOptional || first.isGap) throw new Error(`no first word: ${written}`);
    for (const word of first.exact) add(byFirstWord, word, phrase);
    for (const start of first.starts) add(byFirstLetters, start.slice(0, SHORTEST_START), phrase);
  }
  return {
    endAt(words, start) {
      const word = words[start] ?? '';
      let longest: number | null = null;
      for (const phrases of [
        byFirstWord.get(word),
        byFirstLetters.get(word.slice(0, SHORTEST_START)),
      ])
        for (const phrase of phrases ?? []) {
          const end = match(phrase, 0, words, start);
          if (end !== null && end > (longest ?? 0)) longest = end;
        }
      return longest;
    },
  };
}

function elementOf(written: string, classes: WordClasses): Element {
  const isOptional = written.startsWith('?');
  const exact = new Set<string>();
  const starts: string[] = [];
  const addAll = (alternatives: string) => {
    for (const alternative of alternatives.split('|')) {
      const ofClass = alternative.startsWith('@') ? classes[alternative.slice(1)] : undefined;
      if (ofClass !== undefined) addAll(ofClass);
      else if (alternative.endsWith('*')) starts.push(alternative.slice(0, -1));
      else if (/^[a-z0-9]+$/.test(alternative)) exact.add(alternative);
      else throw new Error(`neither a word nor a class: ${alternative}`);
    }
  };
  const isGap = written === '..';
  if (!isGap) addAll(isOptional ? written.slice(1) : written);
  if (starts.some((start) => start.length < SHORTEST_START))
    throw new Error(`too short: ${written}`);
  return { isOptional, isGap, exact, starts };
}

/** Few elements have prefixes, so that most cost one look. */
function stands({ exact, starts }: Element, word: string): boolean {
  return exact.has(word) || (starts.length > 0 && starts.some((each) => word.startsWith(each)));
}

/** Where the rest of a phrase ends from this word on. Bounded: gaps are narrow and few. */
function match(
  phrase: readonly Element[],
  at: number,
  words: readonly string[],
  start: number,
): number | null {
  const element = phrase[at];
  if (element === undefined) return start;
  if (element.isGap) {
    for (let skipped = 0; skipped <= WIDEST_GAP; skipped++) {
      const end = match(phrase, at + 1, words, start + skipped);
      if (end !== null) return end;
      if ((words[start + skipped] ?? STOP) === STOP) return null;
    }
    return null;
  }
  if (stands(element, words[start] ?? STOP)) {
    const end = match(phrase, at + 1, words, start + 1);
    if (end !== null) return end;
  }
  return element.isOptional ? match(phrase, at + 1, words, start) : null;
}
