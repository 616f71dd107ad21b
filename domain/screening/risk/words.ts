import { STOP } from './phrases.ts';

/** How people write in a hurry, and around filters. */
const rewritten = new Map(
  Object.entries({
    u: 'you',
    ur: 'your',
    urself: 'yourself',
    wana: 'wanna',
    '4': 'for',
    gona: 'gonna',
    kil: 'kill',
    kiling: 'killing',
    dieing: 'dying',
    hurtin: 'hurting',
    killin: 'killing',
    cuttin: 'cutting',
  }),
);

/** Censored by their own writer: `k*ll`, `r*pe`, `s**cide`. */
const censored =
  'kill killed killing suicide suicidal rape raped die abuse abused murder cutting selfharm'.split(
    ' ',
  );

const figures: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** A word with figures or signs for letters inside: `su1cide`, `k!ll`. */
const disguised = /[a-z](?:[0-9@$!]+[a-z]+)+/g;
const withStars = /(?<![a-z*])[a-z]{0,12}\*[a-z*]{0,12}/g;
/** Four or more letters, each on its own: `k i l l`. */
const oneByOne = /(?<![a-z0-9])[a-z](?:[ .-][a-z]){3,}(?![a-z0-9])/g;

/**
 * The words of a shadow's text as the lists of phrases have them: small letters without apostrophes, `num` for a
 * number of two figures or more, a {@link STOP} where a sentence ends.
 */
export function wordsOf(text: string): string[] {
  const inLetters = text
    .replace(/\bod'?(?:ed|d)\b/g, (od) => (od === 'odd' ? od : 'oded'))
    .replaceAll("'", '')
    .replace(disguised, (word) => word.replace(/[0-9@$!]/g, (sign) => figures[sign] ?? ''));
  const hasStars = inLetters.includes('*');
  const plain = (hasStars ? inLetters.replace(withStars, uncensored) : inLetters)
    .replace(oneByOne, (letters) => letters.replace(/[^a-z]/g, ''))
    .replace(/([a-z])\1{2,}/g, '$1')
    .replace(/[.]{2,}|…/g, ' ');
  const words = plain.match(/[a-z0-9]+|[.!?\n]/g) ?? [];
  return words.map((word, at) => {
    if (/^[a-z]/.test(word)) return rewritten.get(word) ?? word;
    if (/^[.!?\n]$/.test(word)) return STOP;
    if (word === '2' && /^[a-z]/.test(words[at + 1] ?? '')) return 'to';
    if (/^[0-9]{2,3}$/.test(word)) return 'num';
    return rewritten.get(word) ?? word;
  });
}

function uncensored(written: string): string {
  const letters = [...written];
  return (
    censored.find(
      (word) =>
        word.length === letters.length &&
        letters.every((letter, at) => letter === '*' || letter === word[at]),
    ) ?? written
  );
}
