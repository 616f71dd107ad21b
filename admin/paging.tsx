import { Pagination } from './components/Pagination.tsx';
import type { Visit } from './page.tsx';

/** Where a list is: its API tells only where the next page begins, so that no page can be left out or told by time. */
export interface Paging {
  /** Counts from 1. */
  number: number;
  /** For the query of the API. */
  cursor: string | undefined;
  /** After the title of a page that is not the first: `, page 2`. */
  titleSuffix: string;
}

export function pagingOf({ query }: Visit): Paging {
  const cursor = query.get('cursor') ?? undefined;
  const asked = Number(query.get('page') ?? '1');
  const number = cursor !== undefined && Number.isInteger(asked) && asked > 1 ? asked : 1;
  return { number, cursor, titleSuffix: number > 1 ? `, page ${number}` : '' };
}

/** The way to the next page of a list, and back to the first. */
export function Pages({ visit, next }: { visit: Visit; next: string | null }) {
  const { number } = pagingOf(visit);
  const at = (changes: Record<string, string> | null) => {
    const url = new URL(visit.href, visit.serviceUrl);
    for (const name of ['cursor', 'page']) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(changes ?? {})) url.searchParams.set(name, value);
    return `${url.pathname}${url.search}`;
  };
  if (number === 1 && next === null) return null;
  return (
    <Pagination
      previous={number > 1 ? { href: at(null), text: 'First page' } : undefined}
      next={
        next === null
          ? undefined
          : {
              href: at({ cursor: next, page: String(number + 1) }),
              text: 'Next page',
              label: `Page ${number + 1}`,
            }
      }
    />
  );
}
