import { Button } from '../components/Button.tsx';
import type { View } from '../page.tsx';

export const signedOut: View = {
  title: 'You have signed out',
  body: (
    <>
      <h1 class="nhsuk-heading-l">You have signed out</h1>
      <p>
        Your session here has ended. You may still be signed in to your organisation’s own account:
        on a shared computer,{' '}
        <a href="/console/sign-out/provider">sign out of your organisation’s account too</a>, or
        close the browser.
      </p>
      <Button href="/console/sign-in">Sign in again</Button>
    </>
  ),
};
