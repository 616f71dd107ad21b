import type { CycleValues } from '../../db/queries/cycles.ts';
import { storedTables } from '../../db/stored-fields.ts';
import { anonymityStatement } from '../../domain/anonymity-statement.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import { sha256Hex } from '../http/digest.ts';

/** A cycle's values without its anonymity statement, which follows from them. */
export type Definition = Omit<
  CycleValues,
  'anonymityStatement' | 'anonymityStatementSha256' | 'id'
> & { retentionDays: number; equalityTable: boolean };

/** The definition with the statement of what it stores. Made anew with each change up to opening, frozen from then on. */
export async function withStatement(
  id: string,
  definition: Definition,
  { backupWindowDays }: { backupWindowDays: number },
) {
  const configuration = { backupWindowDays, flushRule };
  const stated = anonymityStatement({ id, ...definition }, storedTables, configuration);
  const statement = JSON.stringify(stated);
  return {
    id,
    ...definition,
    anonymityStatement: statement,
    anonymityStatementSha256: await sha256Hex(statement),
  };
}
