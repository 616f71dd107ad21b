import { registerApiClient } from '../../../api/api-clients/contract.ts';
import { type Scope, scopes } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Input } from '../../components/Input.tsx';
import { Radios } from '../../components/Radios.tsx';
import { Textarea } from '../../components/Textarea.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormError } from '../../form-errors.ts';
import { formPage, Redirect } from '../../page.tsx';
import { scopeWords } from '../../words.ts';

export const registerApiClientPage = formPage({
  path: '/console/api-clients/new',
  roles: ['administrator'],
  load: async () => null,
  initial: (_, { person }) =>
    Fields.of({ organisations: person.organisationsAs('administrator'), keys: 'jwksUrl' }),
  labels: {
    title: 'Name of the system',
    organisations: 'Organisations',
    scopes: 'What it may do',
    jwks: 'Key set',
    jwksUrl: 'Address of the key set',
  },
  show: ({ visit, fields, errors }) => ({
    title: 'Register a system',
    back: { href: '/console/api-clients', text: 'Systems' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Register a system</h1>
        <Form>
          <Input
            label="Name of the system"
            hint="For the people who look after it, such as Ward kiosks"
            name="title"
            value={fields.raw('title')}
            errorMessage={errors.of('title')}
          />
          <Checkboxes
            legend="Organisations"
            hint="It may act for these and no others."
            name="organisations"
            values={fields.all('organisations')}
            errorMessage={errors.of('organisations')}
            items={visit.person
              .organisationsAs('administrator')
              .map((odsCode) => ({ text: odsCode, value: odsCode }))}
          />
          <Checkboxes
            legend="What it may do"
            hint="You can give a system only what you may do yourself."
            name="scopes"
            values={fields.all('scopes')}
            errorMessage={errors.of('scopes')}
            items={scopes.map((scope) => ({ text: scopeWords[scope], value: scope }))}
          />
          <Radios
            legend="Its keys"
            hint="The public half only. Never paste a private key anywhere."
            name="keys"
            value={fields.raw('keys')}
            errorMessage={errors.of('keys')}
            items={[
              {
                value: 'jwksUrl',
                text: 'It publishes its key set at an address',
                conditional: (
                  <Input
                    label="Address of the key set"
                    hint="Begins with https://. It is read again after an hour, so keys can be changed there."
                    name="jwksUrl"
                    type="url"
                    value={fields.raw('jwksUrl')}
                    errorMessage={errors.of('jwksUrl')}
                  />
                ),
              },
              {
                value: 'jwks',
                text: 'I have its key set as JSON',
                conditional: (
                  <Textarea
                    label="Key set"
                    hint="A JWKS document (RFC 7517) with RSA public keys of at least 2048 bits"
                    name="jwks"
                    rows={8}
                    spellcheck={false}
                    value={fields.raw('jwks')}
                    errorMessage={errors.of('jwks')}
                  />
                ),
              },
            ]}
          />
          <Button preventDoubleClick>Register</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api }, fields) => {
    const errors: FormError[] = [];
    if (fields.text('title') === '')
      errors.push({ field: 'title', text: 'Enter a name for the system' });
    if (fields.all('organisations').length === 0)
      errors.push({ field: 'organisations', text: 'Select at least one organisation' });
    if (fields.all('scopes').length === 0)
      errors.push({ field: 'scopes', text: 'Select at least one thing that it may do' });
    const keys = keysOf(fields);
    if ('field' in keys) errors.push(keys);
    if ('field' in keys || errors.length > 0) return errors;
    const { body } = await api.call(registerApiClient, {
      body: {
        title: fields.text('title'),
        organisations: [...fields.all('organisations')],
        scopes: [...fields.all('scopes')] as Scope[],
        ...keys,
      },
    });
    return new Redirect(`/console/api-clients/${body.clientId}?done=registered`);
  },
});

/** The keys from one place, as the API takes them. */
function keysOf(fields: Fields): FormError | { jwksUrl: string } | { jwks: never } {
  if (fields.raw('keys') !== 'jwks') {
    const jwksUrl = fields.text('jwksUrl');
    if (jwksUrl === '') return { field: 'jwksUrl', text: 'Enter the address of the key set' };
    return { jwksUrl };
  }
  try {
    return { jwks: JSON.parse(fields.text('jwks')) as never };
  } catch {
    return { field: 'jwks', text: 'Enter the key set as JSON: it begins with { and ends with }' };
  }
}
