import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { OauthErrorBody } from '../sign-in/contract.ts';

const build = {
  version: z.string(),
  revision: z.string(),
  releaseId: z.string(),
  commitId: z.string(),
};

const buildExample = {
  version: '0.3.0',
  revision: '1',
  releaseId: 'full-circle-0.3.0',
  commitId: '1f2e3d4',
};

export const ping = operation({
  id: 'ping',
  method: 'get',
  path: '/_ping',
  tag: 'monitoring',
  summary: 'Ask whether the service answers',
  description: 'What is running. Touches nothing behind the service.',
  access: { kind: 'public' },
  replies: {
    200: {
      description: 'It answers.',
      schema: z.object(build).meta({ id: 'Ping' }),
      example: buildExample,
    },
  },
  problems: [],
  cache: 'no-store',
  withoutDatabase: true,
});

export const status = operation({
  id: 'status',
  method: 'get',
  path: '/_status',
  tag: 'monitoring',
  summary: 'Ask whether the service works',
  description:
    "What is running, and whether what it needs answers. The shape is that of the NHS platform's status endpoints; the reply is 200 also when a check fails.",
  access: { kind: 'status-key' },
  replies: {
    200: {
      description: 'The checks and what they found.',
      schema: z
        .object({
          status: z.enum(['pass', 'warn', 'fail']),
          ...build,
          checks: z.object({
            database: z.object({
              status: z.enum(['pass', 'warn', 'fail']),
              timeout: z.enum(['true', 'false']),
              responseCode: z.int(),
              outcome: z.string(),
              links: z.object({ self: z.string() }),
            }),
          }),
        })
        .meta({ id: 'Status' }),
      example: {
        status: 'pass',
        ...buildExample,
        checks: {
          database: {
            status: 'pass',
            timeout: 'false',
            responseCode: 200,
            outcome: 'the database answers',
            links: { self: 'https://full-circle.example.nhs.uk/_status' },
          },
        },
      },
    },
    401: {
      description: 'The key is missing or wrong.',
      schema: OauthErrorBody,
      example: {
        error: 'Access Denied',
        error_description: 'Invalid api key for _status monitoring endpoint',
        message_id: '3b1f0a4e-6f43-4ad1-a8a5-0b9ddbd7d3a1',
      },
    },
  },
  problems: [],
  withoutDatabase: true,
});
