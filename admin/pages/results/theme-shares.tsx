import { listThemes } from '../../../api/themes/contract.ts';
import { Table } from '../../components/Table.tsx';
import type { View } from '../../page.tsx';
import { DownloadLinks } from './downloads.tsx';
import { NumberedPages, sliceOf } from './numbered-pages.tsx';
import { countCell, HowToRead, percentOf } from './numbers.tsx';
import { ALL, hrefOf, type Released, resultsPage } from './released.ts';
import { ShownGroup } from './shown-group.tsx';

const ROWS_PER_PAGE = 50;

/** How many spoke of each published theme, everybody together. */
export const themeSharesPage = resultsPage(
  '/console/results/:cycleId/themes',
  async (released): Promise<View> => {
    const { cycle, results } = released;
    return {
      title: `Themes - ${cycle.title}`,
      back: { href: hrefOf(released, ''), text: 'Results' },
      isWide: true,
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{cycle.title}</span> How many spoke of each theme
          </h1>
          {results.themes === undefined ? (
            <p>
              No theme was published before this release. Publish one and release again, and how
              many spoke of it is shown here.
            </p>
          ) : (
            <>
              <ShownGroup released={released} />
              <Shares released={released} titles={await titlesOf(released)} />
              <HowToRead released={released} />
              <h2 class="nhsuk-heading-m">Download</h2>
              <DownloadLinks released={released} table="themes" />
            </>
          )}
        </>
      ),
    };
  },
);

/** Titles by the ids of themes, as far as they are published still. */
async function titlesOf({ visit, cycle, shown }: Released): Promise<ReadonlyMap<string, string>> {
  const { body } = await visit.api.call(listThemes, {
    query: {
      cycle: cycle.id,
      organisation: shown.organisation === ALL ? undefined : shown.organisation,
      limit: '100',
    },
  });
  return new Map(body.items.map(({ id, title }) => [id, title]));
}

function Shares({ released, titles }: { released: Released; titles: ReadonlyMap<string, string> }) {
  const { cycle, results, shown, visit } = released;
  const rows = (results.themes?.results ?? [])
    .filter(({ organisation }) => [organisation, ALL].includes(shown.organisation))
    .sort((one, other) => (other.mentioned ?? -1) - (one.mentioned ?? -1));
  const slice = sliceOf(visit, rows, ROWS_PER_PAGE);
  const promptOf = (question: string) =>
    cycle.questions.find(({ code }) => code === question)?.prompt ?? question;
  return (
    <>
      <p>Of a whole organisation, everybody together. One person may speak of several themes.</p>
      {rows.length === 0 ? (
        <p>No theme of this organisation was published before this release.</p>
      ) : (
        <Table
          caption="People who spoke of each theme"
          responsive
          firstCellIsHeader
          head={[
            'Theme',
            'Asked',
            { content: 'Answered', format: 'numeric' },
            { content: 'Spoke of it', format: 'numeric' },
          ]}
          rows={slice.items.map(({ theme, question, count, mentioned }) => [
            titles.get(theme) ?? 'A theme that is no longer shown',
            promptOf(question),
            countCell(count),
            count === null || mentioned === null
              ? countCell(null)
              : {
                  content: `${mentioned.toLocaleString('en-GB')} (${percentOf(mentioned, count)}%)`,
                },
          ])}
        />
      )}
      <NumberedPages visit={visit} slice={slice} />
    </>
  );
}
