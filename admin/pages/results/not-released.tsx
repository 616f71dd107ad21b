import type { View } from '../../page.tsx';
import { dayWords, phaseWords } from '../../words.ts';
import type { CycleBody } from './released.ts';

/** The page of a cycle without a release: what has to happen first. */
export function notReleased({ title, phase, closesAt }: CycleBody): View {
  return {
    title: 'There are no results yet',
    back: { href: '/console/results', text: 'Results' },
    status: 404,
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">{title}</span> There are no results yet
        </h1>
        {phase === 'closed' ? (
          <p>
            This evaluation is closed. A publisher of its organisations can release what was found;
            until then nobody sees any of it.
          </p>
        ) : (
          <p>
            This evaluation is {phaseWords[phase].toLowerCase()} and closes on {dayWords(closesAt)}.
            After that a publisher of its organisations can release what was found. Until then
            nobody sees any of it.
          </p>
        )}
      </>
    ),
  };
}
