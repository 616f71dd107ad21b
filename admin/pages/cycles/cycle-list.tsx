import { listCycles } from '../../../api/cycles/contract.ts';
import { type Phase, phases } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { Table } from '../../components/Table.tsx';
import { type Person, page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { dayWords, phaseWords } from '../../words.ts';
import { type Cycle, hrefOf } from './load-cycle.ts';
import { PhaseTag } from './phase-tag.tsx';

/** So that a page stays small. */
const PAGE_SIZE = 25;
const ALL = 'all';

export const cycleList = page(
  '/console/cycles',
  ['administrator', 'publisher', 'moderator', 'auditor'],
  async (visit) => {
    const { query, person, api } = visit;
    const { cursor, titleSuffix } = pagingOf(visit);
    const own = organisationsOf(person);
    const organisation = query.get('organisation') ?? own[0] ?? ALL;
    const phase = phases.find((each) => each === query.get('phase'));
    const { body } = await api.call(listCycles, {
      query: {
        phase,
        organisation: organisation === ALL ? undefined : organisation,
        limit: String(PAGE_SIZE),
        cursor,
      },
    });
    const isAdministrator = person.roles.has('administrator');
    return {
      title: `Evaluation cycles${titleSuffix}`,
      isWide: true,
      body: (
        <>
          <h1 class="nhsuk-heading-l">Evaluation cycles</h1>
          <p>
            In a cycle people say how a service is for them, results are released, and what is done
            about it is told.
          </p>
          {isAdministrator && <Button href="/console/cycles/new">Set up a cycle</Button>}
          <Filter own={own} organisation={organisation} phase={phase} />
          {body.items.length === 0 ? (
            <p>
              {phase === undefined
                ? 'There is no cycle here yet.'
                : `There is no cycle here that is ${phaseWords[phase].toLowerCase()}.`}
              {isAdministrator && ' Set one up to ask people how it is for them.'}
            </p>
          ) : (
            <CycleTable cycles={body.items} />
          )}
          <Pages visit={visit} next={body.next} />
        </>
      ),
    };
  },
);

/** Where somebody holds a role, whichever. */
function organisationsOf(person: Person): string[] {
  const all = [...person.roles].flatMap((role) => person.organisationsAs(role));
  return [...new Set(all)].sort();
}

/** What is in a list is asked for by its address, so that it can be kept and come back to. */
function Filter({
  own,
  organisation,
  phase,
}: {
  own: readonly string[];
  organisation: string;
  phase: Phase | undefined;
}) {
  return (
    <form method="get" action="/console/cycles" class="fc-filter">
      <Select
        label="Organisation"
        name="organisation"
        value={organisation}
        items={[
          ...own.map((odsCode) => ({ text: odsCode, value: odsCode })),
          { text: 'Every organisation', value: ALL },
        ]}
      />
      <Select
        label="Phase"
        name="phase"
        value={phase ?? ''}
        items={[
          { text: 'Every phase', value: '' },
          ...phases.map((each) => ({ text: phaseWords[each], value: each })),
        ]}
      />
      <Button variant="secondary">Show</Button>
    </form>
  );
}

/** Those that still need work come first. */
function CycleTable({ cycles }: { cycles: readonly Cycle[] }) {
  const sorted = [...cycles].sort(
    (one, other) =>
      phases.indexOf(one.phase) - phases.indexOf(other.phase) ||
      other.opensAt.localeCompare(one.opensAt),
  );
  return (
    <Table
      caption="Cycles"
      responsive
      head={['Title', 'Phase', 'Opens', 'Closes', 'Organisations']}
      rows={sorted.map((cycle) => [
        { content: <a href={hrefOf(cycle)}>{cycle.title}</a> },
        { content: <PhaseTag phase={cycle.phase} /> },
        dayWords(cycle.opensAt),
        dayWords(cycle.closesAt),
        cycle.organisations.join(', '),
      ])}
    />
  );
}
