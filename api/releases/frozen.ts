import { type ReleaseRow, readRelease } from '../../db/queries/releases.ts';
import { toCsv } from '../../domain/disclosure/csv.ts';
import type { FrozenReply } from '../http/contract.ts';
import { strongEtag } from '../http/etag.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import { readBody } from './make.ts';

/** A release in the memory of this instance: it never changes, so that a second reader costs no call to the database. */
export interface FrozenRelease {
  number: number;
  json: FrozenText;
  csv: FrozenText;
}

type FrozenText = Pick<FrozenReply, 'text' | 'mediaType' | 'etag'>;

/** How long which release is the latest is taken for true. */
const LATEST_MS = 60_000;

/**
 * A release of a cycle, from memory or from the database.
 *
 * @param number undefined for the latest
 * @returns null where there is none
 */
export async function frozenRelease(
  service: Service,
  session: Session,
  cycleId: string,
  number: number | undefined,
): Promise<FrozenRelease | null> {
  const now = service.now().getTime();
  const latest = service.latestReleases.get(cycleId);
  const wanted = number ?? (latest !== undefined && now < latest.until ? latest.number : undefined);
  const kept = wanted === undefined ? undefined : service.releases.get(keyOf(cycleId, wanted));
  if (kept !== undefined) return kept;
  const [row] = await session.run(readRelease(session.db, cycleId, number));
  if (row === undefined) return null;
  if (number === undefined)
    service.latestReleases.set(cycleId, { number: row.number, until: now + LATEST_MS });
  return keep(service, row);
}

/** Keeps a release that was just read or made. */
export async function keep(
  service: Service,
  { cycleId, number, body }: Pick<ReleaseRow, 'cycleId' | 'number'> & { body: string },
): Promise<FrozenRelease> {
  const { results, scale } = readBody(body);
  const csv = toCsv(results, scale);
  const frozen = {
    number,
    json: { text: body, mediaType: 'application/json', etag: await strongEtag(body) },
    csv: {
      text: csv,
      mediaType: 'text/csv; charset=utf-8; header=present',
      etag: await strongEtag(csv),
    },
  };
  service.releases.set(keyOf(cycleId, number), frozen);
  return frozen;
}

function keyOf(cycleId: string, number: number): string {
  return `${cycleId}/${number}`;
}
