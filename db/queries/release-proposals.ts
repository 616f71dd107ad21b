import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { releaseProposals, releases } from '../schema/index.ts';
import type { ReleaseValues } from './releases.ts';

export type ProposalRow = typeof releaseProposals.$inferSelect;

/** Stores an open proposal, unless another of its cycle is open. Only of what a role may write: it cannot be born released. */
export function insertProposal(db: Db, values: Omit<ProposalRow, 'withdrawnAt' | 'releasedAt'>) {
  const { id, cycleId, number, threshold, roundTo, shown, hidden, sha256, proposedBy } = values;
  return db.execute(sql`
    insert into release_proposals
      (id, cycle_id, number, threshold, round_to, shown, hidden, sha256, proposed_by, proposed_at)
    values (${id}, ${cycleId}, ${number}, ${threshold}, ${roundTo}, ${shown}, ${hidden}, ${sha256}, ${proposedBy},
      ${values.proposedAt.toISOString()})
    on conflict do nothing`);
}

/** Every proposal of a cycle, the last one first. Row-level policies leave those of whoever may release the cycle. */
export function listProposals(db: Db, cycleId: string) {
  return db
    .select()
    .from(releaseProposals)
    .where(eq(releaseProposals.cycleId, cycleId))
    .orderBy(desc(releaseProposals.proposedAt), desc(releaseProposals.id));
}

/** A proposal of a cycle, with the body of the release that was made of it (null: none). */
export function readProposal(db: Db, cycleId: string, id: string) {
  return db
    .select({ proposal: releaseProposals, body: releases.body })
    .from(releaseProposals)
    .leftJoin(
      releases,
      and(
        eq(releases.cycleId, releaseProposals.cycleId),
        eq(releases.number, releaseProposals.number),
        sql`${releaseProposals.releasedAt} is not null`,
      ),
    )
    .where(and(eq(releaseProposals.id, id), eq(releaseProposals.cycleId, cycleId)));
}

/** Withdraws a proposal that is open. */
export function withdrawProposal(db: Db, cycleId: string, id: string, now: Date) {
  return db
    .update(releaseProposals)
    .set({ withdrawnAt: now })
    .where(
      and(
        eq(releaseProposals.id, id),
        eq(releaseProposals.cycleId, cycleId),
        isNull(releaseProposals.withdrawnAt),
        isNull(releaseProposals.releasedAt),
      ),
    );
}

/**
 * Stores the release that was proposed and uses up its proposal, in one statement: either both or neither. Nothing is
 * done if the proposal is not open any more, was made by whoever releases, or speaks of other numbers.
 */
export function insertProposedRelease(
  db: Db,
  values: ReleaseValues,
  proposal: { id: string; sha256: string },
) {
  const { cycleId, number, releasedAt, body, sha256, threshold, roundTo, codeVersion, releasedBy } =
    values;
  const moment = releasedAt.toISOString();
  return db.execute(sql`
    with open as (
      select id, cycle_id, number from release_proposals
      where id = ${proposal.id}::uuid and cycle_id = ${cycleId}::uuid and number = ${number}::integer
        and sha256 = ${proposal.sha256} and proposed_by <> ${releasedBy}
        and withdrawn_at is null and released_at is null
      for update
    ), made as (
      insert into releases (cycle_id, number, released_at, body, sha256, threshold, round_to, code_version, released_by)
      select cycle_id, number, ${moment}::timestamptz, ${body}, ${sha256}, ${threshold}::integer, ${roundTo}::integer,
        ${codeVersion}, ${releasedBy}
      from open
      on conflict do nothing
      returning cycle_id, number
    )
    update release_proposals set released_at = ${moment}::timestamptz
    from open join made using (cycle_id, number)
    where release_proposals.id = open.id`);
}
