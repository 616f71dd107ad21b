import { Table } from '../../components/Table.tsx';
import type { View } from '../../page.tsx';
import { DownloadLinks } from './downloads.tsx';
import { countCell, HowToRead } from './numbers.tsx';
import { hrefOf, resultsPage } from './released.ts';

/** Who took part, by ethnic group: of the whole cycle, and never beside a rating. */
export const equalityPage = resultsPage('/console/results/:cycleId/equality', (released): View => {
  const { equality } = released.results;
  return {
    title: `Who took part - ${released.cycle.title}`,
    back: { href: hrefOf(released, ''), text: 'Results' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">{released.cycle.title}</span> Who took part, by ethnic group
        </h1>
        {equality === undefined ? (
          <p>
            This evaluation did not say that it would publish this. Whoever sets up the next one
            can, before it opens.
          </p>
        ) : (
          <>
            <p>
              Of the evaluation as a whole. These answers are kept apart from everything else that
              people said, so nothing finer can be told.
            </p>
            <Table
              caption="People who gave each answer"
              responsive
              head={['Ethnic group', { content: 'People', format: 'numeric' }]}
              rows={equality.results.map(({ label, count }) => [label, countCell(count)])}
            />
            <HowToRead released={released} />
            <h2 class="nhsuk-heading-m">Download</h2>
            <DownloadLinks released={released} table="equality" />
          </>
        )}
      </>
    ),
  };
});
