import { listPriorities } from '../../../api/priorities/contract.ts';
import { Table } from '../../components/Table.tsx';
import {
  hrefWith,
  OrganisationChoice,
  organisationOf,
  readCycles,
} from '../../moderator-place.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { dayWords } from '../../words.ts';
import { priorityHref, StateTag } from './priority-words.tsx';

/** As many as the API tells at once; an organisation has one for a cycle. */
const LIMIT = '100';

export const priorityList = page('/console/priorities', ['moderator'], async (visit) => {
  const organisation = organisationOf(visit);
  const [cycles, { body }] = await Promise.all([
    readCycles(visit),
    visit.api.call(listPriorities, { query: { organisation, limit: LIMIT } }),
  ]);
  return {
    title: `Priorities${pagingOf(visit).titleSuffix}`,
    isWide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">Priorities</h1>
        <p>
          What people with lived experience, together, want done first. {organisation} has one list
          of priorities for each cycle; when the group decides again, change it.
        </p>
        <OrganisationChoice visit={visit} action="/console/priorities" />
        {cycles.items.length === 0 ? (
          <p>
            {organisation} takes part in no cycle yet. Once an administrator schedules one, it
            appears here.
          </p>
        ) : (
          <Table
            caption={`Cycles of ${organisation}`}
            responsive
            firstCellIsHeader
            head={['Cycle', 'State', 'Decided on', 'What to do']}
            rows={cycles.items.map((cycle) => {
              const priority = body.items.find((each) => each.cycle === cycle.id);
              const about = <span class="nhsuk-u-visually-hidden"> ({cycle.title})</span>;
              if (priority === undefined)
                return [
                  cycle.title,
                  'None yet',
                  '',
                  {
                    content: (
                      <a
                        href={hrefWith('/console/priorities/new', {
                          organisation,
                          cycle: cycle.id,
                        })}
                      >
                        Rank with a group{about}
                      </a>
                    ),
                  },
                ];
              return [
                cycle.title,
                { content: <StateTag priority={priority} /> },
                dayWords(priority.decidedOn),
                { content: <a href={priorityHref(priority.id)}>Look at them{about}</a> },
              ];
            })}
          />
        )}
        <Pages visit={visit} next={cycles.next} />
      </>
    ),
  };
});
