import { abuseAndNeglect } from './risk/abuse-and-neglect.ts';
import { classes } from './risk/classes.ts';
import { idioms } from './risk/idioms.ts';
import { compile } from './risk/phrases.ts';
import { selfHarm } from './risk/self-harm.ts';
import { violence } from './risk/violence.ts';
import { wordsOf } from './risk/words.ts';
import type { Shadow } from './shadow.ts';

/*
 * Words of harm or danger. A "not" before them is not trusted ("I would not kill myself, honest"): a person reads what
 * is flagged, and missing one is worse than reading ten. Only idioms that mean no harm are left out. What is said around
 * corners ("I have picked the day") no list sees: whoever moderates reads every text, and this decides the order only.
 */

const harmless = compile(idioms, classes);
const risks = compile([...selfHarm, ...violence, ...abuseAndNeglect], classes);

/** Stands where an idiom was. */
const TAKEN = '-';

/** Does the text say anything that a safeguarding lead should read first? */
export function mentionsRisk({ text }: Shadow): boolean {
  const words = wordsOf(text);
  for (let at = 0; at < words.length; ) {
    const end = harmless.endAt(words, at);
    if (end === null) at++;
    else for (; at < end; at++) words[at] = TAKEN;
  }
  return words.some((_, at) => risks.endAt(words, at) !== null);
}
