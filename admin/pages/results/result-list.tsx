import { listCycles } from '../../../api/cycles/contract.ts';
import { staffRoles } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { Table } from '../../components/Table.tsx';
import { page, type Visit } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { dayWords, listWords } from '../../words.ts';
import { ALL, type CycleBody, organisationsOf } from './released.ts';

/** More names than these make a row hard to read. */
const MAX_NAMES = 3;

/** Cycles whose results are out: those of one's own organisation first, then of another or of all. */
export const resultList = page('/console/results', staffRoles, async (visit) => {
  const { cursor, titleSuffix } = pagingOf(visit);
  const own = organisationsOf(visit.person);
  const organisation = visit.query.get('organisation') ?? own[0] ?? ALL;
  const { body } = await visit.api.call(listCycles, {
    query: {
      phase: 'released',
      organisation: organisation === ALL ? undefined : organisation,
      cursor,
    },
  });
  // The API lists in no order of time, so that a page can only be in order by itself.
  const newestFirst = body.items.sort((one, other) => other.closesAt.localeCompare(one.closesAt));
  return {
    title: `Results${titleSuffix}`,
    isWide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">Results</h1>
        <p>
          What each group said about each standard, side by side. Results are public once they are
          released.
        </p>
        <Filter organisation={organisation} own={own} />
        {newestFirst.length === 0 ? (
          <NothingYet organisation={organisation} />
        ) : (
          <Table
            caption="Released evaluations"
            responsive
            head={['Evaluation', 'Organisations', 'Closed on']}
            rows={newestFirst.map((cycle) => [
              { content: <a href={hrefOf(visit, cycle)}>{cycle.title}</a> },
              namesOf(cycle),
              dayWords(cycle.closesAt),
            ])}
          />
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});

/** Results of a cycle, of the organisation that was asked for. */
function hrefOf({ query }: Visit, { id }: CycleBody): string {
  const organisation = query.get('organisation');
  const search =
    organisation === null || organisation === ALL
      ? ''
      : `?organisation=${encodeURIComponent(organisation)}`;
  return `/console/results/${id}${search}`;
}

function namesOf({ organisationNames }: CycleBody): string {
  const names = organisationNames.map(({ name }) => name);
  if (names.length <= MAX_NAMES) return listWords(names);
  return `${names.slice(0, MAX_NAMES).join(', ')} and ${names.length - MAX_NAMES} more`;
}

function Filter({ organisation, own }: { organisation: string; own: readonly string[] }) {
  const isOther = organisation !== ALL && !own.includes(organisation);
  return (
    <form method="get" action="/console/results" class="fc-filter">
      <Select
        label="Organisation"
        name="organisation"
        value={organisation}
        items={[
          ...own.map((code) => ({ text: code, value: code })),
          isOther && { text: organisation, value: organisation },
          { text: 'All organisations', value: ALL },
        ]}
        afterInput={
          <Button variant="secondary" small>
            Show
          </Button>
        }
      />
    </form>
  );
}

function NothingYet({ organisation }: { organisation: string }) {
  return (
    <>
      <p>
        {organisation === ALL
          ? 'No results are released yet.'
          : `No results of ${organisation} are released yet.`}
      </p>
      <p>
        An evaluation has to close first. Then a publisher can release what was found. Look at{' '}
        <a href="/console/cycles">the cycles</a> to see which are open or closed.
      </p>
    </>
  );
}
