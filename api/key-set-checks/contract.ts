import * as z from 'zod';
import { checkKeys } from '../api-clients/contract.ts';
import { operation } from '../http/contract.ts';
import { HttpsUrl } from '../shapes.ts';

const KeySetToCheck = z
  .strictObject({
    // Whatever it is: what is wrong with it is told in the reply.
    jwks: z
      .record(z.string(), z.unknown())
      .nullable()
      .default(null)
      .meta({ description: 'A key set (RFC 7517), as it would be registered.' }),
    jwksUrl: HttpsUrl.nullable()
      .default(null)
      .meta({ description: 'Where the key set is published.' }),
  })
  .superRefine(checkKeys)
  .meta({ id: 'KeySetToCheck', description: 'Either jwks or jwksUrl.' });

const problem = z
  .string()
  .nullable()
  .meta({ description: 'What is wrong, in a sentence for people; null if nothing is.' });

export const KeySetCheck = z
  .object({
    usable: z.boolean().meta({
      description:
        'A set that is sent can be registered as it is; one at an address has a key that signs in, and no private one.',
    }),
    problem,
    keys: z.array(
      z.object({
        kid: z.string().nullable().meta({ description: 'At most its first 100 characters.' }),
        bits: z
          .int()
          .nullable()
          .meta({ description: 'Of the modulus; null if it cannot be read.' }),
        usable: z.boolean(),
        problem,
      }),
    ),
  })
  .meta({
    id: 'KeySetCheck',
    description: 'What a key set is good for. Nothing of a key is repeated but its kid.',
  });

export const checkKeySet = operation({
  id: 'checkKeySet',
  method: 'post',
  path: '/v1/key-set-checks',
  tag: 'api-clients',
  summary: 'Check a key set before it is registered',
  description:
    'Looks at each key as sign-in would, and says what is wrong. A set at an address is read as sign-in reads it: over https, within five seconds, at most 64 KB, without following a redirect; and only from a public name, on port 443 or 8443. Nothing of the set or the address is kept; that a check was made is noted in the audit trail.',
  access: { kind: 'scope', scope: 'clients:write' },
  rateLimit: 'token',
  body: {
    schema: KeySetToCheck,
    maxBytes: 64 * 1024,
    examples: {
      published: {
        summary: 'A set at an address',
        value: { jwksUrl: 'https://feedback.example.nhs.uk/.well-known/jwks.json' },
      },
    },
  },
  replies: {
    200: {
      description: 'What was found.',
      schema: KeySetCheck,
      example: {
        usable: true,
        problem: null,
        keys: [
          { kid: 'kiosks-2026', bits: 4096, usable: true, problem: null },
          {
            kid: 'kiosks-2019',
            bits: 1024,
            usable: false,
            problem: 'The key has 1024 bits: make one of at least 2048.',
          },
        ],
      },
    },
  },
  problems: [],
});
