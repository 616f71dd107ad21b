import { createHmac, hkdfSync } from 'node:crypto';

/**
 * Keyed hashes for one client, organisation and cycle: the only form in which anything about a response is kept or named.
 *
 * Keyed, because respondent ids ("A 45") and short comments ("Good") are guessed in no time from a plain hash.
 */
export interface Hashes {
  /** Names a respondent, and gives the order of posting: see `batches.ts`. 32 hex digits. */
  handle(respondent: string): string;
  /** Tells whether what a response says has changed. 32 hex digits. */
  fingerprint(content: string): string;
  /** Names a request body. 32 hex digits. */
  body(json: string): string;
  /** The Idempotency-Key of a request body: the same body always has the same key. A UUID of version 8 (RFC 9562). */
  idempotencyKey(json: string): string;
}

export function hashesWith(secret: Buffer): Hashes {
  const hash = (purpose: string, value: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${value}`).digest().subarray(0, 16);
  return {
    handle: (respondent) => hash('respondent', respondent).toString('hex'),
    fingerprint: (content) => hash('content', content).toString('hex'),
    body: (json) => hash('body', json).toString('hex'),
    idempotencyKey: (json) => uuidOf(hash('idempotency', json)),
  };
}

/**
 * The secret for a client, an organisation and a cycle (the scope), derived from the client's private key.
 *
 * Derived rather than random: if the progress folder is lost, the same file still gives the same batches under the same
 * keys, and the service recognises them.
 */
export function deriveSecret(privateKey: string, scope: string[]): Buffer {
  const label = ['post-fft progress v1', ...scope].join('\n');
  return Buffer.from(hkdfSync('sha256', privateKey, '', label, 32));
}

function uuidOf(bytes: Buffer): string {
  const b = Buffer.from(bytes);
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x80;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  return b.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
