import { placeholder, removedKinds, type Span } from './kinds.ts';
import { lookAlikes } from './look-alikes.ts';

/**
 * A text as the rules read it: lower case, without accents, invisible characters and look-alikes. Every UTF-16
 * unit of the shadow knows which units of the original it came from, so that what is found in the shadow is cut
 * out of the original and everything else stays as it was written.
 */
export interface Shadow {
  readonly original: string;
  readonly text: string;
  /** Null where each unit stands for the one at the same place: most texts are plain ASCII. */
  readonly places: Places | null;
}

/** Where in the original the character behind each unit of the shadow starts and ends (UTF-16). */
interface Places {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Stands for a placeholder and for what an earlier rule took: no rule reads across it. */
export const WALL = '\uFFFC';

/** A compatibility form is never longer than this in the shadow; U+FDFA alone would become 18 letters. */
const LONGEST_FORM = 4;

const placeholders = removedKinds.map(placeholder);

/** Neither a character that is folded to others nor one that may begin a placeholder. */
const isPlain = /^[^[\u0080-\uffff]*$/;
const isInvisible = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;
const isMark = /^\p{M}$/u;
const marks = /\p{M}/gu;
const isDigit = /^\p{Nd}$/u;

export function shadowOf(original: string): Shadow {
  if (isPlain.test(original)) return { original, text: folded(original), places: null };
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const forms = new Map<string, string>();
  const add = (form: string, start: number, end: number) => {
    for (const unit of form.split('')) {
      units.push(unit);
      starts.push(start);
      ends.push(end);
    }
  };
  for (let at = 0; at < original.length; ) {
    const character = String.fromCodePoint(original.codePointAt(at) ?? 0);
    const written = character === '[' ? placeholderAt(original, at) : null;
    const end = at + (written ?? character).length;
    if (written !== null) add(WALL, at, end);
    else {
      const form = forms.get(character) ?? formOf(character);
      forms.set(character, form);
      add(form, at, end);
      // An accent or an invisible character belongs to the letter before it, and goes with it.
      if (form === '' && ends.at(-1) === at) stretch(ends, starts.at(-1) ?? 0, end);
    }
    at = end;
  }
  return { original, text: units.join(''), places: { starts, ends } };
}

/** The same shadow with walls where the spans are. */
export function wallOff(shadow: Shadow, spans: readonly Span[]): Shadow {
  if (spans.length === 0) return shadow;
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    pieces.push(shadow.text.slice(from, start), WALL.repeat(end - start));
    from = end;
  }
  pieces.push(shadow.text.slice(from));
  return { ...shadow, text: pieces.join('') };
}

/** Where a span of the shadow lies in the original. */
export function inOriginal({ places }: Shadow, { start, end }: Span): Span {
  if (places === null) return { start, end };
  return { start: places.starts[start] ?? 0, end: places.ends[end - 1] ?? 0 };
}

/** The first so many code points of a text, or fewer where the last of them would be half a placeholder. */
export function capped(text: string, codePoints: number): string {
  if (text.length <= codePoints) return text;
  let end = 0;
  for (let count = 0; end < text.length && count < codePoints; count++)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  const open = text.lastIndexOf('[', end - 1);
  const written = open === -1 ? null : placeholderAt(text, open);
  return text.slice(0, written !== null && open + written.length > end ? open : end);
}

function placeholderAt(text: string, at: number): string | null {
  return placeholders.find((each) => text.startsWith(each, at)) ?? null;
}

function stretch(ends: number[], start: number, end: number): void {
  for (let index = ends.length - 1; index >= 0 && (ends[index] ?? 0) > start; index--)
    ends[index] = end;
}

/** ASCII as it stands in the shadow. */
function folded(ascii: string): string {
  return ascii.toLowerCase().replaceAll('`', "'");
}

/** What stands for a character in the shadow: nothing for what is invisible or an accent. */
function formOf(character: string): string {
  if (character <= '\x7f') return folded(character);
  if (isMark.test(character) || isInvisible.test(character)) return '';
  const compatible = character.normalize('NFKC');
  const form = compatible.length > LONGEST_FORM ? character : compatible;
  let letters = '';
  for (const letter of form.normalize('NFD').replace(marks, ''))
    letters += lookAlikes.get(letter) ?? digitOf(letter) ?? enclosedOf(letter) ?? lower(letter);
  return letters;
}

function lower(letter: string): string {
  const small = letter.toLowerCase().replace(marks, '');
  return lookAlikes.get(small) ?? small;
}

/** A decimal digit of any script as 0 to 9: Unicode keeps each script's ten together, with a gap before. */
function digitOf(letter: string): string | null {
  if (!isDigit.test(letter)) return null;
  const codePoint = letter.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return codePoint < 0x80 ? letter : String(value);
}

/** Letters and figures in black circles and squares, which NFKC leaves alone. */
function enclosedOf(letter: string): string | null {
  const codePoint = letter.codePointAt(0) ?? 0;
  for (const { first, last, from } of enclosed)
    if (codePoint >= first && codePoint <= last)
      return String.fromCharCode(from.charCodeAt(0) + codePoint - first);
  return null;
}

const enclosed = [
  { first: 0x1f150, last: 0x1f169, from: 'a' },
  { first: 0x1f170, last: 0x1f189, from: 'a' },
  { first: 0x2776, last: 0x277e, from: '1' },
  { first: 0x2780, last: 0x2788, from: '1' },
  { first: 0x278a, last: 0x2792, from: '1' },
  { first: 0x24ff, last: 0x24ff, from: '0' },
  { first: 0x1f10b, last: 0x1f10b, from: '0' },
  { first: 0x1f10c, last: 0x1f10c, from: '0' },
];
