import { base64url } from 'jose';
import { validationProblem } from './problem.ts';

/** A random id, as a part of a key. */
export const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** What the keys of most lists look like: random ids. */
export const uuidKey = new RegExp(`^${uuidPattern}$`);

/** Items of a list where a request does not say how many. */
const DEFAULT_LIMIT = 50;

/** Where a page of a list begins and how long it is. */
export interface PageRequest {
  /** The last key of the page before; null for the first page. */
  after: string | null;
  limit: number;
}

/**
 * Reads `limit` and `cursor`. A cursor is the last item's key, which is random or a public code: it carries
 * neither a time nor an order of arrival.
 *
 * @param isKey what a key of this list looks like
 */
export function readPage(
  query: { limit?: number | undefined; cursor?: string | undefined },
  isKey: RegExp,
): PageRequest {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.cursor === undefined) return { after: null, limit };
  const after = decode(query.cursor);
  if (after === null || !isKey.test(after))
    throw validationProblem([
      { pointer: '/cursor', detail: 'Query parameter cursor: not a cursor of this list.' },
    ]);
  return { after, limit };
}

/**
 * Makes a page of the rows that a query found when asked for one more than the limit.
 *
 * @param keyOf the key by which the list is ordered
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  keyOf: (row: Row) => string,
  toItem: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next: rows.length > limit && last !== undefined ? base64url.encode(keyOf(last)) : null,
  };
}

function decode(cursor: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      base64url.decode(cursor),
    );
  } catch {
    return null;
  }
}
