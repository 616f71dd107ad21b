/** Endings of names that lead into a private network, or nowhere (RFC 6761, 6762, 9476, ICANN's `.internal`, those of clusters). */
const privateEndings = [
  ...['localhost', 'localdomain', 'local', 'internal', 'arpa', 'alt', 'onion'],
  ...['test', 'invalid', 'intranet', 'lan', 'corp', 'home', 'private', 'svc', 'cluster'],
];

/** Ports on which a webhook may be taken, as the WHATWG URL standard writes them; empty is 443. */
const ports = ['', '8443'];

/** An IPv4 or IPv6 address in the one spelling that the WHATWG URL standard gives every other (`0x7f.1`, `2130706433`). */
const ipAddress = /^(\[.*\]|\d+\.\d+\.\d+\.\d+)$/;

/** A URL parser drops some of these, so that an address would not be what it looks like. */
const controlCharacter = /\p{Cc}/u;

/** An address is kept as the WHATWG URL standard writes it, which can be longer than what was sent. */
const MAX_LENGTH = 2000;

/** An address without a fault in the one spelling in which it is kept, shown and sent to. */
export function normalWebhookAddress(address: string): string {
  return new URL(address).href;
}

/**
 * What is wrong with an address to which webhooks are to be sent, as a sentence for whoever registers it, or null.
 *
 * Only https to a public name. An IP address is refused whichever it is: a private, loopback, link-local, shared or mapped
 * one is an attempt to reach what is not theirs, and a public one has no certificate to check. A name that resolves to a
 * private address passes here: the platform does not connect to those (docs/adr/0021).
 *
 * @param exemptHosts names that may be anything, on any port: only on a developer's machine
 */
export function faultOfWebhookAddress(
  address: string,
  exemptHosts: readonly string[],
): string | null {
  if (controlCharacter.test(address)) return 'Must have no control characters.';
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:') return 'Must be an https URL.';
  if (url.username !== '' || url.password !== '')
    return 'Must have no user name or password: check the signature instead.';
  if (address.includes('#')) return 'Must have no fragment.';
  if (url.href.length > MAX_LENGTH) return `Must be at most ${MAX_LENGTH} characters, as encoded.`;
  const { hostname } = url;
  if (exemptHosts.includes(hostname)) return null;
  if (!ports.includes(url.port)) return 'Must be on port 443 or 8443.';
  if (ipAddress.test(hostname)) return 'Must have a name, not an IP address.';
  if (hostname.split('.').includes(''))
    return 'Must be a name without a dot at either end or two in a row.';
  const isPrivate = privateEndings.some(
    (ending) => hostname === ending || hostname.endsWith(`.${ending}`),
  );
  return isPrivate || !hostname.includes('.') ? 'Must be a public name.' : null;
}
