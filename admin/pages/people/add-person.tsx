import { listStaffMembers } from '../../../api/staff-members/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Input } from '../../components/Input.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';

export const addPerson = formPage({
  path: '/console/people/add',
  roles: ['administrator'],
  load: async () => null,
  initial: () => Fields.of({}),
  labels: { reference: 'Reference' },
  show: ({ fields, errors }) => ({
    title: 'What is their reference?',
    back: { href: '/console/people', text: 'People' },
    body: (
      <Form>
        <Input
          label={{ text: 'What is their reference?', size: 'l', headingLevel: 1 }}
          hint="They see it when they sign in without a role: eight letters and digits, such as K7QM-3XD9. Ask them for it in person or by phone, so that you know who it is."
          name="reference"
          width={10}
          code
          autocomplete="off"
          spellcheck={false}
          value={fields.raw('reference')}
          errorMessage={errors.of('reference')}
        />
        <Button>Find them</Button>
      </Form>
    ),
  }),
  save: async ({ api }, fields) => {
    const reference = fields.text('reference');
    if (reference === '') return [{ field: 'reference', text: 'Enter their reference' }];
    const { body } = await api.call(listStaffMembers, { query: { reference } });
    const [found] = body.items;
    if (found === undefined)
      return [
        {
          field: 'reference',
          text: 'Enter the reference again: nobody who has signed in has this one',
        },
      ];
    return new Redirect(
      `/console/people/${found.id}?reference=${encodeURIComponent(found.reference)}`,
    );
  },
});
