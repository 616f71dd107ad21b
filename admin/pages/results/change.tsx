import { ChartChange } from '../../components/ChartChange.tsx';
import { Table } from '../../components/Table.tsx';
import { inSentence, meanCell, perspectiveName, signed } from './numbers.tsx';
import { type Part, perspectivesOf, rowsOf } from './part.ts';
import type { Released } from './released.ts';

/** More lines than these cannot be told apart without colour: a chart follows for the rest. */
const LINES_PER_CHART = 4;
const cycles = ['Before', 'Now'];

/** What changed on a standard since the evaluation before, for those groups that are shown in both. */
export function ChangeOf({
  released,
  part,
  standard,
}: {
  released: Released;
  part: Part;
  standard: string;
}) {
  const { shown } = released;
  const changes = part.changes.filter(
    (change) =>
      shown.service === null &&
      change.organisation === shown.organisation &&
      change.standard === standard,
  );
  const [{ since } = { since: null }] = changes;
  if (since === null) return null;
  const rowOf = rowsOf(released, part);
  const lines = perspectivesOf(released).flatMap((perspective) => {
    const change = changes.find((each) => each.perspective === perspective);
    const now = rowOf(standard, perspective)?.asIs?.mean;
    if (change === undefined || now === undefined) return [];
    // Both means have one decimal, and so has their difference: what was then follows exactly.
    const then = Math.round((now - change.difference) * 10) / 10;
    return [{ name: perspectiveName(perspective), then, now, difference: change.difference }];
  });
  const charts = Array.from({ length: Math.ceil(lines.length / LINES_PER_CHART) }, (_, index) =>
    lines.slice(index * LINES_PER_CHART, (index + 1) * LINES_PER_CHART),
  );
  const { min, max } = part.set.scale;
  const before = `/console/results/${since.cycleId}/standards/${standard}?release=${since.release}&organisation=${shown.organisation}`;
  return (
    <>
      <h2 class="nhsuk-heading-m">Change since the evaluation before</h2>
      <p>
        How it is, for those groups that are shown both times.{' '}
        <a href={before}>Look at the evaluation before</a>
      </p>
      <Table
        caption="Change on average"
        responsive
        firstCellIsHeader
        head={[
          'Who',
          ...['Before', 'Now', 'Change'].map((content) => ({
            content,
            format: 'numeric' as const,
          })),
        ]}
        rows={lines.map(({ name, then, now, difference }) => [
          name,
          meanCell({ mean: then }),
          meanCell({ mean: now }),
          { content: signed(difference) },
        ])}
      />
      {charts.map((series, index) => (
        <ChartChange
          id={`change-${index + 1}`}
          title={`Change on average: ${series.map(({ name }) => inSentence(name)).join(', ')}`}
          description={series
            .map(
              ({ name, then, now }) => `${name}: ${then.toFixed(1)} before, ${now.toFixed(1)} now.`,
            )
            .join(' ')}
          min={min}
          max={max}
          cycles={cycles}
          series={series.map(({ name, then, now }) => ({ label: name, values: [then, now] }))}
        />
      ))}
    </>
  );
}
