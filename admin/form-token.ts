/** Name of the hidden field of every form. */
export const FORM_TOKEN_FIELD = 'formToken';

const encoder = new TextEncoder();

/**
 * The token that a form of a session carries: an HMAC under the id of the session, which only its cookie holds. Another site
 * cannot know it, and a form from before a sign-in does not pass for one from after it.
 */
export async function formTokenOf(sessionId: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(sessionId),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode('form token'));
  return btoa(String.fromCharCode(...new Uint8Array(signature)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Whether a form carries the token of the session, compared without telling by time where they differ. */
export function isFormToken(given: string, expected: string): boolean {
  const [left, right] = [encoder.encode(given), encoder.encode(expected)];
  return left.length === right.length && crypto.subtle.timingSafeEqual(left, right);
}
