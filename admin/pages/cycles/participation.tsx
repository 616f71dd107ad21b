import type * as z from 'zod';
import type { getParticipation } from '../../../api/cycles/contract.ts';
import { Table } from '../../components/Table.tsx';
import { dayWords, perspectiveWords } from '../../words.ts';
import type { Cycle } from './load-cycle.ts';

export type ParticipationItem = z.output<
  (typeof getParticipation.replies)[200]['schema']
>['items'][number];

/** How many have taken part, in whole tens: who has not been reached yet, and never what anybody said. */
export function Participation({
  cycle,
  items,
}: {
  cycle: Cycle;
  items: readonly ParticipationItem[];
}) {
  const organisations = cycle.organisationNames
    .map(({ odsCode, name }) => ({
      name,
      groups: items.filter(({ organisation }) => organisation === odsCode),
    }))
    .filter(({ groups }) => groups.length > 0);
  return (
    <>
      <h2 class="nhsuk-heading-m">Who has taken part</h2>
      <p>
        Whole tens, rounded down. <strong>*</strong> stands for fewer than{' '}
        {cycle.disclosurePolicy.threshold} people, or nobody. New answers are counted once at least
        20 have come, so the numbers move in steps.
      </p>
      {organisations.map(({ name, groups }) => (
        <>
          <Table
            caption={name}
            responsive
            firstCellIsHeader
            head={['Group', { content: 'People, at least', format: 'numeric' }]}
            rows={groups.map(({ perspective, count }) => [
              perspectiveWords[perspective],
              countCell(count),
            ])}
          />
          <ByWeek name={name} groups={groups} />
        </>
      ))}
    </>
  );
}

/** How the counts came about: the weeks in which one of them grew, each with what it was by then. */
function ByWeek({ name, groups }: { name: string; groups: readonly ParticipationItem[] }) {
  const weeks = [...new Set(groups.flatMap((group) => group.weeks.map(({ week }) => week)))].sort();
  if (weeks.length === 0) return null;
  return (
    <Table
      caption={`${name}, by the end of each week`}
      responsive
      firstCellIsHeader
      head={[
        'Week that began on',
        ...groups.map(({ perspective }) => ({
          content: perspectiveWords[perspective],
          format: 'numeric' as const,
        })),
      ]}
      rows={weeks.map((week) => [
        dayWords(week),
        ...groups.map((group) => countCell(by(group, week))),
      ])}
    />
  );
}

/** What the count of a group was when a week ended: in a week that is not told it stayed what it was. */
function by({ weeks }: ParticipationItem, week: string): number | null {
  return weeks.findLast((each) => each.week <= week)?.count ?? null;
}

function countCell(count: number | null) {
  return count === null ? { content: '*', format: 'string' as const } : String(count);
}
