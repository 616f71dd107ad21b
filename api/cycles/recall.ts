import { type CycleRow, readCycle, timesOf } from '../../db/queries/cycles.ts';
import { isChangeable, phaseAt } from '../../domain/cycle.ts';
import { indexCycle } from '../../domain/submission.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import type { KnownCycle } from './known-cycle.ts';

/**
 * A cycle as the database has it now, if whoever asks may see it.
 *
 * @returns null where there is none
 */
export async function freshCycle(
  service: Service,
  session: Session,
  id: string,
): Promise<KnownCycle | null> {
  const [row] = await session.run(readCycle(session.db, id));
  if (row !== undefined) return remember(service, row);
  service.cycles.delete(id);
  return null;
}

/** Keeps a cycle in memory. Whoever writes on the strength of it names its version, and reads afresh when that is refused. */
export function remember(service: Service, row: CycleRow): KnownCycle {
  const { cycle, standardSet, aboutThisEvaluation } = row;
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
      aboutThisEvaluation,
    }),
  };
  service.cycles.set(cycle.id, known);
  return known;
}
