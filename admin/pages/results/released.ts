import type * as z from 'zod';
import { getCycle } from '../../../api/cycles/contract.ts';
import type { Cycle } from '../../../api/cycles/shapes.ts';
import { getResults } from '../../../api/releases/contract.ts';
import type { Results } from '../../../api/releases/shapes.ts';
import { staffRoles } from '../../../domain/vocabulary.ts';
import { ApiProblem } from '../../api-client.ts';
import { NotFound, type Page, type Person, page, type View, type Visit } from '../../page.tsx';
import { notReleased } from './not-released.tsx';

export type CycleBody = z.output<typeof Cycle>;
export type ResultsBody = z.output<typeof Results>;
export type ResultRow = ResultsBody['results'][number];

/** Every organisation of a cycle together, as rows of results name it; also everybody, as they name perspectives. */
export const ALL = 'all';

/** Whose numbers a page shows. */
export interface Shown {
  /** ODS code, or `all`. */
  organisation: string;
  /** Null for the organisation as a whole. */
  service: string | null;
}

/** A release with its cycle, as the pages of results work with it. */
export interface Released {
  visit: Visit;
  cycle: CycleBody;
  results: ResultsBody;
  shown: Shown;
}

/**
 * Declares a page about a release of the cycle of its path: the latest, or the one that `?release=` names. Results are public,
 * so every role may look; who asks is checked when the cycle is read.
 */
export function resultsPage(
  path: string,
  show: (released: Released) => View | Promise<View>,
): Page {
  return page(path, staffRoles, async (visit) => {
    const [{ body: cycle }, results] = await Promise.all([
      visit.api.call(getCycle, { params: { cycleId: visit.params.cycleId ?? '' } }),
      readResults(visit),
    ]);
    if (results !== null) return show({ visit, cycle, results, shown: shownOf(visit, cycle) });
    if (releaseOf(visit) !== undefined) throw new NotFound();
    return notReleased(cycle);
  });
}

/** @returns null where there is no such release */
async function readResults(visit: Visit): Promise<ResultsBody | null> {
  const params = { cycleId: visit.params.cycleId ?? '' };
  try {
    const { body } = await visit.api.call(getResults, {
      params,
      query: { release: releaseOf(visit) },
    });
    return body;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/** The number of the release that is asked for; undefined for the latest. */
function releaseOf({ query }: Visit): string | undefined {
  return query.get('release') ?? undefined;
}

/** Whose numbers are asked for: if nobody's, those of one's own organisation where it took part. */
function shownOf({ person, query }: Visit, { organisations, services }: CycleBody): Shown {
  const [only] = organisations;
  const own = organisationsOf(person).find((code) => organisations.includes(code));
  const usual = organisations.length === 1 ? only : own;
  const organisation = query.get('organisation') ?? usual ?? ALL;
  const service = query.get('service');
  const isThere =
    organisations.includes(organisation) || (organisation === ALL && organisations.length > 1);
  const isService = services.some(
    ({ odsCode, code }) => odsCode === organisation && code === service,
  );
  if (!isThere || (service !== null && !isService)) throw new NotFound();
  return { organisation, service };
}

/** ODS codes of the organisations in which somebody has any role, in order. */
export function organisationsOf(person: Person): string[] {
  return [...new Set(staffRoles.flatMap((role) => person.organisationsAs(role)))].sort();
}

/**
 * A page of the same release about the same people, or about what `changes` says instead; null leaves a part out.
 *
 * @param path below that of the release, such as `/equality`
 */
export function hrefOf(
  { visit, cycle }: Released,
  path: string,
  changes: Readonly<Record<string, string | null>> = {},
): string {
  const query = new URLSearchParams();
  for (const name of ['release', 'organisation', 'service']) {
    const value = name in changes ? changes[name] : visit.query.get(name);
    if (value !== null && value !== undefined) query.set(name, value);
  }
  const search = query.size === 0 ? '' : `?${query}`;
  return `/console/results/${cycle.id}${path}${search}`;
}

/** What an organisation of a cycle is called. */
export function organisationName({ organisationNames }: CycleBody, code: string): string {
  if (code === ALL) return 'Every organisation together';
  return organisationNames.find(({ odsCode }) => odsCode === code)?.name ?? code;
}

/** Whose numbers these are, in words. */
export function shownWords({ cycle, shown }: Released): string {
  const name = organisationName(cycle, shown.organisation);
  const service = cycle.services.find(
    ({ odsCode, code }) => odsCode === shown.organisation && code === shown.service,
  );
  return service === undefined ? name : `${service.name}, ${name}`;
}
