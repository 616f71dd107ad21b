import * as z from 'zod';
import { webhookDeliveryStatuses } from '../../domain/vocabulary.ts';
import { operation } from '../http/contract.ts';
import { Id, Next, pageQuery } from '../shapes.ts';
import {
  eventIdExample,
  NewWebhookEndpoint,
  newWebhookExample,
  Replay,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpointWithSecret,
  webhookExample,
  webhookWithSecretExample,
} from './shapes.ts';

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
    examples: {
      publications: { summary: 'Told of answers and results', value: newWebhookExample },
    },
  },
  replies: {
    201: {
      description: 'The endpoint, with its secret.',
      schema: WebhookEndpointWithSecret,
      headers: {
        Location: {
          description: 'Where it is read and changed.',
          example: `/v1/webhook-endpoints/${webhookExample.id}`,
        },
        ...etag,
      },
      example: webhookWithSecretExample,
    },
  },
  problems: ['already-exists'],
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
      example: { items: [webhookExample], next: null },
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
    200: {
      description: 'The endpoint.',
      schema: WebhookEndpoint,
      headers: etag,
      example: webhookExample,
    },
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
      example: { ...webhookExample, version: 2 },
    },
  },
  problems: ['already-exists'],
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
    'The new secret signs from now on. For 24 hours the one before signs too: webhook-signature then holds two signatures, so that a receiver can change over meanwhile. Only for the client that registered the endpoint.',
  access,
  params,
  ifMatch: 'required',
  replies: {
    200: {
      description: 'The endpoint, with its new secret.',
      schema: WebhookEndpointWithSecret,
      headers: etag,
      example: { ...webhookWithSecretExample, version: 2, secretRotatedAt: '2026-11-20T10:00:00Z' },
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
    'Queues an event of the type `test` for this endpoint alone, signed and sent like every other but after what happened. Not to an endpoint that is disabled, nor while 20 tests and replays wait for it.',
  access,
  params,
  replies: {
    202: {
      description: 'It is on its way within a minute or two; the log of deliveries tells of it.',
      schema: z.object({ event: Id }).meta({ id: 'QueuedWebhook' }),
      example: { event: eventIdExample },
    },
  },
  problems: ['wrong-phase'],
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
            event: eventIdExample,
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
    'Queues one event, or all that were kept since a moment and that the endpoint asks for, whatever became of them before: also what happened while it was disabled. Events are kept for 30 days; one from before the endpoint was registered only if another endpoint had asked for it, so do not count on those. What happens meanwhile is sent first. Not while 20 tests and replays wait for the endpoint. A receiver knows a repeat by its webhook-id.',
  access,
  params,
  body: {
    schema: Replay,
    maxBytes: 16 * 1024,
    examples: {
      since: { summary: 'All since a moment', value: { since: '2026-11-20T00:00:00Z' } },
      event: { summary: 'One event', value: { event: eventIdExample } },
    },
  },
  replies: {
    202: {
      description: 'How many are queued.',
      schema: z.object({ queued: z.int() }).meta({ id: 'QueuedWebhooks' }),
      example: { queued: 3 },
    },
  },
  problems: ['wrong-phase'],
});
