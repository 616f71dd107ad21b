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

/** A new receipt, and the handles that follow from it. */
export async function newReceipt(): Promise<{ receipt: string; handles: ReceiptHandles }> {
  const receipt = makeReceipt(crypto.getRandomValues(new Uint8Array(RECEIPT_SYMBOL_COUNT)));
  return { receipt, handles: await deriveHandles(receipt) };
}

/**
 * Screens a submission and hashes the handles of its receipt.
 *
 * @param holder whose receipt it is found by: one that the submitter made, one that the service made, or none
 */
export async function prepare(
  entry: InboxEntry,
  holder: { handles: ReceiptHandles; madeBy: 'submitter' | 'service' } | null,
  { pepper, now }: { pepper: Pepper; now: Date },
): Promise<Prepared> {
  const { removed, ...screened } = screenAnswers(entry.answers, now.getUTCFullYear());
  const receipts = holder === null ? null : await hashReceipt(pepper, entry, holder);
  return { row: { ...entry, ...screened, receipts }, removed };
}

async function hashReceipt(
  pepper: Pepper,
  { answers }: InboxEntry,
  { handles, madeBy }: { handles: ReceiptHandles; madeBy: 'submitter' | 'service' },
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
