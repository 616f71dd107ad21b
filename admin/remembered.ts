import { getCycle } from '../api/cycles/contract.ts';
import { Recent } from '../api/http/recent.ts';
import { listEnquiryCategories } from '../api/vocabularies/contract.ts';
import type { Visit } from './page.tsx';

/*
 * What anybody may read and what stays as it is, in the memory of this Worker instance, as a cache of HTTP would keep it: pages
 * need it for their words, and it saves them a call.
 */

interface Kept<Value> {
  value: Value;
  until: number;
}

/** What a theme can be about. */
export interface Category {
  code: string;
  title: string;
  description: string;
}

/** What pages about a cycle call it and its standards. */
export interface CycleWords {
  id: string;
  title: string;
  standards: readonly { code: string; title: string }[];
}

let categories: Kept<readonly Category[]> | undefined;
const cycles = new Recent<Kept<CycleWords>>(100);

/** A cycle is not changed any more once it has opened, but for what nobody reads here. */
const CYCLE_MS = 300_000;

/** The current vocabulary, in its order; kept as long as its operation lets anybody keep it. */
export async function readCategories({ api, now }: Visit): Promise<readonly Category[]> {
  if (categories !== undefined && categories.until > now.getTime()) return categories.value;
  const { body } = await api.call(listEnquiryCategories, { query: {} });
  const { maxAgeSeconds } = listEnquiryCategories.cache;
  categories = { value: body.items, until: now.getTime() + maxAgeSeconds * 1000 };
  return body.items;
}

/** @throws ApiProblem 404 for a cycle that is not there */
export async function readCycleWords({ api, now }: Visit, cycleId: string): Promise<CycleWords> {
  const kept = cycles.get(cycleId);
  if (kept !== undefined && kept.until > now.getTime()) return kept.value;
  const { body } = await api.call(getCycle, { params: { cycleId } });
  const { id, title, phase } = body;
  const standards = body.standardSet.standards.map((standard) => ({
    code: standard.code,
    title: standard.title,
  }));
  const value = { id, title, standards };
  // A draft is for its own organisation only, and what is scheduled still changes.
  if (phase !== 'draft' && phase !== 'scheduled')
    cycles.set(id, { value, until: now.getTime() + CYCLE_MS });
  return value;
}
