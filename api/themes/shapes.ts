import * as z from 'zod';
import { ChangeOf, Code, DateTime, Id, isUnique, OdsCode, Strength, Text } from '../shapes.ts';

const members = {
  title: Text(200).meta({ description: 'In plain words, as people would say it.' }),
  description: Text(2000).nullable(),
  enquiryCategory: Code.meta({ description: 'Of the current version of the vocabulary.' }),
  standards: z.array(Code).max(50).meta({ description: "Codes of standards of the cycle's set." }),
};

const TextIds = (max: number) =>
  z.array(Id).max(max).refine(isUnique, { error: 'Name each text once.' });

const newMembers = {
  ...members,
  description: members.description.default(null),
  standards: members.standards.default([]),
};

export const NewTheme = z
  .strictObject({
    organisation: OdsCode.optional().meta({
      description: 'May be left out by a client that is registered for one organisation.',
    }),
    cycle: Id,
    ...newMembers,
  })
  .meta({ id: 'NewTheme', description: 'What many people said in a cycle.' });

export const ThemeChange = ChangeOf({
  ...members,
  quotes: TextIds(20).meta({
    description:
      'Ids of texts of the theme that are shown with it: decided as `publish` or `redact`.',
  }),
}).meta({ id: 'ThemeChange', description: 'Members to replace; those left out stay.' });

/** As many texts as a page of the queue holds, twice. */
const MAX_TEXTS = 200;

export const TextsOfTheme = z
  .strictObject({
    add: TextIds(MAX_TEXTS).default([]),
    remove: TextIds(MAX_TEXTS).default([]),
  })
  .refine(({ add, remove }) => isUnique([...add, ...remove]), {
    path: ['remove'],
    error: 'A text cannot be added and removed at once.',
  })
  .meta({ id: 'TextsOfTheme', description: 'Which texts belong to a theme, and which do not.' });

export const NewSplit = z
  .strictObject({ ...newMembers, texts: TextIds(MAX_TEXTS).min(1) })
  .meta({ id: 'NewSplit', description: 'A new theme, and the texts that go to it.' });

export const Theme = z
  .object({
    id: Id,
    version: z.int(),
    organisation: OdsCode,
    cycle: Id,
    title: z.string(),
    description: z.string().nullable(),
    enquiryCategory: Code,
    vocabularyVersion: z.int().meta({ description: 'Of the vocabulary of enquiry categories.' }),
    standards: z.array(Code),
    strength: Strength.nullable().meta({
      description:
        'How many people surely said it when it was published: a band, never a count. Null below the threshold of the cycle, and before it is published.',
    }),
    strengthIfPublished: Strength.nullable().optional().meta({
      description: 'The band that it would be published with now; for staff only.',
    }),
    quotes: z
      .array(
        z.object({
          id: Id.optional().meta({ description: 'For staff only.' }),
          question: Code,
          text: z.string(),
        }),
      )
      .meta({
        description:
          'Words that a moderator chose, in no order. One that its writer takes back is gone at once.',
      }),
    splitFrom: Id.nullable().meta({ description: 'The theme that it was split off.' }),
    mergedInto: Id.nullable().meta({
      description: 'The theme into which it went: look there for what came of it.',
    }),
    textCount: z
      .int()
      .optional()
      .meta({ description: 'How many texts are behind it; for staff only.' }),
    publishedAt: DateTime.nullable().meta({ description: 'When it was first published.' }),
    publishedVersion: z.int().nullable().meta({
      description:
        'The version that the public reads; null while there is none. A working copy with a higher `version` has changes that are not published.',
    }),
    updatedAt: DateTime.meta({ description: 'When what is shown was last changed.' }),
  })
  .meta({ id: 'Theme', description: 'What many people said, in plain words.' });

export const newThemeExample = {
  organisation: 'RHA',
  cycle: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  title: 'There is nowhere quiet to sit',
  description: 'People would like a calm room that is not a bedroom.',
  enquiryCategory: 'environment-and-activities',
  standards: ['overall-experience'],
};

export const themeExample = {
  id: '5c1e0b7a-3f52-4d0e-9d2c-2f6f4be0a9d1',
  version: 2,
  ...newThemeExample,
  vocabularyVersion: 1,
  strength: 'some' as const,
  quotes: [{ question: 'could-improve', text: 'I would love somewhere calm to go.' }],
  splitFrom: null,
  mergedInto: null,
  publishedAt: '2026-12-12T10:00:00Z',
  publishedVersion: 2,
  updatedAt: '2026-12-12T10:00:00Z',
};
