import type { CycleRow } from '../../db/queries/cycles.ts';
import type { CycleTimes } from '../../domain/cycle.ts';
import type { CycleIndex } from '../../domain/submission.ts';

/** A cycle as it stood at one version, with what the checks of submissions need. */
export interface KnownCycle {
  row: CycleRow;
  version: number;
  times: CycleTimes;
  /** It had opened when it was read: what respondents were promised cannot have changed since. */
  isFrozen: boolean;
  index: CycleIndex;
}
