import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { IsoDate, Next, OdsCode, pageQuery } from '../shapes.ts';

export const Organisation = z
  .object({
    odsCode: OdsCode,
    name: z.string(),
    status: z.enum(['active', 'closed']),
    validFrom: IsoDate.nullable(),
    validTo: IsoDate.nullable(),
    successor: z
      .object({ odsCode: OdsCode, name: z.string() })
      .nullable()
      .meta({ description: 'The organisation that took over from a closed one.' }),
    note: z.string().nullable(),
  })
  .meta({ id: 'Organisation', description: 'An NHS trust or other body, by its ODS code.' });

const example = {
  odsCode: 'R1C',
  name: 'Solent NHS Trust',
  status: 'closed',
  validFrom: null,
  validTo: '2024-09-30',
  successor: {
    odsCode: 'RW1',
    name: 'Hampshire and Isle of Wight Healthcare NHS Foundation Trust',
  },
  note: 'succeeded by RW1 on 1 October 2024',
} as const;

/** Organisations hardly ever change: a day's notice is enough. */
const cache = { maxAgeSeconds: 3600 };

export const listOrganisations = operation({
  id: 'listOrganisations',
  method: 'get',
  path: '/v1/organisations',
  tag: 'organisations',
  summary: 'List organisations',
  description:
    'Every organisation that can take part in a cycle, closed ones included, by ODS code.',
  access: { kind: 'public' },
  query: z.object(pageQuery),
  replies: {
    200: {
      description: 'A page of organisations.',
      schema: z
        .object({ items: z.array(Organisation), next: Next })
        .meta({ id: 'OrganisationList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
  cache,
});

export const getOrganisation = operation({
  id: 'getOrganisation',
  method: 'get',
  path: '/v1/organisations/{odsCode}',
  tag: 'organisations',
  summary: 'Read an organisation',
  description: 'One organisation by its ODS code, with its successor where it has closed.',
  access: { kind: 'public' },
  params: z.object({ odsCode: OdsCode }),
  replies: { 200: { description: 'The organisation.', schema: Organisation, example } },
  problems: [],
  cache,
});
