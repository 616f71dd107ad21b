import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';

export interface ParticipationRow extends Record<string, unknown> {
  organisation: string;
  perspective: string;
  people: number;
  /** Weeks in which that grew, by their Mondays, the first one first. */
  weeks: { week: string; count: number }[];
}

/** How many have given ratings by organisation and perspective, rounded down; no row for a group that is too small to tell. */
export function countParticipation(db: Db, cycleId: string) {
  return db.execute<ParticipationRow>(sql`
    select * from count_participation(${cycleId}::uuid)`);
}
