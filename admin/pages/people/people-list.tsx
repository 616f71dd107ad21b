import type * as z from 'zod';
import { listStaffMembers, type StaffMember } from '../../../api/staff-members/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { roleWords } from '../../words.ts';

const doneMessages: Readonly<Record<string, string>> = {
  changed: 'The roles are saved. If the person was signed in, they have to sign in again.',
};

export const peopleList = page('/console/people', ['administrator'], async (visit) => {
  const { cursor, titleSuffix } = pagingOf(visit);
  const { body } = await visit.api.call(listStaffMembers, { query: { cursor } });
  return {
    title: `People${titleSuffix}`,
    isWide: true,
    done: doneMessages[visit.query.get('done') ?? ''],
    body: (
      <>
        <h1 class="nhsuk-heading-l">People</h1>
        <p>
          Who may do what for your organisations. People sign in with the account that their
          organisation gave them; nobody can sign up here.
        </p>
        <Button href="/console/people/add">Give somebody a role</Button>
        {body.items.length === 0 ? (
          <p>
            Nobody has a role here yet. Ask them to sign in once, and for the reference they see.
          </p>
        ) : (
          <Table
            caption="People with a role"
            responsive
            head={['Name', 'Roles', 'Reference']}
            rows={body.items.map((person) => [
              {
                content: <a href={`/console/people/${person.id}`}>{nameOf(person)}</a>,
              },
              {
                content: (
                  <ul class="nhsuk-list">
                    {person.assignments.map(({ organisation, role }) => (
                      <li>
                        {roleWords[role]}, {organisation}
                      </li>
                    ))}
                  </ul>
                ),
              },
              person.reference,
            ])}
          />
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});

/** Some providers tell no names. */
export function nameOf({ name, reference }: z.output<typeof StaffMember>): string {
  return name ?? `Somebody with the reference ${reference}`;
}
