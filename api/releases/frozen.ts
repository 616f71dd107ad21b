import { type ReleaseRow, readRelease } from '../../db/queries/releases.ts';
import type { FrozenReply } from '../http/contract.ts';
import { strongEtag } from '../http/etag.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import type { PackagedRelease } from './data-package.ts';
import { readBody } from './make.ts';
import { csvTablesOf, type TableName } from './tables.ts';

/** A release in the memory of this instance: it never changes, so that a second reader costs no call to the database. */
export interface FrozenRelease {
  number: number;
  json: FrozenText;
  csv: Partial<Record<TableName, FrozenText>>;
  contents: PackagedRelease;
}

export type FrozenText = Pick<FrozenReply, 'text' | 'mediaType' | 'etag'>;

/** How long which release is the latest is taken for true. */
export const LATEST_SECONDS = 60;
export const YEAR_SECONDS = 31_536_000;

/**
 * A release of a cycle: from memory, from the edge, or from the database.
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
  const wanted = number ?? (await latestOf(service, cycleId));
  if (wanted !== null) {
    const kept = service.releases.get(keyOf(cycleId, wanted));
    if (kept !== undefined) return kept;
    const body = await service.edgeCache.get(keyOf(cycleId, wanted));
    if (body !== null) return remember(service, { cycleId, number: wanted, body });
  }
  const [row] = await session.run(readRelease(session.db, cycleId, number));
  if (row === undefined) return null;
  if (number === undefined) await rememberLatest(service, cycleId, row.number);
  return keep(service, row);
}

/** Keeps a release that was just read or made, here and at the edge. */
export async function keep(
  service: Service,
  release: Pick<ReleaseRow, 'cycleId' | 'number'> & { body: string },
): Promise<FrozenRelease> {
  const { cycleId, number, body } = release;
  await service.edgeCache.put(keyOf(cycleId, number), body, YEAR_SECONDS);
  return remember(service, release);
}

/** A new release is the latest from now on. */
export async function forgetLatest({ latestReleases, edgeCache }: Service, cycleId: string) {
  latestReleases.delete(cycleId);
  await edgeCache.delete(latestKeyOf(cycleId));
}

async function latestOf(service: Service, cycleId: string): Promise<number | null> {
  const latest = service.latestReleases.get(cycleId);
  if (latest !== undefined && service.now().getTime() < latest.until) return latest.number;
  const atEdge = await service.edgeCache.get(latestKeyOf(cycleId));
  return atEdge === null ? null : Number(atEdge);
}

async function rememberLatest(service: Service, cycleId: string, number: number): Promise<void> {
  const until = service.now().getTime() + LATEST_SECONDS * 1000;
  service.latestReleases.set(cycleId, { number, until });
  await service.edgeCache.put(latestKeyOf(cycleId), String(number), LATEST_SECONDS);
}

async function remember(
  { releases }: Service,
  { cycleId, number, body }: Pick<ReleaseRow, 'cycleId' | 'number'> & { body: string },
): Promise<FrozenRelease> {
  const results = readBody(body);
  const tables = csvTablesOf(results);
  const csv: FrozenRelease['csv'] = {};
  for (const { name, csv: text } of tables)
    csv[name] = {
      text,
      mediaType: 'text/csv; charset=utf-8; header=present',
      etag: await strongEtag(text),
    };
  const frozen = {
    number,
    json: { text: body, mediaType: 'application/json', etag: await strongEtag(body) },
    csv,
    contents: {
      cycleId,
      release: number,
      releasedAt: results.releasedAt,
      tables: tables.map(({ name, columns }) => ({ name, columns })),
    },
  };
  releases.set(keyOf(cycleId, number), frozen);
  return frozen;
}

function keyOf(cycleId: string, number: number): string {
  return `releases/${cycleId}/${number}`;
}

function latestKeyOf(cycleId: string): string {
  return `releases/${cycleId}/latest`;
}
