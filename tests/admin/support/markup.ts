import { XMLParser } from 'fast-xml-parser';

type Node = { [tag: string]: Node[] | Attributes };
type Attributes = Record<string, string | true>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  allowBooleanAttributes: true,
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  unpairedTags: ['br', 'hr', 'img', 'input'],
});

const hidden = 'nhsuk-u-visually-hidden';

const setOf = (classes: string) => classes.trim().split(/\s+/).sort().join(' ');

/** Lines of the tree beneath some nodes: a tag with its attributes in order of name, or a text. */
function* lines(nodes: readonly Node[], depth: number, keepsEdges: boolean): Generator<string> {
  for (const node of nodes) {
    const given = (node[':@'] ?? {}) as Attributes;
    const attributes = Object.entries(given)
      // `disabled` and `disabled=""` are the same; a class list is a set.
      .map(([name, value]) => [name, typeof value === 'string' ? value : ''] as const)
      .map(([name, value]) => [name, name === 'class' ? setOf(value) : value] as const)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .sort();
    for (const [tag, children] of Object.entries(node)) {
      if (tag === ':@') continue;
      if (tag === '#text') {
        const text = String(children).replaceAll(/\s+/g, ' ');
        // White space at the edges shows only where words are read together: beside hidden words.
        const shown = keepsEdges ? text : text.trim();
        if (shown) yield `${' '.repeat(depth)}${JSON.stringify(shown)}`;
        continue;
      }
      yield `${' '.repeat(depth)}<${[tag, ...attributes].join(' ')}>`;
      yield* lines(children as Node[], depth + 1, given.class === hidden);
    }
  }
}

/**
 * Markup as a tree to compare: white space between elements, the order of attributes and of classes do
 * not count; white space inside visually hidden words does, since it keeps them apart when read.
 */
export function treeOf(html: string): string {
  return [...lines(parser.parse(html.replaceAll('&ctdot;', '⋯')) as Node[], 0, false)].join('\n');
}
