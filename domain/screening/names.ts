import type { Span } from './kinds.ts';
import { isFunctionWord } from './known-words.ts';
import {
  abbreviations,
  being,
  deeds,
  fondWords,
  oftenCapital,
  owners,
  particles,
  phrases,
  praiseOrBlame,
  pureTitles,
  relations,
  roles,
  titles,
} from './name-cues.ts';
import { leadsToPlace } from './places.ts';
import { endsSentence, type Token } from './tokens.ts';

/*
 * Likely names, by the words around them ("my nurse ...", "Dr ...", "called ...") and by a capital letter where no
 * ordinary word has one. The rules look at whether a word is an ordinary one, never at a list of names, which would
 * know some people's names better than others'. Measured for such lists: 14 of 20 White British first names, 2 of 20
 * Black African or Caribbean ones.
 */

const LONGEST_NAME = 4;
/** Names in one list: "X, Y and Z". */
const MOST_JOINED = 8;
/** An answer that is hardly more than a name. */
const FEW_WORDS = 3;

export function findNames(tokens: readonly Token[]): Span[] {
  const spans: Span[] = [];
  const taken = new Set<number>();
  for (let index = 0; index < tokens.length; index++) {
    const start = afterCue(tokens, index) ?? (standsAlone(tokens, index) ? index : null);
    if (start !== null) for (const span of namesAt(tokens, start, taken)) spans.push(span);
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** Where the name starts that the word at this place announces, if it does. */
function afterCue(tokens: readonly Token[], index: number): number | null {
  return afterTitle(tokens, index) ?? afterPerson(tokens, index) ?? afterPhrase(tokens, index);
}

/** "Dr X", "Nurse X". */
function afterTitle(tokens: readonly Token[], index: number): number | null {
  const title = tokens[index];
  const next = tokens[index + 1];
  if (!title || !next || !titles.has(title.word)) return null;
  const gap = abbreviations.has(title.word) ? /^\.?\s{0,3}$/ : /^\s{1,3}$/;
  if (!gap.test(next.gap) || !canBeName(next)) return null;
  if (!next.isKnown) return index + 1;
  if (isFunctionWord(next.word)) {
    // "Dr So", but not "Dr was" nor "Nurse Was Lovely".
    return next.isCapital && title.isCapital && !isTitleCase(tokens, index + 1) ? index + 1 : null;
  }
  return next.isCapital || pureTitles.has(title.word) ? index + 1 : null;
}

/** "my nurse X", "our daughter, X", "my therapist was X". */
function afterPerson(tokens: readonly Token[], index: number): number | null {
  const { word = '', gap = '' } = tokens[index] ?? {};
  const before = tokens[index - 1]?.word ?? '';
  const isRelation =
    relations.has(word) && !endsSentence(gap) && (owners.has(before) || fondWords.has(before));
  if (!roles.has(word) && !isRelation) return null;
  const hasVerb = /^(?:is|was|were|are)$/.test(tokens[index + 1]?.word ?? '');
  const next = hasVerb ? index + 2 : index + 1;
  if (!isInside(tokens[next]?.gap)) return null;
  // After a verb any word may come: only a capital makes it a name.
  const isName = hasVerb ? isUnknownCapital(tokens[next]) : isCandidate(tokens, next);
  return isName ? next : null;
}

/** "thanks to X", "a man called X". */
function afterPhrase(tokens: readonly Token[], index: number): number | null {
  for (const phrase of phrases.get(tokens[index]?.word ?? '') ?? []) {
    const isThere = phrase.every((alternatives, offset) => {
      const token = tokens[index + offset];
      return token && alternatives.has(token.word) && (offset === 0 || !endsSentence(token.gap));
    });
    if (!isThere) continue;
    const next = skipThanks(tokens, index + phrase.length);
    const follower = tokens[next];
    if (follower && /^[\s,"'(:=-]{1,4}$/.test(follower.gap) && isCandidate(tokens, next))
      return next;
  }
  return null;
}

/** "thank you so much X", "thanks again to X". */
function skipThanks(tokens: readonly Token[], index: number): number {
  let at = index;
  while (
    at < index + 3 &&
    /^(?:so|very|much|you|again|all|a|lot|to|for)$/.test(tokens[at]?.word ?? '')
  )
    at++;
  return at;
}

/** A name that nothing announces. */
function standsAlone(tokens: readonly Token[], index: number): boolean {
  const name = tokens[index];
  if (!name || (name.isKnown && !name.isCapital)) return false;
  if (!canBeName(name) || leadsToPlace(tokens, index)) return false;
  if (name.isKnown) return hasOddCapital(tokens, index);
  if (name.isCapital && (!name.isFirst || tokens.length <= FEW_WORDS)) return true;
  return isPossessive(name) || introducesRole(tokens, index) || actsLikePerson(tokens, index);
}

/** "It was Grace who stayed": an ordinary word with a capital that has none in this text nor in most. */
function hasOddCapital(tokens: readonly Token[], index: number): boolean {
  const name = tokens[index];
  if (!name?.isCapital || name.isFirst || isFunctionWord(name.word)) return false;
  const parts = name.word.replace(/'s$/, '').split('-');
  const isUsual = parts.every(
    (part) => oftenCapital.has(part) || oftenCapital.has(part.replace(/s$/, '')),
  );
  return !isUsual && !isTitleCase(tokens, index);
}

/** "X's kindness": things seldom own anything in a text about people. */
function isPossessive({ word }: Token): boolean {
  return word.endsWith("'s") && word.length > 4;
}

/** "X was my nurse", "X, our social worker", "X the receptionist", "X (my nurse)". */
function introducesRole(tokens: readonly Token[], index: number): boolean {
  let next = index + 1;
  if (/^(?:is|was|as)$/.test(tokens[next]?.word ?? '')) next++;
  const article = tokens[next]?.word ?? '';
  if (!/^(?:my|our|the|his|her|their)$/.test(article)) return false;
  for (let at = index + 1; at <= next; at++) if (!isInside(tokens[at]?.gap)) return false;
  for (let at = next + 1; at <= next + 4; at++) {
    const token = tokens[at];
    if (!token || !isInside(token.gap)) return false;
    if (roles.has(token.word) || (article !== 'the' && relations.has(token.word))) return true;
    if (isFunctionWord(token.word)) return false;
  }
  return false;
}

/** "X listened", "X was so kind", "it was X who", and with a capital also "X and the team", "X from the clinic". */
function actsLikePerson(tokens: readonly Token[], index: number): boolean {
  const name = tokens[index];
  const next = tokens[index + 1];
  if (!name || !next || !isInside(next.gap)) return false;
  if (next.word === 'who') return true;
  // In the middle of a sentence a misspelt noun may stand before any of these.
  if (!name.isFirst) return false;
  if (deeds.has(next.word)) return true;
  const afterNext = tokens[index + 2];
  if (being.has(next.word))
    return name.isCapital || (isInside(afterNext?.gap) && praiseOrBlame.has(afterNext?.word ?? ''));
  return (
    name.isCapital &&
    /^(?:and|from|at|on|with|you|really|should|would|could|can|will)$/.test(next.word)
  );
}

/** Letters, not an abbreviation or a role, and not "I". */
function canBeName({ word, isAcronym }: Token): boolean {
  if (word.length < 2 || !/^\p{L}[^\p{N}]*$/u.test(word)) return false;
  return !(isAcronym && word.length <= 5) && !roles.has(word) && !titles.has(word);
}

/** After a cue: any word that is not ordinary, and an ordinary one with a capital inside a sentence. */
function isCandidate(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (!token || !canBeName(token)) return false;
  if (!token.isKnown) return true;
  return (
    token.isCapital &&
    !token.isAcronym &&
    !isFunctionWord(token.word) &&
    !isTitleCase(tokens, index)
  );
}

function isUnknownCapital(token: Token | undefined): boolean {
  return token !== undefined && canBeName(token) && token.isCapital && !token.isKnown;
}

/** "Nurse Was Lovely": where ordinary words have capitals too, one more says nothing. */
function isTitleCase(tokens: readonly Token[], index: number): boolean {
  const ordinary = tokens
    .slice(Math.max(0, index - 3), index + 4)
    .filter(({ word, isAcronym, isKnown }) => !isAcronym && word !== 'i' && isKnown);
  return ordinary.filter(({ isCapital }) => isCapital).length * 3 > ordinary.length * 2;
}

/** Nothing between two words that would part a name from its cue. */
function isInside(gap: string | undefined): boolean {
  return gap !== undefined && /^[\s,"'()–-]{1,4}$/.test(gap) && !/\n\s*\n/.test(gap);
}

/** The name at this place with its further parts, and the names joined to it: "X, Y and Z". */
function* namesAt(tokens: readonly Token[], first: number, taken: Set<number>): Generator<Span> {
  let at = first;
  for (let names = 0; names < MOST_JOINED; names++) {
    const start = tokens[at];
    if (!start || taken.has(at)) return;
    let last = at;
    while (last + 1 < at + LONGEST_NAME && isFurtherPart(tokens, last + 1)) last++;
    for (let index = at; index <= last; index++) taken.add(index);
    yield { start: start.start, end: tokens[last]?.end ?? start.end };
    let next = last + 1;
    const joint = tokens[next];
    if (joint && /^(?:and|n)$/.test(joint.word) && /^,?\s{1,2}$/.test(joint.gap)) next++;
    else if (!joint || !/^\s?[,/&+]\s{0,2}$/.test(joint.gap)) return;
    const candidate = tokens[next];
    if (!candidate || endsSentence(candidate.gap)) return;
    if (!canBeName(candidate) || candidate.isKnown) return;
    if (start.isCapital && !candidate.isCapital) return;
    at = next;
  }
}

/** Of a name in small letters only a word that is not ordinary; of one with a capital any that has one too. */
function isFurtherPart(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const previous = tokens[index - 1];
  if (!token || !previous || token.isAcronym || !/^(?:[ \u00a0]{1,2}|\. )$/.test(token.gap))
    return false;
  if (particles.has(token.word)) return leadsToCapital(tokens, index + 1);
  // "J. Smith", but not "Smith. And".
  if (token.gap.startsWith('.') && previous.word.length > 1) return false;
  if (!token.isKnown) return /^\p{L}/u.test(token.word);
  return token.isCapital && !isFunctionWord(token.word) && !isTitleCase(tokens, index);
}

/** "van der Berg": after particles comes the name that they belong to. */
function leadsToCapital(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  return (
    token !== undefined &&
    (token.isCapital || (particles.has(token.word) && (tokens[index + 1]?.isCapital ?? false)))
  );
}
