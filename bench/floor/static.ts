import { env } from 'cloudflare:workers';

/**
 * The floor that reading results is measured against: the least that a Worker can do. It sends one text, and 304 to whoever
 * has it already; it looks at nothing else of a request.
 */
const { TEXT, CONTENT_TYPE, ETAG } = env as Record<string, string>;
const headers = { 'Content-Type': CONTENT_TYPE ?? '', ETag: ETAG ?? '' };

export default {
  fetch: (request: Request) =>
    request.headers.get('if-none-match') === ETAG
      ? new Response(null, { status: 304, headers: { ETag: ETAG ?? '' } })
      : new Response(TEXT, { headers }),
};
