import { Pagination } from '../../components/Pagination.tsx';
import type { Visit } from '../../page.tsx';

/** A page of things that are all known. */
export interface Slice<Item> {
  items: readonly Item[];
  /** Counts from 1. */
  number: number;
  pageCount: number;
}

/** The things on the page that `?page=` names; on the first, where there is no such page. */
export function sliceOf<Item>(
  { query }: Visit,
  items: readonly Item[],
  pageSize: number,
): Slice<Item> {
  const pageCount = Math.max(1, Math.ceil(items.length / pageSize));
  const asked = Number(query.get('page') ?? '1');
  const number = Number.isInteger(asked) && asked >= 1 && asked <= pageCount ? asked : 1;
  return { items: items.slice((number - 1) * pageSize, number * pageSize), number, pageCount };
}

/** The ways to the other pages. */
export function NumberedPages({ visit, slice }: { visit: Visit; slice: Slice<unknown> }) {
  const { number, pageCount } = slice;
  if (pageCount === 1) return null;
  const at = (page: number) => {
    const url = new URL(visit.href, visit.serviceUrl);
    url.searchParams.set('page', String(page));
    return `${url.pathname}${url.search}`;
  };
  return (
    <Pagination
      previous={number > 1 ? { href: at(number - 1) } : undefined}
      next={number < pageCount ? { href: at(number + 1) } : undefined}
      items={Array.from({ length: pageCount }, (_, index) => ({
        number: index + 1,
        href: at(index + 1),
        current: index + 1 === number,
      }))}
    />
  );
}
