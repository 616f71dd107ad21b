import type { Child } from 'hono/jsx';
import { BackLink } from './components/BackLink.tsx';
import { ErrorSummary } from './components/ErrorSummary.tsx';
import { Footer } from './components/Footer.tsx';
import { Header } from './components/Header.tsx';
import { NotificationBanner } from './components/NotificationBanner.tsx';
import { idOf } from './components/parts.ts';
import { SkipLink } from './components/SkipLink.tsx';
import type { FormErrors } from './form-errors.ts';
import { FORM_TOKEN_FIELD } from './form-token.ts';
import { navigationFor } from './navigation.ts';
import type { Person, View } from './page.tsx';

/** What the frame of every page needs to know. */
export interface Frame {
  /** What the console is called; a trust that may, brands it by configuration. */
  consoleName: string;
  /** Names the build, so that a browser keeps its files until the next one. */
  assetVersion: string;
  /** Null for pages that need no sign-in. */
  signedIn: { person: Person; formToken: string; idleSeconds: number } | null;
  /** The path of the page, to mark where one is. */
  path: string;
  /** Whether it is a page for everybody, beside the console. */
  isPublic: boolean;
}

/** A whole page: the frame with a view in it. */
export function Layout({ frame, view }: { frame: Frame; view: View & { errors?: FormErrors } }) {
  const { consoleName, assetVersion, signedIn, isPublic } = frame;
  const errors = view.errors?.list ?? [];
  const hasErrors = errors.length > 0;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${hasErrors ? 'Error: ' : ''}${view.title} - ${consoleName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {!isPublic && <meta name="robots" content="noindex" />}
        <link rel="icon" href={`/console/favicon.svg?v=${assetVersion}`} type="image/svg+xml" />
        <link rel="stylesheet" href={`/console/console.css?v=${assetVersion}`} />
        <script type="module" src={`/console/console.js?v=${assetVersion}`} />
      </head>
      <body
        class={view.isPoster ? 'fc-poster-page' : undefined}
        {...(signedIn && {
          'data-idle-seconds': String(signedIn.idleSeconds),
          'data-form-token': signedIn.formToken,
        })}
      >
        <SkipLink />
        <Header
          service={{ text: consoleName, href: isPublic ? '/you-said-we-did' : '/console' }}
          {...(signedIn && {
            navigation: navigationFor(signedIn.person.roles).map(({ href, text }) => ({
              href,
              text,
              current: frame.path === href,
              active: frame.path.startsWith(`${href}/`),
            })),
            account: [
              { text: signedIn.person.name ?? 'Signed in', icon: true },
              {
                text: 'Sign out',
                action: '/console/sign-out',
                fields: { [FORM_TOKEN_FIELD]: signedIn.formToken },
              },
            ],
          })}
        />
        <div class="nhsuk-width-container">
          {view.back && <BackLink href={view.back.href}>{view.back.text}</BackLink>}
          <main class="nhsuk-main-wrapper" id="maincontent">
            {hasErrors && (
              <ErrorSummary
                errors={errors.map(({ field, text }) =>
                  field === null ? { text } : { text, href: `#${idOf(field)}` },
                )}
              />
            )}
            {view.done !== undefined && (
              <NotificationBanner variant="success">{view.done}</NotificationBanner>
            )}
            {view.isWide ? view.body : <Column>{view.body}</Column>}
          </main>
        </div>
        <Footer
          items={[
            { href: '/console/accessibility', text: 'Accessibility' },
            { href: '/console/cookies', text: 'Cookies' },
            { href: '/docs', text: 'The API behind this console' },
          ]}
        />
      </body>
    </html>
  );
}

/** Text at a length that reads well. */
export function Column({ children }: { children?: Child }) {
  return (
    <div class="nhsuk-grid-row">
      <div class="nhsuk-grid-column-two-thirds">{children}</div>
    </div>
  );
}
