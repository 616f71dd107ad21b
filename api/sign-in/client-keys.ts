import { importJWK, type JWK } from 'jose';
import type { ApiClientRow } from '../../db/queries/api-clients.ts';
import { readAtMost } from '../http/body.ts';
import { Recent } from '../http/recent.ts';

/** How long a client's key document is kept, as the platform does. */
const CACHE_MS = 3_600_000;
const FETCH_TIMEOUT_MS = 5_000;
const MAX_DOCUMENT_BYTES = 64 * 1024;

type KeySet = readonly JWK[];
export type KeysOutcome = { keys: KeySet } | 'none-registered' | 'unreachable';

/** Reads the keys that clients publish at an address of their own, and keeps each for an hour. */
export class ClientKeys {
  readonly #documents = new Recent<{ keys: KeySet; until: number }>(200);
  readonly #fetch: typeof fetch;

  /** @param fetcher how documents are fetched */
  constructor(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  /** The keys of a client: those in its registration, or those at its address. */
  async of(
    { jwks, jwksUrl }: Pick<ApiClientRow, 'jwks' | 'jwksUrl'>,
    now: Date,
  ): Promise<KeysOutcome> {
    if (jwks !== null && jwks.keys.length > 0) return { keys: jwks.keys as KeySet };
    if (jwksUrl === null) return 'none-registered';
    const kept = this.#documents.get(jwksUrl);
    if (kept !== undefined && now.getTime() < kept.until) return { keys: kept.keys };
    const keys = await this.#read(jwksUrl);
    if (keys === null) return 'unreachable';
    this.#documents.set(jwksUrl, { keys, until: now.getTime() + CACHE_MS });
    return { keys };
  }

  /** A key document, or null for anything but a small JSON key set served over https without a redirect. */
  async #read(url: string): Promise<KeySet | null> {
    try {
      const response = await this.#fetch(url, {
        redirect: 'manual',
        headers: { Accept: 'application/json' },
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      });
      if (!response.ok) return null;
      const bytes = await readAtMost(response.body, MAX_DOCUMENT_BYTES);
      if (bytes === null) {
        await response.body?.cancel();
        return null;
      }
      const { keys } = JSON.parse(new TextDecoder().decode(bytes)) as { keys?: unknown };
      return Array.isArray(keys) ? (keys as KeySet) : null;
    } catch {
      return null;
    }
  }
}

/** The RS512 key with an id, ready to verify with; null where the set has none that can be used. */
export async function findKey(keys: KeySet, kid: string): Promise<CryptoKey | null> {
  const jwk = keys.find((key) => key?.kid === kid && key.kty === 'RSA');
  if (jwk === undefined) return null;
  try {
    // Only the public numbers: a private key that somebody published by mistake is never held.
    const { kty, n, e } = jwk as { kty: 'RSA'; n: string; e: string };
    return (await importJWK({ kty, n, e }, 'RS512')) as CryptoKey;
  } catch {
    return null;
  }
}
