import * as z from 'zod';
import { columnsOf } from '../../domain/disclosure/csv.ts';

/** What stands in the table where there is no number: hidden, or not applicable. */
export const missingValues = ['*', '-'];

export const TableSchema = z
  .object({
    fields: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
    missingValues: z.array(z.string()),
  })
  .meta({
    id: 'TableSchema',
    description: 'specs.frictionlessdata.io/table-schema',
  });

export const DataPackage = z
  .object({
    profile: z.literal('tabular-data-package'),
    name: z.string(),
    version: z.string().meta({ description: 'Number of the release.' }),
    created: z.string(),
    licenses: z.array(z.object({ name: z.string(), title: z.string(), path: z.string() })),
    resources: z.array(
      z.object({
        profile: z.literal('tabular-data-resource'),
        name: z.string(),
        path: z.string(),
        format: z.literal('csv'),
        mediatype: z.literal('text/csv'),
        encoding: z.literal('utf-8'),
        schema: TableSchema,
      }),
    ),
  })
  .meta({ id: 'DataPackage', description: 'specs.frictionlessdata.io/data-package' });

/** The package of a release. @param serviceUrl where tools reach the table, without a slash at the end */
export function dataPackage({
  serviceUrl,
  results,
}: {
  serviceUrl: string;
  results: {
    cycleId: string;
    release: number;
    releasedAt: string;
    scale: { min: number; max: number };
  };
}): z.input<typeof DataPackage> {
  const { cycleId, release, releasedAt, scale } = results;
  return {
    profile: 'tabular-data-package',
    name: `cycle-${cycleId}`,
    version: String(release),
    created: releasedAt,
    licenses: [
      {
        name: 'OGL-UK-3.0',
        title: 'Open Government Licence v3.0',
        path: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
      },
    ],
    resources: [
      {
        profile: 'tabular-data-resource',
        name: 'results',
        path: `${serviceUrl}/v1/cycles/${cycleId}/results?release=${release}&format=csv`,
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        schema: { fields: columnsOf(scale), missingValues },
      },
    ],
  };
}
