import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { Code, Id, Next, OdsCode, pageQuery } from '../shapes.ts';
import {
  NewSplit,
  NewTheme,
  newThemeExample,
  TextsOfTheme,
  Theme,
  ThemeChange,
  themeExample,
} from './shapes.ts';

const params = z.object({ themeId: Id });
const path = '/v1/themes/{themeId}';
const access = { kind: 'scope', scope: 'moderation:write' } as const;
const etag = { ETag: { description: 'Its version, for If-Match.', example: 'W/"2"' } };
const workingCopy = { ...themeExample, strengthIfPublished: 'some' as const, textCount: 34 };
const textId = '0b54a1f5-6e0e-4a43-8d2c-7f9c2f1f6a11';

export const createTheme = operation({
  id: 'createTheme',
  method: 'post',
  path: '/v1/themes',
  tag: 'themes',
  summary: 'Write a theme',
  description:
    'Makes a draft, which only staff of its organisation see. What could identify somebody is taken out of title and description as it is out of texts.',
  access,
  body: {
    schema: NewTheme,
    maxBytes: 32 * 1024,
    examples: { quiet: { summary: 'What many people said', value: newThemeExample } },
  },
  replies: {
    201: {
      description: 'The draft.',
      schema: Theme,
      headers: {
        Location: {
          description: 'Where it is read and changed.',
          example: `/v1/themes/${themeExample.id}`,
        },
        ...etag,
      },
      example: {
        ...workingCopy,
        ...{ version: 1, textCount: 0, strengthIfPublished: null },
        ...{ publishedAt: null, publishedVersion: null, strength: null },
      },
    },
  },
  problems: [],
});

export const listThemes = operation({
  id: 'listThemes',
  method: 'get',
  path: '/v1/themes',
  tag: 'themes',
  summary: 'List themes',
  description:
    'Published themes, in no order of time. With a token that holds moderation:write, and unless another organisation is asked for, the working copies of its organisations, drafts included.',
  access: { kind: 'public', moreFor: 'moderation:write' },
  query: z.object({
    organisation: OdsCode.optional(),
    cycle: Id.optional(),
    enquiryCategory: Code.optional(),
    standard: Code.optional().meta({ description: 'A standard code that the theme is linked to.' }),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of themes.',
      schema: z.object({ items: z.array(Theme), next: Next }).meta({ id: 'ThemeList' }),
      example: { items: [themeExample], next: null },
    },
  },
  problems: [],
});

export const getTheme = operation({
  id: 'getTheme',
  method: 'get',
  path,
  tag: 'themes',
  summary: 'Read a theme',
  description:
    'The published version; 410 once it is withdrawn. With a token that holds moderation:write for its organisation, the working copy with the weak ETag that a change needs.',
  access: { kind: 'public', moreFor: 'moderation:write' },
  params,
  replies: { 200: { description: 'The theme.', schema: Theme, example: themeExample } },
  problems: ['gone'],
});

export const changeTheme = operation({
  id: 'changeTheme',
  method: 'patch',
  path,
  tag: 'themes',
  summary: 'Change a theme',
  description:
    'Replaces the members that are given in the working copy. The public reads the published version until the change is published.',
  access,
  params,
  ifMatch: 'required',
  body: {
    schema: ThemeChange,
    maxBytes: 32 * 1024,
    examples: {
      title: { summary: 'Plainer words', value: { title: 'Somewhere quiet to sit is missing' } },
    },
  },
  replies: {
    200: {
      description: 'The working copy as it is now.',
      schema: Theme,
      headers: etag,
      example: workingCopy,
    },
  },
  problems: ['gone', 'wrong-phase'],
});

export const publishTheme = operation({
  id: 'publishTheme',
  method: 'put',
  path: `${path}/publication`,
  tag: 'themes',
  summary: 'Publish a theme',
  description:
    'Publishes the version that the theme is at now, with how many people surely said it as a band, and keeps it for good. Doing so twice changes nothing. With If-Match, only the version that was read. One that is withdrawn or merged cannot be published again.',
  access,
  params,
  ifMatch: 'optional',
  replies: {
    200: {
      description: 'The theme as published.',
      schema: Theme,
      headers: etag,
      example: themeExample,
    },
  },
  problems: ['gone', 'wrong-phase'],
});

export const withdrawTheme = operation({
  id: 'withdrawTheme',
  method: 'delete',
  path: `${path}/publication`,
  tag: 'themes',
  summary: 'Withdraw a theme',
  description:
    'Ends the publication for good: whoever reads the theme from then on is told that it was withdrawn (410).',
  access,
  params,
  ifMatch: 'optional',
  replies: { 204: { description: 'It is withdrawn.' } },
  problems: ['gone'],
});

export const changeTextsOfTheme = operation({
  id: 'changeTextsOfTheme',
  method: 'post',
  path: `${path}/texts`,
  tag: 'themes',
  summary: 'Put texts into a theme, or take them out',
  description:
    'All or none: a text fits where it is of the same cycle and organisation, was decided on, and is still there. A text may belong to several themes; which they are stands with the text, and goes when the text goes. The theme has a new version then: publish it to show how many say it now.',
  access,
  params,
  body: {
    schema: TextsOfTheme,
    maxBytes: 32 * 1024,
    examples: { add: { summary: 'One more', value: { add: [textId] } } },
  },
  replies: {
    200: {
      description: 'The working copy as it is now.',
      schema: Theme,
      headers: etag,
      example: workingCopy,
    },
  },
  problems: ['gone', 'wrong-phase'],
});

export const mergeTheme = operation({
  id: 'mergeTheme',
  method: 'post',
  path: `${path}/merges`,
  tag: 'themes',
  summary: 'Merge a theme into another',
  description:
    'Its texts belong to the other theme from now on, and it says so in `mergedInto`: what it was linked to leads on to the other. Both must be of the same cycle and organisation; a published one goes only into a published one. It cannot be undone, only split again.',
  access,
  params,
  ifMatch: 'optional',
  body: {
    schema: z.strictObject({ into: Id }).meta({ id: 'Merge' }),
    maxBytes: 1024,
    examples: {
      into: {
        summary: 'The same in other words',
        value: { into: 'd1a4d8a0-64c1-4e8b-9d0a-b3f8a3a86a55' },
      },
    },
  },
  replies: {
    200: {
      description: 'The theme that was merged.',
      schema: Theme,
      headers: etag,
      example: {
        ...workingCopy,
        textCount: 0,
        mergedInto: 'd1a4d8a0-64c1-4e8b-9d0a-b3f8a3a86a55',
      },
    },
  },
  problems: ['gone', 'wrong-phase'],
});

export const splitTheme = operation({
  id: 'splitTheme',
  method: 'post',
  path: `${path}/splits`,
  tag: 'themes',
  summary: 'Split a theme',
  description:
    'Makes a new draft to which the named texts go, and which says in `splitFrom` where they came from. The old theme keeps the others.',
  access,
  params,
  body: {
    schema: NewSplit,
    maxBytes: 32 * 1024,
    examples: {
      split: {
        summary: 'Two things that were one',
        value: {
          title: 'The waiting room is loud',
          enquiryCategory: 'environment-and-activities',
          texts: [textId],
        },
      },
    },
  },
  replies: {
    201: {
      description: 'The new draft.',
      schema: Theme,
      headers: {
        Location: {
          description: 'Where it is read and changed.',
          example: '/v1/themes/d1a4d8a0-64c1-4e8b-9d0a-b3f8a3a86a55',
        },
        ...etag,
      },
      example: {
        ...workingCopy,
        id: 'd1a4d8a0-64c1-4e8b-9d0a-b3f8a3a86a55',
        version: 1,
        ...{ title: 'The waiting room is loud', description: null, standards: [], quotes: [] },
        splitFrom: themeExample.id,
        ...{ publishedAt: null, publishedVersion: null, strength: null },
      },
    },
  },
  problems: ['gone', 'wrong-phase'],
});
