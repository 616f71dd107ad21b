import type * as z from 'zod';
import type * as versionQueries from '../../db/queries/loop-record-versions.ts';
import type * as queries from '../../db/queries/loop-records.ts';
import { toConfirmations } from '../../domain/disclosure/confirmations.ts';
import type { ResultRow } from '../../domain/disclosure/publish.ts';
import { isContested, isOverdue } from '../../domain/loop.ts';
import { Problem } from '../http/problem.ts';
import { dayOf, isoTime, isoTimeOrNull } from '../shapes.ts';
import type { Confirmations, LoopRecord } from './shapes.ts';

/** Rows of loop records as the contract shows them, and what is answered where there is nothing to show. */

type LoopRecordBody = z.input<typeof LoopRecord>;
type Content = Omit<queries.LoopRecordContent, 'organisation' | 'cycleId'>;

/** What a record says, with every member, whichever version of the service wrote it. */
export function contentOf({ title, youSaid, weDid, difference, lookAgainOn }: Content) {
  return {
    title,
    youSaid: { ...youSaid, themes: youSaid.themes ?? [] },
    weDid,
    difference,
    lookAgainOn,
  };
}

/** @param rows null while nothing is shown */
export function confirmationsOf(rows: readonly ResultRow[] | null) {
  return toConfirmations(rows) as z.input<typeof Confirmations>;
}

/** What a working copy and a publication have in common, as the contract shows it. */
function toBody(
  record: { id: string; version: number; organisation: string; cycleId: string | null },
  content: Content,
  shown: ResultRow[] | null,
  publication: { publishedAt: Date | null; publishedVersion: number | null; updatedAt: Date },
  now: Date,
): LoopRecordBody {
  const { title, youSaid, weDid, difference, lookAgainOn } = contentOf(content);
  const confirmations = confirmationsOf(shown);
  return {
    id: record.id,
    version: record.version,
    organisation: record.organisation,
    cycle: record.cycleId,
    title,
    youSaid,
    weDid: { ...weDid, overdue: isOverdue(weDid, dayOf(now)) },
    difference,
    lookAgainOn,
    confirmations,
    contested: isContested(weDid.status, confirmations),
    publishedAt: isoTimeOrNull(publication.publishedAt),
    publishedVersion: publication.publishedVersion,
    updatedAt: isoTime(publication.updatedAt),
  };
}

/** The version that is published. */
export function published(row: queries.PublishedRow, now: Date): LoopRecordBody {
  const { firstPublishedAt: publishedAt, version: publishedVersion, publishedAt: updatedAt } = row;
  const publication = { publishedAt, publishedVersion, updatedAt };
  return toBody(row, row, row.confirmations, publication, now);
}

/** The working copy, as staff of its organisation see it. */
export function workingCopy(row: queries.WorkingCopyRow, now: Date): LoopRecordBody {
  const { record, firstPublishedAt: publishedAt, confirmations } = row;
  const { publishedVersion, updatedAt } = record;
  return toBody(record, record, confirmations, { publishedAt, publishedVersion, updatedAt }, now);
}

/** A version that was published once. */
export function formerVersion(
  row: versionQueries.VersionRow,
  { firstPublishedAt, version }: versionQueries.Standing,
  now: Date,
): LoopRecordBody {
  const publication = {
    publishedAt: firstPublishedAt,
    publishedVersion: version,
    updatedAt: row.publishedAt,
  };
  return toBody({ ...row, id: row.recordId }, row, row.confirmations, publication, now);
}

/** @throws Problem 404 or 410 where there is nothing to show */
export function requirePublished<Row extends { withdrawnAt: Date | null }>(
  row: Row | undefined,
): Row {
  if (row === undefined) throw notFound();
  if (row.withdrawnAt !== null) throw withdrawn();
  return row;
}

export function notFound(): Problem {
  return new Problem('not-found', 'There is no loop record with this id.');
}

export function withdrawn(): Problem {
  return new Problem('gone', 'This loop record was withdrawn by its organisation.');
}
