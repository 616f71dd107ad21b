import { Button } from '../components/Button.tsx';
import type { View } from '../page.tsx';
import type { SignInFailed } from '../sign-in/failure.ts';

const startHref = (returnPath: string) =>
  `/console/sign-in/start?return=${encodeURIComponent(returnPath)}`;

/** @param isConfigured whether there is a provider to sign in with */
export function signInPage(isConfigured: boolean, returnPath: string): View {
  if (!isConfigured)
    return {
      title: 'Signing in is not set up',
      status: 503,
      body: (
        <>
          <h1 class="nhsuk-heading-l">Signing in is not set up</h1>
          <p>
            This console has no sign-in provider yet. Whoever runs this service can set one up: the
            README says how. The public parts of the service work without it.
          </p>
        </>
      ),
    };
  return {
    title: 'Sign in',
    body: (
      <>
        <h1 class="nhsuk-heading-l">Sign in</h1>
        <p>
          You sign in with the account that your organisation gave you. This service never sees your
          password.
        </p>
        <Button href={startHref(returnPath)}>Sign in</Button>
        <p>
          You need a role here before you can do anything. If you have none yet, sign in once, and
          give your administrator the reference that you are shown.
        </p>
        <p>
          To give feedback about a service, you never need to sign in: that is done where your trust
          asks for it, without a name.
        </p>
      </>
    ),
  };
}

/** What went wrong on the way to the provider and back, and how to go on. */
export function signInFailed({ failure, title, detail }: SignInFailed): View {
  return {
    title,
    status: failure === 'unreachable' || failure === 'misconfigured' ? 503 : 403,
    body: (
      <>
        <h1 class="nhsuk-heading-l">{title}</h1>
        <p>{detail}</p>
        <Button href="/console/sign-in">Sign in again</Button>
      </>
    ),
  };
}
