import type { View, Visit } from '../../page.tsx';
import { decidedWords } from './last-decision.tsx';
import { hrefAt, placeOf, QUEUE, textHref } from './place.ts';
import type { Text } from './text-shown.tsx';

/** Says in an address what was decided on a text when its page led here. */
export const WAS = 'was';
export const WAITING = 'waiting';

/** The page where somebody else decided on the way here, so that nobody changes a decision that they did not see; else nothing. */
export function quickerView(visit: Visit, text: Text): View | null {
  const was = visit.query.get(WAS);
  if (was === null || was === (text.decision ?? WAITING)) return null;
  const place = placeOf(visit);
  return {
    title: 'Somebody else has decided already',
    back: { href: '/console/moderation', text: 'Moderation' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Somebody else has decided already</h1>
        <p>
          They were a moment quicker: {text.decision && decidedWords[text.decision].toLowerCase()}.
          Nothing of yours is lost.
        </p>
        <ul>
          <li>
            <a href={hrefAt(QUEUE, { ...place, isOfList: false })}>Go on with the next text</a>
          </li>
          <li>
            <a href={textHref(text.id, place)}>Look at their decision</a>
          </li>
        </ul>
      </>
    ),
  };
}
