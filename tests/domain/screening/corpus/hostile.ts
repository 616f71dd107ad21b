/*
 * Texts as long as the cap allows, each made to cost a certain rule as much as it can: candidates without end,
 * near-misses that are tried again from every letter, characters that grow when they are folded. Names say what is in
 * them. Built from fixed seeds, so that every run meets the same texts.
 */

const LENGTH = 4_000;

const repeated = (unit: string): string => {
  const characters = [...unit];
  return Array.from({ length: LENGTH }, (_, at) => characters[at % characters.length]).join('');
};

function randomly(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const random = (alphabet: string, seed = 7): string => {
  const next = randomly(seed);
  const characters = [...alphabet];
  return Array.from({ length: LENGTH }, () => characters[next(characters.length)]).join('');
};

/** Different numbers in a row, so that no answer can be remembered. */
const numbers = (make: (figure: () => number) => string, seed = 11): string => {
  const next = randomly(seed);
  let text = '';
  while (text.length < LENGTH) text += `${make(() => next(10))} `;
  return text.slice(0, LENGTH);
};

export const hostile: Readonly<Record<string, string>> = {
  // Nothing at all, in bulk
  'one long word': repeated('a'),
  'one long word in capitals': repeated('A'),
  spaces: repeated(' '),
  'line ends': repeated('\n'),
  hyphens: repeated('-'),
  slashes: repeated('/'),
  stars: repeated('*'),
  'opening brackets': repeated('('),
  'opening square brackets': repeated('['),
  quotes: repeated('"\''),
  'single letters': repeated('a '),
  'words in capitals': repeated('Aa '),
  'unknown words': repeated('zqx '),
  'words with hyphens and apostrophes': repeated("a-b-c'd&"),
  // Digits
  'figures in a row': repeated('0123456789'),
  noughts: repeated('0'),
  ones: repeated('1 '),
  'random figures': random('0123456789'),
  'random figures with separators': random('01234567890123456789 -.'),
  'pairs with a nought': numbers((figure) => `0${figure()}`),
  'pairs that may be a phone': numbers(
    (figure) => `01 ${figure()}${figure()} ${figure()}${figure()}`,
  ),
  'groups that may be a phone': numbers(
    (figure) =>
      `01${figure()}${figure()} ${figure()}${figure()} ${figure()}${figure()} ${figure()}${figure()}`,
  ),
  'numbers after a plus': numbers((figure) => `+44 ${figure()}${figure()}${figure()} ${figure()}`),
  'ten figures each': numbers((figure) => Array.from({ length: 10 }, figure).join('')),
  'spelt noughts': repeated('oh '),
  'double without end': repeated('double '),
  'triple double oh': repeated('triple double oh '),
  'number words in one': repeated('zerosevenseven'),
  'letters among figures': repeated('oil1'),
  'many letters before a figure': repeated('oooooooooooooo1'),
  'Arabic figures': repeated('٠٧٧ '),
  'bold figures': repeated('𝟎𝟕𝟗'),
  // Phones and NHS numbers
  phones: repeated('07700900123 '),
  'phones glued together': repeated('07700900123'),
  'NHS numbers and phones with cues': repeated('nhs 9434765919 call 07700900123 '),
  'cues of phones': repeated('call '),
  // Addresses
  'at signs': repeated('@'),
  'at signs with air': repeated(' @ '),
  'the word at': repeated(' at '),
  'at in brackets': repeated('(at)'),
  'short addresses': repeated('a@b.co '),
  'addresses glued together': repeated('a@b.com@'),
  'long local parts': repeated(`${'a'.repeat(63)}@b.com `),
  'local parts of dots': repeated('a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a@'),
  'addresses in words': repeated('a at gmail '),
  'addresses letter by letter': repeated('a a a a a a @ a a a '),
  'letters and dots': repeated('a.'),
  'the word dot': repeated(' dot '),
  'domains in words': repeated('a dot com '),
  'labels of hyphens': repeated('a-.'),
  schemes: repeated('http://'),
  'www.': repeated('www.'),
  'links glued together': repeated('https://a.b/'),
  // Handles
  handles: repeated('@a1 '),
  'handles glued together': repeated('@ab'),
  platforms: repeated('insta '),
  'platforms with colons': repeated('insta:a'),
  'names with numbers': repeated('a#1234'),
  // Postcodes and National Insurance numbers
  postcodes: repeated('NG7 2RD '),
  'postcodes glued together': repeated('NG72RD'),
  'postcodes letter by letter': repeated('n g 7 2 r d '),
  'postcodes in words': repeated('ng seven two rd '),
  'postcodes in full width': repeated('ＮＧ７ ２ＲＤ '),
  'insurance numbers': repeated('AB123456C '),
  'insurance numbers letter by letter': repeated('a b 1 2 3 4 5 6 c '),
  'insurance numbers in words': repeated('ab one two three four five six '),
  // Dates
  'dates of birth': repeated('01/02/1980 '),
  'figures and slashes': repeated('1/1/1/1/'),
  'born without end': repeated('born '),
  'births in figures': repeated('born 1 1 80 '),
  'cues before one figure': repeated(`${'dob '.repeat(10)}1 `),
  'half dates in words': repeated('the third of may twenty '),
  'ordinals without a month': repeated('first of '),
  // Names and places
  roles: repeated('my nurse '),
  titles: repeated('Dr X '),
  thanks: repeated('thank you so much to '),
  'names joined without end': repeated('Ab, Cd and Ef, '),
  possessives: repeated("xx's "),
  wards: repeated('ward '),
  roads: repeated('Larch Road '),
  homes: repeated('i live in '),
  // Risk
  'kill without end': repeated('kill '),
  'first words of phrases': repeated('want to not be left in on '),
  'gaps that almost close': repeated('kill a b c d '),
  'optional words': repeated('jump off from the of a '),
  idioms: repeated('dead kill time '),
  'letters one by one': repeated('k i l l '),
  'censored words': repeated('k*ll '),
  'letters and stars': repeated('aaaaaaaaaaaaa*'),
  'figures for letters': repeated('k1ll 5uic1de '),
  // Characters that are not what they seem
  'zero-width spaces': repeated('\u200b'),
  'zero-width spaces in a number': repeated('0\u200b7\u200b'),
  'accents on every letter': repeated('a\u0301'),
  'accents on one letter': `a${'\u0301'.repeat(LENGTH - 1)}`,
  'a ligature of eighteen letters': repeated('ﷺ'),
  'joined emoji': repeated('👩‍⚕️'),
  'halves of surrogate pairs': repeated('\ud83d'),
  'Cyrillic capitals': repeated('АВСЕ '),
  // Placeholders
  placeholders: repeated('[phone]'),
  'placeholders cut short': repeated('[phone'),
  'the character that stands for a placeholder': repeated('\uFFFC'),
  // Anything
  'random letters, figures and signs': random('abcdefghij klmnop 0123456789 @.-/()'),
  'random vowels and signs': random('aeiou \n07@.:'),
  'random cues': random('nhs call born @ . 0 1 2 '),
  'a bit of everything': repeated('Dr Zq @ab 07700 900123 ng7 2rd kill me born 1/1/80 '),
};
