import type * as z from 'zod';
import { getLoopRecord } from '../../../api/loop-records/contract.ts';
import type { LoopRecord as Shape } from '../../../api/loop-records/shapes.ts';
import type { Fields as FieldsOf } from '../../fields.ts';
import type { FormErrors } from '../../form-errors.ts';
import { NotFound, type Visit } from '../../page.tsx';

export type LoopRecord = z.output<typeof Shape>;

/** A record as its organisation works on it, with the version that a change needs. */
export interface OwnRecord {
  record: LoopRecord;
  version: number;
}

/** The record of the path. @throws NotFound for a record of another organisation: of those there is nothing to work on */
export async function ownRecord({ api, params }: Visit): Promise<OwnRecord> {
  const { body, version } = await api.call(getLoopRecord, {
    params: { loopRecordId: params.loopRecordId ?? '' },
  });
  if (version === null) throw new NotFound();
  return { record: body, version };
}

/** The version that a form carries: the one that was read, or the one that it is to replace knowingly. */
export function versionFor(fields: FieldsOf, errors: FormErrors, { version }: OwnRecord) {
  return { version: errors.isStale || !fields.has('version') ? version : fields.raw('version') };
}

/** The version that a form carried. A form without one is of another version than any. */
export function versionOf(fields: FieldsOf): number {
  return fields.wholeNumber('version') ?? 0;
}

/** Where a record is worked on. */
export function recordHref(id: string, rest = ''): string {
  return `/console/loop-records/${id}${rest}`;
}

/** The way back to a record from one of its pages. */
export function backTo({ record }: OwnRecord) {
  return { href: recordHref(record.id), text: 'Back to the record' };
}
