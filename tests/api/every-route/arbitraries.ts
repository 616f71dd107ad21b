import fc from 'fast-check';

export type JsonSchema = { readonly [member: string]: unknown };

/** Values that are known to name something, by the member or parameter that takes them. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>;

/** Date-times as the contract allows them, with the ends of what it allows. */
const dateTime = fc.oneof(
  fc
    .date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2060-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().replace(/\.\d+Z$/, 'Z')),
  fc.constantFrom(
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-02-29T00:00:00Z',
    '2028-02-29T23:59:59.999999999999Z',
    '2026-11-22T24:00:00Z',
  ),
);

const date = fc.oneof(
  fc.date({ noInvalidDate: true }).map((moment) => moment.toISOString().slice(0, 10)),
  fc.constantFrom('2027-01-15', '0000-01-01', '0001-01-01', '9999-12-31', '2026-02-29'),
);

const url = fc.oneof(
  fc.webUrl({ validSchemes: ['https', 'http'] }),
  fc.constantFrom(
    'https://example.org/\u0000',
    'https://example.org/\ud800',
    'https://example.org/a b',
    'https://\u{1F600}.example.org/',
    'javascript:alert(1)',
  ),
);

/** Text of every kind that a person or a fault may send; most of it may be stored. */
export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      'NULL',
      'null',
      '{}',
      '{"a",null}',
      '"\\',
      "'; drop table inbox; --",
      '\\u0000',
      '\u0000',
      'a\u0000b',
      '\ud83d',
      '\udc00\ud800',
      '\u202e\u2066\ufeff\u200b',
      '\u{10FFFF}',
      '%00%ff',
      '<script>alert(1)</script>',
      '\r\nSet-Cookie: a=b',
      '__proto__',
      'x'.repeat(5000),
      '\u{1F600}'.repeat(4001),
    ),
  },
);

const characters = { unit: 'grapheme' as const };

/**
 * Values that a published schema allows, and often those that a semantic check allows too.
 *
 * @param name of the member or parameter, for which values are known
 */
export function valuesOf(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  known: KnownValues,
  name = '',
): fc.Arbitrary<unknown> {
  const values = known[name];
  const shaped = shapedBy(schema, components, known);
  return values === undefined || values.length === 0
    ? shaped
    : fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...values) },
        { weight: 1, arbitrary: shaped },
      );
}

function shapedBy(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  known: KnownValues,
): fc.Arbitrary<unknown> {
  const of = (part: unknown, name?: string) =>
    valuesOf(part as JsonSchema, components, known, name);
  if (typeof schema.$ref === 'string') {
    const id = schema.$ref.replace('#/components/schemas/', '');
    const component = components[id];
    if (component === undefined) throw new Error(`no component is called ${id}`);
    return of(component);
  }
  for (const union of ['anyOf', 'oneOf'] as const)
    if (Array.isArray(schema[union])) return fc.oneof(...schema[union].map((part) => of(part)));
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);

  const size = (member: string, otherwise: number): number => Number(schema[member] ?? otherwise);
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.oneof(
        fc.integer({ min: size('minimum', 0), max: Math.min(size('maximum', 5), 1e9) }),
        fc.constantFrom(size('minimum', -(2 ** 31) - 1), size('maximum', 2 ** 53 - 1)),
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(of(schema.items), {
        minLength: size('minItems', 0),
        maxLength: Math.min(size('maxItems', 3), size('minItems', 0) + 2),
      });
    case 'object': {
      const { properties = {}, required = [] } = schema as {
        properties?: Record<string, JsonSchema>;
        required?: string[];
      };
      return fc.record(
        Object.fromEntries(
          Object.entries(properties).map(([name, part]) => [name, ofMember(name, part)]),
        ),
        { requiredKeys: required },
      );
    }
    default:
      throw new Error(`no values are known for ${JSON.stringify(schema)}`);
  }

  /** Known values of a list are those of its items. */
  function ofMember(name: string, part: JsonSchema): fc.Arbitrary<unknown> {
    if (part.type !== 'array' || known[name] === undefined) return of(part, name);
    const items = fc.uniqueArray(valuesOf(part.items as JsonSchema, components, known, name), {
      minLength: Number(part.minItems ?? 0),
      maxLength: 2,
    });
    return items;
  }
}

function textOf(schema: JsonSchema): fc.Arbitrary<string> {
  switch (schema.format) {
    case 'uuid':
      return fc.uuid();
    case 'date':
      return date;
    case 'date-time':
      return dateTime;
    case 'uri':
      return url;
    case 'base64url': {
      const length = Number(schema.minLength);
      return fc.constantFrom('A'.repeat(length), 'AQAB'.padEnd(length, 'w'));
    }
    default:
  }
  if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern));
  const maxLength = Number(schema.maxLength ?? 200);
  return fc.oneof(
    { weight: 5, arbitrary: fc.string({ ...characters, minLength: 1, maxLength: 40 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x'.repeat(maxLength), '\u{1F600}'.repeat(maxLength)),
    },
    { weight: 1, arbitrary: anyText },
  );
}

/** Something that the contract hardly allows anywhere. */
const wrongValue = fc.oneof(
  anyText,
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    1e308,
    -0,
    [],
    {},
    [[]],
    [null],
    { a: null },
    { a: { b: { c: null } } },
    new Array(1000).fill(null),
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 1, max: 60 }).map(nested),
);

const memberNames = fc.oneof(
  anyText,
  fc.constantFrom('id', 'receivedAt', 'nhsNumber', '__proto__', 'constructor', 'toJSON', 'length'),
);

/** Lists within lists. */
function nested(depth: number): unknown {
  let value: unknown = null;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** One thing that goes wrong somewhere in a JSON value. */
export interface Mutation {
  kind: 'remove' | 'replace' | 'add' | 'rename' | 'repeat';
  /** Which of all places, counted through. */
  place: number;
  value: unknown;
  name: string;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('remove', 'replace', 'add', 'rename', 'repeat'),
  place: fc.nat(60),
  value: wrongValue,
  name: memberNames,
});

/** A JSON value with a mutation at one of its members or items; the value itself when it has none. */
export function mutate(value: unknown, mutation: Mutation): unknown {
  const places = placesIn(value);
  const place = places[mutation.place % places.length] ?? [];
  return changeAt(value, place, mutation);
}

function placesIn(value: unknown, here: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || here.length > 6) return [here];
  const inside = Object.entries(value).slice(0, 50);
  return [here, ...inside.flatMap(([key, member]) => placesIn(member, [...here, key]))];
}

function changeAt(value: unknown, path: readonly string[], mutation: Mutation): unknown {
  const [key, ...rest] = path;
  const isContainer = typeof value === 'object' && value !== null;
  if (key === undefined || !isContainer) {
    if (mutation.kind !== 'add' || !isContainer) return mutation.value;
    // Computed, so that `__proto__` becomes a member and not the prototype.
    if (!Array.isArray(value)) return { ...value, [mutation.name]: mutation.value };
    return [...value, mutation.value];
  }
  const isLast = rest.length === 0;
  const entries = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (name !== key) return [[name, member]];
    if (!isLast) return [[name, changeAt(member, rest, mutation)]];
    if (mutation.kind === 'remove') return [];
    if (mutation.kind === 'rename') return [[mutation.name, member]];
    if (mutation.kind === 'repeat') return [[name, [member, member]]];
    return [[name, changeAt(member, [], mutation)]];
  });
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}
