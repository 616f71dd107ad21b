import * as z from 'zod';
import { isLivedExperienceGroup } from '../../domain/priority.ts';
import { participantBands } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import {
  ChangeOf,
  DateTime,
  Id,
  IsoDate,
  isUnique,
  Next,
  OdsCode,
  Perspective,
  pageQuery,
  Text,
} from '../shapes.ts';
import { themeExample } from '../themes/shapes.ts';

const ParticipantBand = z.enum(participantBands).meta({
  id: 'ParticipantBand',
  description: 'How many people of a role took part: a band, never a count.',
});

const NewRankedTheme = z
  .strictObject({ theme: Id, rationale: Text(2000).nullable().default(null) })
  .meta({ id: 'NewRankedTheme', description: 'A theme in its place, and why it stands there.' });

const NewParticipants = z
  .strictObject({ perspective: Perspective, people: ParticipantBand })
  .meta({ id: 'NewParticipants', description: 'Who took part: a role and a band, never names.' });

/** Points at each item whose key stands further up already. */
function pointAtRepeated(keys: readonly string[], member: string, context: z.RefinementCtx): void {
  if (isUnique(keys)) return;
  for (const [index, key] of keys.entries())
    if (keys.indexOf(key) < index)
      context.addIssue({ code: 'custom', path: [index, member], message: 'It stands twice.' });
}

const Ranking = z
  .array(NewRankedTheme)
  .min(1)
  .max(50)
  .superRefine((ranking, context) =>
    pointAtRepeated(
      ranking.map(({ theme }) => theme),
      'theme',
      context,
    ),
  )
  .meta({ description: 'Published themes of the cycle, the most urgent first.' });

const DecidedBy = z
  .array(NewParticipants)
  .min(1)
  .max(7)
  .superRefine((decidedBy, context) => {
    pointAtRepeated(
      decidedBy.map(({ perspective }) => perspective),
      'perspective',
      context,
    );
    if (!isLivedExperienceGroup(decidedBy))
      context.addIssue({
        code: 'custom',
        message:
          'Priorities are chosen by people with lived experience: please decide together with people who use services (service_user) or carers (carer), and name them here.',
      });
  })
  .meta({
    description: 'Who took part in deciding; among them people who use services or carers.',
  });

const changeable = {
  ranking: Ranking,
  decidedBy: DecidedBy,
  decidedOn: IsoDate.meta({ description: 'The day of the decision; not one that is to come.' }),
  rationale: Text(4000).meta({ description: 'How it was decided, and why so.' }),
  dissent: z
    .array(Text(2000))
    .max(20)
    .meta({ description: 'Disagreement that was recorded and not settled.' }),
};

export const NewPriority = z
  .strictObject({
    organisation: OdsCode.optional().meta({
      description: 'May be left out by a client that is registered for one organisation.',
    }),
    cycle: Id,
    ...changeable,
    dissent: changeable.dissent.default([]),
  })
  .meta({ id: 'NewPriority' });

export const PriorityChange = ChangeOf(changeable).meta({
  id: 'PriorityChange',
  description: 'Members to replace; those left out stay.',
});

export const Priority = z
  .object({
    id: Id,
    version: z.int(),
    organisation: OdsCode,
    cycle: Id,
    ranking: z.array(
      z.object({
        rank: z.int().meta({ description: 'Counts from 1, the most urgent.' }),
        theme: Id,
        title: z
          .string()
          .nullable()
          .meta({ description: 'As the theme is published; null once it was withdrawn.' }),
        rationale: z.string().nullable(),
      }),
    ),
    decidedBy: z.array(z.object({ perspective: Perspective, people: ParticipantBand })),
    decidedOn: IsoDate,
    rationale: z.string(),
    dissent: z.array(z.string()),
    publishedAt: DateTime.nullable().meta({
      description: 'When the version that the public reads was published.',
    }),
    publishedVersion: z.int().nullable().meta({
      description:
        'The version that the public reads; null while there is none. A working copy with a higher `version` has changes that are not published.',
    }),
    updatedAt: DateTime.meta({ description: 'When what is shown was last changed.' }),
  })
  .meta({
    id: 'Priority',
    description:
      'The themes of a cycle in the order in which a group of people with lived experience wants something done about them.',
  });

const content = {
  decidedBy: [
    { perspective: 'service_user', people: 'five_to_nine' },
    { perspective: 'carer', people: 'one_to_four' },
    { perspective: 'staff', people: 'one_to_four' },
  ],
  decidedOn: '2026-12-14',
  rationale:
    'We talked through every theme in two meetings. Everybody had three votes, and people who use services voted last.',
  dissent: ['Some of us would have put being listened to first.'],
};
const ranked = {
  theme: themeExample.id,
  rationale: 'It can be done soon, and it would help every day.',
};
const newExample = {
  organisation: 'RHA',
  cycle: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  ranking: [ranked],
  ...content,
};
const example = {
  id: 'a2c1b7e4-1c5d-4d9e-8f60-52b9d7e3f014',
  version: 1,
  organisation: newExample.organisation,
  cycle: newExample.cycle,
  ranking: [
    { rank: 1, theme: ranked.theme, title: themeExample.title, rationale: ranked.rationale },
  ],
  ...content,
  publishedAt: '2026-12-16T10:00:00Z',
  publishedVersion: 1,
  updatedAt: '2026-12-16T10:00:00Z',
};

const params = z.object({ priorityId: Id });
const etag = { ETag: { description: 'Its version, for If-Match.', example: 'W/"1"' } };
const path = '/v1/priorities/{priorityId}';
/** Those who moderate rank what they found; those who write loop records answer it. */
const scopes = ['loop:write', 'moderation:write'] as const;
const access = { kind: 'scope', scope: scopes } as const;

export const createPriority = operation({
  id: 'createPriority',
  method: 'post',
  path: '/v1/priorities',
  tag: 'priorities',
  summary: 'Write down the priorities of a cycle',
  description:
    'Makes a draft of what a group of people with lived experience decided, which only staff of its organisation see. There is one for a cycle and organisation: change it where the group decides again. The group needs at least one person who uses services or one carer.',
  access,
  body: {
    schema: NewPriority,
    maxBytes: 256 * 1024,
    examples: { ranked: { summary: 'What a group decided', value: newExample } },
  },
  replies: {
    201: {
      description: 'The draft.',
      schema: Priority,
      headers: {
        Location: {
          description: 'Where it is read and changed.',
          example: `/v1/priorities/${example.id}`,
        },
        ...etag,
      },
      example: { ...example, publishedAt: null, publishedVersion: null },
    },
  },
  problems: ['already-exists'],
});

export const listPriorities = operation({
  id: 'listPriorities',
  method: 'get',
  path: '/v1/priorities',
  tag: 'priorities',
  summary: 'List priorities',
  description:
    'Published priorities, in no order of time. With a token that holds loop:write or moderation:write, and unless another organisation is asked for, the working copies of its organisations, drafts included.',
  access: { kind: 'public', moreFor: scopes },
  query: z.object({ organisation: OdsCode.optional(), cycle: Id.optional(), ...pageQuery }),
  replies: {
    200: {
      description: 'A page of priorities.',
      schema: z.object({ items: z.array(Priority), next: Next }).meta({ id: 'PriorityList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
});

export const getPriority = operation({
  id: 'getPriority',
  method: 'get',
  path,
  tag: 'priorities',
  summary: 'Read the priorities of a cycle',
  description:
    'The published version. With a token that holds loop:write or moderation:write for its organisation, the working copy with the weak ETag that a change needs.',
  access: { kind: 'public', moreFor: scopes },
  params,
  replies: { 200: { description: 'The priorities.', schema: Priority, example } },
  problems: [],
});

export const changePriority = operation({
  id: 'changePriority',
  method: 'patch',
  path,
  tag: 'priorities',
  summary: 'Change the priorities of a cycle',
  description:
    'Replaces the members that are given in the working copy. The public reads the published version until the change is published.',
  access,
  params,
  ifMatch: 'required',
  body: {
    schema: PriorityChange,
    maxBytes: 256 * 1024,
    examples: {
      dissent: { summary: 'Record who disagreed', value: { dissent: content.dissent } },
    },
  },
  replies: {
    200: {
      description: 'The working copy as it is now.',
      schema: Priority,
      headers: etag,
      example,
    },
  },
  problems: [],
});

export const publishPriority = operation({
  id: 'publishPriority',
  method: 'put',
  path: `${path}/publication`,
  tag: 'priorities',
  summary: 'Publish the priorities of a cycle',
  description:
    'Publishes the version that they are at now, and keeps it for good. Doing so twice changes nothing. With If-Match, only the version that was read. Refused (409) while a theme of the ranking is not published, was withdrawn or went into another.',
  access,
  params,
  ifMatch: 'optional',
  replies: {
    200: { description: 'As published.', schema: Priority, headers: etag, example },
  },
  problems: ['wrong-phase'],
});
