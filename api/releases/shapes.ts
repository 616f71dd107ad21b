import * as z from 'zod';
import { DateTime, Id } from '../shapes.ts';

const Measure = z
  .object({
    mean: z.number().meta({ description: 'To one decimal.' }),
    distribution: z.array(z.int()).meta({
      description:
        'How many gave each answer, rounded, from the least of the scale to the greatest.',
    }),
    uniform: z.boolean().meta({ description: 'As published, all gave the same answer.' }),
    polarised: z.boolean().meta({
      description: 'As published, people are divided between both ends of the scale.',
    }),
  })
  .meta({ id: 'Measure' });

const ResultRow = z
  .object({
    organisation: z
      .string()
      .meta({ description: 'ODS code; `all` for every organisation together.' }),
    service: z.string().nullable().meta({ description: 'Null for the organisation as a whole.' }),
    standard: z.string(),
    perspective: z.string().meta({ description: '`all` for everybody together.' }),
    suppressed: z.boolean().meta({
      description: 'Too few, or hidden so that others cannot be worked out, or nobody: all alike.',
    }),
    count: z.int().nullable(),
    asIs: Measure.nullable(),
    toBe: Measure.nullable().meta({
      description: 'Null also where too few said how it should be.',
    }),
    revised: z.literal(true).optional().meta({
      description:
        'Given where the row is not from the first release. Rows of different age need not add up.',
    }),
  })
  .meta({ id: 'ResultRow', description: 'One group on one standard.' });

const Gap = z
  .object({
    organisation: z.string(),
    standard: z.string(),
    perspective: z.string().optional().meta({
      description: 'Given where the gap is between how it should be and how it is.',
    }),
    between: z.array(z.string()).length(2).meta({
      description: 'Two perspectives, or `toBe` and `asIs`.',
    }),
    difference: z.number().meta({ description: 'Of the means, the first less the second.' }),
  })
  .meta({ id: 'Gap', description: 'A difference, shown only where both sides are.' });

const Change = z
  .object({
    organisation: z.string(),
    standard: z.string(),
    perspective: z.string(),
    since: z.object({ cycleId: Id, release: z.int() }),
    difference: z.number().meta({ description: 'Of the means of asIs, now less then.' }),
  })
  .meta({
    id: 'Change',
    description: 'Since the last cycle before of the same organisation on the same standard.',
  });

const AboutThisEvaluation = z
  .object({
    standardSet: z.object({ id: z.string(), version: z.int() }),
    scale: z.object({ min: z.int(), max: z.int() }),
    results: z.array(ResultRow),
    gaps: z.array(Gap),
  })
  .meta({
    id: 'AboutThisEvaluation',
    description: 'What people say of the evaluation itself, by the same rules.',
  });

const EqualityRow = z
  .object({
    category: z.string().meta({
      description: 'Code of the NHS Data Dictionary; `all` for everybody who answered.',
    }),
    label: z.string(),
    suppressed: z.boolean().meta({ description: 'As in the rows of results.' }),
    count: z.int().nullable().meta({ description: 'Rounded.' }),
    revised: z.literal(true).optional(),
  })
  .meta({ id: 'EqualityRow', description: 'How many gave an equality answer.' });

const EqualityTable = z
  .object({ question: z.literal('ethnicity'), results: z.array(EqualityRow) })
  .meta({
    id: 'EqualityTable',
    description:
      'Who took part, for the cycle as a whole: equality answers are kept apart from ratings, so nothing finer can be told.',
  });

const ThemeShareRow = z
  .object({
    theme: Id.meta({ description: 'Read its title at /v1/themes, unless it was withdrawn since.' }),
    organisation: z.string(),
    question: z.string(),
    suppressed: z.boolean().meta({
      description: 'Too few spoke of it, or too few did not: the numbers are hidden.',
    }),
    count: z.int().nullable().meta({ description: 'How many answered the question, rounded.' }),
    mentioned: z.int().nullable().meta({
      description: 'Of these, how many said something that belongs to the theme, rounded.',
    }),
    revised: z.literal(true).optional(),
  })
  .meta({
    id: 'ThemeShareRow',
    description: 'One theme in the answers to one question.',
  });

const ThemeShares = z.object({ results: z.array(ThemeShareRow) }).meta({
  id: 'ThemeShares',
  description: 'How many spoke of each published theme, everybody together.',
});

export const Results = z
  .object({
    cycleId: Id,
    release: z.int(),
    releasedAt: DateTime,
    sha256: z.string().meta({
      description: 'Of this JSON text without this member, byte for byte.',
    }),
    codeVersion: z.string().meta({ description: 'Version of the service that made it.' }),
    disclosurePolicy: z.object({ threshold: z.int(), roundTo: z.int() }),
    standardSet: z.object({ id: z.string(), version: z.int() }),
    scale: z.object({ min: z.int(), max: z.int() }),
    results: z.array(ResultRow),
    gaps: z.array(Gap),
    changes: z.array(Change),
    aboutThisEvaluation: AboutThisEvaluation.optional().meta({
      description: 'Left out where the cycle asks nothing about the evaluation itself.',
    }),
    equality: EqualityTable.optional().meta({
      description: 'Left out where the cycle did not declare it before it opened.',
    }),
    themes: ThemeShares.optional().meta({
      description: 'Left out where no theme of the cycle was published by then.',
    }),
  })
  .meta({
    id: 'Results',
    description: 'Results of a closed cycle as they were released: they never change.',
  });

export const ReleaseSummary = z
  .object({
    cycleId: Id,
    release: z.int(),
    releasedAt: DateTime,
    sha256: z.string(),
    codeVersion: z.string(),
    disclosurePolicy: z.object({ threshold: z.int(), roundTo: z.int() }),
    href: z.string(),
  })
  .meta({ id: 'ReleaseSummary' });

const group = {
  organisation: z.string(),
  service: z.string().nullable(),
  standard: z.string(),
  perspective: z.string(),
};

/** What of a table would be hidden. @param named what names a row of it */
function hiding<Shape extends z.ZodRawShape>(named: Shape) {
  return {
    shown: z.int().meta({ description: 'How many rows would be shown.' }),
    hidden: z
      .array(z.object({ ...named, why: z.enum(['too_few', 'protects_another', 'hidden_before']) }))
      .meta({ description: 'Which rows would be hidden, and why; never with a number.' }),
    kept: z
      .array(z.object({ ...named, why: z.enum(['changed_too_little', 'protects_another']) }))
      .meta({ description: 'Which rows would say what they said in the release before, and why.' }),
  };
}

export const DryRun = z
  .object({
    release: z.int().meta({ description: 'The number that it would have.' }),
    ...hiding(group),
    aboutThisEvaluation: z.object(hiding(group)).optional(),
    equality: z.object(hiding({ category: z.string(), label: z.string() })).optional(),
    themes: z.object({ shown: z.int(), hidden: z.int() }).optional().meta({
      description: 'How many rows of theme shares would be shown and hidden.',
    }),
  })
  .meta({ id: 'ReleaseDryRun', description: 'What a release would hide. Nothing is published.' });

const exampleGroup = { organisation: 'RHA', service: null, standard: 'overall-experience' };

export const resultsExample = {
  cycleId: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  release: 1,
  releasedAt: '2026-12-10T09:00:00Z',
  sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  codeVersion: '0.3.0',
  disclosurePolicy: { threshold: 10, roundTo: 5 },
  standardSet: { id: 'fft', version: 1 },
  scale: { min: 1, max: 5 },
  results: [
    {
      ...exampleGroup,
      perspective: 'service_user',
      suppressed: false,
      count: 1275,
      asIs: { mean: 4.4, distribution: [75, 60, 65, 305, 770], uniform: false, polarised: false },
      toBe: null,
    },
    {
      ...exampleGroup,
      service: 'camhs',
      perspective: 'carer',
      suppressed: true,
      count: null,
      asIs: null,
      toBe: null,
    },
  ],
  gaps: [
    {
      organisation: 'RHA',
      standard: 'overall-experience',
      between: ['service_user', 'staff'] as [string, string],
      difference: -1.1,
    },
  ],
  changes: [],
  aboutThisEvaluation: {
    standardSet: { id: 'about-this-evaluation', version: 1 },
    scale: { min: 1, max: 5 },
    results: [
      {
        organisation: 'RHA',
        service: null,
        standard: 'safe',
        perspective: 'service_user',
        suppressed: false,
        count: 840,
        asIs: {
          mean: 3.9,
          distribution: [45, 60, 140, 280, 315],
          uniform: false,
          polarised: false,
        },
        toBe: null,
      },
    ],
    gaps: [],
  },
  equality: {
    question: 'ethnicity' as const,
    results: [
      { category: 'A', label: 'White: British', suppressed: false, count: 610 },
      { category: 'N', label: 'Black or Black British: African', suppressed: true, count: null },
    ],
  },
  themes: {
    results: [
      {
        theme: '5c1e0b7a-3f52-4d0e-9d2c-2f6f4be0a9d1',
        organisation: 'RHA',
        question: 'could-improve',
        suppressed: false,
        count: 620,
        mentioned: 85,
      },
    ],
  },
};
