import type * as z from 'zod';
import type { CycleRow } from '../../db/queries/cycles.ts';
import { type CountedRow, toCounted } from '../../db/queries/releases.ts';
import { type Outcome, publish, type ResultRow } from '../../domain/disclosure/publish.ts';
import { changesOf, type EarlierResults, gapsOf } from '../../domain/disclosure/reading.ts';
import { sha256Hex } from '../http/digest.ts';
import { isoTime } from '../shapes.ts';
import { Results } from './shapes.ts';

/** What of a published body is read again. */
type ResultsBody = z.output<typeof Results>;

export function readBody(body: string): ResultsBody {
  return JSON.parse(body) as ResultsBody;
}

/** The rows of a release by the rules of disclosure. @param before the body of the release before; null for the first */
export function rowsOf(
  { cycle, standardSet }: CycleRow,
  counted: readonly CountedRow[],
  before: string | null,
): Outcome {
  const standards = standardSet.standards.map(({ code }) => code);
  const shape = {
    organisations: cycle.organisations,
    services: cycle.services,
    perspectives: cycle.perspectives,
    standards,
    scale: standardSet.scale,
  };
  const policy = { threshold: cycle.threshold, roundTo: cycle.roundTo };
  const earlier = before === null ? null : readBody(before).results;
  return publish(shape, toCounted(counted, standards), policy, earlier);
}

/** The body of a release as it is kept and sent, byte for byte, with its digest. */
export async function bodyOf(
  { cycle, standardSet }: CycleRow,
  rows: readonly ResultRow[],
  earlier: readonly EarlierResults[],
  release: { number: number; releasedAt: Date; codeVersion: string },
): Promise<{ body: string; sha256: string }> {
  const { min, max } = standardSet.scale;
  const results = Results.omit({ sha256: true }).parse({
    cycleId: cycle.id,
    release: release.number,
    releasedAt: isoTime(release.releasedAt),
    codeVersion: release.codeVersion,
    disclosurePolicy: { threshold: cycle.threshold, roundTo: cycle.roundTo },
    standardSet: { id: cycle.standardSetId, version: cycle.standardSetVersion },
    scale: { min, max },
    results: rows,
    gaps: gapsOf(rows, cycle.perspectives),
    changes: changesOf(rows, earlier),
  });
  const sha256 = await sha256Hex(JSON.stringify(results));
  const { cycleId, release: number, releasedAt, ...rest } = results;
  return {
    body: JSON.stringify({ cycleId, release: number, releasedAt, sha256, ...rest }),
    sha256,
  };
}
