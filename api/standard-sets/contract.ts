import * as z from 'zod';
import { wordingStatuses } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import {
  ChangeOf,
  Code,
  DateTime,
  isUnique,
  Next,
  OdsCode,
  pageQuery,
  Text,
  WholeNumber,
} from '../shapes.ts';

const Standard = z.strictObject({ code: Code, title: Text(300), statement: Text(1000) }).meta({
  id: 'Standard',
  description:
    'One statement of what good looks like. Its code stays the same in every version, so that results can be compared.',
});

const NewScale = z
  .strictObject({
    min: z.int().min(0).max(1),
    max: z.int().min(1).max(10),
    labels: z.array(Text(100)).min(2).max(11),
  })
  .refine(({ min, max, labels }) => labels.length === max - min + 1, {
    path: ['labels'],
    error: 'Give one label for each step from min to max.',
  })
  .meta({ id: 'NewScale' });

const members = {
  title: Text(200),
  source: Text(500).nullable(),
  licence: Text(200).nullable(),
  attribution: Text(1000).nullable(),
  scale: NewScale,
  standards: z
    .array(Standard)
    .min(1)
    .max(100)
    .refine((standards) => isUnique(standards.map(({ code }) => code)), {
      error: 'Each standard needs a code of its own.',
    }),
  coProducedBy: z
    .array(Text(200))
    .max(50)
    .meta({ description: 'Who co-produced it, by role; never by name.' }),
  dissent: z
    .array(Text(2000))
    .max(50)
    .meta({ description: 'Where those who made it did not agree. Difference is a result.' }),
  changes: Text(2000)
    .nullable()
    .meta({ description: 'What is different from the version before.' }),
};

const content = {
  ...members,
  source: members.source.default(null),
  licence: members.licence.default(null),
  attribution: members.attribution.default(null),
  coProducedBy: members.coProducedBy.default([]),
  dissent: members.dissent.default([]),
  changes: members.changes.default(null),
};

export const NewStandardSet = z
  .strictObject({
    id: Code,
    organisation: OdsCode.meta({ description: 'Who looks after the set and may add versions.' }),
    ...content,
  })
  .meta({ id: 'NewStandardSet' });

export const NewStandardSetVersion = z.strictObject(content).meta({ id: 'NewStandardSetVersion' });

export const StandardSetChange = ChangeOf(members).meta({
  id: 'StandardSetChange',
  description: 'Members to replace; those left out stay.',
});

const shown = {
  id: Code,
  version: z.int(),
  organisation: OdsCode.nullable().meta({
    description:
      'Who looks after it; null for the published frameworks that come with the service.',
  }),
  title: z.string(),
  wordingStatus: z.enum(wordingStatuses).meta({
    description: "How far the wording is the source's own; `own` is the organisation's.",
  }),
  source: z.string().nullable(),
  licence: z.string().nullable(),
  attribution: z.string().nullable(),
  scale: z.object({ min: z.int(), max: z.int(), labels: z.array(z.string()) }),
  standards: z.array(z.object({ code: Code, title: z.string(), statement: z.string() })),
  coProducedBy: z.array(z.string()),
  dissent: z.array(z.string()),
  changes: z.string().nullable(),
  publishedAt: DateTime.nullable(),
};

export const StandardSetVersion = z.object(shown).meta({
  id: 'StandardSetVersion',
  description: 'One version of a set; published, it never changes.',
});

export const StandardSet = z
  .object({
    ...shown,
    versions: z
      .array(
        z.object({
          version: z.int(),
          publishedAt: DateTime.nullable(),
          changes: z.string().nullable(),
        }),
      )
      .meta({ description: 'Every version, the oldest first.' }),
  })
  .meta({ id: 'StandardSet', description: 'A set as its newest version has it.' });

const contentExample = {
  title: 'What makes a good ward round',
  source: 'Written by the ward community',
  licence: 'Open Government Licence v3',
  attribution: null,
  scale: { min: 1, max: 5, labels: ['Not at all', 'A little', 'Partly', 'Mostly', 'Fully'] },
  standards: [
    {
      code: 'time-to-speak',
      title: 'Time to speak',
      statement: 'People have time to say what matters to them before anything is decided.',
    },
  ],
  coProducedBy: ['People who use the ward', 'Peer workers', 'Nurses'],
  dissent: [],
  changes: null,
};
const newExample = { id: 'good-ward-round', organisation: 'RHA', ...contentExample };
const versionExample = {
  ...newExample,
  version: 1,
  wordingStatus: 'own',
  publishedAt: '2026-10-01T09:00:00Z',
};
const setExample = {
  ...versionExample,
  versions: [{ version: 1, publishedAt: '2026-10-01T09:00:00Z', changes: null }],
};

const access = { kind: 'scope', scope: 'standards:write' } as const;
const read = { kind: 'public', moreFor: 'standards:write' } as const;
const VersionNumber = WholeNumber(1, 99_999).meta({ examples: [1] });
const setParams = z.object({ standardSetId: Code });
const versionParams = z.object({ standardSetId: Code, version: VersionNumber });
const setPath = '/v1/standard-sets/{standardSetId}';
const versionPath = `${setPath}/versions/{version}` as const;
const maxBytes = 256 * 1024;
const etag = {
  ETag: { description: 'How often the draft was changed, for If-Match.', example: 'W/"1"' },
};
const location = {
  Location: {
    description: 'Where the version is read and changed.',
    example: '/v1/standard-sets/good-ward-round/versions/1',
  },
};

export const listStandardSets = operation({
  id: 'listStandardSets',
  method: 'get',
  path: '/v1/standard-sets',
  tag: 'standard-sets',
  summary: 'List standard sets',
  description:
    'Every set as its newest published version has it. With a token that holds standards:write, drafts of its organisations too.',
  access: read,
  query: z.object(pageQuery),
  replies: {
    200: {
      description: 'A page of sets.',
      schema: z.object({ items: z.array(StandardSet), next: Next }).meta({ id: 'StandardSetList' }),
      example: { items: [setExample], next: null },
    },
  },
  problems: [],
});

export const getStandardSet = operation({
  id: 'getStandardSet',
  method: 'get',
  path: setPath,
  tag: 'standard-sets',
  summary: 'Read a standard set',
  description: 'The newest published version, and which versions there are.',
  access: read,
  params: setParams,
  replies: { 200: { description: 'The set.', schema: StandardSet, example: setExample } },
  problems: [],
});

export const getStandardSetVersion = operation({
  id: 'getStandardSetVersion',
  method: 'get',
  path: versionPath,
  tag: 'standard-sets',
  summary: 'Read one version of a standard set',
  description:
    'A published version never changes. With a token that holds standards:write, drafts of its organisations are found too, with the weak ETag that a change needs.',
  access: read,
  params: versionParams,
  replies: {
    200: { description: 'The version.', schema: StandardSetVersion, example: versionExample },
  },
  problems: [],
});

export const createStandardSet = operation({
  id: 'createStandardSet',
  method: 'post',
  path: '/v1/standard-sets',
  tag: 'standard-sets',
  summary: 'Write a standard set',
  description: 'Makes a set with its first version as a draft, which only its organisation sees.',
  access,
  body: {
    schema: NewStandardSet,
    maxBytes,
    examples: { ward: { summary: "A ward's own standards", value: newExample } },
  },
  replies: {
    201: {
      description: 'The draft.',
      schema: StandardSetVersion,
      headers: { ...location, ...etag },
      example: { ...versionExample, publishedAt: null },
    },
  },
  problems: ['already-exists'],
});

export const createStandardSetVersion = operation({
  id: 'createStandardSetVersion',
  method: 'post',
  path: `${setPath}/versions`,
  tag: 'standard-sets',
  summary: 'Write the next version of a standard set',
  description:
    'Makes a draft with the next number. Keep the code of a standard that means the same, so that its results can be compared.',
  access,
  params: setParams,
  body: {
    schema: NewStandardSetVersion,
    maxBytes,
    examples: {
      second: {
        summary: 'A second version',
        value: { ...contentExample, changes: 'Says more plainly who speaks first.' },
      },
    },
  },
  replies: {
    201: {
      description: 'The draft.',
      schema: StandardSetVersion,
      headers: { ...location, ...etag },
      example: { ...versionExample, version: 2, publishedAt: null },
    },
  },
  problems: ['already-exists'],
});

export const changeStandardSetVersion = operation({
  id: 'changeStandardSetVersion',
  method: 'patch',
  path: versionPath,
  tag: 'standard-sets',
  summary: 'Change a draft of a standard set',
  description:
    'Replaces the members that are given. A published version cannot change: write the next one.',
  access,
  params: versionParams,
  ifMatch: 'required',
  body: {
    schema: StandardSetChange,
    maxBytes,
    examples: { title: { summary: 'Another title', value: { title: 'A good ward round' } } },
  },
  replies: {
    200: {
      description: 'The draft as it is now.',
      schema: StandardSetVersion,
      headers: etag,
      example: { ...versionExample, publishedAt: null },
    },
  },
  problems: ['wrong-phase'],
});

export const publishStandardSetVersion = operation({
  id: 'publishStandardSetVersion',
  method: 'put',
  path: `${versionPath}/publication`,
  tag: 'standard-sets',
  summary: 'Publish a version of a standard set',
  description:
    'From now on everybody can read it, cycles can use it, and it never changes. Doing so twice changes nothing.',
  access,
  params: versionParams,
  ifMatch: 'optional',
  replies: {
    200: {
      description: 'The published version.',
      schema: StandardSetVersion,
      headers: etag,
      example: versionExample,
    },
  },
  problems: [],
});
