import { contentWords, functionWords } from './word-list.ts';

const split = (list: string) => list.split(/\s+/);

export const isFunctionWord: (word: string) => boolean = (() => {
  const words = new Set(split(functionWords));
  return (word: string) => words.has(word);
})();

const known = new Set([functionWords, contentWords].flatMap(split));

/** How English bends a word: an ending, and what to put back in its place. */
const endings: readonly (readonly [ending: string, ...instead: string[]])[] = [
  ['s', ''],
  ['es', 'is'],
  ['ses', 's'],
  ['xes', 'x'],
  ['zes', 'z'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['oes', 'o'],
  ['ies', 'y'],
  ['ied', 'y'],
  ['ed', '', 'e'],
  ['d', ''],
  ['ing', '', 'e'],
  ['ings', '', 'e'],
  ['er', '', 'e'],
  ['ers', '', 'e'],
  ['est', '', 'e'],
  ['ier', 'y'],
  ['iest', 'y'],
  ['ly', '', 'le'],
  ['ily', 'y'],
  ['ally', ''],
  ['ness', ''],
  ['iness', 'y'],
  ['ful', ''],
  ['fully', ''],
  ['less', ''],
  ['ment', ''],
  ['ments', ''],
  ['able', '', 'e'],
  ['ion', '', 'e'],
  ['ions', '', 'e'],
  ['ation', '', 'e'],
  ['ations', '', 'e'],
];
/** The endings by their last letter: few words need to look at more than a handful. */
const endingsByLetter = Map.groupBy(endings, ([ending]) => ending.at(-1));

const beginnings = ['un', 're', 'non', 'mis', 'over', 'under', 'pre', 'in', 'dis', 'self'];

/** A base of one or two letters is too little to go by. */
const SHORTEST_BASE = 3;

/** A longer token is no word, and is not taken apart. */
const LONGEST_WORD = 40;

/**
 * Is this a word of the list, in any of its forms? Takes a token of a shadow (lower case, `'` for every apostrophe).
 * A bare ending never counts ("Ahmed" and "Emily" end like verbs and adverbs): the base has to be a word of the list.
 */
export function isKnown(token: string): boolean {
  if (known.has(token) || /^[0-9]/.test(token)) return true;
  if (token.length > LONGEST_WORD || !/[a-z]/.test(token)) return false;
  if (token.includes('-')) return token.split('-').every((each) => each === '' || isKnown(each));
  const base = token.replace(/'(?:s|d|ll|re|ve|m)?$/, '');
  return known.has(base) || isBent(base) || isPrefixed(base);
}

function isPrefixed(word: string): boolean {
  return beginnings.some((beginning) => {
    if (!word.startsWith(beginning) || word.length < beginning.length + 4) return false;
    const rest = word.slice(beginning.length);
    return known.has(rest) || isBent(rest);
  });
}

function isBent(word: string): boolean {
  for (const [ending, ...instead] of endingsByLetter.get(word.at(-1)) ?? []) {
    const stem = word.slice(0, -ending.length);
    if (!word.endsWith(ending)) continue;
    if (instead.some((put) => stem.length + put.length >= SHORTEST_BASE && known.has(stem + put)))
      return true;
    // "stopped", "running": the last letter doubled.
    if (stem.length > 3 && stem.at(-1) === stem.at(-2) && known.has(stem.slice(0, -1))) return true;
  }
  return false;
}
