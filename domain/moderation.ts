import type { ModerationDecision } from './vocabulary.ts';

/** A stretch of a text, in characters as people count them (Unicode code points), from `start` up to but not including `end`. */
export interface CharacterRange {
  start: number;
  end: number;
}

/**
 * What a decision may be turned into afterwards: only what shows less. What somebody let through by mistake can be taken back at
 * once; what was kept from others stays so, and what is gone is gone.
 */
export const stricterDecisions: Readonly<
  Record<ModerationDecision, readonly ModerationDecision[]>
> = {
  publish: ['redact', 'keep_private', 'delete'],
  redact: ['redact', 'keep_private', 'delete'],
  keep_private: ['delete'],
  delete: [],
};

/** What stands in a text where a moderator took something out. */
export const REDACTION = '[redacted]';

/** What a redaction keeps of a text: the stretches between what is taken out. `length` null is the rest of the text. */
export interface KeptStretch {
  start: number;
  length: number | null;
}

/**
 * What is left between ranges that are taken out. Ranges may come in any order; those that touch or overlap are one.
 */
export function keptStretches(ranges: readonly CharacterRange[]): KeptStretch[] {
  const kept: KeptStretch[] = [];
  let from = 0;
  let isFirst = true;
  for (const { start, end } of [...ranges].sort((one, other) => one.start - other.start)) {
    if (isFirst || start > from) kept.push({ start: from, length: start - from });
    from = Math.max(from, end);
    isFirst = false;
  }
  return [...kept, { start: from, length: null }];
}

/** What a redaction leaves: the stretches that stay, with {@link REDACTION} between each two. */
export function keptTexts(text: string, ranges: readonly CharacterRange[]): string[] {
  const characters = [...text];
  return keptStretches(ranges).map(({ start, length }) =>
    characters.slice(start, length === null ? undefined : start + length).join(''),
  );
}

/** Positions that count UTF-16 units, as a program does, in code points. */
export function inCharacters<Range extends CharacterRange>(text: string, ranges: readonly Range[]) {
  let unit = 0;
  let character = 0;
  const at = (position: number): number => {
    if (position < unit) {
      unit = 0;
      character = 0;
    }
    while (unit < position) {
      unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
      character += 1;
    }
    return character;
  };
  return ranges.map((range) => ({ ...range, start: at(range.start), end: at(range.end) }));
}
