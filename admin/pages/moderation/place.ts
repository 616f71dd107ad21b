import type { Visit } from '../../page.tsx';

/**
 * Where a moderator is among the texts: carried in addresses from page to page, so that a reload, a pause and another tab all
 * know, and nothing is stored.
 */
export interface Place {
  /** Only texts of this cycle. */
  cycle: string | undefined;
  /** Only texts in which somebody may be in danger, or only the others. */
  only: 'safeguarding' | 'others' | undefined;
  /** Behind the texts that were left for somebody else. */
  cursor: string | undefined;
  /** Whether the keyboard shortcuts are on. */
  hasKeys: boolean;
  /** Whether the list of decided texts is come back to, not the queue. */
  isOfList: boolean;
}

export const QUEUE = '/console/moderation/queue';
export const DECIDED = '/console/moderation/decided';

export function placeOf({ query }: Visit): Place {
  const only = query.get('only');
  return {
    cycle: query.get('cycle') || undefined,
    only: only === 'safeguarding' || only === 'others' ? only : undefined,
    cursor: query.get('cursor') || undefined,
    hasKeys: query.get('keys') === 'on',
    isOfList: query.get('list') === 'on',
  };
}

/** A page of the moderation at a place. */
export function hrefAt(path: string, place: Place, more: Record<string, string> = {}): string {
  const { cycle, only, cursor, hasKeys, isOfList } = place;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ cycle, only, cursor }))
    if (value !== undefined) query.set(name, value);
  if (hasKeys) query.set('keys', 'on');
  if (isOfList) query.set('list', 'on');
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  const search = query.toString();
  return search === '' ? path : `${path}?${search}`;
}

/** A page about one text. */
export function textHref(
  textId: string,
  place: Place,
  step?: 'redact' | 'delete',
  more: Record<string, string> = {},
): string {
  const path = `/console/moderation/texts/${encodeURIComponent(textId)}`;
  return hrefAt(step === undefined ? path : `${path}/${step}`, place, more);
}

/** What the API is asked for at a place. */
export function filterAt({ cycle, only, cursor }: Place) {
  return {
    cycle,
    cursor,
    safeguarding: only && (only === 'safeguarding' ? ('true' as const) : ('false' as const)),
  };
}
