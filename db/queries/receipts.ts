import { sql } from 'drizzle-orm';
import type { LoopStatus } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';

/** Keyed hashes by which the parts of a submission are found, each in PostgreSQL's hexadecimal form of bytea. */
export interface ReceiptHashes {
  rating: string;
  texts: string[];
  equality: string;
}

/** How far what a receipt stands for has come. */
export type ReceiptStage = 'received' | 'in_moderation' | 'counted';

function hashesOf({ rating, texts, equality }: ReceiptHashes) {
  return sql`${rating}::bytea, ${sql.param(texts)}::bytea[], ${equality}::bytea`;
}

/** A published loop record that answers what somebody said. Dates are `YYYY-MM-DD`. */
export interface AnsweringRecord {
  id: string;
  title: string;
  status: LoopStatus;
  dueOn: string | null;
  lookAgainOn: string | null;
}

/** One row, without a stage for a receipt that stands for nothing (any more). */
export function readReceipt(db: Db, hashes: ReceiptHashes) {
  return db.execute<{
    stage: ReceiptStage | null;
    look_again_on: string | null;
    is_released: boolean;
    themes: { id: string; title: string }[];
    loop_records: AnsweringRecord[];
  }>(sql`select * from read_receipt(${hashesOf(hashes)})`);
}

/** Deletes every part that a receipt stands for. One row, or none where there was nothing. */
export function withdrawReceipt(db: Db, hashes: ReceiptHashes) {
  return db.execute<{ is_released: boolean }>(
    sql`select * from withdraw_receipt(${hashesOf(hashes)})`,
  );
}
