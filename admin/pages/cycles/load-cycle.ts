import type * as z from 'zod';
import { type changeCycle, getCycle } from '../../../api/cycles/contract.ts';
import type { StaffRole } from '../../../domain/staff-role.ts';
import { ApiProblem } from '../../api-client.ts';
import type { Person, Visit } from '../../page.tsx';

/** A cycle as the API shows it. */
export type Cycle = z.output<(typeof getCycle.replies)[200]['schema']>;

/** What of a cycle is changed, as the API takes it. */
export type CycleChange = z.input<typeof changeCycle.body.schema>;

export interface LoadedCycle {
  cycle: Cycle;
  /** For a change; null for whoever cannot make one. */
  version: number | null;
  /** As its API does, the console lets only those run a cycle who are administrators in each of its organisations. */
  canManage: boolean;
  /** Publishers of each of its organisations. */
  canRelease: boolean;
}

/** The cycle that the path names. @throws ApiProblem 404 where there is none that this person may see */
export async function loadCycle({ api, params, person }: Visit): Promise<LoadedCycle> {
  const { body, version } = await api.call(getCycle, { params: { cycleId: params.cycleId ?? '' } });
  return {
    cycle: body,
    version,
    canManage: isEverywhere(person, 'administrator', body),
    canRelease: isEverywhere(person, 'publisher', body),
  };
}

/** The same for whoever runs it. @throws ApiProblem 403 for everybody else */
export async function loadManaged(visit: Visit): Promise<LoadedCycle> {
  const loaded = await loadCycle(visit);
  if (!loaded.canManage) throw notAllowed();
  return loaded;
}

/** The same for whoever may release it. @throws ApiProblem 403 for everybody else */
export async function loadReleasable(visit: Visit): Promise<LoadedCycle> {
  const loaded = await loadCycle(visit);
  if (!loaded.canRelease) throw notAllowed();
  return loaded;
}

/** Whether somebody holds a role in each organisation of a cycle. */
function isEverywhere(person: Person, role: StaffRole, { organisations }: Cycle): boolean {
  const own = person.organisationsAs(role);
  return organisations.every((odsCode) => own.includes(odsCode));
}

function notAllowed(): ApiProblem {
  return new ApiProblem(403, { code: 'forbidden' });
}

/** Where the pages of a cycle are. */
export function hrefOf({ id }: Pick<Cycle, 'id'>, part = ''): string {
  return `/console/cycles/${id}${part && `/${part}`}`;
}

/** Whether all of it can still be changed, since nobody has been asked yet. */
export function isChangeable({ phase }: Pick<Cycle, 'phase'>): boolean {
  return phase === 'draft' || phase === 'scheduled';
}
