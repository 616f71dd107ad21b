import { Button } from '../components/Button.tsx';
import type { Fields } from '../fields.ts';
import { FORM_TOKEN_FIELD } from '../form-token.ts';
import type { View } from '../page.tsx';

/**
 * For a form that was sent after the session had ended. What was typed stays in this page and nowhere else: it is sent again
 * after signing in, and then shown in its form.
 *
 * @param path where the form was sent
 */
export function signedOutWhileTyping(path: string, fields: Fields): View {
  return {
    title: 'You have been signed out',
    status: 401,
    body: (
      <>
        <h1 class="nhsuk-heading-l">You have been signed out</h1>
        <p>
          That happens after 15 minutes without a click, and after 8 hours in any case, so that
          nobody else can use your place. Nothing is lost: this page keeps what you typed.
        </p>
        <ol>
          <li>
            <a href="/console/sign-in" target="_blank" rel="noopener">
              Sign in (opens in a new tab)
            </a>
          </li>
          <li>Come back to this tab.</li>
          <li>Go on where you were.</li>
        </ol>
        <form method="post" action={path}>
          {fields
            .entries()
            .filter(([name]) => name !== FORM_TOKEN_FIELD)
            .map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
          <Button>Go on where I was</Button>
        </form>
      </>
    ),
  };
}
