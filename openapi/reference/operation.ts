import type * as z from 'zod';
import { type Operation, problemsOf, scopesOf } from '../../api/http/contract.ts';
import { problemCatalogue } from '../../api/http/problem.ts';
import type { SchemaCollector } from '../schemas.ts';
import { curlOf } from './curl.ts';
import { asJson, example, type Html, html, joined, type Part, pathCode, prose } from './html.ts';
import { type MemberRow, memberRows, type Shapes, typeOf } from './members.ts';
import { anchorOf } from './names.ts';

/** One operation, with everything that a caller needs to know. */
export function operationSection(
  declared: Operation,
  schemas: SchemaCollector,
  shapes: Shapes,
): Html {
  const anchor = anchorOf(declared);
  return html`<section aria-labelledby="${anchor}">
<h2 id="${anchor}">${declared.summary}</h2>
<p class="call">${callOf(declared)}</p>
<p>${prose(declared.description)}</p>
<p><strong>Who may:</strong> ${accessOf(declared)}</p>
${parametersPart(declared, schemas)}${bodyPart(declared, schemas)}${repliesPart(declared, schemas, shapes)}${problemsPart(declared)}${curlPart(declared)}</section>
`;
}

/** `GET /v1/cycles`, as code. */
export function callOf({ method, path }: Operation): Html {
  return html`<code class="method">${method.toUpperCase()}</code> ${pathCode(path)}`;
}

function accessOf({ access }: Operation): Html {
  if (access.kind === 'status-key')
    return html`whoever holds the key of the monitoring endpoint, in the header <code>apikey</code>.`;
  const scopes = scopesOf(access).map(
    (name, index) =>
      html`${index > 0 ? ' or ' : ''}<a href="/docs#scopes"><code>${name}</code></a>`,
  );
  if (access.kind === 'public')
    return scopes.length > 0
      ? html`anybody, without signing in. A token with the scope ${scopes} is told more; a token that is no longer good is refused.`
      : html`anybody, without signing in.`;
  return access.orPublic
    ? html`anybody, without signing in. A token that is sent must hold the scope ${scopes}.`
    : html`a client with the scope ${scopes}.`;
}

function parametersPart(declared: Operation, schemas: SchemaCollector): Part {
  const rows: MemberRow[] = [];
  const addShape = (shape: z.ZodObject | undefined, place: string) => {
    for (const [name, schema] of Object.entries(shape?.shape ?? {})) {
      const { description, ...rest } = schemas.add(schema as z.ZodType, 'input');
      rows.push({
        path: name,
        isRequired: place === 'path',
        type: html`${typeOf(rest, inPlace(schemas))}, in the ${place}`,
        description: typeof description === 'string' ? description : undefined,
      });
    }
  };
  addShape(declared.params, 'path');
  addShape(declared.query, 'query');
  for (const [name, { schema, required, description }] of Object.entries(declared.headers ?? {}))
    rows.push({
      path: name.replaceAll(/(^|-)\w/g, (start) => start.toUpperCase()),
      isRequired: required,
      type: html`${typeOf(schemas.add(schema, 'input'), inPlace(schemas))}, a header`,
      description: description.charAt(0).toUpperCase() + description.slice(1),
    });
  if (declared.ifMatch)
    rows.push({
      path: 'If-Match',
      isRequired: declared.ifMatch === 'required',
      type: html`the <code>ETag</code> that was read, such as <code>W/"1"</code>, a header`,
      description: undefined,
    });
  if (rows.length === 0) return null;
  return html`<h3>Parameters</h3>
${membersTable(`Parameters of ${declared.id}`, 'Parameter', rows, true)}`;
}

function bodyPart({ id, body }: Operation, schemas: SchemaCollector): Part {
  if (body === undefined) return null;
  const mediaType = body.mediaType ?? 'application/json';
  const schema = schemas.add(body.schema, 'input');
  const [, ...others] = Object.values(body.examples);
  return html`<h3>Body</h3>
<p><code>${mediaType}</code>, at most ${size(body.maxBytes)}. The call below shows one.</p>
${membersTable(`Body of ${id}`, 'Member', memberRows(schema, inPlace(schemas)), true)}${others.map(
  ({ summary, value }) =>
    html`<p>Another example: ${startLower(summary)}.</p>\n${example(asJson(value))}`,
)}`;
}

function repliesPart(declared: Operation, schemas: SchemaCollector, shapes: Shapes): Html {
  const replies = Object.entries(declared.replies).map(([status, reply]) => {
    const schema = reply.schema && schemas.add(reply.schema, 'output');
    const isNamed = typeof schema?.$ref === 'string';
    const holds = schema && isNamed ? html` It holds ${typeOf(schema, shapes)}.` : '';
    const headers = Object.entries(reply.headers ?? {}).map(
      ([name, { description, example: value }]) =>
        html` Header <code>${name}</code>, such as <code>${value}</code>: ${startLower(description)}`,
    );
    return html`<p><strong>${status}</strong> ${reply.description}${holds}${headers}</p>
${
  schema && !isNamed
    ? membersTable(`Reply ${status} of ${declared.id}`, 'Member', memberRows(schema, shapes), false)
    : null
}${
  reply.example === undefined
    ? null
    : html`<details><summary>Example of reply ${status} to ${declared.id}</summary>
${example(typeof reply.example === 'string' ? reply.example : asJson(reply.example))}</details>
`
}`;
  });
  return html`<h3>Replies</h3>
${replies}`;
}

function problemsPart(declared: Operation): Part {
  if (declared.errorShape === 'oauth') return null;
  const codes = problemsOf(declared)
    .filter((code) => !(problemCatalogue[code].status in declared.replies))
    .sort(
      (a, b) =>
        problemCatalogue[a].status - problemCatalogue[b].status || (a < b ? -1 : a > b ? 1 : 0),
    );
  return html`<h3>Problems</h3>
<ul class="codes">
${codes.map(
  (code) =>
    html`<li>${problemCatalogue[code].status} <a href="/docs/problems#${code}">${code}</a></li>\n`,
)}</ul>
`;
}

function curlPart(declared: Operation): Html {
  const { command, variables } = curlOf(declared);
  const needed = Object.entries(variables).map(
    ([name, what]) => html`<code>${name}</code> is ${what}`,
  );
  return html`<h3>Try it</h3>
${needed.length === 0 ? null : html`<p>${joined(needed, '; ')}.</p>\n`}${example(command)}`;
}

/** A table of members: a column of names, and one of what each may be. */
export function membersTable(
  caption: string,
  heading: string,
  rows: readonly MemberRow[],
  isRequest: boolean,
): Html {
  return html`<table>
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">${heading}</th><th scope="col">What it holds</th></tr></thead>
<tbody>
${rows.map(
  ({ path, isRequired, type, description }) =>
    html`<tr><th scope="row">${pathCode(path)}${
      isRequired === isRequest
        ? html` <span class="note">${isRequest ? 'required' : 'not always there'}</span>`
        : null
    }</th><td>${description === undefined ? null : html`<p>${prose(description)}</p>`}<p class="note">${type}</p></td></tr>
`,
)}</tbody>
</table>
`;
}

/** Shapes told where they are used, without links. */
function inPlace({ components }: SchemaCollector): Shapes {
  return { components, linked: new Set() };
}

function size(bytes: number): string {
  const mebibyte = 1024 * 1024;
  return bytes >= mebibyte ? `${bytes / mebibyte} MiB` : `${bytes / 1024} KiB`;
}

function startLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
