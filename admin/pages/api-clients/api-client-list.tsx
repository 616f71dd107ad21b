import { listApiClients } from '../../../api/api-clients/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Table } from '../../components/Table.tsx';
import { Tag } from '../../components/Tag.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';

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
            head={['System', 'Organisations', 'State']}
            rows={body.items.map((client) => [
              { content: <a href={`/console/api-clients/${client.clientId}`}>{client.title}</a> },
              client.organisations.join(', '),
              {
                content:
                  client.revokedAt === null ? (
                    <Tag colour="green">Active</Tag>
                  ) : (
                    <Tag colour="grey">Revoked</Tag>
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
