/** Where the console begins, and where a sign-in leads that was not asked to lead anywhere else. */
export const CONSOLE_PATH = '/console';

/** Long enough for a page with filters; what is longer would not fit into a cookie. */
const MAX_LENGTH = 1000;

/** Pages that a sign-in must not lead back to, since they would begin another or end this one. */
const ownPages = /^\/console\/sign(-in|-out|ed-out)(\/|\?|$)/;

/** Printable ASCII but for the backslash, which browsers read as a slash. */
const allowed = /^[\x21-\x5b\x5d-\x7e]*$/;

/**
 * Where to go after sign-in: the path asked for if it is a page of this console, else the console's first page. Anything
 * else would let a link through this service lead to somebody else's (CWE-601).
 *
 * @param asked what a link or a form says: whatever anybody put there
 */
export function safeReturnPath(asked: string | null | undefined): string {
  if (!asked || asked.length > MAX_LENGTH || !allowed.test(asked)) return CONSOLE_PATH;
  if (!/^\/console(\/|\?|$)/.test(asked) || asked.includes('//')) return CONSOLE_PATH;
  const base = 'https://console.invalid';
  if (!URL.canParse(asked, base)) return CONSOLE_PATH;
  // What a browser makes of it: without dot segments, which could lead out of the console.
  const { origin, pathname, search } = new URL(asked, base);
  const path = pathname + search;
  if (origin !== base || !/^\/console(\/|\?|$)/.test(path) || ownPages.test(path))
    return CONSOLE_PATH;
  return path;
}
