import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeReturnPath } from '../../../admin/sign-in/return-path.ts';

const SERVICE = 'https://full-circle.example.nhs.uk';

/** Where a browser goes that is sent there. */
const destination = (path: string) => new URL(path, SERVICE);

/** Pieces of which attacks on redirects are made, and of which pages are. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '/\\',
      '/console',
      '/console/',
      'console',
      '.',
      '..',
      '/..',
      '/../',
      '%2e',
    ],
    ...[
      '%2E%2E',
      '%2f',
      '%5c',
      '%00',
      '%0d%0a',
      ':',
      '@',
      '?',
      '#',
      '&',
      '=',
      ';',
      'https:',
      'https',
    ],
    ...[
      'javascript:',
      'data:',
      'evil.example',
      '//evil.example',
      '\t',
      '\n',
      '\r',
      '\0',
      ' ',
      '\u2028',
    ],
    ...['texts', 'sign-in', 'sign-out', 'signed-out', '?return=', 'é', '／', '＼', '。'],
  ),
  fc.string({ maxLength: 6, unit: 'binary' }),
);
const attack = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('where a sign-in leads', () => {
  it('is never anywhere but a page of this console, whatever was asked for', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          attack,
          attack.map((text) => `/console${text}`),
        ),
        (asked) => {
          const path = safeReturnPath(asked);
          expect(path).toMatch(/^\/console(?:[/?][\x21-\x5b\x5d-\x7e]*)?$/);
          expect(path).not.toMatch(/\/\/|#/);
          const { origin, pathname } = destination(path);
          expect(origin).toBe(SERVICE);
          expect(pathname).toMatch(/^\/console(\/|$)/);
          expect(pathname).not.toMatch(/^\/console\/sign(-in|-out|ed-out)(\/|$)/);
          // What is written is what a browser makes of it.
          expect(safeReturnPath(path)).toBe(path);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is the page that was asked for, with what was asked of it', () => {
    const word = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);
    const page = fc
      .record({ words: fc.array(word, { maxLength: 4 }), query: fc.dictionary(word, word) })
      .map(({ words, query }) => {
        const path = ['/console', ...words].join('/');
        const search = new URLSearchParams(query).toString();
        return search === '' ? path : `${path}?${search}`;
      })
      .filter((path) => !path.includes('/sign'));
    fc.assert(
      fc.property(page, (path) => {
        expect(safeReturnPath(path)).toBe(path);
      }),
    );
  });

  it.each([
    ...[null, undefined, '', '/', '/v1/texts', '/consoles', 'console', '/Console'],
    ...['//evil.example/console', '/console//evil.example', '/\\evil.example', '/console\\..\\..'],
    ...[
      'https://evil.example/console',
      'javascript:alert(1)',
      '/console/../v1',
      '/console/%2e%2e/v1',
    ],
    ...['/console/..//evil.example', '/console/sign-in', '/console/sign-in?return=/console'],
    ...['/console/sign-in/callback?code=1', '/console/sign-out', '/console/signed-out'],
    ...['/console/x/../sign-out', '/console/\r\nset-cookie:a=b'],
  ])('is the first page instead of %j', (asked) => {
    expect(safeReturnPath(asked)).toBe('/console');
  });

  it('is the first page instead of one whose address no cookie could hold', () => {
    const longest = `/console/${'a'.repeat(991)}`;
    expect(safeReturnPath(longest)).toBe(longest);
    expect(safeReturnPath(`${longest}a`)).toBe('/console');
  });
});
