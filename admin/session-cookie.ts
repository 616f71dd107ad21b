/**
 * The one cookie of the console. While somebody is on the way to their provider it holds what has to come back with them,
 * sealed; from then on the id of their session, and nothing else. The prefix makes browsers refuse it from other hosts and
 * without TLS (RFC 6265bis, cookie name prefixes).
 */
export const SESSION_COOKIE = '__Host-session';

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The value of the cookie; null where there is none. Of two with the name, neither counts. */
export function readSessionCookie(headers: Headers): string | null {
  const pairs = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return pairs.length === 1 ? (pairs[0]?.slice(SESSION_COOKIE.length + 1) ?? null) : null;
}

/** @param value characters that a cookie may hold (RFC 6265, cookie-octet) */
export function setSessionCookie(value: string): string {
  return `${SESSION_COOKIE}=${value}; ${attributes}`;
}

export function clearSessionCookie(): string {
  return `${SESSION_COOKIE}=; Max-Age=0; ${attributes}`;
}
