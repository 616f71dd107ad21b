/**
 * Whether a request that changes something comes from a page of this console: its Origin is ours, and the browser does not say
 * otherwise (Fetch Metadata, W3C). A request without an Origin is refused: every browser sends one with an unsafe method.
 *
 * @param serviceUrl where the service is reached from outside
 */
export function isSameOrigin(headers: Headers, serviceUrl: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  return headers.get('origin') === new URL(serviceUrl).origin;
}
