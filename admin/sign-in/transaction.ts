import { base64url, EncryptJWT, jwtDecrypt } from 'jose';
import type { Pepper } from '../../api/http/pepper.ts';
import { SignInFailed } from './failure.ts';
import { safeReturnPath } from './return-path.ts';

/** How long somebody may take at the provider. */
export const TRANSACTION_SECONDS = 600;

/** One sign-in on its way: what has to be the same when the browser comes back from the provider. */
export interface Transaction {
  /** Comes back in the address: ties the answer to the browser that asked (RFC 6749, section 10.12). */
  state: string;
  /** Comes back in the ID token: ties the token to this sign-in (OpenID Connect Core, section 3.1.2.1). */
  nonce: string;
  /** PKCE (RFC 7636): shows that whoever redeems the code is who asked for it. */
  codeVerifier: string;
  /** Where to go afterwards, below /console. */
  returnPath: string;
  startedAt: Date;
}

const RANDOM_BYTES = 32;

/**
 * A new sign-in.
 *
 * @param returnPath as asked for; replaced by the console's first page where it leads anywhere else
 * @param random gives that many random bytes
 */
export function startTransaction(
  returnPath: string | null | undefined,
  now: Date,
  random: (bytes: number) => Uint8Array = randomBytes,
): Transaction {
  const secret = () => base64url.encode(random(RANDOM_BYTES));
  return {
    state: secret(),
    nonce: secret(),
    codeVerifier: secret(),
    returnPath: safeReturnPath(returnPath),
    startedAt: now,
  };
}

/** The key that seals transactions, derived from the service's own: nothing else is sealed or hashed with it. */
export function transactionKey(pepper: Pepper): Promise<Uint8Array<ArrayBuffer>> {
  return pepper.digest('console-sign-in-transaction', []);
}

/** A transaction as one cookie value, which only this service can read or make (JWE, A256GCM). */
export async function sealTransaction(transaction: Transaction, key: Uint8Array): Promise<string> {
  const { startedAt, ...rest } = transaction;
  const startedAtSeconds = Math.floor(startedAt.getTime() / 1000);
  return new EncryptJWT(rest)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setIssuedAt(startedAtSeconds)
    .setExpirationTime(startedAtSeconds + TRANSACTION_SECONDS)
    .encrypt(key);
}

/**
 * The transaction that a cookie holds.
 *
 * @param sealed absent where the browser sent no cookie
 * @throws SignInFailed `too_late` without a cookie or after ten minutes, `mismatch` for one that this service did not make
 */
export async function openTransaction(
  sealed: string | undefined,
  key: Uint8Array,
  now: Date,
): Promise<Transaction> {
  if (sealed === undefined) throw new SignInFailed('too_late', 'no_transaction');
  try {
    const { payload } = await jwtDecrypt<Omit<Transaction, 'startedAt'>>(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['iat', 'exp'],
      currentDate: now,
    });
    // Whatever can be decrypted was sealed here, so it has the shape that it was given.
    const { state, nonce, codeVerifier, returnPath, iat = 0 } = payload;
    return { state, nonce, codeVerifier, returnPath, startedAt: new Date(iat * 1000) };
  } catch (error) {
    const isLate = (error as { code?: string }).code === 'ERR_JWT_EXPIRED';
    throw new SignInFailed(isLate ? 'too_late' : 'mismatch', 'transaction');
  }
}

function randomBytes(bytes: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(bytes));
}
