import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Details } from '../../components/Details.tsx';
import { Select } from '../../components/Select.tsx';
import type { Visit } from '../../page.tsx';

/** Which records the board shows; what is undefined does not matter. */
export interface Filter {
  organisation: string | undefined;
  cycle: string | undefined;
  isOverdue: boolean;
  isAny: boolean;
}

/** What was chosen: only one's own organisations, since of others there is nothing to work on. */
export function filterOf({ query }: Visit, own: readonly string[]): Filter {
  const organisation = own.find((odsCode) => odsCode === query.get('organisation'));
  const cycle = query.get('cycle') || undefined;
  const isOverdue = query.get('overdue') === 'true';
  const isAny = organisation !== undefined || cycle !== undefined || isOverdue;
  return { organisation, cycle, isOverdue, isAny };
}

/** Choosing what the board shows: a link that can be kept, so sent by GET. */
export function BoardFilter({
  filter,
  organisations,
  cycles,
}: {
  filter: Filter;
  organisations: readonly string[];
  cycles: readonly { id: string; title: string; organisations: readonly string[] }[];
}) {
  const own = cycles.filter((cycle) =>
    cycle.organisations.some((odsCode) => organisations.includes(odsCode)),
  );
  return (
    <Details summary="Choose which records are shown" open={filter.isAny}>
      <form method="get" action="/console/loop-records">
        {organisations.length > 1 && (
          <Select
            label="Organisation"
            name="organisation"
            value={filter.organisation ?? ''}
            items={[
              { text: 'All of mine', value: '' },
              ...organisations.map((odsCode) => ({ text: odsCode, value: odsCode })),
            ]}
          />
        )}
        <Select
          label="Cycle"
          name="cycle"
          value={filter.cycle ?? ''}
          items={[
            { text: 'All of them', value: '' },
            ...own.map(({ id, title }) => ({ text: title, value: id })),
          ]}
        />
        <Checkboxes
          name="overdue"
          small
          values={filter.isOverdue ? ['true'] : []}
          items={[{ text: 'Only overdue', value: 'true' }]}
        />
        <Button variant="secondary">Show</Button>
      </form>
    </Details>
  );
}
