/**
 * Patterns with a cheap condition that every text has to meet in which one of them can match. Most texts hold no number
 * and no address, and one look says so. `needs` is made of characters that each pattern has to take in or stand next to,
 * so that it can only save time; tests hold it against what the patterns match.
 */
export interface Guarded {
  /** Without flags: a global one would remember where it stopped. */
  readonly needs: RegExp;
  readonly patterns: readonly RegExp[];
}

const none: readonly RegExpExecArray[] = [];

/** What the patterns match, one pattern after the other. */
export function matchesOf({ needs, patterns }: Guarded, text: string): readonly RegExpExecArray[] {
  return needs.test(text) ? patterns.flatMap((pattern) => [...text.matchAll(pattern)]) : none;
}
