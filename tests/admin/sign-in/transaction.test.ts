import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { base64url, EncryptJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { SignInFailed } from '../../../admin/sign-in/failure.ts';
import {
  openTransaction,
  sealTransaction,
  startTransaction,
  TRANSACTION_SECONDS,
  transactionKey,
} from '../../../admin/sign-in/transaction.ts';
import { Pepper } from '../../../api/http/pepper.ts';

const pepper = new Pepper(randomBytes(32).toString('base64url'));
const key = await transactionKey(pepper);
const startedAt = new Date('2026-11-26T09:00:00Z');
const after = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);
const transaction = startTransaction('/console/texts?page=2', startedAt);
const sealed = await sealTransaction(transaction, key);

const failureOf = async (value: string | undefined, now = startedAt, with_ = key) => {
  const error = await openTransaction(value, with_, now).catch((thrown: unknown) => thrown);
  return error instanceof SignInFailed ? error.failure : error;
};

describe('a sign-in on its way', () => {
  it('comes back from its cookie as it was, until ten minutes have passed', async () => {
    expect(await openTransaction(sealed, key, startedAt)).toEqual(transaction);
    expect(await openTransaction(sealed, key, after(TRANSACTION_SECONDS - 1))).toEqual(transaction);
    expect(await failureOf(sealed, after(TRANSACTION_SECONDS))).toBe('too_late');
  });

  it('has three secrets of 256 bits that no two share', () => {
    const secrets = [transaction, startTransaction(null, startedAt)].flatMap(
      ({ state, nonce, codeVerifier }) => [state, nonce, codeVerifier],
    );
    expect(new Set(secrets).size).toBe(6);
    for (const secret of secrets) expect(base64url.decode(secret)).toHaveLength(32);
  });

  it('takes its secrets from the randomness that it is given', () => {
    let count = 0;
    const counting = (bytes: number) => new Uint8Array(bytes).fill(count++);
    const { state, nonce, codeVerifier } = startTransaction(null, startedAt, counting);
    expect([state, nonce, codeVerifier].map((secret) => base64url.decode(secret)[0])).toEqual([
      0, 1, 2,
    ]);
  });

  it('cannot be read from its cookie, which is small enough for every browser', async () => {
    const longest = startTransaction(`/console/${'a'.repeat(990)}`, startedAt);
    expect(longest.returnPath).toHaveLength(999);
    expect((await sealTransaction(longest, key)).length).toBeLessThan(3000);
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    for (const secret of [transaction.state, transaction.nonce, transaction.codeVerifier, 'texts'])
      expect(readable.join('')).not.toContain(secret);
    expect(sealed).toMatch(/^[\w.-]+$/);
  });

  it('is refused when a single character of it was changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: sealed.length - 1 }),
        fc.constantFrom(...'AQgw_.'),
        async (at, character) => {
          const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
          // The last character of base64url can have bits that stand for nothing.
          fc.pre(sealed.charAt(at) !== character && at < sealed.length - 1);
          expect(await failureOf(changed)).toBe('mismatch');
        },
      ),
    );
  });

  it('is refused when something else made it', async () => {
    const other = await transactionKey(new Pepper(randomBytes(32).toString('base64url')));
    expect(await failureOf(sealed, startedAt, other)).toBe('mismatch');
    const webhookKey = await pepper.digest('webhook-secret', ['id', '1']);
    expect(await failureOf(await sealTransaction(transaction, webhookKey))).toBe('mismatch');
    // Of the same key, but without an end or by another algorithm.
    const endless = new EncryptJWT({ ...transaction }).setProtectedHeader({
      alg: 'dir',
      enc: 'A256GCM',
    });
    expect(await failureOf(await endless.encrypt(key))).toBe('mismatch');
    const unsealed = `${base64url.encode('{"alg":"none"}')}.${base64url.encode('{}')}.`;
    for (const value of [unsealed, '', '....', 'a.b.c.d.e', '{}'])
      expect(await failureOf(value)).toBe('mismatch');
  });

  it('is over when the browser has no cookie', async () => {
    expect(await failureOf(undefined)).toBe('too_late');
  });
});
