import { type ProblemCode, problemCatalogue } from '../../api/http/problem.ts';
import { advice } from './advice.ts';
import { asJson, example, html, prose } from './html.ts';
import type { Page } from './layout.ts';

/** What each code means and what to do: where the `type` of a problem leads. */
export function problemsPage(): Page {
  const codes = (Object.keys(problemCatalogue) as ProblemCode[]).sort(
    (a, b) => problemCatalogue[a].status - problemCatalogue[b].status,
  );
  return {
    path: '/docs/problems',
    title: 'Problems',
    content: html`<p>A request that is refused is answered with <code>application/problem+json</code> (RFC 9457). Decide by <code>code</code>, which never changes its meaning, and not by the texts. Sign-in and monitoring answer in the shape of NHS England's platform instead: see <a href="/docs/sign-in">sign-in</a>.</p>
${example(
  asJson({
    type: 'https://full-circle.nhs.example/docs/problems#validation-failed',
    title: problemCatalogue['validation-failed'].title,
    status: 400,
    detail: 'Mend what errors points at and send it again.',
    instance: '/v1/cycles/1fc16f7a-fc28-46a0-bbf5-92f702fbacf1/submissions',
    code: 'validation-failed',
    requestId: '3b1f0a4e-6f43-4ad1-a8a5-0b9ddbd7d3a1',
    errors: [{ pointer: '/ratings/0/asIs', detail: "Must be from 1 to 5, this set's scale." }],
  }),
)}<p><code>requestId</code> is also in the header <code>X-Request-ID</code> of the reply: it is what the operators ask for. <code>pointer</code> is an RFC 6901 pointer into the body, or <code>/name</code> of a path or query parameter.</p>
<table>
<caption>Codes by status</caption>
<thead><tr><th scope="col">Status and code</th><th scope="col">Title</th></tr></thead>
<tbody>
${codes.map(
  (code) =>
    html`<tr><th scope="row">${problemCatalogue[code].status} <a href="#${code}">${code}</a></th><td>${problemCatalogue[code].title}</td></tr>\n`,
)}</tbody>
</table>
${codes.map((code) => {
  const { status, title, meaning } = problemCatalogue[code];
  return html`<section id="${code}" aria-labelledby="${code}-title">
<h2 id="${code}-title">${title}</h2>
<p class="call">${status} <code>${code}</code></p>
<p>${prose(meaning)}</p>
<p><strong>What to do:</strong> ${prose(advice[code])}</p>
</section>
`;
})}`,
  };
}
