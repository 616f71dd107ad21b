import { parseAccept } from 'hono/utils/accept';
import type { Operation } from './contract.ts';

/**
 * Whether what an operation replies with can satisfy an Accept header (RFC 9110 12.5.1). Operations that
 * reply with nothing accept everything; so does a request without the header.
 */
export function isAcceptable(contract: Operation, accept: string | null): boolean {
  if (accept === null || accept.trim() === '') return true;
  const produced = Object.values(contract.replies)
    .filter((reply) => reply.schema !== undefined || reply.mediaType !== undefined)
    .map((reply) => reply.mediaType ?? 'application/json');
  if (produced.length === 0) return true;
  const ranges = parseAccept(accept).filter(({ q }) => q > 0);
  return ranges.some(({ type }) =>
    produced.some((mediaType) => {
      const range = type.toLowerCase();
      return range === '*/*' || range === mediaType || range === `${mediaType.split('/')[0]}/*`;
    }),
  );
}
