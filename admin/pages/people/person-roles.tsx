import {
  assignStaffRoles,
  getStaffMember,
  listStaffMembers,
} from '../../../api/staff-members/contract.ts';
import { type StaffRole, staffRoles } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, NotFound, Redirect, type Visit } from '../../page.tsx';
import { roleMeanings, roleWords } from '../../words.ts';
import { nameOf } from './people-list.tsx';

export const personRoles = formPage({
  path: '/console/people/:staffMemberId',
  roles: ['administrator'],
  load: readPerson,
  initial: (person, visit) =>
    Fields.of(
      Object.fromEntries(
        visit.person
          .organisationsAs('administrator')
          .map((organisation) => [
            `roles.${organisation}`,
            person.assignments
              .filter((assignment) => assignment.organisation === organisation)
              .map(({ role }) => role),
          ]),
      ),
    ),
  show: ({ visit, loaded: person, fields }) => ({
    title: `Roles of ${nameOf(person)}`,
    back: { href: '/console/people', text: 'People' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Roles of {nameOf(person)}</h1>
        {person.id === visit.person.id ? (
          <InsetText>
            <p>
              This is you. Nobody changes their own roles: ask another administrator of your
              organisation.
            </p>
          </InsetText>
        ) : (
          <Form hidden={{ version: person.version }}>
            {visit.person.organisationsAs('administrator').map((organisation) => (
              <Checkboxes
                legend={{ text: `Roles in ${organisation}`, size: 'm' }}
                name={`roles.${organisation}`}
                values={fields.all(`roles.${organisation}`)}
                items={staffRoles.map((role) => ({
                  text: roleWords[role],
                  value: role,
                  hint: roleMeanings[role],
                }))}
              />
            ))}
            <p>
              Whoever moderates should not be the one who answers for a service that people write
              about, if you can help it. For releasing results you need two publishers.
            </p>
            <Button preventDoubleClick>Save roles</Button>
          </Form>
        )}
      </>
    ),
  }),
  save: async ({ api, params, person, query }, fields) => {
    const assignments = person
      .organisationsAs('administrator')
      .flatMap((organisation) =>
        fields
          .all(`roles.${organisation}`)
          .map((role) => ({ organisation, role: role as StaffRole })),
      );
    await api.call(assignStaffRoles, {
      params: { staffMemberId: params.staffMemberId ?? '' },
      body: { assignments, reference: query.get('reference') },
      version: fields.wholeNumber('version') ?? 0,
    });
    return new Redirect('/console/people?done=changed');
  },
});

/** Somebody with a role here, or whoever has none yet and told their reference. */
async function readPerson({ api, params, query }: Visit) {
  const staffMemberId = params.staffMemberId ?? '';
  const reference = query.get('reference');
  if (reference === null) {
    const { body } = await api.call(getStaffMember, { params: { staffMemberId } });
    return body;
  }
  const { body } = await api.call(listStaffMembers, { query: { reference } });
  const [found] = body.items;
  if (found === undefined || found.id !== staffMemberId) throw new NotFound();
  return found;
}
