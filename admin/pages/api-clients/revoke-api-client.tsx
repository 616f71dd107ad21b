import { getApiClient, revokeApiClient } from '../../../api/api-clients/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { dayWords } from '../../words.ts';

export const revokeApiClientPage = formPage({
  path: '/console/api-clients/:clientId/revoke',
  roles: ['administrator'],
  load: ({ api, params }) =>
    api.call(getApiClient, { params: { clientId: params.clientId ?? '' } }),
  initial: () => Fields.of({}),
  show: ({ loaded: { body } }) => ({
    title: `Revoke ${body.title}`,
    back: { href: `/console/api-clients/${body.clientId}`, text: body.title },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Do you want to revoke {body.title}?</h1>
        <p>
          It can no longer sign in, and its tokens end at once. What it has sent stays. This cannot
          be undone: to let it in again, register it anew.
        </p>
        <p>
          {body.lastUsedOn === null
            ? 'It has not been used yet.'
            : `It was last used on ${dayWords(body.lastUsedOn)}.`}
        </p>
        <Form>
          <Button variant="warning" preventDoubleClick>
            Revoke this system
          </Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params }) => {
    await api.call(revokeApiClient, { params: { clientId: params.clientId ?? '' } });
    return new Redirect('/console/api-clients?done=revoked');
  },
});
