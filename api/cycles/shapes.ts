import * as z from 'zod';
import { MAX_QUESTION_COUNT } from '../../domain/cycle.ts';
import { urgentHelp } from '../../domain/urgent-help.ts';
import { channels, polarities, questionPublications } from '../../domain/vocabulary.ts';
import {
  ChangeOf,
  Code,
  DateTime,
  Id,
  IsoDate,
  isUnique,
  OdsCode,
  Perspective,
  Phase,
  Text,
  UrgentHelp,
} from '../shapes.ts';

const publication = z.enum(questionPublications).optional().meta({
  description:
    'What may be published of its answers once a person has read them: nothing (`private`), quotes (if left out), or each text `whole`. Tell people beside the question.',
});

const Question = z
  .strictObject({ code: Code, prompt: Text(500), polarity: z.enum(polarities), publication })
  .meta({ id: 'Question', description: 'An open prompt of a cycle.' });

const Service = z
  .strictObject({ odsCode: OdsCode, code: Code, name: Text(200) })
  .meta({ id: 'Service', description: 'A team, ward or pathway, by its plain name.' });

const DisclosurePolicy = z
  .strictObject({
    threshold: z.int().min(5).max(100),
    roundTo: z.int().min(1).max(50),
  })
  .meta({
    id: 'DisclosurePolicy',
    description: 'The smallest group that is shown, and what counts are rounded to.',
  });

const StandardSetVersion = z.strictObject({ id: Code, version: z.int().min(1).max(99_999) });

const members = {
  title: Text(200),
  organisations: z
    .array(OdsCode)
    .min(1)
    .max(100)
    .refine(isUnique, { error: 'Name each organisation once.' }),
  standardSet: StandardSetVersion,
  perspectives: z
    .array(Perspective)
    .min(1)
    .refine(isUnique, { error: 'Name each perspective once.' }),
  questions: z
    .array(Question)
    .max(MAX_QUESTION_COUNT)
    .refine((questions) => isUnique(questions.map(({ code }) => code)), {
      error: 'Each question needs a code of its own.',
    }),
  services: z
    .array(Service)
    .max(500)
    .refine((services) => isUnique(services.map(({ odsCode, code }) => `${odsCode} ${code}`)), {
      error: 'Each service of an organisation needs a code of its own.',
    }),
  channels: z.array(z.enum(channels)).min(1).refine(isUnique, { error: 'Name each channel once.' }),
  opensAt: DateTime,
  closesAt: DateTime,
  disclosurePolicy: DisclosurePolicy,
  lookAgainOn: IsoDate.nullable().meta({ description: 'When people are invited to look again.' }),
  aboutThisEvaluation: StandardSetVersion.nullable().meta({
    description:
      'A published set of standards about the evaluation itself, such as `about-this-evaluation`, that people may rate too; null for none.',
  }),
  equalityTable: z.boolean().meta({
    description:
      'Whether the equality answers are counted and published: as one table for the whole cycle, never beside a rating. It has to be declared before the cycle opens.',
  }),
  retentionDays: z.int().min(1).max(3650).meta({
    description: 'Days after closing for which what people sent is kept; then it is deleted.',
  }),
};

/** Rules between members: also held against a changed cycle as a whole. */
function checkMembers(
  cycle: {
    organisations: string[];
    services: { odsCode: string }[];
    opensAt: string;
    closesAt: string;
  },
  context: z.RefinementCtx,
): void {
  if (new Date(cycle.closesAt) <= new Date(cycle.opensAt))
    context.addIssue({ code: 'custom', path: ['closesAt'], message: 'Must be after opensAt.' });
  for (const [index, { odsCode }] of cycle.services.entries())
    if (!cycle.organisations.includes(odsCode))
      context.addIssue({
        code: 'custom',
        path: ['services', index, 'odsCode'],
        message: 'Must be an organisation of this cycle.',
      });
}

export const NewCycle = z
  .strictObject({
    ...members,
    questions: members.questions.default([]),
    services: members.services.default([]),
    disclosurePolicy: DisclosurePolicy.default({ threshold: 10, roundTo: 5 }),
    lookAgainOn: members.lookAgainOn.default(null),
    aboutThisEvaluation: members.aboutThisEvaluation.default(null),
    equalityTable: members.equalityTable.default(false),
    retentionDays: members.retentionDays.default(365),
  })
  .superRefine(checkMembers)
  .meta({ id: 'NewCycle', description: 'An evaluation cycle as it is set up.' });

/** What a change may say: any members, each replacing the stored one. */
export const CycleChange = ChangeOf(members).meta({
  id: 'CycleChange',
  description: 'Members to replace; those left out stay.',
});

const StandardInCycle = z.object({ code: Code, title: z.string(), statement: z.string() });

export const Scale = z
  .object({
    min: z.int(),
    max: z.int(),
    labels: z.array(z.string()).meta({ description: 'One label a step, from min to max.' }),
  })
  .meta({ id: 'Scale', description: 'The rating scale of a standard set.' });

const StandardSetInCycle = z
  .object({
    id: Code,
    version: z.int(),
    title: z.string(),
    scale: Scale,
    standards: z.array(StandardInCycle),
  })
  .meta({ id: 'StandardSetInCycle', description: 'What is rated, with all that a form needs.' });

export const Cycle = z
  .object({
    id: Id,
    version: z.int(),
    phase: Phase,
    title: z.string(),
    organisations: z.array(OdsCode),
    organisationNames: z.array(z.object({ odsCode: OdsCode, name: z.string() })),
    standardSet: StandardSetInCycle,
    perspectives: z.array(Perspective),
    questions: z.array(
      z.object({ code: Code, prompt: z.string(), polarity: z.enum(polarities), publication }),
    ),
    services: z.array(z.object({ odsCode: OdsCode, code: Code, name: z.string() })),
    channels: z.array(z.enum(channels)),
    opensAt: DateTime,
    closesAt: DateTime,
    disclosurePolicy: z.object({ threshold: z.int(), roundTo: z.int() }),
    lookAgainOn: IsoDate.nullable(),
    aboutThisEvaluation: StandardSetInCycle.nullable().meta({
      description: 'What is asked about the evaluation itself; null where nothing is.',
    }),
    equalityTable: z.boolean().meta({ description: 'Whether equality answers are published.' }),
    retentionDays: z.int(),
    legalHold: z.boolean().meta({
      description: 'The law demands that nothing of this cycle is deleted for now.',
    }),
    anonymityStatement: z.object({ href: z.string(), sha256: z.string() }),
    urgentHelp: UrgentHelp,
  })
  .meta({ id: 'Cycle', description: 'All that a client needs to build a form.' });

export const newCycleExample = {
  title: 'How was your experience?',
  organisations: ['RHA'],
  standardSet: { id: 'fft', version: 1 },
  perspectives: ['service_user', 'carer', 'staff'],
  questions: [
    { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' },
    { code: 'could-improve', prompt: 'What could we do better?', polarity: 'could_improve' },
    {
      code: 'whole-story',
      prompt: 'Can you give an example of working together? It is published whole.',
      polarity: 'nonspecific',
      publication: 'whole',
    },
  ],
  services: [
    { odsCode: 'RHA', code: 'adult-mental-health', name: 'Adult mental health' },
    { odsCode: 'RHA', code: 'camhs', name: 'Children and young people' },
  ],
  channels: ['trust', 'public'],
  opensAt: '2026-11-01T00:00:00Z',
  closesAt: '2030-12-01T00:00:00Z',
  disclosurePolicy: { threshold: 10, roundTo: 5 },
  lookAgainOn: '2031-01-15',
  aboutThisEvaluation: { id: 'about-this-evaluation', version: 1 },
  equalityTable: true,
  retentionDays: 365,
};

export const cycleExample = {
  id: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  version: 2,
  phase: 'open',
  ...newCycleExample,
  organisationNames: [{ odsCode: 'RHA', name: 'Nottinghamshire Healthcare NHS Foundation Trust' }],
  standardSet: {
    id: 'fft',
    version: 1,
    title: 'Friends and Family Test',
    scale: {
      min: 1,
      max: 5,
      labels: ['Very poor', 'Poor', 'Neither good nor poor', 'Good', 'Very good'],
    },
    standards: [
      {
        code: 'overall-experience',
        title: 'Overall, how was your experience of our service?',
        statement: 'People are treated with kindness and get the help that they came for.',
      },
    ],
  },
  aboutThisEvaluation: {
    id: 'about-this-evaluation',
    version: 1,
    title: 'About this evaluation',
    scale: { min: 1, max: 5, labels: ['Not at all', 'A little', 'Partly', 'Mostly', 'Fully'] },
    standards: [
      {
        code: 'safe',
        title: 'It felt safe to be honest',
        statement: 'I could say what I think without fear of what might follow from it.',
      },
    ],
  },
  legalHold: false,
  urgentHelp: [...urgentHelp],
  anonymityStatement: {
    href: '/v1/cycles/6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10/anonymity-statement',
    sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  },
};
