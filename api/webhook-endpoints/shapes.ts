import * as z from 'zod';
import {
  webhookDeliveryStatuses,
  webhookDisabledReasons,
  webhookEventTypes,
  webhookFailures,
} from '../../domain/vocabulary.ts';
import { ChangeOf, DateTime, Id, isUnique, OdsCode } from '../shapes.ts';

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

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

const members = {
  organisations: z
    .array(OdsCode)
    .min(1)
    .max(100)
    .refine(isUnique, { error: 'Name each organisation once.' })
    .meta({ description: 'Of whose publications it is told.' }),
  // Not HttpsUrl, which drops control characters before anybody can refuse them; domain/webhook-address.ts says what may be.
  // Not read by the schema library, which would drop line breaks before anybody could refuse them.
  url: z
    .string()
    .refine(isHttps, { error: 'Must be an https URL.' })
    .meta({
      format: 'uri',
      maxLength: 2000,
      description:
        'Where events are posted: https, port 443 or 8443, a public name; no IP address, user name, password or fragment. Kept as the WHATWG URL standard writes it; once for each client.',
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

export const WebhookEndpointChange = ChangeOf({
  ...members,
  enabled: z.boolean().meta({
    description:
      'True sends to it again what waits and what comes; false keeps what waits until then.',
  }),
}).meta({
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

export const WebhookDelivery = z
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

export const newWebhookExample = {
  organisations: ['RHA'],
  url: 'https://hooks.example.nhs.uk/full-circle',
  events: ['loop_record.published', 'loop_record.withdrawn', 'results.released'],
};

export const webhookExample = {
  id: '4b7c0a55-5d0b-4c1c-9a0f-0f6f0a6d3b21',
  version: 1,
  clientId: '0c1d9f0a-7f43-4dc5-9a0e-4f5d5d0b6f3e',
  ...newWebhookExample,
  enabled: true,
  disabledAt: null,
  disabledReason: null,
  failingSince: null,
  secretRotatedAt: null,
};

export const webhookWithSecretExample = {
  ...webhookExample,
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
};

export const eventIdExample = '9d2c5e0e-8a55-4a3f-8d0a-7b1f6f1c2e44';
