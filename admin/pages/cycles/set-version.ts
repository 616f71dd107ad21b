import type * as z from 'zod';
import type { listStandardSets } from '../../../api/standard-sets/contract.ts';

type StandardSet = z.output<(typeof listStandardSets.replies)[200]['schema']>['items'][number];

/** A version of a standard set as the value of a field: `fft 1`. */
export function setVersionValue({ id, version }: { id: string; version: number }): string {
  return `${id} ${version}`;
}

/** The same read back; null where none is chosen. */
export function readSetVersion(value: string): { id: string; version: number } | null {
  const match = /^([a-z0-9-]+) (\d{1,5})$/.exec(value);
  return match === null ? null : { id: match[1] ?? '', version: Number(match[2]) };
}

/**
 * What can be chosen: every published version, the newest of each set first.
 */
export function setVersionItems(sets: readonly StandardSet[]): { text: string; value: string }[] {
  return sets.flatMap(({ id, title, versions }) =>
    versions
      .filter(({ publishedAt }) => publishedAt !== null)
      .toReversed()
      .map(({ version }) => ({
        text: `${title}, version ${version}`,
        value: setVersionValue({ id, version }),
      })),
  );
}
