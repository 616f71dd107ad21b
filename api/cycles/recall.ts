import { type CycleRow, readCycle, timesOf } from '../../db/queries/cycles.ts';
import { isChangeable, phaseAt } from '../../domain/cycle.ts';
import { indexCycle } from '../../domain/submission.ts';
import { asClient } from '../http/as-client.ts';
import type { Principal } from '../http/principal.ts';
import type { Service } from '../service.ts';
import type { KnownCycle } from './known-cycle.ts';

/**
 * A cycle as the database has it now, for a client that must still be registered, or for the public (null).
 *
 * @returns null where there is none
 */
export async function freshCycle(
  service: Service,
  id: string,
  principal: Principal | null,
): Promise<KnownCycle | null> {
  const [row] = await asClient(service, principal, readCycle(service.db, id));
  if (row !== undefined) return remember(service, row);
  service.cycles.delete(id);
  return null;
}

/** Keeps a cycle in memory. Whoever writes on the strength of it names its version, and reads afresh when that is refused. */
export function remember(service: Service, row: CycleRow): KnownCycle {
  const { cycle, standardSet } = row;
  const times = timesOf(row);
  const known: KnownCycle = {
    row,
    version: cycle.version,
    times,
    isFrozen: !isChangeable(phaseAt(times, service.now())),
    index: indexCycle({
      organisations: cycle.organisations,
      perspectives: cycle.perspectives,
      questions: cycle.questions,
      services: cycle.services,
      channels: cycle.channels,
      scale: standardSet.scale,
      standards: standardSet.standards,
    }),
  };
  service.cycles.set(cycle.id, known);
  return known;
}
