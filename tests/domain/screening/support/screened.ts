import type { HighlightKind } from '../../../../domain/screening/kinds.ts';
import { type Screened, screen } from '../../../../domain/screening/screen.ts';

/** A year for all tests, so that no result depends on when they run. */
export const thisYear = 2026;

export const screened = (written: string): Screened => screen(written, { thisYear });

export const isCut = (written: string): boolean => screened(written).removed.length > 0;

/** Is this part of a text highlighted as one of these kinds, all of it? */
export function isHighlighted(
  written: string,
  part: string,
  kinds: readonly HighlightKind[],
): boolean {
  const { text, highlights } = screened(written);
  const start = text.indexOf(part);
  if (start === -1) throw new Error(`not in the text: ${part}`);
  return highlights.some(
    (each) => kinds.includes(each.kind) && each.start <= start && each.end >= start + part.length,
  );
}

export const share = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.filter(holds).length / items.length;
