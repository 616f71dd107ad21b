import { type ChangeRow, listChanges } from '../../db/queries/feeds.ts';
import { readOrganisation } from '../../db/queries/organisations.ts';
import { toAtom } from '../../domain/feeds/atom.ts';
import type { Feed, FeedEntry } from '../../domain/feeds/feed.ts';
import { toJsonFeed } from '../../domain/feeds/json-feed.ts';
import { isOverdue } from '../../domain/loop.ts';
import { serve } from '../http/serve.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import { dayOf, isoTime } from '../shapes.ts';
import * as contract from './contract.ts';

/** Changes that a feed tells, withdrawals among them. */
const MAX_CHANGES = 100;

/** When a feed that has nothing to tell was last updated: at no time that it could mean. */
const NEVER = '1970-01-01T00:00:00Z';

interface Filter {
  organisation?: string | undefined;
  cycle?: string | undefined;
}

export const getAtomFeed = serve(contract.getAtomFeed).with(
  async ({ query, service, session, now }) => {
    const feed = await readFeed(session, service, '/v1/loop-records.atom', query, now);
    return { status: 200, text: { mediaType: 'application/atom+xml', text: toAtom(feed) } };
  },
);

export const getJsonFeed = serve(contract.getJsonFeed).with(
  async ({ query, service, session, now }) => {
    const feed = await readFeed(session, service, '/v1/loop-records.json', query, now);
    return { status: 200, body: toJsonFeed(feed, `${service.url}${contract.FEED_DOCS}`) };
  },
);

async function readFeed(
  session: Session,
  { url }: Service,
  path: string,
  { organisation, cycle }: Filter,
  now: Date,
): Promise<Feed> {
  const { db } = session;
  const changes = listChanges(db, { organisation, cycle }, MAX_CHANGES);
  const [rows, [named]] =
    organisation === undefined
      ? [await session.run(changes), []]
      : await session.batch([changes, readOrganisation(db, organisation)]);
  const of = organisation === undefined ? '' : `: ${named?.name ?? organisation}`;
  const filter = filterOf({ organisation, cycle });
  const today = dayOf(now);
  const [newest] = rows;
  return {
    title: `You said, we did${of}`,
    self: `${url}${path}${filter}`,
    alternate: `${url}/v1/loop-records${filter}`,
    updated: newest === undefined ? NEVER : isoTime(newest.withdrawnAt ?? newest.publishedAt),
    entries: rows
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map((row) => toEntry(row, url, today)),
    tombstones: rows.flatMap(({ id, withdrawnAt }) =>
      withdrawnAt === null ? [] : [{ id, when: isoTime(withdrawnAt) }],
    ),
  };
}

/** One order and one spelling of a filter, so that a feed has one id. */
function filterOf({ organisation, cycle }: Filter): string {
  const search = new URLSearchParams();
  if (organisation !== undefined) search.set('organisation', organisation);
  if (cycle !== undefined) search.set('cycle', cycle);
  return search.size === 0 ? '' : `?${search}`;
}

function toEntry(row: ChangeRow, url: string, today: string): FeedEntry {
  const { id, name, title, youSaid, weDid, difference, publishedAt, firstPublishedAt } = row;
  return {
    id,
    href: `${url}/v1/loop-records/${id}`,
    title,
    organisation: name,
    published: isoTime(firstPublishedAt),
    updated: isoTime(publishedAt),
    said: youSaid.text,
    status: weDid.status,
    done: weDid.text,
    reason: weDid.reason,
    dueOn: weDid.dueOn,
    isOverdue: isOverdue(weDid, today),
    difference,
    enquiryCategory: youSaid.enquiryCategory,
  };
}
