/**
 * Texts that are public and do not change, kept by the data centre that this instance runs in
 * (developers.cloudflare.com/workers/runtime-apis/cache): an instance that has just started has no memory of its own, and
 * the database is far away. It may forget at any time, and where it does not work, nothing is kept.
 */
export class EdgeCache {
  readonly #cache: Cache;
  readonly #serviceUrl: string;

  /** @param serviceUrl the cache keeps texts by address: these stand under one that no operation has */
  constructor(cache: Cache, serviceUrl: string) {
    this.#cache = cache;
    this.#serviceUrl = serviceUrl;
  }

  async get(key: string): Promise<string | null> {
    try {
      const found = await this.#cache.match(this.#addressOf(key));
      return found === undefined ? null : await found.text();
    } catch {
      return null;
    }
  }

  async put(key: string, text: string, maxAgeSeconds: number): Promise<void> {
    const headers = { 'Cache-Control': `public, max-age=${maxAgeSeconds}` };
    await this.#cache.put(this.#addressOf(key), new Response(text, { headers })).catch(() => {});
  }

  async delete(key: string): Promise<void> {
    await this.#cache.delete(this.#addressOf(key)).catch(() => false);
  }

  #addressOf(key: string): string {
    return `${this.#serviceUrl}/_edge-cache/${key}`;
  }
}
