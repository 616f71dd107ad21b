import { serviceInformation } from '../../api/service-information/information.ts';
import { scopes } from '../../domain/vocabulary.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { scopeDescriptions, tags } from '../described.ts';
import { example, type Html, html } from './html.ts';
import type { Page } from './layout.ts';
import { operationPath, operationsOf, tagPath, tagTitle } from './names.ts';
import { callOf } from './operation.ts';

/** What it is, how to call it, and a list of everything that there is. */
export function startPage(): Page {
  return {
    path: '/docs',
    title: 'Full Circle',
    content: html`<p>Full Circle is the shared record of a co-production loop in mental health services: what good looks like, what people say about it, what was done about it, and whether that made a difference.</p>
<ul>
<li><a href="/docs/standard-sets">Standard sets</a> say what good looks like: co-produced frameworks, in versions that never change once they are published.</li>
<li>A <a href="/docs/cycles">cycle</a> is one run of an evaluation: who is asked, about which standards and questions, and until when.</li>
<li><a href="/docs/submissions">Submissions</a> are what people send. Nobody needs an account, and no time, address or record number is kept with them. Systems of trusts send them in batches.</li>
<li><a href="/docs/results">Results</a> come when a cycle has closed, so that nobody can be picked out.</li>
<li><a href="/docs/themes">Themes</a> are what many people said, in plain words; <a href="/docs/priorities">priorities</a> are those that people with lived experience chose.</li>
<li><a href="/docs/loop-records">Loop records</a> tell what people said, what was done about it, by when, or why not.</li>
</ul>
${firstCall()}${signingIn()}${conventions()}${allOperations()}`,
  };
}

function firstCall(): Html {
  return html`<h2 id="first-call">A first call</h2>
<p>The calls on these pages work in a shell with <code>curl</code>, against the service that you run yourself with <code>npm start</code>. Say once where it is:</p>
${example(`BASE=http://127.0.0.1:8787`)}<p>What the public may read needs no sign-in:</p>
${example('curl --silent --show-error "$BASE/v1/cycles?organisation=RHA&phase=open"')}`;
}

function signingIn(): Html {
  return html`<h2 id="signing-in">Signing in</h2>
<p>Systems sign in as with NHS England's API platform: they exchange a JWT, signed with their own key, for an access token of at most ten minutes. <a href="/docs/sign-in#signing-in">How to sign in, step by step</a>.</p>
<p>What a client may do, and for which organisations, comes from its registration and never from a request. A client that is registered for several organisations can say in the header <code>NHSD-End-User-Organisation-ODS</code> for which of them a request is.</p>
<h3 id="scopes">Scopes</h3>
<table>
<caption>What a scope allows</caption>
<thead><tr><th scope="col">Scope</th><th scope="col">Allows</th></tr></thead>
<tbody>
${scopes.map(
  (scope) =>
    html`<tr><th scope="row"><code>${scope}</code></th><td>${scopeDescriptions[scope]}</td></tr>\n`,
)}</tbody>
</table>
`;
}

function conventions(): Html {
  const { deprecationPolicy } = serviceInformation({
    version: packageJson.version,
    environment: 'any',
  });
  return html`<h2 id="conventions">Conventions</h2>
<h3 id="formats">Formats</h3>
<p>JSON in UTF-8. Members are in camelCase; codes in values have lower-case letters. Dates are like <code>2026-11-22</code>, date-times like <code>2026-11-22T09:30:00Z</code>, in UTC to the second. An ODS code may be sent in lower case.</p>
<p>A member or query parameter that an operation does not know is refused, so that a typing error is not lost. In replies it is the other way round: ignore members that you do not know.</p>
<h3 id="errors">Errors</h3>
<p>Errors are problem details (RFC 9457) with a stable <code>code</code>. <a href="/docs/problems">What each code means and what to do</a>. Sign-in and monitoring answer in the shape of NHS England's platform.</p>
<h3 id="lists">Lists</h3>
<p>A list is an object with <code>items</code> and <code>next</code>. Send <code>next</code> as the query parameter <code>cursor</code> for the next page; it is null on the last. <code>limit</code> sets the length of a page: 1 to 100, and 50 if left out. Lists are in no order of time.</p>
<h3 id="idempotency">Sending a batch again</h3>
<p>An answer can be lost after a batch was stored. Make a UUID for each batch before you send it, and send it as <code>Idempotency-Key</code>. Until you have read an answer, send the same bytes with the same key: they are stored once, and answered the same, also when two copies arrive at once. The service remembers a key until seven days after the cycle has closed. With another body the key is refused: <a href="/docs/problems#idempotency-key-reused"><code>idempotency-key-reused</code></a>.</p>
<h3 id="etags">Changing something</h3>
<p>What staff read carries its version in the header <code>ETag</code>, such as <code>W/"3"</code>. Send that as <code>If-Match</code> with a change. Without it a change is refused (428), and when somebody else was faster, too (412), so that nobody overwrites what they have not seen.</p>
<h3 id="caching">Public reads</h3>
<p>Replies to the public can be cached and carry an <code>ETag</code>: with <code>If-None-Match</code> the answer is 304 while nothing has changed. Scripts of any website may read them. Replies to a client that has signed in are never cached.</p>
<h3 id="request-ids">Asking about a request</h3>
<p>Each reply carries <code>X-Request-ID</code>. Send your own, a UUID, if you like. What you send as <code>X-Correlation-ID</code>, up to 128 printable characters without spaces, comes back unchanged.</p>
<h3 id="versions">Versions and deprecation</h3>
<p>The paths begin with <code>/v1</code>. ${deprecationPolicy}</p>
`;
}

function allOperations(): Html {
  return html`<h2 id="operations">All operations</h2>
${tags.map(
  ({ name, description }) => html`<h3><a href="${tagPath(name)}">${tagTitle(name)}</a></h3>
<p>${description}</p>
<ul>
${operationsOf(name).map(
  (declared) =>
    html`<li><a href="${operationPath(declared)}">${declared.summary}</a><br>${callOf(declared)}</li>\n`,
)}</ul>
`,
)}`;
}
