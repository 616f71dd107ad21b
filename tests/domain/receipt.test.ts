import { createHmac, getRandomValues } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deriveHandles,
  makeReceipt,
  RECEIPT_SYMBOL_COUNT,
  receiptSymbols,
} from '../../domain/receipt.ts';

const SYMBOLS = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];

const randomBytes = () => getRandomValues(new Uint8Array(RECEIPT_SYMBOL_COUNT));
const anyBytes = fc.uint8Array({
  minLength: RECEIPT_SYMBOL_COUNT,
  maxLength: RECEIPT_SYMBOL_COUNT,
});
const anyReceipt = anyBytes.map(makeReceipt);

describe('a receipt', () => {
  it('is five groups of four symbols of Crockford base32, which has no I, L, O and U', () => {
    fc.assert(
      fc.property(anyReceipt, (receipt) => {
        expect(receipt).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
      }),
    );
  });

  it('has 100 bits: five of each of 20 random bytes, and every value of them', () => {
    expect(RECEIPT_SYMBOL_COUNT).toBe(20);
    for (let place = 0; place < RECEIPT_SYMBOL_COUNT; place += 1) {
      const counts = new Map<string, number>();
      for (let value = 0; value < 256; value += 1) {
        const bytes = new Uint8Array(RECEIPT_SYMBOL_COUNT);
        bytes[place] = value;
        const symbols = [...makeReceipt(bytes).replaceAll('-', '')];
        const symbol = symbols[place] ?? '';
        // No byte has a say in the symbol of another.
        expect(symbols.toSpliced(place, 1).join('')).toBe('0'.repeat(RECEIPT_SYMBOL_COUNT - 1));
        counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      }
      expect(Object.fromEntries(counts)).toEqual(
        Object.fromEntries(SYMBOLS.map((symbol) => [symbol, 8])),
      );
    }
  });

  it('of a cryptographic source has every symbol equally often at every place', () => {
    const receipts = Array.from({ length: 6400 }, () => makeReceipt(randomBytes()));
    for (let place = 0; place < RECEIPT_SYMBOL_COUNT; place += 1) {
      const counts = new Map(SYMBOLS.map((symbol) => [symbol, 0]));
      for (const receipt of receipts) {
        const symbol = receipt.replaceAll('-', '')[place] ?? '';
        counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      }
      const expected = receipts.length / SYMBOLS.length;
      const chiSquare = [...counts.values()].reduce(
        (sum, count) => sum + (count - expected) ** 2 / expected,
        0,
      );
      // 31 degrees of freedom: above 105 once in a billion.
      expect(chiSquare, `at place ${place}`).toBeLessThan(105);
    }
    expect(new Set(receipts).size).toBe(receipts.length);
  });
});

describe('what is typed', () => {
  /** Ways to write each symbol that mean the same. */
  const written = (symbol: string): string[] => {
    const same = [symbol, symbol.toLowerCase()];
    if (symbol === '0') same.push('O', 'o');
    if (symbol === '1') same.push('I', 'i', 'L', 'l');
    return same;
  };
  const between = fc.constantFrom('', '', '', '-', ' ', ' - ', '\t', '\n', '\u00a0');

  it('means the same in any case, with or without hyphens and spaces, with O for 0 and I or L for 1', async () => {
    const typed = anyReceipt.chain((receipt) => {
      const symbols = [...receipt.replaceAll('-', '')];
      const parts = symbols.map((symbol) =>
        fc.tuple(between, fc.constantFrom(...written(symbol))).map((pair) => pair.join('')),
      );
      return fc
        .tuple(fc.constant(receipt), fc.tuple(...parts), between)
        .map(([receipt, pieces, end]) => [receipt, pieces.join('') + end] as const);
    });
    await fc.assert(
      fc.asyncProperty(typed, async ([receipt, text]) => {
        expect(receiptSymbols(text)).toBe(receipt.replaceAll('-', ''));
        expect(await deriveHandles(text)).toEqual(await deriveHandles(receipt));
      }),
    );
  });

  it('means something else with any one symbol changed', () => {
    const receipt = makeReceipt(randomBytes()).replaceAll('-', '');
    const others = new Set<string>();
    for (let place = 0; place < receipt.length; place += 1)
      for (const symbol of SYMBOLS)
        others.add(receiptSymbols(receipt.slice(0, place) + symbol + receipt.slice(place + 1)));
    expect(others.size).toBe(RECEIPT_SYMBOL_COUNT * 31 + 1);
  });

  it('may be anything at all, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 100 }), async (text) => {
        const handles = await deriveHandles(text);
        expect(Object.keys(handles)).toEqual(['ratings', 'texts', 'equality']);
      }),
      { examples: [[''], ['-'], ['  \n'], ['\u0000'], ['\ud83d'], ['ı'], ['ß']] },
    );
  });
});

/** The rule as it is published, made by another library. */
function independent(symbols: string, part: string): string {
  return createHmac('sha256', Buffer.from(symbols, 'ascii'))
    .update(`full-circle receipt v1 ${part}`, 'utf8')
    .digest('base64url');
}

describe('the handles of a receipt', () => {
  // Published: a client in another language is right when it makes these.
  it.each([
    [
      '7K2M-9QXD-4RTB-0HVE-P3WN',
      {
        ratings: 'ZYTnIpyYInqVIXo8uXU3AIzIPo9LZrds34PM1wmQOB8',
        texts: '4gkwe4hLJUFWFjv_BmrzmVZhnqapA59kPZDKPNasZ5Y',
        equality: 'ZJt0ThmpqQJ0Xq_ZWllraKPe7e8zfIHx0RXn8YZykZI',
      },
    ],
    [
      '0000-0000-0000-0000-0000',
      {
        ratings: 'dOK9enZsc_IGSoL5Da8zeecrjJiWdroq_iC7nemsxE0',
        texts: 'e8Icezs165nJDLLumxNEvAnl0uGStGcTH3qlYo5JTnk',
        equality: 'yTsOYyBwEuWEfx2R2ZaKXXllph46QjR_nCDrwDhL-nw',
      },
    ],
  ])('are those of the test vectors: %s', async (receipt, vector) => {
    expect(await deriveHandles(receipt)).toEqual(vector);
  });

  it('are HMAC-SHA-256 keyed with its symbols, as base64url', async () => {
    await fc.assert(
      fc.asyncProperty(anyReceipt, async (receipt) => {
        const symbols = receipt.replaceAll('-', '');
        expect(await deriveHandles(receipt)).toEqual({
          ratings: independent(symbols, 'ratings'),
          texts: independent(symbols, 'texts'),
          equality: independent(symbols, 'equality'),
        });
      }),
    );
  });

  it('are each another for each part and each receipt', async () => {
    const receipts = Array.from({ length: 200 }, () => makeReceipt(randomBytes()));
    const handles = await Promise.all(receipts.map(deriveHandles));
    const all = handles.flatMap(({ ratings, texts, equality }) => [ratings, texts, equality]);
    expect(new Set(all).size).toBe(600);
    for (const handle of all) expect(handle).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
