import * as z from 'zod';
import { stricterDecisions } from '../../domain/moderation.ts';
import { highlightKinds } from '../../domain/screening/kinds.ts';
import { moderationDecisions, questionPublications } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import { Code, Id, Next, OdsCode, pageQuery, Text } from '../shapes.ts';

/** Beyond the end of every text: what was taken out of 4,000 characters may be shorter than its placeholder. */
const MAX_POSITION = 100_000;

const position = 'In characters (Unicode code points), from the beginning of the text.';

const Range = z
  .strictObject({
    start: z.int().min(0).max(MAX_POSITION),
    end: z.int().min(1).max(MAX_POSITION),
  })
  .refine(({ start, end }) => start < end, { path: ['end'], error: 'Must be after start.' })
  .meta({
    id: 'CharacterRange',
    description: `From start up to but not including end. ${position}`,
  });

const Decision = z
  .enum(moderationDecisions)
  .meta({ id: 'Decision', description: 'What a moderator decided on a text.' });

export const ModeratedText = z
  .object({
    id: Id,
    cycle: Id,
    organisation: OdsCode,
    service: Code.nullable().meta({
      description: 'Null where none was given, and where too few share it to be told.',
    }),
    question: Code,
    prompt: z.string().meta({ description: 'The question as people were asked it.' }),
    text: z.string(),
    highlights: z
      .array(z.object({ start: z.int(), end: z.int(), kind: z.enum(highlightKinds) }))
      .meta({ description: `What may say who somebody is, in order. ${position}` }),
    held: z.boolean().meta({
      description: 'A likely name, place or long number: look before anything is done with it.',
    }),
    safeguarding: z.boolean().meta({ description: 'Somebody may be in danger: read it first.' }),
    publication: z.enum(questionPublications).meta({
      description: 'What people were promised: never published, quoted, or published whole.',
    }),
    decision: Decision.nullable().meta({ description: 'Null while it waits.' }),
    themes: z.array(Id).meta({ description: 'Themes in which somebody found it.' }),
  })
  .meta({
    id: 'ModeratedText',
    description: 'One text, apart from everything else.',
  });

const example = {
  id: '0b54a1f5-6e0e-4a43-8d2c-7f9c2f1f6a11',
  cycle: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  organisation: 'RHA',
  service: 'adult-mental-health',
  question: 'what-good',
  prompt: 'What was good?',
  text: 'My nurse Amara listened, and rang me on [phone].',
  highlights: [{ start: 9, end: 14, kind: 'name' }],
  held: true,
  safeguarding: false,
  publication: 'quotes',
  decision: null,
  themes: [],
};

const access = { kind: 'scope', scope: 'moderation:write' } as const;

export const listModerationTexts = operation({
  id: 'listModerationTexts',
  method: 'get',
  path: '/v1/moderation/texts',
  tag: 'moderation',
  summary: 'List texts for moderators',
  description:
    'Texts of the organisations of the client that wait for a decision, or (`state=decided`) those that were decided on, to find themes in them: first those in which somebody may be in danger, then those of the cycle that opened first, within a cycle in random order. A text comes without ratings, equality answers, times and whatever else its writer said. That it was read is noted in the audit trail.',
  access,
  query: z.object({
    cycle: Id.optional(),
    state: z
      .enum(['waiting', 'decided'])
      .optional()
      .meta({ description: '`waiting` if left out; deleted texts are in neither.' }),
    theme: Id.optional().meta({ description: 'Only texts of this theme.' }),
    safeguarding: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Only texts in which somebody may be in danger, or only others.' }),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of texts.',
      schema: z
        .object({ items: z.array(ModeratedText), next: Next })
        .meta({ id: 'ModeratedTextList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
});

export const getModerationText = operation({
  id: 'getModerationText',
  method: 'get',
  path: '/v1/moderation/texts/{textId}',
  tag: 'moderation',
  summary: 'Read one text for moderators',
  description:
    'A text of the organisations of the client, whether it waits or was decided on; not one that was deleted or taken back. It comes as in the list. That it was read is noted in the audit trail.',
  access,
  params: z.object({ textId: Id }),
  replies: { 200: { description: 'The text.', schema: ModeratedText, example } },
  problems: [],
});

const ModerationProgress = z
  .object({
    cycle: Id,
    cycleTitle: z.string(),
    organisation: OdsCode,
    waiting: z.int().meta({ description: 'How many texts wait for a decision.' }),
    ofThoseSafeguarding: z
      .int()
      .meta({ description: 'In how many of those that wait somebody may be in danger.' }),
    decided: z
      .object({ publish: z.int(), redact: z.int(), keep_private: z.int(), delete: z.int() })
      .meta({ description: 'How many texts were decided on, by the decision that stands.' }),
  })
  .meta({ id: 'ModerationProgress', description: 'How far the texts of a cycle are decided on.' });

export const getModerationProgress = operation({
  id: 'getModerationProgress',
  method: 'get',
  path: '/v1/moderation/progress',
  tag: 'moderation',
  summary: 'Read how far moderation is',
  description:
    'How many texts wait and how many were decided on, for each cycle and organisation of the client that has any. The counts are exact, unlike those of people: moderators can list each of these texts, and a text says nothing of who else wrote. They are not told by service, perspective or time, and texts that were sent but not yet taken apart are not counted, so that the numbers move by twenty or more. Whoever takes a submission back takes its texts out of the counts. How many are held is not told: that is found anew whenever a text is read.',
  access,
  query: z.object({
    cycle: Id.optional().meta({ description: 'Only this cycle.' }),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of cycles and organisations.',
      schema: z
        .object({ items: z.array(ModerationProgress), next: Next })
        .meta({ id: 'ModerationProgressList' }),
      example: {
        items: [
          {
            cycle: example.cycle,
            cycleTitle: 'How was your experience?',
            organisation: example.organisation,
            waiting: 37,
            ofThoseSafeguarding: 2,
            decided: { publish: 112, redact: 41, keep_private: 9, delete: 1 },
          },
        ],
        next: null,
      },
    },
  },
  problems: [],
});

/** More ranges than anybody marks in 4,000 characters. */
const MAX_RANGE_COUNT = 200;

export const decideOnText = operation({
  id: 'decideOnText',
  method: 'post',
  path: '/v1/moderation/texts/{textId}/decisions',
  tag: 'moderation',
  summary: 'Decide on a text',
  description:
    '`publish`: the words may be quoted in themes and loop records, and where the question says so are published whole. What people wrote under a `private` question can only be kept private or deleted. `redact`: the same, without the ranges, which are gone at once and for good. `keep_private`: the words count, and are quoted nowhere. `delete`: the words are gone at once and for good. Of two moderators who decide at once, one does; the other is told (409). A decision can be taken back for one that shows less (`revises`): a text that should not have been published is so gone from view at once. The decision is noted in the audit trail, without the words and the reason.',
  access,
  params: z.object({ textId: Id }),
  body: {
    schema: z
      .strictObject({
        decision: Decision,
        reason: Text(500).meta({
          description: 'In a few words; kept with the text. What identifies somebody is taken out.',
        }),
        revises: Decision.optional().meta({
          description:
            'The decision that this one takes back: `publish` for `redact`, `keep_private` or `delete`, `redact` for those, `keep_private` for `delete`. Left out for a text that waits.',
        }),
        ranges: z.array(Range).max(MAX_RANGE_COUNT).optional().meta({
          description: 'What to take out: at least one for `redact`, none for others.',
        }),
      })
      .superRefine(({ decision, ranges = [], revises }, context) => {
        if (decision === 'redact' && ranges.length === 0)
          context.addIssue({ code: 'custom', path: ['ranges'], message: 'Say what to take out.' });
        if (revises !== undefined && !stricterDecisions[revises].includes(decision))
          context.addIssue({
            code: 'custom',
            path: ['decision'],
            message: `A decision can only be turned into one that shows less; ${revises} cannot become ${decision}.`,
          });
        if (decision !== 'redact' && ranges.length > 0)
          context.addIssue({
            code: 'custom',
            path: ['ranges'],
            message: 'Only redact takes something out.',
          });
      })
      .meta({ id: 'ModerationDecision' }),
    maxBytes: 32 * 1024,
    examples: {
      redact: {
        summary: 'Take a name out',
        value: {
          decision: 'redact',
          reason: 'Names a member of staff.',
          ranges: [{ start: 9, end: 14 }],
        },
      },
      publish: {
        summary: 'Nothing says who it is',
        value: { decision: 'publish', reason: 'Clear.' },
      },
      revise: {
        summary: 'It should not have been published',
        value: { decision: 'keep_private', revises: 'publish', reason: 'Names a ward and a day.' },
      },
    },
  },
  replies: {
    201: {
      description: 'It is decided.',
      schema: z
        .object({
          id: Id,
          decision: Decision,
          text: z
            .string()
            .nullable()
            .meta({ description: 'What is left of it; null once deleted.' }),
        })
        .meta({ id: 'DecidedText' }),
      example: {
        id: example.id,
        decision: 'redact',
        text: 'My nurse [redacted] listened, and rang me on [phone].',
      },
    },
  },
  problems: ['wrong-phase'],
});
