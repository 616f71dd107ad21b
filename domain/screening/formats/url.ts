import { type Guarded, matchesOf } from '../guarded.ts';
import type { Span } from '../kinds.ts';
import type { Shadow } from '../shadow.ts';

/** Endings that no English sentence begins with, since people leave out the space after a full stop. */
const endings =
  'com|net|org|uk|edu|gov|eu|io|biz|wales|scot|cymru|ly|gl|tv|tk|xyz|app|dev|link|blog|website|co(?![a-z0-9-])';
/** Endings that are words or half of one, and hosts of short links: only with a path behind them. */
const endingsBeforePath =
  'info|online|site|page|shop|store|club|live|space|news|de|fr|pl|ro|ie|ca|au|nz|ai|cc';
const shortLinks =
  '(?:t|wa|fb)[.]me|youtu[.]be|linktr[.]ee|discord[.]gg|lnkd[.]in|amzn[.]to|is[.]gd|rb[.]gy';
const label = '[a-z0-9][a-z0-9-]{0,40}';
const inPath = '[^\\s\\uFFFC<>"]';
const path = `(?:[:/?#]${inPath}{0,2000})?`;
const scheme = '(?:h[tx]{2}ps?|ftp)\\s?:\\s?[/\\\\]{1,2}\\s?';

/** With a scheme, with www, or a bare domain. `hxxp` is how people write one that must not be followed. */
const written = new RegExp(
  `(?<![a-z0-9])(?:${scheme}${label}(?:\\s[.]\\s${label}){1,5}(?:\\s/\\s?${inPath}{1,200})?|${scheme}${inPath}{1,2000}|www\\s?[.]\\s?${label}(?:[.]${label}){0,5}${path}|${label}(?:[.]${label}){0,4}[.](?:${endings})(?![a-z0-9])${path}|${label}(?:[.]${label}){0,4}[.](?:${endingsBeforePath})/[a-z0-9_@~-]${inPath}{0,2000}|(?:${shortLinks})/${inPath}{1,2000})`,
  'g',
);

/** `my blog dot example dot com`, `example (dot) org`, with words for the dots. */
const dot = '(?:\\s?[([{<]\\s?(?:dot|[.])\\s?[)\\]}>]\\s?|[\\s_]{1,2}dot[\\s_]{1,2})';
const spelt = new RegExp(
  `(?<![a-z0-9])${label}(?:${dot}${label}){0,3}${dot}(?:com|net|org|uk|edu|gov|eu|io)(?![a-z0-9])`,
  'g',
);

export const urlPatterns: readonly Guarded[] = [
  // The slash of a scheme, the start of www, or the dot before an ending.
  { needs: /:\s?[/\\]|www|[.][a-z]/, patterns: [written] },
  // The word, or a dot in brackets.
  { needs: /dot|[([{<]\s?[.]/, patterns: [spelt] },
];

export function findUrls({ text }: Shadow): Span[] {
  return urlPatterns.flatMap((guarded) =>
    matchesOf(guarded, text).map(({ 0: whole, index }) => ({
      start: index,
      // A full stop or a bracket at the end belongs to the sentence.
      end: index + whole.length - (/[.,;:!?'")\]]{1,20}$/.exec(whole)?.[0].length ?? 0),
    })),
  );
}
