import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../dev/database.ts';
import type { Value } from '../../dev/statements.ts';
import { ask } from './workshop.ts';
import './run.ts';

export type Row = Record<string, unknown>;

/** The owner's view of a database under test: sees and may do everything, past the API. */
export type OwnerAccess = {
  /**
   * Rows as objects with values as node-postgres reads them; parameters as text, arrays, JSON or
   * null.
   */
  readonly query: <T extends Row = Row>(query: string, params?: readonly unknown[]) => Promise<T[]>;
};

function toText(param: unknown): Value {
  if (param === null || param === undefined) return null;
  if (param instanceof Date) return param.toISOString();
  if (Array.isArray(param))
    return `{${param.map((item) => JSON.stringify(String(item))).join(',')}}`;
  return typeof param === 'object' ? JSON.stringify(param) : String(param);
}

export function ownerAccess(database: Database): OwnerAccess {
  return {
    query: async <T extends Row>(query: string, params: readonly unknown[] = []) => {
      const [result] = await database.run([{ query, params: params.map(toText) }]);
      if (result === undefined) return [];
      const parsers = result.fields.map(({ dataTypeID }) =>
        pg.types.getTypeParser(dataTypeID, 'text'),
      );
      return result.rows.map((row) =>
        Object.fromEntries(
          result.fields.map(({ name }, index) => {
            const value = row[index] ?? null;
            return [name, value === null ? null : parsers[index]?.(value)];
          }),
        ),
      ) as T[];
    },
  };
}

/**
 * A new database on the run's real PostgreSQL, which starts when first asked for.
 * @param options.seeded whether it is migrated and seeded, or empty
 * @returns its connection string, as superuser
 */
export async function createServerDatabase(options: { seeded: boolean }): Promise<string> {
  return (await ask(inject('run').workshopUrl, options.seeded ? '/seeded-database' : '/database'))
    .url;
}
