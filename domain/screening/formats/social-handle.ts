import { type Guarded, matchesOf } from '../guarded.ts';
import type { Span } from '../kinds.ts';
import type { Shadow } from '../shadow.ts';
import { atWords } from './at-words.ts';

/** `@name`, where no mail address was found. */
export const atName: Guarded = {
  needs: /@/,
  patterns: [/(?<!@)@\s?([a-z0-9_](?:[a-z0-9_.]{0,40}[a-z0-9_]))/g],
};

/** `name#1234` and `u/name` carry their platform with them. */
export const marked: Guarded = {
  needs: /#[0-9]|u\//,
  patterns: [
    /(?<![a-z0-9_.#/])(?:[a-z0-9_.]{2,32}#[0-9]{4}|\/?u\/(?=[a-z_-]{0,20}[0-9_])[a-z0-9_-]{3,20})(?![a-z0-9])/g,
  ],
};

const platforms =
  'insta|instagram|ig|twitter|tiktok|tik tok|snap|snapchat|facebook|fb|telegram|discord|whatsapp|linkedin|reddit|youtube|bluesky|mastodon|threads|skype|messenger|signal|kik|xbox|psn|steam|twitch|onlyfans';
const nameWords = 'user\\s?name|screen\\s?name|handle|gamer\\s?tag|nickname|tag|name|id';

/** `insta: name`, `snapchat username is name`, `my fb is jane_d`, `on tiktok as jane.d9`. */
export const onPlatform: Guarded = {
  needs: new RegExp(`(?<![a-z0-9])(?:${platforms})(?![a-z0-9])`),
  patterns: [
    new RegExp(
      `(?<![a-z0-9])(?:${platforms})(?![a-z0-9])\\s{0,2}(?:(?:account|page|profile)\\s{1,2})?(?:(?<explicit>[:=]|(?:${nameWords})\\s{0,2}(?:is|[:=-])?)|(?:is|as|at|-|–|@|under)?)\\s{0,3}(?<name>[a-z0-9_][a-z0-9_.-]{1,40})`,
      'g',
    ),
  ],
};
/** `username: name`, `my handle is name77`, with no platform named. A door has a handle too. */
export const elsewhere: Guarded = {
  needs: /(?:user|screen)\s?name|gamer\s?tag|handle/,
  patterns: [
    /(?<![a-z0-9])(?:(?:(?:user|screen)\s?name|gamer\s?tag)\s{0,2}(?:(?<explicit>[:=])|is|-)|handle\s{0,2}(?:is|[:=-]))\s{0,3}(?<name>[a-z0-9_][a-z0-9_.-]{1,40})/g,
  ],
};
/** `bob_b on reddit`. */
export const nameFirst: Guarded = {
  needs: new RegExp(` on (?:${platforms})(?![a-z0-9])`),
  patterns: [
    new RegExp(
      `(?<![a-z0-9_./])(?<name>\\/?u\\/[a-z0-9_-]{3,20}|[a-z0-9_.]{3,32}) on (?:${platforms})(?![a-z0-9])`,
      'g',
    ),
  ],
};

export function findSocialHandles({ text }: Shadow): Span[] {
  const found: Span[] = [];
  for (const { 0: whole, 1: name = '', index } of matchesOf(atName, text)) {
    // A time or a price, "@ 3pm", is no handle; nor is a word on its own after an at sign and a space.
    const isHandle = /^@\s/.test(whole)
      ? /[_0-9]/.test(name) && /[a-z]{3}/.test(name)
      : /[a-z]/.test(name) && !/^[0-9]{1,4}(?:am|pm|[a-z]{1,2})?$/.test(name);
    if (isHandle && !atWords.has(name)) found.push({ start: index, end: index + whole.length });
  }
  for (const { 0: whole, index } of matchesOf(marked, text))
    found.push({ start: index, end: index + whole.length });
  for (const guarded of [onPlatform, elsewhere])
    for (const match of matchesOf(guarded, text)) {
      // Figures alone are a phone's: "whatsapp: 07700 ..." is left to its own rule.
      const isNamed = match.groups?.explicit !== undefined;
      add(match, (name) => /[a-z]/.test(name) && (isNamed || looksMade(name)));
    }
  for (const match of matchesOf(nameFirst, text))
    add(match, (name) => name.startsWith('u/') || name.startsWith('/u/') || looksMade(name));
  return found;

  function add(match: RegExpExecArray, isHandle: (name: string) => boolean): void {
    const written = match.groups?.name ?? '';
    const name = written.replace(/[.-]+$/, '');
    if (!isHandle(name)) return;
    const start = match.index + match[0].lastIndexOf(written);
    found.push({ start, end: start + name.length });
  }
}

/** What a person would not write as a word: "insta is great" names nobody. */
function looksMade(name: string): boolean {
  return /[a-z]/.test(name) && (/[_0-9]/.test(name) || /[a-z][.][a-z]/.test(name));
}
