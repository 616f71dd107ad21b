import { showStaffReference } from '../../domain/staff-role.ts';
import { staffRoles } from '../../domain/vocabulary.ts';
import { Card } from '../components/Card.tsx';
import { navigationFor } from '../navigation.ts';
import { type Person, page, type View } from '../page.tsx';
import { roleWords } from '../words.ts';

export const home = page('/console', [], async ({ person }) =>
  person.roles.size === 0 ? noRoleYet(person) : choices(person),
);

function choices(person: Person): View {
  return {
    title: 'What would you like to do?',
    isWide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">What would you like to do?</h1>
        <ul class="nhsuk-grid-row nhsuk-card-group">
          {navigationFor(person.roles).map(({ href, text, meaning }) => (
            <li class="nhsuk-grid-column-one-third nhsuk-card-group__item">
              <Card
                heading={text}
                headingLevel={2}
                headingSize="s"
                href={href}
                clickable
                description={meaning}
              />
            </li>
          ))}
        </ul>
        <h2 class="nhsuk-heading-m">Your roles</h2>
        <ul class="nhsuk-list nhsuk-list--bullet">
          {staffRoles
            .filter((role) => person.roles.has(role))
            .map((role) => (
              <li>
                {roleWords[role]}: {person.organisationsAs(role).join(', ')}
              </li>
            ))}
        </ul>
      </>
    ),
  };
}

/** Deny by default: whoever signs in can do nothing until an administrator says what. */
function noRoleYet({ reference }: Person): View {
  return {
    title: 'You have no role here yet',
    body: (
      <>
        <h1 class="nhsuk-heading-l">You have no role here yet</h1>
        <p>
          You are signed in. Before you can do anything, an administrator of your organisation has
          to say what your role is. Give them this reference:
        </p>
        <p class="nhsuk-heading-l">{showStaffReference(reference)}</p>
        <p>Once they have done so, sign out and in again.</p>
      </>
    ),
  };
}
