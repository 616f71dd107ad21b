import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';

/** Answers if the database does. */
export function ping(db: Db) {
  return db.execute(sql`select 1`);
}
