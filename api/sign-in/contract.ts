import * as z from 'zod';
import { ASSERTION_TYPE } from '../../domain/client-assertion.ts';
import { operation } from '../http/contract.ts';

const TokenRequest = z
  .object({
    grant_type: z.literal('client_credentials'),
    client_assertion_type: z.literal(ASSERTION_TYPE),
    client_assertion: z.string().meta({ description: 'The signed JWT.' }),
  })
  .meta({ id: 'TokenRequest' });

export const OauthErrorBody = z
  .object({ error: z.string(), error_description: z.string(), message_id: z.string() })
  .meta({ id: 'OauthError', description: "The error shape of NHS England's identity service." });

const refusal = (description: string, error: string, text: string) => ({
  description,
  schema: OauthErrorBody,
  example: {
    error,
    error_description: text,
    message_id: '3b1f0a4e-6f43-4ad1-a8a5-0b9ddbd7d3a1',
  },
});

export const issueToken = operation({
  id: 'issueToken',
  method: 'post',
  path: '/oauth2/token',
  tag: 'sign-in',
  summary: 'Get an access token',
  description:
    "OAuth 2.0 client credentials with a signed JWT (RFC 7523), as NHS England's API platform does it: header alg RS512 and kid; claims iss and sub (the client id), aud (this URL), jti (used once) and exp (at most five minutes ahead). Parameters that this operation does not know are ignored, as RFC 6749 asks.",
  access: { kind: 'public' },
  rateLimit: 'token',
  body: {
    schema: TokenRequest,
    door: z.record(z.string(), z.string()),
    mediaType: 'application/x-www-form-urlencoded',
    maxBytes: 16 * 1024,
    examples: {
      assertion: {
        summary: 'A signed JWT',
        value: {
          grant_type: 'client_credentials',
          client_assertion_type: ASSERTION_TYPE,
          client_assertion: 'eyJhbGciOiJSUzUxMiIsImtpZCI6InRlc3QtMSIsInR5cCI6IkpXVCJ9.e30.c2ln',
        },
      },
    },
  },
  replies: {
    200: {
      description: 'The token. Numbers are strings, as the platform sends them.',
      schema: z
        .object({
          access_token: z.string(),
          expires_in: z.string(),
          token_type: z.literal('Bearer'),
          issued_at: z.string().meta({ description: 'Milliseconds since 1970.' }),
        })
        .meta({ id: 'Token' }),
      example: {
        access_token: 'eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln',
        expires_in: '599',
        token_type: 'Bearer',
        issued_at: '1795340000000',
      },
    },
    400: refusal(
      'The request or the assertion is not right.',
      'invalid_request',
      'grant_type is missing',
    ),
    401: refusal(
      'The client, its key or its signature is not known, or it was revoked.',
      'public_key error',
      'JWT signature verification failed',
    ),
    403: refusal(
      'No key of the client can be had.',
      'public_key error',
      "The JWKS endpoint, for your client_assertion can't be reached",
    ),
    413: refusal(
      'The body is too large.',
      'invalid_request',
      'The body may be at most 16384 bytes.',
    ),
    415: refusal(
      'Not a form.',
      'invalid_request',
      'Content-Type header must be application/x-www-form-urlencoded',
    ),
    429: refusal(
      'Too many requests from one address; try again after Retry-After seconds.',
      'temporarily_unavailable',
      'Too many requests. Try again in 60 seconds.',
    ),
    500: refusal(
      'A fault of the service.',
      'server_error',
      'Something went wrong here. Nothing half done is kept.',
    ),
    503: refusal(
      'The database does not answer; try again after Retry-After seconds.',
      'temporarily_unavailable',
      'The database does not answer. Try again in 5 seconds.',
    ),
  },
  problems: [],
  errorShape: 'oauth',
});

export const getSigningKeys = operation({
  id: 'getSigningKeys',
  method: 'get',
  path: '/.well-known/jwks.json',
  tag: 'sign-in',
  summary: 'Read the keys of access tokens',
  description: 'The public keys with which access tokens can be verified (RFC 7517).',
  access: { kind: 'public' },
  replies: {
    200: {
      description: 'The key set.',
      schema: z
        .object({
          keys: z.array(
            z.object({
              kty: z.literal('RSA'),
              kid: z.string(),
              n: z.string(),
              e: z.string(),
              alg: z.literal('RS256'),
              use: z.literal('sig'),
            }),
          ),
        })
        .meta({ id: 'SigningKeys' }),
      example: {
        keys: [{ kty: 'RSA', kid: 'signing-1', n: 'sXch', e: 'AQAB', alg: 'RS256', use: 'sig' }],
      },
    },
  },
  problems: [],
  cache: { maxAgeSeconds: 3600 },
  withoutDatabase: true,
});
