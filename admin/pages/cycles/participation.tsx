import type * as z from 'zod';
import type { getParticipation } from '../../../api/cycles/contract.ts';
import { Table } from '../../components/Table.tsx';
import { perspectiveWords } from '../../words.ts';
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
  const organisations = cycle.organisationNames.filter(({ odsCode }) =>
    items.some(({ organisation }) => organisation === odsCode),
  );
  return (
    <>
      <h2>Who has taken part</h2>
      <p>
        Whole tens, rounded down. <strong>*</strong> stands for fewer than{' '}
        {cycle.disclosurePolicy.threshold} people, or nobody. New answers are counted once at least
        20 have come, so the numbers move in steps.
      </p>
      {organisations.map(({ odsCode, name }) => (
        <Table
          caption={name}
          responsive
          firstCellIsHeader
          head={['Group', { content: 'People, at least', format: 'numeric' }]}
          rows={items
            .filter(({ organisation }) => organisation === odsCode)
            .map(({ perspective, count }) => [
              perspectiveWords[perspective],
              count === null ? { content: '*', format: 'string' } : String(count),
            ])}
        />
      ))}
    </>
  );
}
