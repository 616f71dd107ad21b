import type { ReceiptHashes } from '../../db/queries/receipts.ts';
import { MAX_QUESTION_COUNT } from '../../domain/cycle.ts';
import type { ReceiptHandles } from '../../domain/receipt.ts';
import { hexadecimal } from '../http/digest.ts';
import type { Pepper } from '../http/pepper.ts';

/*
 * What the database keeps of a receipt: keyed hashes of its handles, one for each part, so that no two parts have
 * anything in common and only the holder of the receipt can find them all. Each text has a hash of its own, by its
 * question's position.
 */

/** The hashes by which the parts of a submission are found. @param positions of the questions whose texts are meant */
export async function hashHandles(
  pepper: Pepper,
  { ratings, texts, equality }: ReceiptHandles,
  positions: Iterable<number>,
): Promise<ReceiptHashes> {
  const hash = async (purpose: string, parts: string[]) =>
    `\\x${hexadecimal(await pepper.digest(purpose, parts))}`;
  const [rating, equalityHash, ...textHashes] = await Promise.all([
    hash('receipt-ratings', [ratings]),
    hash('receipt-equality', [equality]),
    ...Array.from(positions, (position) => hash('receipt-text', [texts, String(position)])),
  ]);
  return { rating, texts: textHashes, equality: equalityHash };
}

/** The hashes of every part that a receipt can stand for, whichever questions its cycle has. */
export function hashEveryHandle(pepper: Pepper, handles: ReceiptHandles): Promise<ReceiptHashes> {
  return hashHandles(pepper, handles, Array(MAX_QUESTION_COUNT).keys());
}

/** The hash by which it is known that a receipt made by a submitter was used: it joins with no part. */
export async function hashOfUse(pepper: Pepper, { ratings }: ReceiptHandles): Promise<string> {
  return `\\x${hexadecimal(await pepper.digest('receipt-used', [ratings]))}`;
}
