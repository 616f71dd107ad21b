import { createRelease } from '../../../api/releases/contract.ts';
import type { Visit } from '../../page.tsx';
import type { DryRun } from './hiding.tsx';
import { type LoadedCycle, loadReleasable } from './load-cycle.ts';

/**
 * The cycle with what its next release would hide; nothing is published.
 *
 * @throws ApiProblem 403 for whoever may not release it, 409 while it is not closed
 */
export async function loadDryRun(visit: Visit): Promise<LoadedCycle & { dryRun: DryRun }> {
  const [loaded, { body }] = await Promise.all([
    loadReleasable(visit),
    visit.api.call(createRelease, {
      params: { cycleId: visit.params.cycleId ?? '' },
      body: { dryRun: true },
    }),
  ]);
  return { ...loaded, dryRun: body as DryRun };
}
