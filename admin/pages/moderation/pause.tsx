import { Button } from '../../components/Button.tsx';
import { page } from '../../page.tsx';
import { HelpForModerators } from './guidance.tsx';
import { hrefAt, placeOf, QUEUE } from './place.ts';

/** A page with nothing to do on it. */
export const pause = page('/console/moderation/pause', ['moderator'], async (visit) => ({
  title: 'Take a break',
  back: { href: '/console/moderation', text: 'Moderation' },
  body: (
    <div class="fc-pause">
      <h1 class="nhsuk-heading-l">Take a break</h1>
      <p class="nhsuk-lede-text">Nothing is lost, and nothing runs away. The texts wait.</p>
      <p>
        Look out of a window. Stretch, drink something, walk a few steps. Breathe in slowly, and out
        more slowly. If one of the texts stays with you, tell somebody that it does.
      </p>
      <p>You may stop for today. Somebody else can go on where you were.</p>
      <Button href={hrefAt(QUEUE, placeOf(visit))}>Go on reading</Button>
      <h2 class="nhsuk-heading-m">Help for yourself</h2>
      <HelpForModerators />
      <p class="nhsuk-hint">
        After 15 minutes without a click you are signed out. Everything that you decided is kept.
      </p>
    </div>
  ),
}));
