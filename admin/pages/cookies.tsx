import type { View } from '../page.tsx';
import { SESSION_COOKIE } from '../session-cookie.ts';

export const cookies: View = {
  title: 'Cookies',
  body: (
    <>
      <h1 class="nhsuk-heading-l">Cookies</h1>
      <p>There is one cookie, and the console cannot work without it.</p>
      <p>
        It is called <code class="nhsuk-code">{SESSION_COOKIE}</code> and says that you are signed
        in. It goes when you sign out or close the browser, and counts for nothing after 15 minutes
        without a click. It is read by this service only. Nothing here counts or follows what you
        do.
      </p>
      <p>People who give feedback get no cookie at all.</p>
    </>
  ),
};
