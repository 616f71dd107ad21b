import * as z from 'zod';
import { missingFromResponse } from '../../domain/loop.ts';
import {
  enquiryCategories,
  loopStatuses,
  NOT_SAID,
  perspectives,
} from '../../domain/vocabulary.ts';
import {
  ChangeOf,
  Code,
  DateTime,
  HttpsUrl,
  Id,
  IsoDate,
  isUnique,
  OdsCode,
  Perspective,
  Strength,
  Text,
} from '../shapes.ts';
import { themeExample } from '../themes/shapes.ts';

export const LoopStatus = z.enum(loopStatuses).meta({
  id: 'LoopStatus',
  description:
    'Where a promise stands. `cannot_do` and `no_longer_needed` need a reason, `done` a text that says what changed.',
});
const EnquiryCategory = z.enum(enquiryCategories).meta({ id: 'EnquiryCategory' });

const THEME_IN_WORDS =
  'What it is about, in a few words of its own: free text, not the id of a theme, and not what `?theme=` looks for. Themes are linked in `themes`.';
const THEME_IDS =
  'Ids of the themes that it answers, as `?theme=` takes them and `ranking[].theme` of priorities names them. They are of the same organisation.';

const youSaidMembers = {
  text: Text(4000),
  theme: Text(200).nullable().meta({ description: THEME_IN_WORDS }),
  enquiryCategory: EnquiryCategory.nullable(),
  standards: z.array(Code).max(50),
  perspectives: z.array(Perspective).max(7),
  strength: Strength.nullable(),
  themes: z
    .array(Id)
    .max(20)
    .refine(isUnique, { error: 'Name each theme once.' })
    .meta({ description: THEME_IDS }),
};

const Milestone = z.strictObject({ on: IsoDate, text: Text(500) }).meta({ id: 'Milestone' });
const Evidence = z
  .strictObject({
    title: Text(200),
    href: HttpsUrl,
  })
  .meta({ id: 'Evidence', description: 'Where the change can be seen.' });

const weDidMembers = {
  status: LoopStatus,
  text: Text(4000).nullable(),
  reason: Text(4000).nullable(),
  owner: Text(100).nullable().meta({ description: 'A role, never the name of a person.' }),
  dueOn: IsoDate.nullable(),
  completedOn: IsoDate.nullable(),
  milestones: z.array(Milestone).max(50),
  evidence: z.array(Evidence).max(50),
  /** Of what is read, so that a weDid that was read can be sent back. */
  overdue: z
    .boolean()
    .optional()
    .meta({ description: 'Computed from dueOn and today; what is sent here is not looked at.' }),
};

const outerMembers = {
  cycle: Id.nullable().meta({ description: 'The cycle in which people said it.' }),
  title: Text(200),
  difference: Text(4000).nullable().meta({ description: 'What has become different for people.' }),
  lookAgainOn: IsoDate.nullable(),
};

const NewYouSaid = z
  .strictObject({
    ...youSaidMembers,
    theme: youSaidMembers.theme.default(null),
    enquiryCategory: youSaidMembers.enquiryCategory.default(null),
    standards: youSaidMembers.standards.default([]),
    perspectives: youSaidMembers.perspectives.default([]),
    strength: youSaidMembers.strength.default(null),
    themes: youSaidMembers.themes.default([]),
  })
  .meta({ id: 'NewYouSaid' });

const NewWeDid = z
  .strictObject({
    ...weDidMembers,
    text: weDidMembers.text.default(null),
    reason: weDidMembers.reason.default(null),
    owner: weDidMembers.owner.default(null),
    dueOn: weDidMembers.dueOn.default(null),
    completedOn: weDidMembers.completedOn.default(null),
    milestones: weDidMembers.milestones.default([]),
    evidence: weDidMembers.evidence.default([]),
  })
  .superRefine((weDid, context) => {
    for (const { member, detail } of missingFromResponse(weDid))
      context.addIssue({ code: 'custom', path: [member], message: detail });
  })
  .meta({ id: 'NewWeDid' });

export const NewLoopRecord = z
  .strictObject({
    organisation: OdsCode.optional().meta({
      description: 'May be left out by a client that is registered for one organisation.',
    }),
    ...outerMembers,
    cycle: outerMembers.cycle.default(null),
    difference: outerMembers.difference.default(null),
    lookAgainOn: outerMembers.lookAgainOn.default(null),
    youSaid: NewYouSaid,
    weDid: NewWeDid,
  })
  .meta({ id: 'NewLoopRecord' });

export const LoopRecordChange = ChangeOf({
  ...outerMembers,
  youSaid: ChangeOf(youSaidMembers),
  weDid: ChangeOf(weDidMembers),
}).meta({
  id: 'LoopRecordChange',
  description: 'Members to replace, also within youSaid and weDid; those left out stay.',
});

/** A milestone and a piece of evidence as they are read. */
export const ShownMilestone = z.object({ on: IsoDate, text: z.string() });
export const ShownEvidence = z.object({ title: z.string(), href: z.string() });

const answerCounts = {
  suppressed: z.boolean(),
  yes: z.int().nullable(),
  partly: z.int().nullable(),
  no: z.int().nullable(),
  tooSoon: z.int().nullable(),
};

export const Confirmations = z
  .object({
    ...answerCounts,
    byPerspective: z
      .array(z.object({ perspective: z.enum([...perspectives, NOT_SAID]), ...answerCounts }))
      .meta({
        description:
          'Empty while nothing is shown. Perspectives are told apart once five times the threshold have answered, and then stay as they are while the counts of all go on. `not_said` are those who gave no perspective, or one that the cycle does not ask.',
      }),
  })
  .meta({
    id: 'Confirmations',
    description:
      'What people said when asked whether it has changed for them. Counts appear once as many as the threshold have answered, rounded by the policy of the cycle, and change only when as many have answered since. Until then they are suppressed.',
  });

export const LoopRecord = z
  .object({
    id: Id,
    version: z.int(),
    organisation: OdsCode,
    cycle: Id.nullable(),
    title: z.string(),
    youSaid: z.object({
      text: z.string(),
      theme: z.string().nullable().meta({ description: THEME_IN_WORDS }),
      enquiryCategory: EnquiryCategory.nullable(),
      standards: z.array(Code),
      perspectives: z.array(Perspective),
      strength: Strength.nullable(),
      themes: z.array(Id).meta({ description: THEME_IDS }),
    }),
    weDid: z.object({
      status: LoopStatus,
      text: z.string().nullable(),
      reason: z.string().nullable(),
      owner: z.string().nullable(),
      dueOn: IsoDate.nullable(),
      completedOn: IsoDate.nullable(),
      overdue: z.boolean().meta({ description: 'dueOn has passed and the promise is still open.' }),
      milestones: z.array(ShownMilestone),
      evidence: z.array(ShownEvidence),
    }),
    difference: z.string().nullable(),
    lookAgainOn: IsoDate.nullable(),
    confirmations: Confirmations,
    contested: z.boolean().meta({
      description:
        'It says `done`, and of the confirmations that are shown more say no than yes and partly together.',
    }),
    publishedAt: DateTime.nullable().meta({ description: 'When it was first published.' }),
    publishedVersion: z.int().nullable().meta({
      description:
        'The version that the public reads; null while there is none. A working copy with a higher `version` has changes that are not published.',
    }),
    updatedAt: DateTime.meta({ description: 'When what is shown was last changed.' }),
  })
  .meta({ id: 'LoopRecord', description: '"You said, we did", with a promise that has a date.' });

/** A record as staff write it. */
export const newExample = {
  organisation: 'RHA',
  cycle: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  title: 'Somewhere quiet to sit',
  youSaid: {
    text: 'People told us that the waiting room is loud, and that there is nowhere to sit quietly.',
    theme: 'A quiet place',
    enquiryCategory: 'environment-and-activities',
    standards: [],
    perspectives: ['service_user'],
    strength: 'many',
    themes: [themeExample.id],
  },
  weDid: {
    status: 'planned',
    text: 'The small meeting room will be a quiet room, with soft light and comfortable chairs.',
    owner: 'Ward manager',
    dueOn: '2027-03-01',
    milestones: [{ on: '2027-01-10', text: 'Choose the furniture together' }],
  },
  lookAgainOn: '2027-03-15',
};

/** A record as it is read. */
export const example = {
  id: '0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70',
  version: 2,
  ...newExample,
  weDid: {
    ...newExample.weDid,
    reason: null,
    completedOn: null,
    overdue: false,
    evidence: [],
  },
  difference: null,
  confirmations: {
    ...{ suppressed: true, yes: null, partly: null, no: null, tooSoon: null },
    byPerspective: [],
  },
  contested: false,
  publishedAt: '2026-11-20T10:00:00Z',
  publishedVersion: 2,
  updatedAt: '2026-11-20T10:00:00Z',
};

export const loopRecordParams = z.object({ loopRecordId: Id });
