import * as z from 'zod';
import { toCsv } from '../../domain/disclosure/csv.ts';
import { operation } from '../http/contract.ts';
import { Id, TableFormat, WholeNumber } from '../shapes.ts';
import { DataPackage, dataPackage, TableSchema } from './data-package.ts';
import { DryRun, ReleaseSummary, Results, resultsExample } from './shapes.ts';
import { csvTablesOf, tableNames } from './tables.ts';

const params = z.object({ cycleId: Id });
const table = z
  .enum(tableNames)
  .optional()
  .meta({
    description:
      'Which table of the release; `results` if left out. `about_this_evaluation`, `equality` and `themes` are there where the cycle has them.',
    examples: ['equality'],
  });
const csvExample = toCsv(resultsExample.results, resultsExample.scale);

export const createRelease = operation({
  id: 'createRelease',
  method: 'post',
  path: '/v1/cycles/{cycleId}/releases',
  tag: 'results',
  summary: 'Release the results of a closed cycle',
  description:
    'Counts all ratings, hides what is too small to show and as much besides as it takes that nothing hidden can be worked out, and publishes the rest for good, with a number and a digest. A correction is the next release. With `dryRun` it says which rows would be hidden and why, without a number, and publishes nothing. With `proposal` it publishes what somebody else proposed (POST …/release-proposals), if the numbers are still those: the same proposal gives the same release however often it is sent. Publishing cannot be undone.',
  access: { kind: 'scope', scope: 'results:publish' },
  params,
  body: {
    schema: z
      .strictObject({
        dryRun: z.boolean().default(false),
        proposal: Id.optional().meta({
          description: 'A proposal of this cycle that somebody else made: it is confirmed.',
        }),
      })
      .refine(({ dryRun, proposal }) => !dryRun || proposal === undefined, {
        path: ['proposal'],
        error: 'Leave it out of a dry run.',
      })
      .meta({ id: 'NewRelease' }),
    maxBytes: 1024,
    examples: {
      dryRun: { summary: 'Look first', value: { dryRun: true } },
      release: { summary: 'Publish', value: { dryRun: false } },
      confirm: {
        summary: 'Confirm what somebody else proposed',
        value: { dryRun: false, proposal: '0d9e6c1b-4f0a-4c43-9a58-6f6d1f3c2b70' },
      },
    },
  },
  replies: {
    200: {
      description: 'What a release would hide (dryRun).',
      schema: DryRun,
      example: {
        release: 1,
        shown: 1,
        hidden: [
          {
            organisation: 'RHA',
            service: 'camhs',
            standard: 'overall-experience',
            perspective: 'carer',
            why: 'too_few',
          },
        ],
        kept: [],
      },
    },
    201: {
      description: 'The results as they are published.',
      schema: Results,
      headers: {
        Location: {
          description: 'Where the release is read.',
          example: `/v1/cycles/${resultsExample.cycleId}/results?release=1`,
        },
      },
      example: resultsExample,
    },
  },
  problems: ['wrong-phase', 'release-refused', 'already-exists'],
});

export const getResults = operation({
  id: 'getResults',
  method: 'get',
  path: '/v1/cycles/{cycleId}/results',
  tag: 'results',
  summary: 'Read the results of a cycle',
  description:
    'The latest release, or the one that `release` names, as JSON or (Accept: text/csv) as a table with a row for each group: `*` where a number is hidden, `-` where there is none. A CSV is one table, which `table` chooses. A numbered release never changes and may be kept for good; the latest is asked for again after a minute.',
  access: { kind: 'public' },
  params,
  query: z.object({
    release: WholeNumber(1, 99_999)
      .optional()
      .meta({ description: 'Number of a release; the latest if left out.', examples: [1] }),
    format: TableFormat,
    table,
  }),
  replies: {
    200: {
      description: 'The results.',
      schema: Results,
      alsoAs: { 'text/csv': csvExample },
      example: resultsExample,
    },
  },
  problems: [],
  cache: { maxAgeSeconds: 60 },
});

export const getDataPackage = operation({
  id: 'getDataPackage',
  method: 'get',
  path: '/v1/cycles/{cycleId}/data-package',
  tag: 'results',
  summary: 'Read how to load the results of a cycle',
  description:
    'The latest release as a Frictionless Data Package (specs.frictionlessdata.io/data-package): where the table is, what each column means, what stands for a missing value, and under which licence it may be used. Research tools load the table with it without guessing.',
  access: { kind: 'public' },
  params,
  replies: {
    200: {
      description: 'The data package.',
      schema: DataPackage,
      example: dataPackage(
        { ...resultsExample, tables: csvTablesOf(resultsExample) },
        'https://full-circle.example.nhs.uk',
      ),
    },
  },
  problems: [],
});

export const listReleases = operation({
  id: 'listReleases',
  method: 'get',
  path: '/v1/cycles/{cycleId}/releases',
  tag: 'results',
  summary: 'List the releases of a cycle',
  description: 'Every release with its digest, the first one first.',
  access: { kind: 'public' },
  params,
  replies: {
    200: {
      description: 'The releases.',
      schema: z
        .object({ items: z.array(ReleaseSummary), next: z.null() })
        .meta({ id: 'ReleaseList' }),
      example: {
        items: [
          {
            cycleId: resultsExample.cycleId,
            release: 1,
            releasedAt: resultsExample.releasedAt,
            sha256: resultsExample.sha256,
            codeVersion: resultsExample.codeVersion,
            disclosurePolicy: resultsExample.disclosurePolicy,
            href: `/v1/cycles/${resultsExample.cycleId}/results?release=1`,
          },
        ],
        next: null,
      },
    },
  },
  problems: [],
});

export const getDataDictionary = operation({
  id: 'getDataDictionary',
  method: 'get',
  path: '/v1/data-dictionary',
  tag: 'results',
  summary: 'Read what the columns of results mean',
  description:
    'The columns of a CSV of results as a table schema of Frictionless Data (specs.frictionlessdata.io/table-schema), for a scale from 1 to 5; `*` and `-` are its missing values. Research tools load the table with it without guessing.',
  access: { kind: 'public' },
  query: z.object({ table }),
  replies: {
    200: {
      description: 'The table schema.',
      schema: TableSchema,
      example: {
        fields: [
          {
            name: 'organisation',
            type: 'string',
            description: 'ODS code; `all` for every organisation of the cycle together.',
          },
        ],
        missingValues: ['*', '-'],
      },
    },
  },
  problems: [],
  cache: { maxAgeSeconds: 3600 },
  withoutDatabase: true,
});
