import { changeApiClient, getApiClient } from '../../../api/api-clients/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { KeyFields, keyLabels, keysOf, TEST_KEYS, withKeysTested } from './keys.tsx';

export const changeKeys = formPage({
  path: '/console/api-clients/:clientId/keys',
  roles: ['administrator'],
  load: ({ api, params }) =>
    api.call(getApiClient, { params: { clientId: params.clientId ?? '' } }),
  initial: ({ body }) =>
    Fields.of({
      keys: body.jwksUrl === null ? 'jwks' : 'jwksUrl',
      jwksUrl: body.jwksUrl,
      jwks: body.jwks === null ? null : JSON.stringify(body.jwks, null, 2),
    }),
  labels: keyLabels,
  show: ({ loaded: { body, version }, fields, errors }) => ({
    title: `Change the keys of ${body.title}`,
    back: { href: `/console/api-clients/${body.clientId}`, text: body.title },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Change the keys of {body.title}</h1>
        <p>
          The system can sign in with the new keys at once, and no longer with the old ones. To
          change without a gap, give both for a while.
        </p>
        <Form hidden={{ version }}>
          <KeyFields fields={fields} errors={errors} />
          <div class="fc-actions">
            <Button preventDoubleClick>Save the keys</Button>
            <Button variant="secondary" name="action" value={TEST_KEYS}>
              Test the keys first
            </Button>
          </div>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params }, fields) => {
    if (fields.raw('action') === TEST_KEYS) return withKeysTested(api, fields);
    const keys = keysOf(fields);
    if ('field' in keys) return [keys];
    const clientId = params.clientId ?? '';
    await api.call(changeApiClient, {
      params: { clientId },
      body: keys,
      version: fields.wholeNumber('version') ?? 0,
    });
    return new Redirect(`/console/api-clients/${clientId}?done=changed`);
  },
});
