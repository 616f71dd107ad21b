import { listStandardSets } from '../../../api/standard-sets/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { countWords } from '../../words.ts';
import { everyRole, VersionState } from './version-words.tsx';

export const standardSetList = page('/console/standards', everyRole, async (visit) => {
  const { cursor, titleSuffix } = pagingOf(visit);
  const { body } = await visit.api.call(listStandardSets, { query: { cursor } });
  const mayWrite = visit.person.roles.has('administrator');
  return {
    title: `Standards${titleSuffix}`,
    isWide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">Standards</h1>
        <p>
          What good looks like, written together by people who use services, carers and staff. Each
          evaluation is held against one version of one set. A published version never changes.
        </p>
        {mayWrite && <Button href="/console/standards/new">Write a new set</Button>}
        {body.items.length === 0 ? (
          <p>There is no set yet. An administrator can write one.</p>
        ) : (
          <Table
            caption="Sets of standards"
            responsive
            head={['Set', 'Looked after by', 'Standards', 'Newest version']}
            rows={body.items.map((set) => [
              { content: <a href={`/console/standards/${set.id}`}>{set.title}</a> },
              set.organisation ?? 'Comes with the service',
              countWords(set.standards.length, 'standard'),
              {
                content: (
                  <>
                    {set.version} <VersionState publishedAt={set.publishedAt} />
                  </>
                ),
              },
            ])}
          />
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});
