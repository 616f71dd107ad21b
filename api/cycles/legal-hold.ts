import { holdCycle, readCycle } from '../../db/queries/cycles.ts';
import { requireOrganisations } from '../http/organisations.ts';
import type { Principal } from '../http/principal.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import type { KnownCycle } from './known-cycle.ts';
import { remember } from './recall.ts';
import { notFound } from './save.ts';

/**
 * Sets or ends the legal hold of a cycle of the caller's organisations.
 *
 * @param hold null ends it
 */
export async function changeLegalHold(
  service: Service,
  session: Session,
  principal: Principal,
  cycleId: string,
  hold: { since: Date; reason: string } | null,
): Promise<KnownCycle> {
  const [, [row]] = await session.batch([
    holdCycle(session.db, cycleId, hold),
    readCycle(session.db, cycleId),
  ]);
  if (row === undefined) throw notFound();
  requireOrganisations(principal, row.cycle.organisations);
  return remember(service, row);
}
