import type { Span } from './kinds.ts';
import { isFunctionWord } from './known-words.ts';
import { endsSentence, type Token } from './tokens.ts';

/*
 * Likely places, by the word that makes a place of the one before it. A bare "the ward" is no place, "Larch ward" and
 * "12 Larch Road" are: with a service and a week they can point to one person.
 */

const words = (list: string) => new Set(list.split(' '));

/** Nothing but a name or a number stands before these. */
const plain = words('ward street road avenue lane crescent lodge rd ave st');
/** Ordinary words too: only after a capital, or a number and a word. */
const ordinary = words(
  'close drive court terrace gardens way house unit centre center clinic hospital view place grove square hill park surgery school college church building suite wing hall villa cottage farm hostel primary academy university',
);
const streets = words('street road avenue lane crescent close drive');
const kindsOfWard = words(
  'acute psychiatric mental health hospital open closed locked secure unlocked male female mixed sex men women mens womens older people adult adults children childrens dementia admission admissions assessment treatment rehab rehabilitation recovery medical surgical maternity perinatal general busy quiet noisy clean dirty nice lovely good bad great safe unsafe whole entire new old same different previous last first next specialist forensic inpatient emergency stroke cancer geriatric elderly single small big large main local current leave left leaving enter entering visit visiting clean tidy run day night staff each ward care functional organic intensive pleasant friendly welcoming modern calm relaxed happy chaotic understaffed short patient patients nhs private bed bedded second third fourth regular normal daily weekly autism eating disorder help helped manage manages best worst better worse lively',
);
const livingIn = words('live lives lived living moved');

export function findPlaces(tokens: readonly Token[]): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const span =
      wardNumber(tokens, index) ?? placeEndingAt(tokens, index) ?? placeAfterWord(tokens, index);
    if (span) spans.push(span);
  }
  return spans;
}

/** "ward 12", "ward B47". */
function wardNumber(tokens: readonly Token[], index: number): Span | null {
  const ward = tokens[index];
  const number = tokens[index + 1];
  if (ward?.word !== 'ward' || !number || !/^\s{1,2}$/.test(number.gap)) return null;
  const isNumber = /^[a-z]{0,2}[0-9]{1,3}[a-z]?$/.test(number.word);
  const isName = number.isCapital && !number.isAcronym && !number.isKnown;
  return isNumber || isName ? { start: ward.start, end: number.end } : null;
}

/** "Larch ward", "12 Acacia Road", "12 school road". */
function placeEndingAt(tokens: readonly Token[], index: number): Span | null {
  const end = tokens[index];
  if (!end || !(plain.has(end.word) || ordinary.has(end.word)) || !isJoined(end)) return null;
  let first = index;
  while (first > index - 3 && first > 0 && isNamePart(tokens, first - 1, plain.has(end.word)))
    first--;
  if (first === index) return namedByWord(tokens, index) ?? addressEndingAt(tokens, index);
  const number = tokens[first - 1];
  const from = number && isHouseNumber(number) && isJoined(tokens[first]) ? number : tokens[first];
  return { start: (from ?? end).start, end: end.end };
}

/** A part of a place's name, going back from the word that makes it one. */
function isNamePart(tokens: readonly Token[], index: number, isPlain: boolean): boolean {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (!token || !isJoined(next) || token.isAcronym || !/^\p{L}/u.test(token.word)) return false;
  if (!token.isKnown) return token.isCapital || isPlain;
  // "Willow House", "Park Road": a word with a capital inside a sentence, and the place's own capital too.
  return (
    token.isCapital && !token.isFirst && (next?.isCapital ?? false) && !isFunctionWord(token.word)
  );
}

/** "willow ward": wards are named after trees, birds and towns. "The acute ward" says what kind of ward it is. */
function namedByWord(tokens: readonly Token[], index: number): Span | null {
  const ward = tokens[index];
  const name = tokens[index - 1];
  if (ward?.word !== 'ward' || !name || !/^\p{L}/u.test(name.word)) return null;
  if (isFunctionWord(name.word) || name.isAcronym || kindsOfWard.has(name.word)) return null;
  if (/^(?:rounds?|managers?|clerk|sister|staff)$/.test(tokens[index + 1]?.word ?? '')) return null;
  return { start: name.start, end: ward.end };
}

/** "12 school road": an ordinary word is a street's name after a house number. */
function addressEndingAt(tokens: readonly Token[], index: number): Span | null {
  const street = tokens[index];
  const name = tokens[index - 1];
  const house = tokens[index - 2];
  if (!street || !name || !house || !streets.has(street.word)) return null;
  if (!isHouseNumber(house) || !isJoined(name)) return null;
  if (isFunctionWord(name.word) || /^(?:min|minute|mile|hour|metre|yard)s?$/.test(name.word))
    return null;
  return { start: house.start, end: street.end };
}

function isHouseNumber({ word }: Token): boolean {
  return /^[0-9]{1,4}[a-z]?$/.test(word);
}

/** "I live in X", "at X", "near X": a place by the word before it, in small letters only where somebody lives. */
function placeAfterWord(tokens: readonly Token[], index: number): Span | null {
  const place = tokens[index];
  if (!place || !leadsToPlace(tokens, index)) return null;
  return { start: place.start, end: place.end };
}

export function leadsToPlace(tokens: readonly Token[], index: number): boolean {
  const place = tokens[index];
  if (!place || place.isKnown || place.isAcronym) return false;
  if (!isJoined(place) || !/^\p{L}/u.test(place.word)) return false;
  const before = tokens[index - 1]?.word ?? '';
  if (place.isCapital) return /^(?:in|at|near|around|outside|off|via)$/.test(before);
  return /^(?:in|on|at|to|near)$/.test(before) && livingIn.has(tokens[index - 2]?.word ?? '');
}

function isJoined(token: Token | undefined): boolean {
  return token !== undefined && /^[ \u00a0-]{1,2}$/.test(token.gap) && !endsSentence(token.gap);
}
