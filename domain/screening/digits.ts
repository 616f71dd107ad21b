import type { Span } from './kinds.ts';
import type { Shadow } from './shadow.ts';

/** Digits that were written together, or one spelt-out number: `0770`, `double oh`, `ninety two`. */
export interface DigitGroup extends Span {
  digits: string;
  isSpelt: boolean;
}

// Maps, since people also write words that every object has, such as "constructor".
const ones = new Map<string, string>(
  Object.entries({
    zero: '0',
    nought: '0',
    naught: '0',
    oh: '0',
    o: '0',
    one: '1',
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
  }),
);
const teens = new Map<string, string>(
  Object.entries({
    ten: '10',
    eleven: '11',
    twelve: '12',
    thirteen: '13',
    fourteen: '14',
    fifteen: '15',
    sixteen: '16',
    seventeen: '17',
    eighteen: '18',
    nineteen: '19',
  }),
);
const tens = new Map<string, string>(
  Object.entries({
    twenty: '2',
    thirty: '3',
    forty: '4',
    fourty: '4',
    fifty: '5',
    sixty: '6',
    seventy: '7',
    eighty: '8',
    ninety: '9',
  }),
);
const times = new Map<string, number>(
  Object.entries({ double: 2, triple: 3, treble: 3, quadruple: 4 }),
);

const part = /\p{N}+|\p{L}+/gu;
/** Someone's letter O, l or I among digits. */
const digitsWithLetters = /(?<![a-z0-9])(?=[oil]{0,14}[0-9])[0-9oil]{1,20}(?![a-z0-9])/g;
const numberWords = new Set(
  [ones, teens, tens, times].flatMap((words) => [...words.keys()]).filter((word) => word !== 'o'),
);
/** Number words written as one: `zerosevenseven`. Every split is unique, so nothing is tried twice. */
const joined = new RegExp(`^(?:${[...numberWords].join('|')}){2,}$`);
const joinedParts = new RegExp([...numberWords].sort((a, b) => b.length - a.length).join('|'), 'g');

/**
 * A figure, or a word made of number words: no group is without one, and `double` alone makes none. "Anyone", "often"
 * and "tension" are no numbers.
 */
export const anyNumber = new RegExp(
  `[0-9]|(?<![a-z])(?:o|hundred|(?:${[...numberWords].join('|')})+)(?![a-z])`,
);

/** What may stand between two groups of one number. */
const gap = /^[\s.,\-_()·•*|~/\\'"]{0,6}$/;
/** Between long groups a colon too: no time has three figures before it. */
const wideGap = /^\s?:\s?$/;

/** Several rules ask for the runs of the same shadow. */
const runsOf = new WeakMap<Shadow, readonly DigitRun[]>();

export type DigitRun = readonly DigitGroup[];

/**
 * The runs of digit groups in a shadow: groups of one run have nothing but separators between them. A time (`10:30`)
 * or a word ends a run.
 */
export function digitRuns(shadow: Shadow): readonly DigitRun[] {
  const runs = runsOf.get(shadow) ?? (anyNumber.test(shadow.text) ? readRuns(shadow.text) : []);
  runsOf.set(shadow, runs);
  return runs;
}

/** The runs of a text, whether or not {@link anyNumber} says that there may be some. */
export function readRuns(text: string): DigitRun[] {
  const plain = text.replace(digitsWithLetters, (token) =>
    token.replaceAll('o', '0').replaceAll('i', '1').replaceAll('l', '1'),
  );
  const runs: DigitGroup[][] = [];
  for (const group of groupsOf(plain)) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && isOneNumber(last, group, plain.slice(last.end, group.start)))
      runs.at(-1)?.push(group);
    else runs.push([group]);
  }
  return runs;
}

function isOneNumber(one: DigitGroup, next: DigitGroup, between: string): boolean {
  const areLong = one.digits.length >= 3 && next.digits.length >= 3;
  return gap.test(between) || (areLong && wideGap.test(between));
}

/** Reads `double oh` as one group and `ninety two` as another; every other number is a group of its own. */
function* groupsOf(text: string): Generator<DigitGroup> {
  let multiplier: { by: number; start: number } | null = null;
  let ten: DigitGroup | null = null;
  for (const { start, end, word } of partsOf(text)) {
    // Most words are no number and end none: all that follows would leave things as they are.
    if (ten === null && multiplier === null && !mayBeNumber(word)) continue;
    const one = ones.get(word);
    const teen = teens.get(word);
    const decade = tens.get(word);
    const by = times.get(word);
    if (ten !== null) {
      const isSameNumber =
        one !== undefined && one !== '0' && /^[\s-]?$/.test(text.slice(ten.end, start));
      yield isSameNumber ? { ...ten, digits: ten.digits.charAt(0) + one, end } : ten;
      ten = null;
      if (isSameNumber) continue;
    }
    const { by: repeats, start: from } = multiplier ?? { by: 1, start };
    const figure = one ?? (multiplier !== null && /^[0-9]$/.test(word) ? word : undefined);
    multiplier = null;
    if (figure !== undefined)
      yield { digits: figure.repeat(repeats), start: from, end, isSpelt: true };
    else if (/^[0-9]+$/.test(word)) yield { digits: word, start, end, isSpelt: false };
    else if (teen !== undefined) yield { digits: teen, start, end, isSpelt: true };
    else if (decade !== undefined) ten = { digits: `${decade}0`, start, end, isSpelt: true };
    else if (word === 'hundred') yield { digits: '00', start, end, isSpelt: true };
    else if (by !== undefined) multiplier = { by, start };
  }
  if (ten !== null) yield ten;
}

function mayBeNumber(word: string): boolean {
  return word === 'o' || word === 'hundred' || numberWords.has(word) || /^[0-9]/.test(word);
}

function* partsOf(text: string): Generator<Span & { word: string }> {
  for (const { 0: word, index } of text.matchAll(part)) {
    if (word.length > 5 && word.length < 120 && !numberWords.has(word) && joined.test(word))
      for (const inner of word.matchAll(joinedParts)) {
        const start = index + inner.index;
        yield { start, end: start + inner[0].length, word: inner[0] };
      }
    else yield { start: index, end: index + word.length, word };
  }
}

/**
 * A text with its spelt-out numbers in figures (`ng seven two rd`: `ng 7 2 rd`), and where in the text each unit
 * came from. Null where nothing is spelt out.
 */
export function inFigures(
  shadow: Shadow,
): { figures: string; placeOf: (span: Span) => Span } | null {
  const { text } = shadow;
  const spelt = digitRuns(shadow)
    .flat()
    .filter(({ isSpelt }) => isSpelt);
  if (spelt.length === 0) return null;
  const pieces: string[] = [];
  let from = 0;
  for (const { digits, start, end } of spelt) {
    pieces.push(text.slice(from, start), digits);
    from = end;
  }
  pieces.push(text.slice(from));
  // Hardly any text has something to be found in its figures, so the places are worked out when first asked for.
  let places: readonly Span[] | null = null;
  return {
    figures: pieces.join(''),
    placeOf({ start, end }) {
      places ??= placesIn(text, spelt);
      return { start: places[start]?.start ?? 0, end: places[end - 1]?.end ?? 0 };
    },
  };
}

/** For each unit of a text in figures, where it came from. */
function placesIn(text: string, spelt: readonly DigitGroup[]): Span[] {
  const places: Span[] = [];
  let from = 0;
  const copy = (until: number) => {
    for (let at = from; at < until; at++) places.push({ start: at, end: at + 1 });
  };
  for (const { digits, start, end } of spelt) {
    copy(start);
    for (const _ of digits) places.push({ start, end });
    from = end;
  }
  copy(text.length);
  return places;
}
