import packageJson from '../../package.json' with { type: 'json' };
import { tags } from '../described.ts';
import { type Html, html, type Part } from './html.ts';
import { tagPath, tagTitle } from './names.ts';

/** A page of the reference. */
export interface Page {
  /** Where it is served: `/docs/cycles`. */
  path: string;
  title: string;
  content: Part;
}

const navigation: { path: string; title: string }[] = [
  { path: '/docs', title: 'Start here' },
  ...tags.map(({ name }) => ({ path: tagPath(name), title: tagTitle(name) })),
  { path: '/docs/problems', title: 'Problems' },
];

/** A whole document: what every page has around its content. */
export function layout({ path, title, content }: Page): Html {
  const fullTitle = path === '/docs' ? `${title} reference` : `${title} – Full Circle reference`;
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${fullTitle}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header>
<p class="product"><a href="/docs">Full Circle</a></p>
<p>Reference of the API, version ${packageJson.version}</p>
</header>
<aside class="help" aria-label="Urgent help">
<p><strong>Nobody can reply to what is sent here.</strong> For urgent help with your mental health call <strong>111</strong> and choose option 2. In an emergency call <strong>999</strong>. Samaritans listen day and night: <strong>116 123</strong>.</p>
</aside>
<div class="page">
<nav aria-label="Reference">
<ul>
${navigation.map(
  (item) =>
    html`<li><a href="${item.path}"${item.path === path ? html` aria-current="page"` : ''}>${item.title}</a></li>\n`,
)}</ul>
</nav>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${content}</main>
</div>
<footer>
<p>The contract for tools: <a href="/openapi.json">OpenAPI 3.1</a> and <a href="/openapi-3.0.json">OpenAPI 3.0.3</a>. Who runs the service and by which rules: <a href="/v1/service-information">service information</a>.</p>
<p>The code is under the MIT licence. Data that trusts publish here is under the <a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>.</p>
</footer>
</body>
</html>
`;
}
