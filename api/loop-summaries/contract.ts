import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { Id, OdsCode, TableFormat } from '../shapes.ts';
import { summariesToCsv } from './csv.ts';
import { LoopSummary } from './shapes.ts';

const example = {
  organisation: 'RHA',
  name: 'Nottinghamshire Healthcare NHS Foundation Trust',
  cycle: null,
  asOf: '2027-03-02',
  themes: { published: 12, answered: 9, unanswered: 3 },
  answers: { considering: 1, planned: 2, inProgress: 2, done: 3, cannotDo: 2, noLongerNeeded: 0 },
  overdue: 1,
  declinedWithReason: 0.2,
  claims: { done: 3, confirmed: 1, contested: 1, unconfirmed: 1 },
  medianDaysToFirstAnswer: 24.5,
};
const csvExample = summariesToCsv([example]);

const query = z.object({
  cycle: Id.optional().meta({
    description: 'Only the themes and loop records of this cycle; of all cycles if left out.',
  }),
  format: TableFormat,
});

const rules =
  'Everything is counted anew from what is published at the moment of asking, so that nobody can write down a better number. It counts published records and themes, not people: the rules of disclosure have no part in it, and what people confirm is only told where those rules show it. As JSON or (Accept: text/csv) as a table with a row for each organisation, an empty field where there is no number.';

/** Today's promises may be overdue tomorrow: kept for minutes, not for days. */
const cache = { maxAgeSeconds: 300 };

export const getLoopSummary = operation({
  id: 'getLoopSummary',
  method: 'get',
  path: '/v1/organisations/{odsCode}/loop-summary',
  tag: 'loop-records',
  summary: 'Read how honest the loop of an organisation is',
  description: `How many of its published themes have an answer, what the answers are, which promises are overdue, and what people say of what is claimed to be done. An organisation that has published nothing has zeros. ${rules}`,
  access: { kind: 'public' },
  params: z.object({ odsCode: OdsCode }),
  query,
  replies: {
    200: {
      description: 'The summary.',
      schema: LoopSummary,
      alsoAs: { 'text/csv': csvExample },
      example,
    },
  },
  problems: [],
  cache,
});

export const listLoopSummaries = operation({
  id: 'listLoopSummaries',
  method: 'get',
  path: '/v1/loop-summaries',
  tag: 'loop-records',
  summary: 'Compare how honest loops are',
  description: `The summary of every organisation that has ever published a theme, a loop record or results, by ODS code, all on one page. Who has withdrawn everything stays in the list. Organisations of different size and different cycles are not alike: compare what each has answered of its own. ${rules}`,
  access: { kind: 'public' },
  query,
  replies: {
    200: {
      description: 'The summaries.',
      schema: z
        .object({ items: z.array(LoopSummary), next: z.null() })
        .meta({ id: 'LoopSummaryList' }),
      alsoAs: { 'text/csv': csvExample },
      example: { items: [example], next: null },
    },
  },
  problems: [],
  cache,
});
