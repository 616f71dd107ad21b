import { parseAccept } from 'hono/utils/accept';
import type { Operation } from './contract.ts';

/** Found once for each declaration, which does not change: every request asks. */
const produced = new WeakMap<Operation, readonly string[]>();

/** What an operation can reply with, what it prefers first. */
function producedBy(contract: Operation): readonly string[] {
  const known = produced.get(contract);
  if (known !== undefined) return known;
  const all = Object.values(contract.replies)
    .filter((reply) => reply.schema !== undefined || reply.mediaType !== undefined)
    .flatMap((reply) => [
      reply.mediaType ?? 'application/json',
      ...Object.keys(reply.alsoAs ?? {}),
    ]);
  const found = [...new Set(all)];
  produced.set(contract, found);
  return found;
}

/**
 * The media type to reply with, for an Accept header (RFC 9110 12.5.1): of those that the operation has, the one that the
 * header gives the greatest weight, and of several the one that the operation prefers. Operations that reply with nothing
 * accept everything; so does a request without the header.
 *
 * @returns null where the header allows none
 */
export function preferredMediaType(contract: Operation, accept: string | null): string | null {
  const mediaTypes = producedBy(contract);
  const [first = 'application/json'] = mediaTypes;
  if (accept === null || accept.trim() === '' || mediaTypes.length === 0) return first;
  const ranges = parseAccept(accept);
  const weightOf = (mediaType: string): number => {
    const type = mediaType.split('/')[0];
    // The most particular range that names it counts.
    for (const range of [mediaType, `${type}/*`, '*/*']) {
      const found = ranges.find((each) => each.type.toLowerCase() === range);
      if (found !== undefined) return found.q;
    }
    return 0;
  };
  const weights = mediaTypes.map(weightOf);
  const most = Math.max(...weights);
  return most > 0 ? (mediaTypes[weights.indexOf(most)] ?? null) : null;
}

/** Whether a reply is to be a table. What a link says wins over what a browser sends by itself. @param mediaType the preferred one */
export function wantsCsv(
  { format }: { format?: 'json' | 'csv' | undefined },
  mediaType: string,
): boolean {
  return format === undefined ? mediaType === 'text/csv' : format === 'csv';
}
