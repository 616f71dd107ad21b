import type { Operation } from '../../api/http/contract.ts';
import { tags } from '../described.ts';
import { SchemaCollector } from '../schemas.ts';
import { type Html, html, type Part, prose } from './html.ts';
import { introductions } from './introductions.ts';
import type { Page } from './layout.ts';
import { memberRows, type Shapes, shapeAnchor } from './members.ts';
import { anchorOf, operationsOf, tagPath, tagTitle } from './names.ts';
import { membersTable, operationSection } from './operation.ts';

/** A page for each tag: its operations, then the shapes of their replies. */
export function tagPages(): Page[] {
  return tags.map(({ name, description }) => {
    const operations = operationsOf(name);
    const schemas = new SchemaCollector('3.1');
    const shapes = { components: schemas.components, linked: namedReplies(operations, schemas) };
    const sections = operations.map((declared) => operationSection(declared, schemas, shapes));
    return {
      path: tagPath(name),
      title: tagTitle(name),
      content: html`<p>${description}</p>
${onThisPage(operations, shapes)}${introductions[name]}${sections}${shapeSections(shapes)}`,
    };
  });
}

/** Names of the shapes that replies have as a whole, or list. */
function namedReplies(operations: readonly Operation[], schemas: SchemaCollector): Set<string> {
  const names = operations.flatMap(({ replies }) =>
    Object.values(replies).flatMap(({ schema }) => {
      const $ref = schema && schemas.add(schema, 'output').$ref;
      return typeof $ref === 'string' ? [$ref.replace('#/components/schemas/', '')] : [];
    }),
  );
  return new Set(names);
}

function onThisPage(operations: readonly Operation[], { linked }: Shapes): Html {
  const shapes = [...linked];
  return html`<ul>
${operations.map((declared) => html`<li><a href="#${anchorOf(declared)}">${declared.summary}</a></li>\n`)}${
  shapes.length === 0 ? null : html`<li><a href="#shapes">What replies hold</a></li>\n`
}</ul>
`;
}

function shapeSections(shapes: Shapes): Part {
  if (shapes.linked.size === 0) return null;
  return html`<section aria-labelledby="shapes">
<h2 id="shapes">What replies hold</h2>
<p>Ignore members that you do not know: more may come.</p>
${[...shapes.linked].map((name) => {
  const schema = shapes.components.get(name);
  if (schema === undefined) throw new Error(`Nothing is described under ${name}.`);
  const { description } = schema;
  return html`<h3 id="${shapeAnchor(name)}">${name}</h3>
${typeof description === 'string' ? html`<p>${prose(description)}</p>\n` : null}${membersTable(
  `Members of ${name}`,
  'Member',
  memberRows(schema, shapes),
  false,
)}`;
})}</section>
`;
}
