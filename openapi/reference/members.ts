import type { JsonSchema } from '../schemas.ts';
import { type Html, html, joined, type Part } from './html.ts';
import { kebab } from './names.ts';

/** One member of a body or reply, as a row of its table. */
export interface MemberRow {
  /** From the root: `questions[].code`. */
  path: string;
  isRequired: boolean;
  type: Html;
  description: string | undefined;
}

/** What schemas refer to by name. */
export interface Shapes {
  components: ReadonlyMap<string, JsonSchema>;
  /** Shapes that have a table of their own on the page: where they are told is linked rather than repeated. */
  linked: ReadonlySet<string>;
}

const prefixOfReference = '#/components/schemas/';

/** The shape that a schema refers to, if it has a table of its own. */
function linkedName({ $ref, anyOf }: JsonSchema, shapes: Shapes): string | null {
  const reference =
    $ref ?? (anyOf as JsonSchema[] | undefined)?.find((choice) => choice.$ref)?.$ref;
  const name = typeof reference === 'string' ? reference.slice(prefixOfReference.length) : '';
  return shapes.linked.has(name) ? name : null;
}

/** A schema with its reference followed; a description beside the reference goes before that of the component. */
function resolve(schema: JsonSchema, shapes: Shapes): JsonSchema {
  if (typeof schema.$ref !== 'string') return schema;
  const { $ref, ...beside } = schema;
  const component = shapes.components.get($ref.slice(prefixOfReference.length));
  if (component === undefined) throw new Error(`Nothing is described under ${$ref}.`);
  return resolve({ ...component, ...beside }, shapes);
}

/** What is allowed beside null, and whether null is. */
function withoutNull(
  schema: JsonSchema,
  shapes: Shapes,
): { choices: JsonSchema[]; beside: JsonSchema; isNullable: boolean } {
  const resolved = resolve(schema, shapes);
  const { anyOf, oneOf, ...beside } = resolved;
  const choices = (anyOf ?? oneOf) as JsonSchema[] | undefined;
  if (choices === undefined && Array.isArray(resolved.type)) {
    const types = resolved.type.filter((type) => type !== 'null');
    const isNullable = types.length < resolved.type.length;
    return { choices: types.map((type) => ({ ...resolved, type })), beside: resolved, isNullable };
  }
  if (choices === undefined) return { choices: [resolved], beside, isNullable: false };
  const others = choices.filter(({ type }) => type !== 'null');
  return {
    choices: others.map((choice) => resolve(choice, shapes)),
    beside,
    isNullable: others.length < choices.length,
  };
}

/** The rows of an object's members, those of nested objects and lists included. */
export function memberRows(schema: JsonSchema, shapes: Shapes, prefix = ''): MemberRow[] {
  const { choices } = withoutNull(schema, shapes);
  const rows = new Map<string, MemberRow>();
  for (const { properties = {}, required = [] } of choices as ObjectSchema[])
    for (const [name, member] of Object.entries(properties)) {
      const path = `${prefix}${name}`;
      const isRequired = choices.every((choice) =>
        (choice as ObjectSchema).required?.includes(name),
      );
      const before = rows.get(path);
      const type = typeOf(member, shapes);
      rows.set(path, {
        path,
        isRequired: isRequired && required.includes(name),
        type:
          before === undefined || before.type.text === type.text
            ? type
            : html`${before.type} or ${type}`,
        description: before?.description ?? descriptionOf(member, shapes),
      });
      for (const row of nestedRows(member, shapes, path)) rows.set(row.path, row);
    }
  return [...rows.values()];
}

interface ObjectSchema extends JsonSchema {
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

function nestedRows(schema: JsonSchema, shapes: Shapes, path: string): MemberRow[] {
  if (linkedName(schema, shapes) !== null) return [];
  return withoutNull(schema, shapes).choices.flatMap((choice) => {
    if (choice.type === 'object') return memberRows(choice, shapes, `${path}.`);
    if (choice.type !== 'array') return [];
    const items = choice.items as JsonSchema;
    if (linkedName(items, shapes) !== null) return [];
    const isObject = withoutNull(items, shapes).choices.some(({ type }) => type === 'object');
    return isObject ? memberRows(items, shapes, `${path}[].`) : [];
  });
}

function descriptionOf(schema: JsonSchema, shapes: Shapes): string | undefined {
  const { choices, beside } = withoutNull(schema, shapes);
  return [schema, beside, ...choices, withItems(choices, shapes)]
    .map(({ description }) => description)
    .find((description) => typeof description === 'string');
}

/** What is said of the items of a list is said of the list. */
function withItems([choice]: JsonSchema[], shapes: Shapes): JsonSchema {
  return choice?.type === 'array' ? resolve(choice.items as JsonSchema, shapes) : {};
}

/** What a value may be, in words: its type, its limits, an example. */
export function typeOf(schema: JsonSchema, shapes: Shapes): Html {
  const { choices, beside, isNullable } = withoutNull(schema, shapes);
  const name = linkedName(schema, shapes);
  const kinds = name === null ? choices.map((choice) => kindOf(choice, shapes)) : [shapeLink(name)];
  const all = { ...beside, ...(choices.length === 1 ? choices[0] : {}), ...schema };
  return html`${joined([...kinds, ...(isNullable ? ['null'] : [])], ' or ')}${remarks(all)}`;
}

/** A link to the table of a shape, on the same page. */
export function shapeLink(name: string): Html {
  return html`<a href="#${shapeAnchor(name)}">${name}</a>`;
}

export function shapeAnchor(name: string): string {
  return `shape-${kebab(name)}`;
}

const code = (value: unknown) =>
  html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;

function kindOf(schema: JsonSchema, shapes: Shapes): Html {
  if (Array.isArray(schema.enum)) return html`one of ${joined(schema.enum.map(code), ', ')}`;
  if (schema.const !== undefined) return code(schema.const);
  if (schema.type === 'array') {
    const items = schema.items as JsonSchema;
    const name = linkedName(items, shapes);
    const size = range(schema.minItems, schema.maxItems);
    if (name !== null) return html`list of ${spaced(size)}${shapeLink(name)}`;
    const { choices } = withoutNull(items, shapes);
    const isObject = choices.some(({ type }) => type === 'object');
    return html`list of ${spaced(size)}${isObject ? 'objects' : html`values, each ${typeOf(items, shapes)}`}`;
  }
  if (schema.type === 'string') return stringKind(schema);
  if (schema.type === 'integer') {
    const bounds = range(schema.minimum, schema.maximum);
    return html`whole number${bounds.text === '' ? '' : html`, ${bounds}`}`;
  }
  if (schema.type === 'boolean') return html`${code(true)} or ${code(false)}`;
  return html`${typeof schema.type === 'string' ? schema.type : 'any value'}`;
}

const formats: Record<string, string> = {
  uuid: 'UUID',
  date: 'date',
  'date-time': 'date-time in UTC',
  uri: 'URL',
};

function stringKind({ format, pattern, minLength, maxLength }: JsonSchema): Html {
  const name = (typeof format === 'string' && formats[format]) || 'text';
  const length = range(minLength, maxLength);
  // What a format already says is not said again as a pattern.
  const shownPattern = name === 'text' && typeof pattern === 'string' ? pattern : null;
  const limits: Part[] = [
    ...(length.text === '' ? [] : [html`, ${length} characters`]),
    ...(shownPattern === null ? [] : [html`, matching ${code(shownPattern)}`]),
  ];
  return html`${name}${limits}`;
}

/** "1 to 500", "at most 20", "at least 1", or nothing. */
function range(least: unknown, most: unknown): Html {
  const hasLeast = typeof least === 'number';
  const hasMost = typeof most === 'number';
  if (hasLeast && hasMost) return html`${least} to ${most}`;
  if (hasMost) return html`at most ${most}`;
  return hasLeast ? html`at least ${least}` : html``;
}

function spaced(words: Html): Part {
  return words.text === '' ? null : html`${words} `;
}

function remarks({ default: preset, examples }: JsonSchema): Part[] {
  const [first] = Array.isArray(examples) ? examples : [];
  return [
    ...(first === undefined ? [] : [html`, such as ${code(first)}`]),
    ...(preset === undefined ? [] : [html`; ${code(preset)} if left out`]),
  ];
}
