import type * as z from 'zod';
import { type AuditEvent, listAuditEvents } from '../../../api/audit-events/contract.ts';
import { contracts } from '../../../api/contracts.ts';
import { Button } from '../../components/Button.tsx';
import { Details } from '../../components/Details.tsx';
import { Input } from '../../components/Input.tsx';
import { Select } from '../../components/Select.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { timeWords } from '../../words.ts';

/** Operations that the trail may name, by what they do: everything that is not open to anybody. */
const operations = contracts
  .filter(({ access, method }) => access.kind === 'scope' || method !== 'get')
  .map(({ id, summary }) => ({ value: id, text: summary }))
  .concat([
    { value: 'beginStaffSession', text: 'Sign in to the console' },
    { value: 'endStaffSession', text: 'Sign out of the console' },
  ])
  .sort((one, other) => one.text.localeCompare(other.text));
const operationWords = new Map(operations.map(({ value, text }) => [value, text]));

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

export const auditTrail = page('/console/audit', ['auditor'], async (visit) => {
  const { cursor, titleSuffix } = pagingOf(visit);
  const filter = filterOf(visit.query);
  const { body } = await visit.api.call(listAuditEvents, { query: { ...filter, cursor } });
  return {
    title: `Audit trail${titleSuffix}`,
    isWide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">Audit trail</h1>
        <p>
          What was done for your organisations, by whom and when, the newest first. It says nothing
          of what anybody wrote, and nobody can change it. That you read it stands in it too.
        </p>
        <p>
          <a href="/console/audit/verification">Check that nothing was changed or removed</a>
        </p>
        <Filter filter={filter} />
        {body.items.length === 0 ? (
          <p>Nothing was done that fits. Choose fewer filters to see more.</p>
        ) : (
          <Table
            caption="Events"
            responsive
            head={['When', 'Who', 'What', 'About', 'For', 'Outcome']}
            rows={body.items.map((event) => [
              timeWords(event.occurredAt),
              { content: actorOf(event) },
              operationWords.get(event.operation) ?? event.operation,
              { content: subjectOf(event) },
              event.organisations.join(', '),
              event.outcome === 'done' ? 'Done' : 'Refused',
            ])}
          />
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});

interface AuditFilter {
  operation: string | undefined;
  actor: string | undefined;
  since: string | undefined;
  until: string | undefined;
}

/** What the filter says; what cannot be is left out. */
function filterOf(query: URLSearchParams): AuditFilter {
  const given = (name: string, pattern: RegExp) => {
    const value = (query.get(name) ?? '').trim();
    return pattern.test(value) ? value : undefined;
  };
  return {
    operation: given('operation', /^[a-zA-Z]{1,60}$/),
    actor: given('actor', /^[a-z0-9-]{1,64}$/),
    since: given('since', dayPattern),
    until: given('until', dayPattern),
  };
}

/** A form that asks, and changes nothing: sent by GET, so that what was found has an address. */
function Filter({ filter }: { filter: AuditFilter }) {
  const isUsed = Object.values(filter).some((value) => value !== undefined);
  return (
    <Details summary="Show only some" open={isUsed}>
      <form method="get" action="/console/audit">
        <Select
          label="What was done"
          name="operation"
          value={filter.operation ?? ''}
          items={[{ text: 'Anything', value: '' }, ...operations]}
        />
        <Input
          label="Id of a person or system"
          name="actor"
          width={30}
          autocomplete="off"
          spellcheck={false}
          value={filter.actor}
        />
        <Input
          label="From this day on"
          hint="Year, month, day, such as 2026-11-01"
          name="since"
          width={10}
          value={filter.since}
        />
        <Input
          label="Up to this day"
          hint="Year, month, day, such as 2026-11-30"
          name="until"
          width={10}
          value={filter.until}
        />
        <Button variant="secondary">Show these</Button>
      </form>
    </Details>
  );
}

type Event = z.output<typeof AuditEvent>;

const actorWords = {
  client: 'System',
  person: 'Person',
  schedule: 'The schedule',
  operator: 'Whoever runs the service',
} as const;

function actorOf({ actor }: Event) {
  if (actor.id === null) return actorWords[actor.kind];
  return (
    <>
      {actorWords[actor.kind]}{' '}
      <a href={`/console/audit?actor=${encodeURIComponent(actor.id)}`} class="fc-code">
        {actor.id}
      </a>
    </>
  );
}

function subjectOf({ subject, counts }: Event) {
  if (subject === null)
    return counts.map(({ what, count }) => `${what}: ${count}`).join(', ') || '-';
  return (
    <>
      {subject.kind} <span class="fc-code">{subject.id}</span>
    </>
  );
}
