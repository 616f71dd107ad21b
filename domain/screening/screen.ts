import { findDates } from './formats/dates.ts';
import { removeHardFormats } from './hard-formats.ts';
import {
  type HighlightKind,
  highlightKinds,
  type RemovedKind,
  removedKinds,
  type Span,
} from './kinds.ts';
import { findLongNumbers } from './long-numbers.ts';
import { findNames } from './names.ts';
import { findPlaces } from './places.ts';
import { mentionsRisk } from './risk.ts';
import { inOriginal } from './shadow.ts';
import { tokensOf } from './tokens.ts';
import { findUnknownWords } from './unknown-words.ts';

/** Code points of a text that are read and kept. The cap comes before any pattern runs. */
export const MAX_CODE_POINTS = 4_000;

export interface Highlight extends Span {
  kind: HighlightKind;
}

/** A text as it may be stored. */
export interface Screened {
  /** As it was written, with placeholders such as `[phone]` where hard formats were. */
  text: string;
  /** What was cut out, in a fixed order: kinds and counts, never content. */
  removed: { kind: RemovedKind; count: number }[];
  /** Ranges of {@link text} in UTF-16 units (as `String.slice` counts), in order, not overlapping. */
  highlights: Highlight[];
  /** A likely name, place or long number: a person has to look before anything is done with the text. */
  held: boolean;
  /** A word of harm or danger: the text goes to the safeguarding queue. */
  safeguarding: boolean;
}

export interface ScreeningOptions {
  /** The clock's year: tells a plausible year of birth from an appointment's. */
  thisYear: number;
}

/** Kinds that hold a text until a person has looked, and those that only show where to look. */
const holding: readonly HighlightKind[] = ['name', 'place', 'number'];

/**
 * Screens a free text before it is stored. Pure; linear in the text's length; never throws; screening its own result
 * again changes nothing. A text without hard formats comes back as it was, to the byte.
 */
export function screen(written: string, { thisYear }: ScreeningOptions): Screened {
  const { text, counts, shadow } = removeHardFormats(written, thisYear, {
    codePoints: MAX_CODE_POINTS,
  });
  const tokens = tokensOf(shadow);
  const found: Record<HighlightKind, Span[]> = {
    name: findNames(tokens),
    place: findPlaces(tokens),
    number: findLongNumbers(shadow),
    date: findDates(shadow.text, thisYear),
    unknown_word: findUnknownWords(tokens),
  };
  return {
    text,
    removed: removedKinds.flatMap((kind) => {
      const count = counts.get(kind);
      return count === undefined ? [] : [{ kind, count }];
    }),
    highlights: highlightsOf(found).map((each) => ({ ...each, ...inOriginal(shadow, each) })),
    held: holding.some((kind) => found[kind].length > 0),
    safeguarding: mentionsRisk(shadow),
  };
}

/**
 * Without overlaps. What holds a text goes before what does not; of two that hold it nothing is left out, and they
 * become one, named for the longer or the later kind ("Larch" and "Larch ward": a place).
 */
function highlightsOf(found: Readonly<Record<HighlightKind, Span[]>>): Highlight[] {
  const all = highlightKinds.flatMap((kind) =>
    found[kind].map(({ start, end }): Highlight => ({ kind, start, end })),
  );
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Highlight[] = [];
  for (const next of all) {
    const last = kept.at(-1);
    if (last === undefined || next.start >= last.end) kept.push(next);
    else if (weight(next) < weight(last)) kept[kept.length - 1] = next;
    else if (weight(next) === weight(last)) kept[kept.length - 1] = joined(last, next);
  }
  return kept;
}

function weight({ kind }: Highlight): number {
  return holding.includes(kind) ? 0 : highlightKinds.indexOf(kind);
}

function joined(one: Highlight, next: Highlight): Highlight {
  const { kind } = next.end - next.start >= one.end - one.start ? next : one;
  return { kind, start: one.start, end: Math.max(one.end, next.end) };
}
