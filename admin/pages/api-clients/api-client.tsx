import { getApiClient } from '../../../api/api-clients/contract.ts';
import { Button } from '../../components/Button.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { page } from '../../page.tsx';
import { dayWords, scopeWords } from '../../words.ts';
import { ApiClientState } from './api-client-state.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  registered: 'The system is registered. Tell those who look after it its client id.',
  changed: 'The keys are changed. The system signs in again by itself.',
};

export const apiClient = page(
  '/console/api-clients/:clientId',
  ['administrator'],
  async ({ api, params, query }) => {
    const clientId = params.clientId ?? '';
    const { body } = await api.call(getApiClient, { params: { clientId } });
    const isRevoked = body.revokedAt !== null;
    return {
      title: body.title,
      back: { href: '/console/api-clients', text: 'Systems' },
      done: doneMessages[query.get('done') ?? ''],
      body: (
        <>
          <h1 class="nhsuk-heading-l">{body.title}</h1>
          <SummaryList
            rows={[
              { key: 'State', value: <ApiClientState revokedAt={body.revokedAt} /> },
              { key: 'Client id', value: <code class="nhsuk-code fc-code">{body.clientId}</code> },
              { key: 'Organisations', value: body.organisations.join(', ') },
              {
                key: 'What it may do',
                value: (
                  <ul class="nhsuk-list">
                    {body.scopes.map((scope) => (
                      <li>{scopeWords[scope]}</li>
                    ))}
                  </ul>
                ),
              },
              {
                key: 'Keys',
                value:
                  body.jwksUrl ??
                  `${body.jwks?.keys.map(({ kid }) => kid).join(', ')}, handed in as a document`,
                actions: [
                  !isRevoked && {
                    text: 'Change',
                    visuallyHiddenText: 'keys',
                    href: `/console/api-clients/${clientId}/keys`,
                  },
                ],
              },
              {
                key: 'Last used',
                value: body.lastUsedOn === null ? 'Not yet' : dayWords(body.lastUsedOn),
              },
              isRevoked && { key: 'Revoked', value: dayWords(body.revokedAt ?? '') },
            ]}
          />
          {!isRevoked && (
            <>
              <h2 class="nhsuk-heading-m">How it signs in</h2>
              <p>
                It signs a short statement with its private key and exchanges it for a token of ten
                minutes. <a href="/docs">The reference of the API</a> shows how, with examples.
              </p>
              <Button href={`/console/api-clients/${clientId}/revoke`} variant="secondary">
                Revoke this system
              </Button>
            </>
          )}
        </>
      ),
    };
  },
);
