import * as z from 'zod';
import { operation } from '../http/contract.ts';
import {
  ChangeOf,
  DateTime,
  HttpsUrl,
  IsoDate,
  isUnique,
  Next,
  OdsCode,
  pageQuery,
  Scope,
  Text,
} from '../shapes.ts';

export const clientIdPattern = /^[a-z0-9][a-z0-9-]{2,63}$/;

const ClientId = z
  .string()
  .regex(clientIdPattern, 'Must be 3 to 64 lower-case letters, digits and hyphens.')
  .meta({ examples: ['demo-trust'] });

/** Base64url of an RSA modulus of 2048 bits has 342 characters. */
const MIN_MODULUS_CHARACTERS = 342;

const PublicKey = z
  .strictObject({
    kty: z.literal('RSA'),
    kid: Text(100),
    n: z.base64url().min(MIN_MODULUS_CHARACTERS, 'The key must have at least 2048 bits.').max(1400),
    e: z.base64url().min(1).max(20),
    alg: z.literal('RS512').optional(),
    use: z.literal('sig').optional(),
    key_ops: z.array(z.literal('verify')).optional(),
  })
  .meta({
    id: 'PublicKey',
    description:
      'An RSA public key (RFC 7517). A private member is refused: never send a private key.',
  });

export const PublicKeySet = z
  .strictObject({
    keys: z
      .array(PublicKey)
      .min(1)
      .max(10)
      .refine((keys) => isUnique(keys.map(({ kid }) => kid)), {
        error: 'Each key needs a kid of its own.',
      }),
  })
  .meta({ id: 'PublicKeySet' });

const members = {
  title: Text(200).meta({ description: 'What the system is, for the people who look after it.' }),
  organisations: z
    .array(OdsCode)
    .min(1)
    .max(100)
    .refine(isUnique, { error: 'Name each organisation once.' }),
  scopes: z.array(Scope).min(1).refine(isUnique, { error: 'Name each scope once.' }),
  jwks: PublicKeySet.nullable(),
  jwksUrl: HttpsUrl.nullable().meta({
    description: 'Where the key set is published; read again after an hour.',
  }),
};

/** A client signs with keys from one place. */
export function checkKeys(
  client: { jwks: unknown; jwksUrl: unknown },
  context: z.RefinementCtx,
): void {
  if ((client.jwks === null) === (client.jwksUrl === null))
    context.addIssue({ code: 'custom', path: ['jwks'], message: 'Give either jwks or jwksUrl.' });
}

export const NewApiClient = z
  .strictObject({
    ...members,
    jwks: members.jwks.default(null),
    jwksUrl: members.jwksUrl.default(null),
  })
  .superRefine(checkKeys)
  .meta({ id: 'NewApiClient' });

export const ApiClientChange = ChangeOf(members)
  .superRefine((change, context) => {
    if (change.jwks !== undefined || change.jwksUrl !== undefined)
      checkKeys({ jwks: change.jwks ?? null, jwksUrl: change.jwksUrl ?? null }, context);
  })
  .meta({
    id: 'ApiClientChange',
    description:
      'Members to replace; those left out stay. jwks replaces jwksUrl and the other way round.',
  });

export const ApiClient = z
  .object({
    clientId: z.string(),
    version: z.int(),
    title: z.string(),
    organisations: z.array(OdsCode),
    scopes: z.array(Scope),
    jwks: z
      .object({
        keys: z.array(
          z.object({ kty: z.literal('RSA'), kid: z.string(), n: z.string(), e: z.string() }),
        ),
      })
      .nullable(),
    jwksUrl: z.string().nullable(),
    revokedAt: DateTime.nullable(),
    lastUsedOn: IsoDate.nullable().meta({
      description:
        'The last day (UTC) on which it was given an access token; null if none was seen. The day only, and none before it.',
    }),
  })
  .meta({ id: 'ApiClient', description: 'A system that may sign in.' });

const newExample = {
  title: 'Ward kiosks',
  organisations: ['RHA'],
  scopes: ['submissions:write'],
  jwksUrl: 'https://feedback.example.nhs.uk/.well-known/jwks.json',
};

const example = {
  clientId: '0c1d9f0a-7f43-4dc5-9a0e-4f5d5d0b6f3e',
  version: 1,
  ...newExample,
  jwks: null,
  revokedAt: null,
  lastUsedOn: '2026-11-26',
};

const params = z.object({ clientId: ClientId });
const etag = { ETag: { description: 'Its version, for If-Match.', example: 'W/"1"' } };
const access = { kind: 'scope', scope: 'clients:write' } as const;
const path = '/v1/api-clients/{clientId}';

export const registerApiClient = operation({
  id: 'registerApiClient',
  method: 'post',
  path: '/v1/api-clients',
  tag: 'api-clients',
  summary: 'Register a client',
  description:
    'Makes a client with an id of the service. Nobody can give away more than they have: its organisations and scopes must be among those of the client that registers it.',
  access,
  body: {
    schema: NewApiClient,
    maxBytes: 64 * 1024,
    examples: { kiosks: { summary: 'A system that publishes its keys', value: newExample } },
  },
  replies: {
    201: {
      description: 'The client.',
      schema: ApiClient,
      headers: {
        Location: {
          description: 'Where it is read and changed.',
          example: `/v1/api-clients/${example.clientId}`,
        },
        ...etag,
      },
      example: { ...example, lastUsedOn: null },
    },
  },
  problems: [],
});

export const listApiClients = operation({
  id: 'listApiClients',
  method: 'get',
  path: '/v1/api-clients',
  tag: 'api-clients',
  summary: 'List clients',
  description: 'Clients of the organisations of the caller, revoked ones included.',
  access,
  query: z.object(pageQuery),
  replies: {
    200: {
      description: 'A page of clients.',
      schema: z.object({ items: z.array(ApiClient), next: Next }).meta({ id: 'ApiClientList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
});

export const getApiClient = operation({
  id: 'getApiClient',
  method: 'get',
  path,
  tag: 'api-clients',
  summary: 'Read a client',
  description: 'One client, with the ETag that a change needs.',
  access,
  params,
  replies: { 200: { description: 'The client.', schema: ApiClient, headers: etag, example } },
  problems: [],
});

export const changeApiClient = operation({
  id: 'changeApiClient',
  method: 'patch',
  path,
  tag: 'api-clients',
  summary: 'Change a client',
  description:
    'Replaces the members that are given: its keys when they are rotated, its scopes, its organisations. Its access tokens end at once; it signs in again and gets one for what it may do now.',
  access,
  params,
  ifMatch: 'required',
  body: {
    schema: ApiClientChange,
    maxBytes: 64 * 1024,
    examples: { title: { summary: 'Another title', value: { title: 'Ward kiosks and tablets' } } },
  },
  replies: {
    200: { description: 'The client as it is now.', schema: ApiClient, headers: etag, example },
  },
  problems: ['gone'],
});

export const revokeApiClient = operation({
  id: 'revokeApiClient',
  method: 'delete',
  path,
  tag: 'api-clients',
  summary: 'Revoke a client',
  description:
    'Ends the client for good, its access tokens included, at once. It stays in the list with the date. Revoking twice changes nothing.',
  access,
  params,
  replies: { 204: { description: 'It is revoked.' } },
  problems: [],
});
