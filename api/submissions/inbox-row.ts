import type { InboxReceipts, InboxRow } from '../../db/queries/inbox.ts';
import {
  deriveHandles,
  makeReceipt,
  RECEIPT_SYMBOL_COUNT,
  type ReceiptHandles,
} from '../../domain/receipt.ts';
import { type ScreenedAnswers, screenAnswers } from '../../domain/screening/answers.ts';
import type { InboxEntry } from '../../domain/submission.ts';
import type { Pepper } from '../http/pepper.ts';
import { hashHandles, hashOfUse } from '../receipts/hashes.ts';

/** A submission that may be stored: what was taken out of its texts is told, and is nowhere any more. */
export interface Prepared {
  row: InboxRow;
  removed: ScreenedAnswers['removed'];
}

/** The handles by which a submission will be found, and whose receipt they come from. */
export interface Holder {
  handles: ReceiptHandles;
  madeBy: 'submitter' | 'service';
}

/**
 * The receipt of a single submission: one that the submitter made and told only the handles of, or else a new one.
 *
 * @returns the receipt to hand over; null where the submitter has it already
 */
export async function receiptFor(
  ownHandles: ReceiptHandles | undefined,
): Promise<{ receipt: string | null; holder: Holder }> {
  if (ownHandles !== undefined)
    return { receipt: null, holder: { handles: ownHandles, madeBy: 'submitter' } };
  const receipt = makeReceipt(crypto.getRandomValues(new Uint8Array(RECEIPT_SYMBOL_COUNT)));
  return { receipt, holder: { handles: await deriveHandles(receipt), madeBy: 'service' } };
}

/**
 * Screens a submission and hashes the handles of its receipt.
 *
 * @param holder null where nobody has a receipt
 */
export async function prepare(
  entry: InboxEntry,
  holder: Holder | null,
  { pepper, now }: { pepper: Pepper; now: Date },
): Promise<Prepared> {
  const { removed, ...screened } = screenAnswers(entry.answers, now.getUTCFullYear());
  const receipts = holder === null ? null : await hashReceipt(pepper, entry, holder);
  return { row: { ...entry, ...screened, receipts }, removed };
}

async function hashReceipt(
  pepper: Pepper,
  { answers }: InboxEntry,
  { handles, madeBy }: Holder,
): Promise<InboxReceipts> {
  const positions = answers.flatMap((answer, position) => (answer === null ? [] : [position]));
  const [hashes, used] = await Promise.all([
    hashHandles(pepper, handles, positions),
    madeBy === 'submitter' ? hashOfUse(pepper, handles) : null,
  ]);
  const texts: (string | null)[] = answers.map(() => null);
  for (const [index, position] of positions.entries())
    texts[position] = hashes.texts[index] ?? null;
  return { ...hashes, texts, used };
}
