import { createContext, useContext } from 'hono/jsx';

/** The token of the session, for every form of a page: a page's author cannot forget it, nor take another's. */
export const FormTokenContext = createContext('');

export function useFormToken(): string {
  return useContext(FormTokenContext);
}
