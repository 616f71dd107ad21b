import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { DateTime, IsoDate, Next, OdsCode, pageQuery } from '../shapes.ts';

export const AuditEvent = z
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
    'What concerns the organisations of the client, the newest first. Events cannot be changed or removed, and each holds the hash of the one before: a gap shows, and the whole chain can be verified (verifyAuditTrail). That the trail was read is noted in it.',
  access: { kind: 'scope', scope: 'audit:read' },
  query: z.object({
    operation: z
      .string()
      .regex(/^[a-zA-Z]{1,60}$/, 'Must be an operationId.')
      .optional()
      .meta({ description: 'Only events of this operation.', examples: ['decideOnText'] }),
    actor: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/, 'Must be the id of an actor.')
      .optional()
      .meta({ description: 'Only what this one did.', examples: ['moderation-desk'] }),
    since: IsoDate.optional().meta({
      description: 'Only what was done on this day (UTC) or later.',
      examples: ['2026-11-01'],
    }),
    until: IsoDate.optional().meta({
      description: 'Only what was done on this day (UTC) or before.',
      examples: ['2026-11-30'],
    }),
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

export const verifyAuditTrail = operation({
  id: 'verifyAuditTrail',
  method: 'get',
  path: '/v1/audit-verification',
  tag: 'audit-events',
  summary: 'Verify the audit trail',
  description:
    'Makes the hash of every event anew, those of other organisations too, and holds it against what is stored: an event that was changed, removed, put in or moved shows. Nothing is told of what an event says. A trail whose newest events were cut off is whole, as is one that was written anew from the beginning: note `eventCount` and `lastHash` somewhere else, and compare with what you noted before. It takes time, and more the longer the trail: ask once a day, not with every page.',
  access: { kind: 'scope', scope: 'audit:read' },
  replies: {
    200: {
      description: 'Whether the trail is whole.',
      schema: z
        .object({
          intact: z.boolean(),
          eventCount: z.int().meta({ description: 'Of all organisations.' }),
          firstBroken: z
            .int()
            .nullable()
            .meta({ description: 'The number of the first event that is wrong or is not there.' }),
          lastHash: z
            .string()
            .nullable()
            .meta({ description: '`hash` of the newest event; null where there is none.' }),
          verifiedAt: DateTime,
        })
        .meta({ id: 'AuditVerification' }),
      example: {
        intact: true,
        eventCount: 4210,
        firstBroken: null,
        lastHash: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
        verifiedAt: '2026-11-26T09:30:00Z',
      },
    },
  },
  problems: [],
});
