import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';

/** How many have given ratings by organisation and perspective, rounded down; no row for a group that is too small to tell. */
export function countParticipation(db: Db, cycleId: string) {
  return db.execute<{ organisation: string; perspective: string; people: number }>(sql`
    select * from count_participation(${cycleId}::uuid)`);
}
