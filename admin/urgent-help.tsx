import { urgentHelp } from '../domain/urgent-help.ts';
import { InsetText } from './components/InsetText.tsx';

/**
 * Stands first on every page with a text box: boxes attract cries for help, and nobody reads this one in time.
 */
export function UrgentHelp() {
  return (
    <InsetText>
      <p>
        Nobody can reply to what is written here. If you or somebody else is in danger or needs help
        now:
      </p>
      <ul>
        {urgentHelp.map(({ name, contact }) => (
          <li>
            {name}: {contact}
          </li>
        ))}
      </ul>
    </InsetText>
  );
}
