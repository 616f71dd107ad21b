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
    const found = await readKeyDocument(this.#fetch, jwksUrl);
    if ('problem' in found) return 'unreachable';
    this.#documents.set(jwksUrl, { keys: found.keys, until: now.getTime() + CACHE_MS });
    return found;
  }
}

/** What was found at the address of a client's keys: a list of what should be keys, or in a sentence why there is none. */
export type KeyDocument = { keys: KeySet } | { problem: string };

/** Reads a key document: nothing but a small JSON key set that is served over https without a redirect. */
export async function readKeyDocument(fetcher: typeof fetch, url: string): Promise<KeyDocument> {
  try {
    const response = await fetcher(url, {
      redirect: 'manual',
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    if (!response.ok) return { problem: problemOfStatus(response) };
    const bytes = await readAtMost(response.body, MAX_DOCUMENT_BYTES);
    if (bytes === null) {
      await response.body?.cancel();
      return { problem: `The key set is larger than ${MAX_DOCUMENT_BYTES / 1024} KB.` };
    }
    return keysIn(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'What the address answers is not JSON.' };
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return {
      problem: isLate
        ? `The address did not answer within ${FETCH_TIMEOUT_MS / 1000} seconds.`
        : 'The address cannot be reached: check its name, and that its certificate is valid.',
    };
  }
}

/** The list of keys in a JSON key set (RFC 7517), whatever is in it. */
export function keysIn(document: unknown): KeyDocument {
  const keys = (document as { keys?: unknown } | null)?.keys;
  return Array.isArray(keys)
    ? { keys: keys as KeySet }
    : { problem: 'This is not a key set: there is no list "keys" in it.' };
}

function problemOfStatus({ status }: Response): string {
  return status >= 300 && status < 400
    ? 'The address redirects to another, which is not followed: give that one.'
    : `The address answers with the status ${status}, not with a key set.`;
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
