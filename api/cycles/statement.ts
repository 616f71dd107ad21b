import type { CycleValues } from '../../db/queries/cycles.ts';
import { inboxFields } from '../../db/stored-fields.ts';
import { anonymityStatement } from '../../domain/anonymity-statement.ts';
import { sha256Hex } from '../http/digest.ts';

/** A cycle's values without its anonymity statement, which follows from them. */
export type Definition = Omit<
  CycleValues,
  'anonymityStatement' | 'anonymityStatementSha256' | 'id'
>;

/** The definition with the statement of what it stores. Made anew with each change up to opening, frozen from then on. */
export async function withStatement(id: string, definition: Definition) {
  const statement = JSON.stringify(anonymityStatement({ id, ...definition }, inboxFields));
  return {
    id,
    ...definition,
    anonymityStatement: statement,
    anonymityStatementSha256: await sha256Hex(statement),
  };
}
