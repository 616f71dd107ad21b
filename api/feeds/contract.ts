import * as z from 'zod';
import { toAtom } from '../../domain/feeds/atom.ts';
import type { Feed } from '../../domain/feeds/feed.ts';
import { toJsonFeed } from '../../domain/feeds/json-feed.ts';
import { operation } from '../http/contract.ts';
import { DateTime, Id, OdsCode } from '../shapes.ts';

/** Where the reference tells what a feed holds. */
export const FEED_DOCS = '/docs/loop-records#get-json-feed';

const text = z.string();

export const JsonFeed = z
  .object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: text,
    home_page_url: text.meta({ description: 'The same records as the API lists them.' }),
    feed_url: text.meta({ description: 'This feed; the same for the same filter.' }),
    language: z.literal('en-GB'),
    items: z.array(
      z.object({
        id: text.meta({ description: '`urn:uuid:` and the id of the loop record.' }),
        url: text,
        title: text,
        content_html: text,
        date_published: DateTime.meta({ description: 'When it was first published.' }),
        date_modified: DateTime.meta({ description: 'When what is shown was published.' }),
        authors: z.array(z.object({ name: text })),
        tags: z.array(text).meta({ description: 'The enquiry category, if any, and the status.' }),
      }),
    ),
    _tombstones: z
      .object({
        about: text.meta({ description: 'Where this extension is explained.' }),
        items: z.array(z.object({ id: text, when: DateTime })),
      })
      .meta({
        description:
          'Records that were withdrawn, and when: take the items with these ids off your list.',
      }),
  })
  .meta({ id: 'JsonFeed', description: 'JSON Feed 1.1 (jsonfeed.org), with tombstones.' });

const service = 'https://full-circle.example.nhs.uk';
const exampleFeed: Feed = {
  title: 'You said, we did: Nottinghamshire Healthcare NHS Foundation Trust',
  self: `${service}/v1/loop-records.atom?organisation=RHA`,
  alternate: `${service}/v1/loop-records?organisation=RHA`,
  updated: '2026-11-20T10:00:00Z',
  entries: [
    {
      id: '0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70',
      href: `${service}/v1/loop-records/0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70`,
      title: 'Somewhere quiet to sit',
      organisation: 'Nottinghamshire Healthcare NHS Foundation Trust',
      published: '2026-11-20T10:00:00Z',
      updated: '2026-11-20T10:00:00Z',
      said: 'The waiting room is loud.',
      status: 'planned',
      done: 'The small meeting room will be a quiet room.',
      reason: null,
      dueOn: '2027-03-01',
      isOverdue: false,
      difference: null,
      enquiryCategory: 'environment-and-activities',
    },
  ],
  tombstones: [{ id: '5e1b8c66-0f0d-4f0c-9c55-93b1d3f1a2c4', when: '2026-11-18T09:30:00Z' }],
};

const query = z.object({ organisation: OdsCode.optional(), cycle: Id.optional() });
const told =
  'The 100 published loop records that changed last, of all organisations or of those that the query names, the latest first: what people said, where it stands in plain words, and whether a promise is overdue today. The id of an entry is `urn:uuid:` and the id of the record, and stays the same through every change. Drafts never appear.';
const cache = { maxAgeSeconds: 300 };

export const getAtomFeed = operation({
  id: 'getAtomFeed',
  method: 'get',
  path: '/v1/loop-records.atom',
  tag: 'loop-records',
  summary: 'Follow loop records as an Atom feed',
  description: `${told} A record that was withdrawn leaves a tombstone (RFC 6721), so that readers take it off their lists.`,
  access: { kind: 'public' },
  query,
  replies: {
    200: {
      description: 'The feed (RFC 4287).',
      schema: z.string(),
      mediaType: 'application/atom+xml',
      example: toAtom(exampleFeed),
    },
  },
  problems: [],
  cache,
});

export const getJsonFeed = operation({
  id: 'getJsonFeed',
  method: 'get',
  path: '/v1/loop-records.json',
  tag: 'loop-records',
  summary: 'Follow loop records as a JSON Feed',
  description: `${told} A record that was withdrawn stands in \`_tombstones\`, an extension of this service: an object with \`about\` and \`items\`, each with the \`id\` of an item that was once told and \`when\` it was withdrawn.`,
  access: { kind: 'public' },
  query,
  replies: {
    200: {
      description: 'The feed (JSON Feed 1.1).',
      schema: JsonFeed,
      mediaType: 'application/feed+json',
      example: toJsonFeed(
        { ...exampleFeed, self: `${service}/v1/loop-records.json?organisation=RHA` },
        `${service}${FEED_DOCS}`,
      ),
    },
  },
  problems: [],
  cache,
});
