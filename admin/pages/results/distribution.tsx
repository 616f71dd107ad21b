import { ChartDistribution } from '../../components/ChartDistribution.tsx';
import { Table } from '../../components/Table.tsx';
import { listWords } from '../../words.ts';
import { inSentence, percentOf, shareCell } from './numbers.tsx';
import type { Part } from './part.ts';
import type { Group } from './perspectives-chart.tsx';

/** A chart of more levels than these cannot be told apart without colour; the table has any number. */
const MAX_CHART_LEVELS = 5;

const words = {
  asIs: { caption: 'How many gave each answer to how it is', id: 'spread-as-is' },
  toBe: { caption: 'How many gave each answer to how it should be', id: 'spread-to-be' },
} as const;

/** How many of each group gave each answer: a table, what the marks of the results say, and the same as a chart. */
export function DistributionOf({
  measure,
  scale: { min, max, labels },
  groups,
}: {
  measure: 'asIs' | 'toBe';
  scale: Part['set']['scale'];
  groups: readonly Group[];
}) {
  const { caption, id } = words[measure];
  const levels = Array.from({ length: max - min + 1 }, (_, index) => labels[index] ?? '');
  const spreads = groups.map(({ name, row }) => {
    const distribution = row?.[measure]?.distribution;
    const total = distribution?.reduce((sum, count) => sum + count, 0) ?? 0;
    return { name, distribution, total };
  });
  const rows = spreads.map(({ name, distribution, total }) => ({
    label: name,
    shares: distribution?.map((count) => percentOf(count, total)) ?? null,
  }));
  const hasNumbers = rows.some(({ shares }) => shares !== null);
  return (
    <>
      <section class="fc-scroll" aria-label={caption} tabindex={0}>
        <Table
          caption={caption}
          firstCellIsHeader
          head={[
            'Who',
            ...levels.map((label, index) => ({
              content: `${min + index}: ${label}`,
              format: 'numeric' as const,
            })),
          ]}
          rows={spreads.map(({ name, distribution, total }) => [
            name,
            ...levels.map((_, index) => shareCell(distribution?.[index], total)),
          ])}
        />
      </section>
      <Marks measure={measure} groups={groups} />
      {hasNumbers && levels.length <= MAX_CHART_LEVELS && (
        <ChartDistribution
          id={id}
          title={caption}
          description={rows
            .map(({ label, shares }) =>
              shares === null
                ? `${label}: hidden.`
                : `${label}: ${shares.map((share, index) => `${min + index}: ${share}%`).join(', ')}.`,
            )
            .join(' ')}
          first={min}
          levels={levels}
          rows={rows}
        />
      )}
    </>
  );
}

/** Who is divided, and who is of one mind. */
function Marks({ measure, groups }: { measure: 'asIs' | 'toBe'; groups: readonly Group[] }) {
  const namesOf = (mark: 'polarised' | 'uniform') =>
    groups.filter(({ row }) => row?.[measure]?.[mark]).map(({ name }) => inSentence(name));
  const [polarised, uniform] = [namesOf('polarised'), namesOf('uniform')];
  return (
    <>
      {polarised.length > 0 && (
        <p>
          Divided between both ends of the scale, so that the average says little:{' '}
          {listWords(polarised)}.
        </p>
      )}
      {uniform.length > 0 && (
        <p>All gave the same answer, as far as rounded numbers tell: {listWords(uniform)}.</p>
      )}
    </>
  );
}
