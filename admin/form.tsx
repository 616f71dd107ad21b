import type { Child } from 'hono/jsx';
import { FORM_TOKEN_FIELD } from './form-token.ts';
import { useFormToken } from './form-token-context.tsx';

export interface FormProps {
  /** Where it is sent; the page itself where it is left out. */
  action?: string;
  /** Fields that are carried along, such as the version that was read. */
  hidden?: Readonly<Record<string, string | number | null>>;
  id?: string;
  children?: Child;
}

/** A form of the console: sent by POST with the token of the session. Checked here and by the API, never by the browser, whose messages say less. */
export function Form({ action, hidden = {}, id, children }: FormProps) {
  return (
    <form method="post" action={action} id={id} novalidate>
      <input type="hidden" name={FORM_TOKEN_FIELD} value={useFormToken()} />
      {Object.entries(hidden).map(
        ([name, value]) =>
          value !== null && <input type="hidden" name={name} value={String(value)} />,
      )}
      {/* Enter sends the form as its main button does, whichever button stands first (HTML standard, implicit submission). */}
      <button type="submit" hidden />
      {children}
    </form>
  );
}
