import { type CycleRow, readCycle, timesOf } from '../../db/queries/cycles.ts';
import { type CycleTimes, isChangeable, phaseAt } from '../../domain/cycle.ts';
import { type CycleIndex, indexCycle } from '../../domain/submission.ts';
import type { Service } from '../service.ts';

/** A cycle as it stood at one version, with what the checks of submissions need. */
export interface KnownCycle {
  row: CycleRow;
  version: number;
  times: CycleTimes;
  /** It had opened when it was read: what respondents were promised cannot have changed since. */
  isFrozen: boolean;
  index: CycleIndex;
}

/**
 * A cycle from memory, or from the database when it is not remembered. What is remembered may have been
 * changed since: whoever writes names the version that it worked on, and reads afresh when that is refused.
 */
export async function knownCycle(service: Service, id: string): Promise<KnownCycle | null> {
  return service.cycles.get(id) ?? (await freshCycle(service, id));
}

/** A cycle as the database has it now; null where there is none. */
export async function freshCycle(service: Service, id: string): Promise<KnownCycle | null> {
  const [row] = await readCycle(service.db, id);
  if (row !== undefined) return remember(service, row);
  service.cycles.delete(id);
  return null;
}

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
