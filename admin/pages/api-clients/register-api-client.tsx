import { registerApiClient } from '../../../api/api-clients/contract.ts';
import { scopesOfRole } from '../../../domain/staff-role.ts';
import { type Scope, scopes } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Input } from '../../components/Input.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormError } from '../../form-errors.ts';
import { formPage, type Person, Redirect } from '../../page.tsx';
import { scopeWords } from '../../words.ts';
import { KeyFields, keyLabels, keysOf, TEST_KEYS, withKeysTested } from './keys.tsx';

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
    ...keyLabels,
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
            items={scopesOf(visit.person).map((scope) => ({
              text: scopeWords[scope],
              value: scope,
            }))}
          />
          <KeyFields fields={fields} errors={errors} />
          <div class="fc-actions">
            <Button preventDoubleClick>Register</Button>
            <Button variant="secondary" name="action" value={TEST_KEYS}>
              Test the keys first
            </Button>
          </div>
        </Form>
      </>
    ),
  }),
  save: async ({ api }, fields) => {
    if (fields.raw('action') === TEST_KEYS) return withKeysTested(api, fields);
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

/** What somebody may give a system at all: what each of their roles may do. */
function scopesOf({ roles }: Person): Scope[] {
  return scopes.filter((scope) => [...roles].some((role) => scopesOfRole[role].includes(scope)));
}
