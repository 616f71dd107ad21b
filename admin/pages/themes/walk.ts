import { hrefWith, type Place } from '../../moderator-place.tsx';

/**
 * Where a moderator is among the texts that they put into themes: carried in addresses from page to page, so that a reload and
 * another tab know, and nothing is stored.
 */
export interface Walk {
  /** The theme whose page is come back to; null on the way through all texts of a place. */
  theme: string | null;
  /** Texts that come next, in order. */
  following: readonly string[];
  /** Where the next page of texts begins; null after the last. */
  after: string | null;
  /** The page of texts one is on, from 1. */
  page: number;
  /** Whether keys tick themes. */
  hasKeys: boolean;
}

/** Texts of a page of the way. */
export const TEXTS_A_PAGE = 10;

export function walkOf(query: URLSearchParams): Walk {
  const page = Number(query.get('page') ?? '1');
  return {
    theme: query.get('theme') || null,
    following: (query.get('next') ?? '').split('.').filter(Boolean).slice(0, TEXTS_A_PAGE),
    after: query.get('after') || null,
    page: Number.isInteger(page) && page > 0 ? page : 1,
    hasKeys: query.get('keys') === 'on',
  };
}

/** A walk as it stands in addresses. */
export function walkQuery({ theme, following, after, page, hasKeys }: Walk) {
  return {
    theme,
    next: following.join('.'),
    after,
    page: page > 1 ? page : null,
    keys: hasKeys ? 'on' : null,
  };
}

export function textHref(textId: string, place: Place, walk: Walk, more = {}): string {
  const path = `/console/themes/texts/${encodeURIComponent(textId)}`;
  return hrefWith(path, { ...place, ...walkQuery(walk), ...more });
}

/** The list of texts that a walk is on. */
export function listHref(place: Place, { theme, hasKeys }: Walk, more = {}): string {
  if (theme !== null) return hrefWith(`/console/themes/${encodeURIComponent(theme)}`, more);
  return hrefWith('/console/themes/assign', { ...place, keys: hasKeys ? 'on' : null, ...more });
}

/** What comes after a text: the next one, the next page of texts, or the end. */
export function nextHref(place: Place, walk: Walk): string {
  const [next, ...following] = walk.following;
  if (next !== undefined) return textHref(next, place, { ...walk, following }, { done: 'saved' });
  if (walk.theme !== null) return listHref(place, walk, { done: 'texts' });
  if (walk.after === null) return listHref(place, walk, { done: 'all' });
  return listHref(place, walk, { cursor: walk.after, page: walk.page + 1, done: 'page' });
}
