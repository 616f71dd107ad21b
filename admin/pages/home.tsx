import { staffRoles } from '../../domain/vocabulary.ts';
import { navigationFor } from '../navigation.ts';
import { page } from '../page.tsx';
import { roleWords } from '../words.ts';

export const home = page('/console', [], async ({ person }) => {
  if (person.roles.size === 0) return noRoleYet(person.reference);
  return {
    title: 'What would you like to do?',
    body: (
      <>
        <h1>What would you like to do?</h1>
        <dl class="fc-choices">
          {navigationFor(person.roles).map(({ href, text, meaning }) => (
            <div>
              <dt>
                <a href={href}>{text}</a>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <h2>Your roles</h2>
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
});

/** Deny by default: whoever signs in can do nothing until an administrator says what. */
function noRoleYet(reference: string) {
  return {
    title: 'You have no role here yet',
    body: (
      <>
        <h1>You have no role here yet</h1>
        <p>
          You are signed in. Before you can do anything, an administrator of your organisation has
          to say what your role is. Give them this reference:
        </p>
        <p class="nhsuk-heading-l fc-reference">{reference}</p>
        <p>Once they have done so, sign out and in again.</p>
      </>
    ),
  };
}
