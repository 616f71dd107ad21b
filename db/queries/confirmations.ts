import { sql } from 'drizzle-orm';
import type { ConfirmationCount } from '../../domain/disclosure/confirmations.ts';
import type { Policy, ResultRow } from '../../domain/disclosure/publish.ts';
import type { ConfirmationAnswer, Perspective } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import { shownConfirmations } from '../schema/index.ts';

/** What is known of a record's confirmations once one more was counted. */
export type Confirmed =
  | { is_withdrawn: true }
  | {
      is_withdrawn: false;
      /** So many have come since what is shown was made that it may be made anew. */
      is_due: boolean;
      people: number;
      counts: ConfirmationCount[];
      /** What is shown; null while nothing is. */
      shown: ResultRow[] | null;
      threshold: number;
      round_to: number;
      /** Those that the record's cycle asks. */
      perspectives: string[];
    };

/**
 * Counts somebody's answer, if the record is published. One row; none where there is no such record.
 *
 * @param perspective null where it was not said
 * @param byDefault for a record without a cycle
 */
export function confirm(
  db: Db,
  recordId: string,
  { perspective, answer }: { perspective: Perspective | 'not_said'; answer: ConfirmationAnswer },
  byDefault: Policy & { perspectives: readonly Perspective[] },
) {
  return db.execute<Confirmed>(sql`
    select * from confirm(${recordId}::uuid, ${perspective}, ${answer}, ${byDefault.threshold}::integer,
      ${byDefault.roundTo}::integer, ${sql.param([...byDefault.perspectives])}::text[])`);
}

/**
 * Waits for others who confirm the same record or show its confirmations, to the end of the batch: a key that `confirm`
 * takes too.
 */
export function lockConfirmations(db: Db, recordId: string) {
  return db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('confirm ' || ${recordId}::text, 0))`,
  );
}

/**
 * Shows what was made of so many confirmations, in the batch of `lockConfirmations`. Not if what is shown is another than
 * it was made from: two who counted at once would otherwise show two tables that differ by one person.
 *
 * @param before what was shown when it was made
 */
export function showConfirmations(
  db: Db,
  recordId: string,
  people: number,
  rows: readonly ResultRow[],
  before: readonly ResultRow[] | null,
) {
  return db.execute(sql`
    select show_confirmations(${recordId}::uuid, ${people}::integer, ${JSON.stringify(rows)}::jsonb)
    where (select shown.rows from ${shownConfirmations} as shown where shown.record_id = ${recordId}::uuid)
      is not distinct from ${before === null ? null : JSON.stringify(before)}::jsonb`);
}

/** What is shown of a record's confirmations: a row, or none while nothing is. */
export function readShownConfirmations(db: Db, recordId: string) {
  return db.execute<{ rows: ResultRow[] }>(
    sql`select rows from ${shownConfirmations} where record_id = ${recordId}::uuid`,
  );
}
