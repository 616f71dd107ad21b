import type { HighlightKind } from '../../../domain/screening/kinds.ts';

/** A stretch that screening found, in code points. */
export interface Finding {
  start: number;
  end: number;
  kind: HighlightKind;
}

const kindWords: Readonly<Record<HighlightKind, string>> = {
  name: 'may be a name',
  place: 'may be a place',
  number: 'a long number',
  date: 'a date',
  unknown_word: 'an unusual word',
};

/** A text in pieces, those that were found with their kind. */
export function piecesOf(
  text: string,
  findings: readonly Finding[],
): { text: string; kind: HighlightKind | null }[] {
  const characters = [...text];
  const pieces: { text: string; kind: HighlightKind | null }[] = [];
  let from = 0;
  const add = (to: number, kind: HighlightKind | null) => {
    if (to > from) pieces.push({ text: characters.slice(from, to).join(''), kind });
    from = Math.max(from, to);
  };
  for (const { start, end, kind } of findings) {
    add(start, null);
    add(end, kind);
  }
  add(characters.length, null);
  return pieces;
}

/** What somebody wrote, with what may say who somebody is marked, and below it what each mark means. */
export function MarkedText({ text, findings }: { text: string; findings: readonly Finding[] }) {
  const pieces = piecesOf(text, findings);
  return (
    <>
      <blockquote class="fc-written">
        <p class="fc-text">
          {pieces.map((piece) =>
            piece.kind === null ? (
              piece.text
            ) : (
              <mark class="fc-finding">
                {piece.text}
                <span class="nhsuk-u-visually-hidden"> ({kindWords[piece.kind]}) </span>
              </mark>
            ),
          )}
        </p>
      </blockquote>
      <MarksExplained pieces={pieces} />
    </>
  );
}

/** What the marks mean, for those who see them: which words may be what. */
function MarksExplained({ pieces }: { pieces: ReturnType<typeof piecesOf> }) {
  const kinds = new Map<HighlightKind, Set<string>>();
  for (const { text, kind } of pieces)
    if (kind !== null) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(text));
  if (kinds.size === 0)
    return <p class="nhsuk-hint">Nothing is marked. Look yourself: a machine misses much.</p>;
  return (
    <ul class="nhsuk-list nhsuk-hint fc-legend">
      {[...kinds].map(([kind, words]) => (
        <li>
          <mark class="fc-finding">{[...words].join(', ')}</mark>: {kindWords[kind]}
        </li>
      ))}
    </ul>
  );
}
