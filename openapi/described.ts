import * as z from 'zod';
import { type ProblemCode, problemCatalogue } from '../api/http/problem.ts';
import type { Scope } from '../domain/vocabulary.ts';

/** What the documents say beside the operations themselves. */

export const tags = [
  { name: 'sign-in', description: 'How systems get an access token.' },
  { name: 'organisations', description: 'NHS trusts and other bodies by ODS code.' },
  { name: 'standard-sets', description: 'Co-produced frameworks in immutable versions.' },
  { name: 'cycles', description: 'Runs of an evaluation, from draft to closed.' },
  { name: 'submissions', description: 'What people send, anonymously.' },
  { name: 'receipts', description: 'What became of a submission, for whoever holds its receipt.' },
  { name: 'moderation', description: 'Texts that a person reads before anybody else does.' },
  { name: 'themes', description: 'What many people said, in plain words, and what it is about.' },
  { name: 'results', description: 'What came out, so that nobody can be picked out.' },
  {
    name: 'priorities',
    description: 'What people with lived experience want something done about first.',
  },
  { name: 'loop-records', description: 'What people said, what was done, what became of it.' },
  {
    name: 'webhook-endpoints',
    description: 'Where systems are told what was published or withdrawn.',
  },
  { name: 'api-clients', description: 'Systems that may sign in.' },
  { name: 'staff-members', description: 'People who sign in to the console, and their roles.' },
  { name: 'audit-events', description: 'Who did what, and by which right.' },
  { name: 'service', description: 'Who runs the service, by which rules.' },
  { name: 'monitoring', description: 'Whether the service answers and works.' },
];

export const scopeDescriptions: Record<Scope, string> = {
  'submissions:write': "Post submissions and batches for the client's organisations.",
  'cycles:write': 'Set up, change, schedule, open and close cycles.',
  'standards:write': 'Write and publish standard sets.',
  'moderation:write':
    'Read and decide on texts, find themes in them, write and publish priorities.',
  'results:publish': 'Make a release.',
  'loop:write': 'Write and publish priorities and loop records, register webhooks.',
  'clients:write': 'Register and revoke API clients.',
  'staff:write': 'Give people of staff their roles.',
  'audit:read': 'Read the audit trail.',
};

const codes = Object.keys(problemCatalogue) as [ProblemCode, ...ProblemCode[]];

export const ProblemSchema = z
  .object({
    type: z.string().meta({ description: 'Link to what the code means.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What to do, for this request.' }),
    instance: z.string().meta({ description: 'The path that was asked.' }),
    code: z.enum(codes).meta({ description: 'Stable; decide by this.' }),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z
            .string()
            .meta({ description: 'RFC 6901 pointer into the body, or /name of a parameter.' }),
          detail: z.string(),
        }),
      )
      .max(100)
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
