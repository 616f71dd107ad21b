import { ChartPerspectives } from '../../components/ChartPerspectives.tsx';
import type { Part } from './part.ts';
import type { ResultRow } from './released.ts';

/** A perspective on a standard; without a row where the release has none. */
export interface Group {
  name: string;
  row: ResultRow | undefined;
}

/** The perspectives of a standard side by side, with the numbers of the table above it. */
export function PerspectivesChart({
  scale: { min, max },
  groups,
  isWished,
}: {
  scale: Part['set']['scale'];
  groups: readonly Group[];
  isWished: boolean;
}) {
  if (groups.every(({ row }) => !row?.asIs)) return null;
  const numberWords = (measure: { mean: number } | null | undefined) =>
    measure ? measure.mean.toFixed(1) : 'hidden';
  return (
    <ChartPerspectives
      id="perspectives"
      title="Groups side by side, on average"
      description={groups
        .map(({ name, row }) => {
          const asIs = `${name}: ${numberWords(row?.asIs)} as it is`;
          return isWished ? `${asIs}, ${numberWords(row?.toBe)} as it should be.` : `${asIs}.`;
        })
        .join(' ')}
      min={min}
      max={max}
      perspectives={groups.map(({ name, row }) => ({
        label: name,
        asIs: row?.asIs?.mean ?? null,
        ...(isWished && { toBe: row?.toBe?.mean ?? null }),
      }))}
      asIsLabel="How it is"
      toBeLabel="Should be"
    />
  );
}
