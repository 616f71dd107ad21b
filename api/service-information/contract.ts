import * as z from 'zod';
import { operation } from '../http/contract.ts';
import { UrgentHelp } from '../shapes.ts';
import { serviceInformation } from './information.ts';

export const ServiceInformation = z
  .object({
    name: z.string(),
    version: z.string(),
    environment: z.string(),
    apiStatus: z.enum(['alpha', 'beta', 'live']),
    controller: z.string(),
    processor: z.string(),
    lawfulBasis: z.string(),
    retention: z.array(z.object({ what: z.string(), howLong: z.string() })),
    regions: z.array(z.string()),
    subProcessors: z.array(z.object({ name: z.string(), purpose: z.string() })),
    disclosurePolicies: z.array(
      z.object({ name: z.string(), threshold: z.int(), roundTo: z.int(), description: z.string() }),
    ),
    deprecationPolicy: z.string(),
    dataLicence: z.object({ name: z.string(), href: z.string() }),
    urgentHelp: UrgentHelp,
    documents: z.object({ openapi: z.string(), openapi30: z.string(), reference: z.string() }),
  })
  .meta({ id: 'ServiceInformation', description: 'Who runs the service, by which rules.' });

export const getServiceInformation = operation({
  id: 'getServiceInformation',
  method: 'get',
  path: '/v1/service-information',
  tag: 'service',
  summary: 'Read about the service',
  description:
    'Controller, lawful basis, retention, regions, sub-processors, disclosure policies, and how long an operation lives on once it is deprecated.',
  access: { kind: 'public' },
  replies: {
    200: {
      description: 'About the service.',
      schema: ServiceInformation,
      example: serviceInformation({ version: '0.3.0', environment: 'production' }),
    },
  },
  problems: [],
  cache: { maxAgeSeconds: 3600 },
  withoutDatabase: true,
});
