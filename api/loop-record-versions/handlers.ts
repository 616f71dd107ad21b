import type * as z from 'zod';
import * as queries from '../../db/queries/loop-record-versions.ts';
import { changesBetween, type JsonObject } from '../../domain/changes.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { contentOf, formerVersion, requirePublished } from '../loop-records/bodies.ts';
import { isoTime } from '../shapes.ts';
import * as contract from './contract.ts';

export const listLoopRecordVersions = serve(contract.listLoopRecordVersions).with(
  async ({ params: { loopRecordId: id }, session }) => {
    const { db } = session;
    const [[standing], rows] = await session.batch([
      queries.readStanding(db, id),
      queries.listVersions(db, id),
    ]);
    requirePublished(standing);
    const items = rows.map(({ version, publishedAt }) => ({
      version,
      publishedAt: isoTime(publishedAt),
      href: `/v1/loop-records/${id}/versions/${version}`,
    }));
    return { status: 200, body: { items, next: null } };
  },
);

export const getLoopRecordVersion = serve(contract.getLoopRecordVersion).with(
  async ({ params: { loopRecordId: id, version }, session, now }) => {
    const { db } = session;
    const [[standing], [row]] = await session.batch([
      queries.readStanding(db, id),
      queries.readVersion(db, id, version),
    ]);
    const published = requirePublished(standing);
    if (row === undefined) throw neverPublished();
    return { status: 200, body: formerVersion(row, published, now) };
  },
);

export const getLoopRecordChanges = serve(contract.getLoopRecordChanges).with(
  async ({ params: { loopRecordId: id }, query: { from, to }, session }) => {
    const { db } = session;
    const [[standing], rows] = await session.batch([
      queries.readStanding(db, id),
      queries.readTwoVersions(db, id, { from, to }),
    ]);
    requirePublished(standing);
    const at = (version: number | undefined) => rows.find((row) => row.version === version);
    const later = to === undefined ? rows.at(-1) : at(to);
    const earlier = from === undefined ? (rows.find((row) => row !== later) ?? later) : at(from);
    if (earlier === undefined || later === undefined) throw neverPublished();
    const said = (row: queries.VersionRow) => contentOf(row) as unknown as JsonObject;
    type Changes = z.input<typeof contract.LoopRecordChanges>['changes'];
    const changes = changesBetween(said(earlier), said(later)) as Changes;
    return {
      status: 200,
      body: { from: earlier.version, to: later.version, changes },
    };
  },
);

function neverPublished(): Problem {
  return new Problem('not-found', 'This version of the loop record was never published.');
}
