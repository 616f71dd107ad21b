/**
 * Receipts: the secret that only a submitter holds. This file depends on nothing but the Web Crypto API, so that a form on
 * somebody's own device can use it as it is (docs/receipts.md has the rule and test vectors for other languages). A device
 * that makes the receipt sends only the handles: nobody else ever sees the receipt until its holder uses it.
 */

/** Crockford's base32: no I, L, O or U, which are misread (https://www.crockford.com/base32.html). */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 20 symbols of 5 bits are 100 bits: too many to guess even for somebody who knows the key of the stored hashes. */
export const RECEIPT_SYMBOL_COUNT = 20;
const GROUP_SYMBOL_COUNT = 4;

/** What is derived from a receipt, one handle for each kind of part: knowing one tells nothing about the others. */
export interface ReceiptHandles {
  ratings: string;
  texts: string;
  equality: string;
}

/**
 * A receipt as its holder writes it down: `7K2M-9QXD-4RTB-0HVE-P3WN`.
 *
 * @param randomBytes {@link RECEIPT_SYMBOL_COUNT} bytes from a cryptographic source; five bits of each are used
 */
export function makeReceipt(randomBytes: Uint8Array): string {
  return grouped(randomSymbols(randomBytes));
}

/** A symbol of Crockford's base32 for each byte from a cryptographic source; five bits of each are used. */
export function randomSymbols(randomBytes: Uint8Array): string {
  return Array.from(randomBytes, (byte) => SYMBOLS[byte & 31]).join('');
}

/** Symbols in groups of four, as people read them out: `K7QM3XD9` becomes `K7QM-3XD9`. */
export function grouped(symbols: string): string {
  const groups: string[] = [];
  for (let at = 0; at < symbols.length; at += GROUP_SYMBOL_COUNT)
    groups.push(symbols.slice(at, at + GROUP_SYMBOL_COUNT));
  return groups.join('-');
}

/**
 * The symbols of a receipt however it was typed: any case, with or without hyphens and spaces, O for 0, I or L for 1.
 * What is no receipt comes back as something that is none, to be looked up and not found like any other.
 */
export function receiptSymbols(written: string): string {
  return written
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/**
 * The handles of a receipt: HMAC-SHA-256, keyed with its 20 symbols in ASCII, of `full-circle receipt v1 ratings` and so on,
 * as base64url without padding (43 characters each).
 */
export async function deriveHandles(receipt: string): Promise<ReceiptHandles> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    'raw',
    // Nothing is no receipt either, and no key.
    encoder.encode(receiptSymbols(receipt) || '-'),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const derive = async (part: string) =>
    base64url(
      await crypto.subtle.sign('HMAC', key, encoder.encode(`full-circle receipt v1 ${part}`)),
    );
  const [ratings, texts, equality] = await Promise.all([
    derive('ratings'),
    derive('texts'),
    derive('equality'),
  ]);
  return { ratings, texts, equality };
}

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
