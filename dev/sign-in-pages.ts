import { createHash } from 'node:crypto';
import type { DemoPerson } from './demo-people.ts';

const style = `
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1875rem/1.5 Arial, sans-serif; color: #212b32; background: #fff; }
h1 { line-height: 1.2; }
ul { padding: 0; list-style: none; }
li { margin: 0 0 1rem; }
button { width: 100%; padding: 0.75rem 1rem; font: inherit; text-align: left; color: #212b32; background: #f0f4f5; border: 2px solid #4c6272; border-radius: 4px; cursor: pointer; }
button:focus { background: #ffeb3b; border-color: #212b32; outline: 4px solid #212b32; }
`;

/**
 * What may be loaded and where forms may lead, as a Content-Security-Policy. The console has to be named, since browsers
 * apply `form-action` to the redirects that follow a form too.
 */
export function pagePolicy(serviceUrl: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self' ${new URL(serviceUrl).origin}; frame-ancestors 'none'; base-uri 'none'`;
}

function page(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

/** Where to choose whom to sign in as. */
export function peoplePage(people: readonly DemoPerson[]): string {
  const buttons = people.map(
    ({ id, name, title }) =>
      `<li><button name="person" value="${id}"><strong>${name}</strong>, ${title}</button></li>`,
  );
  return page(
    'Demo sign-in: choose a person',
    `<p>No password. This page exists only on this machine. All of these people are invented.</p>
<form method="post">
<ul>
${buttons.join('\n')}
</ul>
<button name="person" value="">Cancel, and sign in as nobody</button>
</form>`,
  );
}

/** @param form the library's own, which the buttons belong to */
export function signOutPage(form: string): string {
  return page(
    'Demo sign-in: sign out',
    `<p>You are signed out of the console. This ends your demo sign-in too.</p>
${form}
<ul>
<li><button name="logout" value="yes" form="op.logoutForm">Sign out</button></li>
<li><button form="op.logoutForm">Stay signed in to the demo sign-in</button></li>
</ul>`,
  );
}

export function signedOutPage(): string {
  return page('Demo sign-in: you are signed out', '<p>You can close this page.</p>');
}

/** @param code of the protocol, such as `invalid_request` */
export function errorPage(code: string): string {
  return page(
    'Demo sign-in: that did not work',
    `<p>Go back to the console and sign in again. (${code.replace(/[^\w]/g, '')})</p>`,
  );
}
