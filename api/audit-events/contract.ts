import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { DateTime, Next, OdsCode, pageQuery } from '../shapes.ts';

const AuditEvent = z
  .object({
    number: z.int().meta({ description: 'Counts all events from 1, also those of others.' }),
    occurredAt: DateTime,
    actor: z.object({
      kind: z.enum(['client', 'person', 'schedule', 'operator']),
      id: z.string().nullable(),
    }),
    organisations: z.array(OdsCode),
    purpose: z
      .string()
      .meta({ description: 'The scope by which it was allowed, `retention` or `sign-in`.' }),
    requestId: z.string(),
    operation: z.string().meta({
      description:
        'operationId of this contract, a scheduled job, or a step of signing in to the console.',
    }),
    subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
    outcome: z.enum(['done', 'refused']),
    counts: z
      .array(z.object({ what: z.string(), count: z.int() }))
      .meta({ description: 'How many rows a scheduled job removed; empty for everything else.' }),
    previousHash: z.string().meta({ description: '`hash` of the event before, in hexadecimal.' }),
    hash: z.string(),
  })
  .meta({
    id: 'AuditEvent',
    description:
      'Who did what, for whom and by which right; never what it was about in words, and nothing of submissions.',
  });

export const listAuditEvents = operation({
  id: 'listAuditEvents',
  method: 'get',
  path: '/v1/audit-events',
  tag: 'audit-events',
  summary: 'Read the audit trail',
  description:
    'What concerns the organisations of the client, the newest first. Events cannot be changed or removed, and each holds the hash of the one before: a gap shows, and whoever runs the service can verify the whole chain. That the trail was read is noted in it.',
  access: { kind: 'scope', scope: 'audit:read' },
  query: z.object({
    operation: z
      .string()
      .regex(/^[a-zA-Z]{1,60}$/, 'Must be an operationId.')
      .optional()
      .meta({ description: 'Only events of this operation.', examples: ['decideOnText'] }),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of events.',
      schema: z.object({ items: z.array(AuditEvent), next: Next }).meta({ id: 'AuditEventList' }),
      example: {
        items: [
          {
            number: 42,
            occurredAt: '2026-11-22T09:30:00Z',
            actor: { kind: 'client', id: 'moderation-desk' },
            organisations: ['RHA'],
            purpose: 'moderation:write',
            requestId: '3b1f0a4e-6f43-4ad1-a8a5-0b9ddbd7d3a1',
            operation: 'decideOnText',
            subject: { kind: 'text', id: '0b54a1f5-6e0e-4a43-8d2c-7f9c2f1f6a11' },
            outcome: 'done',
            counts: [],
            previousHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
            hash: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
          },
        ],
        next: null,
      },
    },
  },
  problems: [],
});
