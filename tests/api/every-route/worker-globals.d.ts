/** The few globals of workerd that the Worker's own modules name, for tests that load those modules in Node. */
interface Fetcher {
  fetch: typeof fetch;
}

interface RateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

interface SubtleCrypto {
  timingSafeEqual(
    left: ArrayBuffer | ArrayBufferView,
    right: ArrayBuffer | ArrayBufferView,
  ): boolean;
}
