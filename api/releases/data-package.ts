import * as z from 'zod';
import {
  type Column,
  columnsOf,
  equalityColumns,
  themeColumns,
} from '../../domain/disclosure/csv.ts';
import type { TableName } from './tables.ts';

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

/** What the package of a release is made from. */
export interface PackagedRelease {
  cycleId: string;
  release: number;
  releasedAt: string;
  tables: { name: TableName; columns: Column[] }[];
}

/** The package of a release. @param serviceUrl where tools reach the tables, without a slash at the end */
export function dataPackage(
  { cycleId, release, releasedAt, tables }: PackagedRelease,
  serviceUrl: string,
): z.input<typeof DataPackage> {
  const address = `${serviceUrl}/v1/cycles/${cycleId}/results?release=${release}&format=csv`;
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
    resources: tables.map(({ name, columns }) => ({
      profile: 'tabular-data-resource',
      name,
      path: name === 'results' ? address : `${address}&table=${name}`,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      schema: { fields: columns, missingValues },
    })),
  };
}

/** What the columns of a table mean; for ratings on a scale from 1 to 5. */
export function dictionaryOf(table: TableName): z.input<typeof TableSchema> {
  const own = { equality: equalityColumns, themes: themeColumns };
  const fields =
    table === 'equality' || table === 'themes' ? own[table] : columnsOf({ min: 1, max: 5 });
  return { fields, missingValues };
}
