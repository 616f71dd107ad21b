/** A standard as a version has it. */
export interface StandardWords {
  code: string;
  title: string;
  statement: string;
}

/** What became of a standard between two versions; it is the same standard where its code is. */
export interface Pair {
  code: string;
  outcome: 'same' | 'changed' | 'added' | 'removed';
  before: StandardWords | null;
  after: StandardWords | null;
}

/** The standards of two versions side by side, in the order of the later one; what was removed comes last. */
export function pairsOf(before: readonly StandardWords[], after: readonly StandardWords[]): Pair[] {
  const earlier = new Map(before.map((standard) => [standard.code, standard]));
  const kept = new Set(after.map(({ code }) => code));
  const now = after.map((standard): Pair => {
    const old = earlier.get(standard.code) ?? null;
    const isSame = old?.title === standard.title && old.statement === standard.statement;
    const outcome = old === null ? 'added' : isSame ? 'same' : 'changed';
    return { code: standard.code, outcome, before: old, after: standard };
  });
  const removed = before
    .filter(({ code }) => !kept.has(code))
    .map((old): Pair => ({ code: old.code, outcome: 'removed', before: old, after: null }));
  return [...now, ...removed];
}
