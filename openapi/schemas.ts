import * as z from 'zod';

export type OpenApiVersion = '3.1' | '3.0';
export type JsonSchema = Record<string, unknown>;

/** zod's own converted object: the components stand under one name or the other, by target. */
interface ConvertedRoot {
  properties: { root: JsonSchema };
  $defs?: Record<string, JsonSchema>;
  definitions?: Record<string, JsonSchema>;
}

/**
 * Turns zod schemas into the schemas of one OpenAPI document. What has an id (`.meta({ id })`) becomes a
 * component, once, and is referred to everywhere else.
 */
export class SchemaCollector {
  readonly components = new Map<string, JsonSchema>();
  readonly #version: OpenApiVersion;

  constructor(version: OpenApiVersion) {
    this.#version = version;
  }

  /**
   * The schema of a request (`input`) or a reply (`output`), with references into `#/components/schemas`.
   *
   * @throws Error when two different schemas carry one id
   */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    // Within an object, so that a schema with an id is a reference also when it is the root.
    const { properties, $defs, definitions } = z.toJSONSchema(z.object({ root: schema }), {
      target: this.#version === '3.1' ? 'draft-2020-12' : 'openapi-3.0',
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema, zodSchema }) => {
        // Clients are told to ignore members of a reply that they do not know.
        if (io === 'output') delete jsonSchema.additionalProperties;
        // The bounds of every whole number that JavaScript knows say nothing to a reader.
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        // A parameter is text to zod and a number to its reader.
        const { published } = z.globalRegistry.get(zodSchema) ?? {};
        if (published !== undefined) {
          const { description, examples } = jsonSchema;
          for (const member of Object.keys(jsonSchema)) delete jsonSchema[member];
          Object.assign(
            jsonSchema,
            published,
            description && { description },
            examples && { examples },
          );
        }
      },
    }) as unknown as ConvertedRoot;
    for (const [id, definition] of Object.entries($defs ?? definitions ?? {}))
      this.#define(id, definition);
    return this.#clean(properties.root) as JsonSchema;
  }

  /**
   * Mends a finished 3.0 document. It knows `nullable` only beside a `type`, and null only where an enumeration
   * lists it, so nullable references are written out; and nothing beside a reference, so that stands alone.
   */
  mendReferences(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const schema = value as JsonSchema & { allOf?: { $ref?: string }[] };
    const reference = schema.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined;
    if (reference !== undefined) {
      delete schema.allOf;
      if (schema.nullable === true) {
        Object.assign(schema, { ...this.components.get(nameOf(reference)), ...schema });
        if (Array.isArray(schema.enum)) schema.enum = [...schema.enum, null];
      } else {
        for (const member of Object.keys(schema)) delete schema[member];
        schema.$ref = reference;
      }
    }
    for (const member of Object.values(value)) this.mendReferences(member);
  }

  #define(id: string, definition: JsonSchema): void {
    const cleaned = this.#clean(definition) as JsonSchema;
    const before = this.components.get(id);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(cleaned))
      throw new Error(`Two schemas carry the id ${id}.`);
    this.components.set(id, cleaned);
  }

  /** References into the components, and none of zod's own members. */
  #clean(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#clean(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value)
      .filter(
        ([name, member]) =>
          name !== '$schema' &&
          !(name === 'id' && typeof member === 'string') &&
          // 3.0 does not know it; the pattern says the same.
          !(name === 'contentEncoding' && this.#version === '3.0'),
      )
      .map(([name, member]) => {
        if (name === '$ref' && typeof member === 'string')
          return [name, member.replace(/^#\/(\$defs|definitions)\//, '#/components/schemas/')];
        // 3.0 knows one example, 3.1 a list.
        if (name === 'examples' && this.#version === '3.0' && Array.isArray(member))
          return ['example', member[0]];
        return [name, this.#clean(member)];
      });
    return Object.fromEntries(entries);
  }
}

function nameOf(reference: string): string {
  return reference.replace('#/components/schemas/', '');
}
