import { listApiClients } from '../../../api/api-clients/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { dayWords } from '../../words.ts';
import { ApiClientState } from './api-client-state.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  revoked: 'The system can no longer sign in.',
};

export const apiClientList = page('/console/api-clients', ['administrator'], async (visit) => {
  const { cursor, titleSuffix } = pagingOf(visit);
  const { body } = await visit.api.call(listApiClients, { query: { cursor } });
  return {
    title: `Systems${titleSuffix}`,
    isWide: true,
    done: doneMessages[visit.query.get('done') ?? ''],
    body: (
      <>
        <h1 class="nhsuk-heading-l">Systems</h1>
        <p>
          Systems that may sign in to the API for your organisations: surveys, kiosks, apps and
          dashboards. None of them has a password: each signs with a key of its own.
        </p>
        <Button href="/console/api-clients/new">Register a system</Button>
        {body.items.length === 0 ? (
          <p>No system is registered yet. Register one to let it send feedback.</p>
        ) : (
          <Table
            caption="Registered systems"
            responsive
            head={['System', 'Organisations', 'Last used', 'State']}
            rows={body.items.map(({ clientId, title, organisations, lastUsedOn, revokedAt }) => [
              { content: <a href={`/console/api-clients/${clientId}`}>{title}</a> },
              organisations.join(', '),
              lastUsedOn === null ? 'Not yet' : dayWords(lastUsedOn),
              { content: <ApiClientState revokedAt={revokedAt} /> },
            ])}
          />
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});
