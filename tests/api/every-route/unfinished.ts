import { request } from 'node:http';
import type { Service } from '../../support/service.ts';

/**
 * A `fetch` that sends a body, never ends it, and waits for the reply: what a server has to refuse by its size it
 * refuses before the end. (A client that goes on sending would find the connection closed.)
 *
 * @param announcedBytes for the Content-Length header; null sends the body in chunks
 */
export function unfinished(service: Service, announcedBytes: number | null): Service['fetch'] {
  return (path, { method = 'GET', headers, body } = {}) =>
    new Promise((resolve, reject) => {
      const asking = request(new URL(path, service.url), {
        method,
        agent: false,
        headers: {
          ...Object.fromEntries(headers as Headers),
          ...(announcedBytes === null
            ? { 'transfer-encoding': 'chunked' }
            : { 'content-length': announcedBytes }),
        },
      });
      asking.on('error', reject);
      asking.on('response', async (response) => {
        const text = (await response.toArray()).join('');
        const named = Object.entries(response.headers).map(([name, value]) => [name, `${value}`]);
        resolve(
          new Response(text, {
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(named),
          }),
        );
        asking.destroy();
      });
      asking.write(body);
    });
}
