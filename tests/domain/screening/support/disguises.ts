/*
 * Ways in which people write a number or an address so that no machine, or no reader, takes it for one.
 */

const digitWords = 'zero one two three four five six seven eight nine'.split(' ');
const cyrillic: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'Ь',
  c: 'с',
  e: 'е',
  h: 'һ',
  i: 'і',
  j: 'ј',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  J: 'Ј',
  K: 'К',
  M: 'М',
  N: 'Ν',
  O: 'О',
  P: 'Р',
  S: 'Ѕ',
  T: 'Т',
  X: 'Х',
  Y: 'У',
};

const each = (text: string, change: (character: string) => string): string =>
  [...text].map(change).join('');
/** Letters, figures and signs of one block, by their distance from the ASCII ones. */
const shifted = (from: number, to: number, first: number) => (character: string) => {
  const code = character.charCodeAt(0);
  return code >= from && code <= to ? String.fromCodePoint(first + code - from) : character;
};

export const disguises: Readonly<Record<string, (plain: string) => string>> = {
  'as it is': (plain) => plain,
  'small letters': (plain) => plain.toLowerCase(),
  capitals: (plain) => plain.toUpperCase(),
  'zero-width spaces inside': (plain) => [...plain].join('\u200b'),
  'soft hyphens inside': (plain) => [...plain].join('\u00ad'),
  'a zero-width joiner and a direction mark inside': (plain) =>
    `${plain.slice(0, 3)}\u200d\u200e${plain.slice(3)}`,
  'Cyrillic and Greek letters': (plain) => each(plain, (letter) => cyrillic[letter] ?? letter),
  'full width': (plain) => each(plain, shifted(0x21, 0x7e, 0xff01)),
  'mathematical bold figures': (plain) => each(plain, shifted(0x30, 0x39, 0x1d7ce)),
  'mathematical sans-serif letters': (plain) =>
    each(each(plain, shifted(0x61, 0x7a, 0x1d5ba)), shifted(0x41, 0x5a, 0x1d5a0)),
  'figures in circles': (plain) => each(plain, shifted(0x31, 0x39, 0x2460)).replaceAll('0', '⓪'),
  'keycap emoji': (plain) => plain.replace(/[0-9]/g, '$&\ufe0f\u20e3'),
  'Arabic figures': (plain) => each(plain, shifted(0x30, 0x39, 0x660)),
  'Devanagari figures': (plain) => each(plain, shifted(0x30, 0x39, 0x966)),
  'accents on letters': (plain) => plain.replace(/[a-z]/gi, '$&\u0301'),
  'no-break spaces': (plain) => plain.replaceAll(' ', '\u00a0'),
  'spelt-out figures': (plain) =>
    plain
      .replace(/[0-9]/g, (figure) => ` ${digitWords[Number(figure)]} `)
      .replace(/ {2,}/g, ' ')
      .trim(),
};
