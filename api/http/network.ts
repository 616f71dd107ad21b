/** Groups of 16 bits that name an IPv6 network as it is given to one household or building (RFC 6177: a /64 or larger). */
const NETWORK_GROUPS = 4;
const ALL_GROUPS = 8;

/**
 * What one sender cannot change at will of an address: all of an IPv4 address, the first 64 bits of an IPv6 address.
 *
 * @param address as the platform gives it; anything else comes back as it is
 */
export function networkOf(address: string): string {
  const lower = address.trim().toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(lower)?.[1];
  if (mapped !== undefined) return mapped;
  if (!lower.includes(':')) return lower;
  const [before = '', after] = lower.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const head = groups(before);
  const tail = after === undefined ? [] : groups(after);
  const missing = new Array(Math.max(0, ALL_GROUPS - head.length - tail.length)).fill('0');
  return [...head, ...missing, ...tail]
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
