import { raw } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { Footer } from '../../../admin/components/Footer.tsx';
import { Header } from '../../../admin/components/Header.tsx';
import { content, itRendersAsThePackage, type Options } from '../support/fixtures.ts';

/** The package's header as a supplier may show it: without the logo, and without the link around it. */
const withoutLogo = (html: string) =>
  html
    .replace(/<svg class="nhsuk-header__logo"[\s\S]*?<\/svg>/, '')
    .replace(/<a class="nhsuk-header__service-logo"[^>]*>([\s\S]*?)<\/a>/, '$1');

itRendersAsThePackage(
  'header',
  (context) => {
    const header = Header({
      service: context.service ?? { text: '' },
      account: context.account?.items,
      navigation: context.navigation?.items,
    });
    // Every page of ours names the service, not every example does.
    const noName = '<span class="nhsuk-header__service-name"></span>';
    return context.service ? header : `${header}`.replace(noName, '');
  },
  [
    [/white|organisation|inline|justified|unlinked item/, 'one look'],
    [/search|overflow|^default/, 'nothing in the console searches'],
    [/linked with logo/, 'no logo to link with'],
  ],
  withoutLogo,
);

const text = (option: Options) => option && raw(`<p class="nhsuk-body-s">${option}</p>`);

itRendersAsThePackage(
  'footer',
  ({ meta, copyright }, block) => {
    const copy = copyright?.text ?? (typeof copyright === 'string' ? copyright : undefined);
    const own = typeof meta === 'string' ? text(meta) : (text(meta?.text) ?? content(meta));
    return Footer({
      items: meta?.items,
      children: [block === undefined ? own : raw(block), text(copy)],
    });
  },
  [[/navigation/, 'the header has the navigation']],
  (html) => html.replace('<p class="nhsuk-body-s">© NHS England</p>', ''),
);

describe('the frame of a page is not that of the NHS website', () => {
  const header = `${Header({
    service: { text: 'Full Circle', href: '/console' },
    account: [
      { text: 'Ada Example', icon: true },
      { text: 'Sign out', action: '/console/sign-out', fields: { token: 'a"b' } },
    ],
  })}`;

  it('has no logo and says nobody else owns it', () => {
    expect(header).not.toMatch(/logo|NHS\b/);
    expect(`${Footer({})}`).not.toContain('NHS England');
  });

  it('signs out by a form with its token', () => {
    expect(header).toContain('<input type="hidden" name="token" value="a&quot;b"/>');
    expect(header).toMatch(/<form [^>]*action="\/console\/sign-out" method="post"/);
  });
});
