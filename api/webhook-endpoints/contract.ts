import * as z from 'zod';
import {
  webhookDeliveryStatuses,
  webhookDisabledReasons,
  webhookEventTypes,
  webhookFailures,
} from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import { DateTime, HttpsUrl, Id, isUnique, Next, OdsCode, pageQuery } from '../shapes.ts';

const WebhookEventType = z.enum(webhookEventTypes).meta({
  id: 'WebhookEventType',
  description:
    'What a webhook tells of: that something was published (also each later version), withdrawn or merged into another, or that results were released.',
});

const WebhookDisabledReason = z.enum(webhookDisabledReasons).meta({
  id: 'WebhookDisabledReason',
  description:
    '`failed`: nothing was taken for five days. `gone`: it answered 410. `by_client`: by a change.',
});

const WebhookFailure = z.enum(webhookFailures).meta({
  id: 'WebhookFailure',
  description:
    'Why an attempt failed: an answer other than 2xx, a redirect (never followed), no answer in 15 seconds, no connection (a bad certificate too), or an address that is refused.',
});

const members = {
  organisations: z
    .array(OdsCode)
    .min(1)
    .max(100)
    .refine(isUnique, { error: 'Name each organisation once.' })
    .meta({ description: 'Of whose publications it is told.' }),
  url: HttpsUrl.meta({
    description:
      'Where events are posted: https, port 443 or 8443, a public name; no IP address, user name, password or fragment.',
    examples: ['https://hooks.example.nhs.uk/full-circle'],
  }),
  events: z.array(WebhookEventType).min(1).refine(isUnique, { error: 'Name each type once.' }),
};

export const NewWebhookEndpoint = z
  .strictObject({
    ...members,
    organisations: members.organisations.optional().meta({
      description: 'Of whose publications it is told; all of the client if left out.',
    }),
  })
  .meta({ id: 'NewWebhookEndpoint' });

export const WebhookEndpointChange = z
  .strictObject({
    ...members,
    enabled: z.boolean().meta({
      description:
        'True sends to it again what waits and what comes; false keeps what waits until then.',
    }),
  })
  .partial()
  .meta({
    id: 'WebhookEndpointChange',
    description: 'Members to replace; those left out stay.',
  });

export const WebhookEndpoint = z
  .object({
    id: Id,
    version: z.int(),
    clientId: z.string().meta({ description: 'The client that registered it.' }),
    organisations: z.array(OdsCode),
    url: z.string(),
    events: z.array(WebhookEventType),
    enabled: z.boolean(),
    disabledAt: DateTime.nullable(),
    disabledReason: WebhookDisabledReason.nullable(),
    failingSince: DateTime.nullable().meta({
      description: 'Since when every attempt has failed; null after one that did not.',
    }),
    secretRotatedAt: DateTime.nullable().meta({
      description: 'When it was given the secret that it has; null for the first.',
    }),
  })
  .meta({ id: 'WebhookEndpoint', description: 'Where a client is told what was published.' });

export const WebhookEndpointWithSecret = WebhookEndpoint.extend({
  secret: z.string().meta({
    description:
      'The key of the signatures, `whsec_` and base64. Shown this once and kept nowhere: store it now.',
  }),
}).meta({ id: 'WebhookEndpointWithSecret' });

const WebhookDelivery = z
  .object({
    event: Id.meta({ description: 'Sent as webhook-id, the same in every attempt.' }),
    type: z.union([WebhookEventType, z.literal('test')]),
    occurredAt: DateTime,
    status: z.enum(webhookDeliveryStatuses),
    attempts: z.int().meta({ description: 'Since it was queued, or queued again.' }),
    lastAttemptAt: DateTime.nullable(),
    lastStatus: z.int().nullable().meta({
      description: 'HTTP status of the last answer; null where there was none.',
    }),
    lastFailure: WebhookFailure.nullable(),
    nextAttemptAt: DateTime.nullable().meta({
      description: 'When it is tried next, at the earliest; null when it is over.',
    }),
    deliveredAt: DateTime.nullable(),
  })
  .meta({ id: 'WebhookDelivery', description: 'One event on its way to one endpoint.' });

export const Replay = z
  .strictObject({ event: Id, since: DateTime })
  .partial()
  .superRefine((replay, context) => {
    if ((replay.event === undefined) === (replay.since === undefined))
      context.addIssue({ code: 'custom', path: ['event'], message: 'Give either event or since.' });
  })
  .meta({ id: 'WebhookReplay', description: 'Either one event, or a moment.' });

const newExample = {
  organisations: ['RHA'],
  url: 'https://hooks.example.nhs.uk/full-circle',
  events: ['loop_record.published', 'loop_record.withdrawn', 'results.released'],
};

const example = {
  id: '4b7c0a55-5d0b-4c1c-9a0f-0f6f0a6d3b21',
  version: 1,
  clientId: '0c1d9f0a-7f43-4dc5-9a0e-4f5d5d0b6f3e',
  ...newExample,
  enabled: true,
  disabledAt: null,
  disabledReason: null,
  failingSince: null,
  secretRotatedAt: null,
};

const withSecret = {
  ...example,
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
};

const eventId = '9d2c5e0e-8a55-4a3f-8d0a-7b1f6f1c2e44';

const params = z.object({ webhookEndpointId: Id });
const etag = { ETag: { description: 'Its version, for If-Match.', example: 'W/"1"' } };
const access = { kind: 'scope', scope: 'loop:write' } as const;
const tag = 'webhook-endpoints';
const path = '/v1/webhook-endpoints/{webhookEndpointId}';

export const createWebhookEndpoint = operation({
  id: 'createWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook-endpoints',
  tag,
  summary: 'Register a webhook endpoint',
  description:
    'From now on, what its organisations publish or withdraw is posted to it as the [Standard Webhooks](https://www.standardwebhooks.com) specification says: a JSON body `{ "type", "timestamp", "data" }` with ids, a version and an `href`, nothing that is not public; `webhook-id` is the same in every attempt, `webhook-signature` is made with the secret that this reply shows once. An event can come more than once and in another order: read what `href` says. Any 2xx takes it. Anything else, a redirect too, is tried again after 1 and 5 minutes, half an hour, 2, 5, 10, 14, 20 and 24 hours, then given up; 410 disables the endpoint, and so does taking nothing for five days.',
  access,
  body: {
    schema: NewWebhookEndpoint,
    maxBytes: 16 * 1024,
    examples: { publications: { summary: 'Told of answers and results', value: newExample } },
  },
  replies: {
    201: {
      description: 'The endpoint, with its secret.',
      schema: WebhookEndpointWithSecret,
      headers: {
        Location: {
          description: 'Where it is read and changed.',
          example: `/v1/webhook-endpoints/${example.id}`,
        },
        ...etag,
      },
      example: withSecret,
    },
  },
  problems: [],
});

export const listWebhookEndpoints = operation({
  id: 'listWebhookEndpoints',
  method: 'get',
  path: '/v1/webhook-endpoints',
  tag,
  summary: 'List webhook endpoints',
  description: 'Endpoints of the organisations of the caller, whoever registered them.',
  access,
  query: z.object(pageQuery),
  replies: {
    200: {
      description: 'A page of endpoints.',
      schema: z
        .object({ items: z.array(WebhookEndpoint), next: Next })
        .meta({ id: 'WebhookEndpointList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
});

export const getWebhookEndpoint = operation({
  id: 'getWebhookEndpoint',
  method: 'get',
  path,
  tag,
  summary: 'Read a webhook endpoint',
  description: 'One endpoint, with the ETag that a change needs. Never its secret.',
  access,
  params,
  replies: {
    200: { description: 'The endpoint.', schema: WebhookEndpoint, headers: etag, example },
  },
  problems: [],
});

export const changeWebhookEndpoint = operation({
  id: 'changeWebhookEndpoint',
  method: 'patch',
  path,
  tag,
  summary: 'Change a webhook endpoint',
  description:
    'Replaces the members that are given. `enabled: true` sends again to an endpoint that was disabled, whatever disabled it, beginning with what waits.',
  access,
  params,
  ifMatch: 'required',
  body: {
    schema: WebhookEndpointChange,
    maxBytes: 16 * 1024,
    examples: { enable: { summary: 'It works again', value: { enabled: true } } },
  },
  replies: {
    200: {
      description: 'The endpoint as it is now.',
      schema: WebhookEndpoint,
      headers: etag,
      example: { ...example, version: 2 },
    },
  },
  problems: [],
});

export const deleteWebhookEndpoint = operation({
  id: 'deleteWebhookEndpoint',
  method: 'delete',
  path,
  tag,
  summary: 'End a webhook endpoint',
  description: 'Ends it with its log: what waits for it is dropped.',
  access,
  params,
  ifMatch: 'optional',
  replies: { 204: { description: 'It has ended.' } },
  problems: [],
});

export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  method: 'post',
  path: `${path}/secret`,
  tag,
  summary: 'Give a webhook endpoint a new secret',
  description:
    'The new secret signs from now on. For 24 hours the one before signs too: webhook-signature then holds two signatures, so that a receiver can change over meanwhile.',
  access,
  params,
  ifMatch: 'required',
  replies: {
    200: {
      description: 'The endpoint, with its new secret.',
      schema: WebhookEndpointWithSecret,
      headers: etag,
      example: { ...withSecret, version: 2, secretRotatedAt: '2026-11-20T10:00:00Z' },
    },
  },
  problems: [],
});

export const testWebhookEndpoint = operation({
  id: 'testWebhookEndpoint',
  method: 'post',
  path: `${path}/tests`,
  tag,
  summary: 'Send a test to a webhook endpoint',
  description:
    'Queues an event of the type `test` for this endpoint alone, signed and sent like every other.',
  access,
  params,
  replies: {
    202: {
      description: 'It is on its way within a minute or two; the log of deliveries tells of it.',
      schema: z.object({ event: Id }).meta({ id: 'QueuedWebhook' }),
      example: { event: eventId },
    },
  },
  problems: [],
});

export const listWebhookDeliveries = operation({
  id: 'listWebhookDeliveries',
  method: 'get',
  path: `${path}/deliveries`,
  tag,
  summary: 'Read the log of deliveries',
  description:
    'Every event of the last 30 days that was sent to the endpoint or waits for it, by the id of the event, which is random.',
  access,
  params,
  query: z.object({
    status: z
      .enum(webhookDeliveryStatuses)
      .optional()
      .meta({ description: 'Only deliveries that stand there.' }),
    ...pageQuery,
  }),
  replies: {
    200: {
      description: 'A page of deliveries.',
      schema: z
        .object({ items: z.array(WebhookDelivery), next: Next })
        .meta({ id: 'WebhookDeliveryList' }),
      example: {
        items: [
          {
            event: eventId,
            type: 'loop_record.published',
            occurredAt: '2026-11-20T10:00:00Z',
            status: 'waiting',
            attempts: 1,
            lastAttemptAt: '2026-11-20T10:00:41Z',
            lastStatus: 503,
            lastFailure: 'status',
            nextAttemptAt: '2026-11-20T10:01:44Z',
            deliveredAt: null,
          },
        ],
        next: null,
      },
    },
  },
  problems: [],
});

export const replayWebhooks = operation({
  id: 'replayWebhooks',
  method: 'post',
  path: `${path}/replays`,
  tag,
  summary: 'Send events again',
  description:
    'Queues one event, or all that happened since a moment and that the endpoint asks for, whatever became of them before: also what happened while it was disabled. Events are kept for 30 days. A receiver knows a repeat by its webhook-id.',
  access,
  params,
  body: {
    schema: Replay,
    maxBytes: 16 * 1024,
    examples: {
      since: { summary: 'All since a moment', value: { since: '2026-11-20T00:00:00Z' } },
      event: { summary: 'One event', value: { event: eventId } },
    },
  },
  replies: {
    202: {
      description: 'How many are queued.',
      schema: z.object({ queued: z.int() }).meta({ id: 'QueuedWebhooks' }),
      example: { queued: 3 },
    },
  },
  problems: [],
});
