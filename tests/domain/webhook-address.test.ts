import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOfWebhookAddress, normalWebhookAddress } from '../../domain/webhook-address.ts';

const isRefused = (address: string) => faultOfWebhookAddress(address, []) !== null;

/** An octet or a whole address in any of the spellings that a URL may use. */
const spellings = (value: number) => [
  String(value),
  `0x${value.toString(16)}`,
  `0X${value.toString(16).toUpperCase()}`,
  `0${value.toString(8)}`,
  `00${value.toString(8)}`,
];
const octet = fc.integer({ min: 0, max: 255 });
const spelt = (value: number) => fc.constantFrom(...spellings(value));

/** Every IPv4 address in one to four parts, each part decimal, octal or hexadecimal. */
const ipv4 = fc.tuple(octet, octet, octet, octet).chain(([a, b, c, d]) => {
  const last = (...octets: number[]) => octets.reduce((sum, part) => sum * 256 + part, 0);
  return fc.oneof(
    fc.tuple(spelt(a), spelt(b), spelt(c), spelt(d)).map((parts) => parts.join('.')),
    fc.tuple(spelt(a), spelt(b), spelt(last(c, d))).map((parts) => parts.join('.')),
    fc.tuple(spelt(a), spelt(last(b, c, d))).map((parts) => parts.join('.')),
    spelt(last(a, b, c, d)),
  );
});

describe('an address for webhooks', () => {
  it.each([
    'https://hooks.example.nhs.uk/full-circle?key=1',
    'https://hooks.example.nhs.uk:443/',
    'https://hooks.example.nhs.uk:8443/',
    'https://10.example.org/',
    'https://xn--bcher-kva.example/',
    'https://bücher.example/',
    'https://local.example.org/',
    'https://notlocal.org/',
  ])('may be %s', (address) => {
    expect(faultOfWebhookAddress(address, [])).toBeNull();
  });

  it.each([
    ['no URL', 'hooks.example.org'],
    ['another scheme', 'http://hooks.example.org/'],
    ['another scheme', 'ftp://hooks.example.org/'],
    ['a user name', 'https://user@hooks.example.org/'],
    ['a password', 'https://:secret@hooks.example.org/'],
    ['a fragment', 'https://hooks.example.org/#part'],
    ['an empty fragment', 'https://hooks.example.org/#'],
    ['another port', 'https://hooks.example.org:22/'],
    ['another port', 'https://hooks.example.org:80/'],
    ['a single label', 'https://intranet/'],
    ['this machine', 'https://localhost/'],
    ['this machine in capitals', 'https://LOCALHOST/'],
    ['this machine in wide letters', 'https://ｌｏｃａｌｈｏｓｔ/'],
    ['a name under this machine', 'https://a.localhost/'],
    ['a private name', 'https://printer.local/'],
    ['a private name', 'https://metadata.google.internal/'],
    ['a private name', 'https://hub.home.arpa/'],
    ['a name for reverse look-ups', 'https://1.0.0.127.in-addr.arpa/'],
    ['a name in a cluster', 'https://kubernetes.default.svc/'],
    ['a name in a cluster', 'https://a.b.svc.cluster/'],
    ['a name in a cluster', 'https://kubernetes.default.svc.cluster.local/'],
    ['an empty label', 'https://a..b/'],
    ['an empty label', 'https://hooks..example.org/'],
    ['an empty label in front', 'https://.example.org/'],
    ['an empty label of wide dots', 'https://hooks。。example.org/'],
    ['a line break', 'https://exa\nmple.org/\r\nX: y'],
    ['a tab', 'https://hooks.example.org/a\tb'],
    ['a control character at the end', 'https://hooks.example.org/\u0000'],
    ['one that is too long once it is encoded', `https://hooks.example.org/${'ü'.repeat(400)}`],
    ['a dot at the end', 'https://hooks.example.org./'],
    ['a dot at the end of this machine', 'https://localhost./'],
    ['an encoded dot at the end', 'https://hooks.example.org%2e/'],
    ['an address of a cloud', 'https://169.254.169.254/latest/meta-data'],
    ['a wide dot', 'https://127。0。0。1/'],
    ['circled digits', 'https://①②⑦.⓪.⓪.①/'],
    ['an encoded address', 'https://%31%32%37.0.0.1/'],
    ['a mapped address', 'https://[::ffff:10.0.0.1]/'],
    ['a backslash before the name', 'https:\\\\127.0.0.1/'],
    ['one slash', 'https:/127.0.0.1/'],
  ])('is refused for %s: %s', (_, address) => {
    expect(isRefused(address)).toBe(true);
  });

  it('is refused for an IPv4 address in whatever spelling, with a dot at the end too', () => {
    fc.assert(
      fc.property(ipv4, fc.constantFrom('', '.'), (host, dot) => {
        expect(isRefused(`https://${host}${dot}/`)).toBe(true);
      }),
    );
  });

  it('is refused for an IPv6 address in whatever spelling', () => {
    fc.assert(
      fc.property(fc.ipV6(), (host) => {
        expect(isRefused(`https://[${host}]/`)).toBe(true);
      }),
    );
  });

  it('is one that the connection goes to: what is refused for a host is refused whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('127.0.0.1', '0x7f.1', '[::1]', 'localhost', 'a.internal', '2130706433'),
        fc.webPath(),
        fc.webQueryParameters(),
        fc.constantFrom('', ':443', ':8443'),
        (host, path, query, port) => {
          expect(isRefused(`https://${host}${port}${path}?${query}`)).toBe(true);
        },
      ),
    );
  });

  it('never makes the rule fail, and what passes is https to a name with a dot', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ validSchemes: ['https'], withFragments: true }), fc.string()),
        (address) => {
          if (isRefused(address)) return;
          const { protocol, hostname } = new URL(address);
          expect(protocol).toBe('https:');
          expect(hostname).toMatch(/^[^[\]]+\.[^.]*[^.\d][^.]*$/);
        },
      ),
    );
  });

  it('is refused with a control character anywhere', () => {
    const control = fc.integer({ min: 0, max: 0x9f }).filter((code) => code < 32 || code > 126);
    fc.assert(
      fc.property(
        fc.webUrl({ validSchemes: ['https'] }),
        control,
        fc.nat(),
        (address, code, at) => {
          const place = at % (address.length + 1);
          const broken = address.slice(0, place) + String.fromCharCode(code) + address.slice(place);
          expect(isRefused(broken)).toBe(true);
        },
      ),
    );
  });

  it('is kept in one spelling that may be kept again, is plain text and goes to a name of full labels', () => {
    const label = fc.constantFrom(
      'a',
      'B',
      'ü',
      '。',
      '.',
      '%2e',
      'svc',
      'arpa',
      'cluster',
      'org',
      'ＯＲＧ',
    );
    const path = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), path, (labels, rest) => {
        const address = `https://${labels.join('.')}/${rest}`;
        if (isRefused(address)) return;
        const normal = normalWebhookAddress(address);
        expect(faultOfWebhookAddress(normal, [])).toBeNull();
        expect(normalWebhookAddress(normal)).toBe(normal);
        expect(normal).toMatch(/^https:\/\/([a-z0-9-]+\.)+[a-z0-9-]+\/[\x21-\x7e]*$/);
        expect(new URL(normal).hostname).not.toMatch(/(^|\.)(svc|arpa|cluster)$/);
      }),
      { numRuns: 500 },
    );
  });

  it('may be a private one where its host is exempt, over https and on any port all the same', () => {
    expect(faultOfWebhookAddress('https://localhost:4444/', ['localhost'])).toBeNull();
    expect(faultOfWebhookAddress('http://localhost:4444/', ['localhost'])).not.toBeNull();
    expect(faultOfWebhookAddress('https://a.localhost/', ['localhost'])).not.toBeNull();
    expect(faultOfWebhookAddress('https://hooks.example.org:4444/', ['localhost'])).not.toBeNull();
  });
});
