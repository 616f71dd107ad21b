import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { contracts } from '../../api/contracts.ts';
import { problemsOf } from '../../api/http/contract.ts';
import { problemCatalogue } from '../../api/http/problem.ts';
import { ProblemSchema } from '../../openapi/described.ts';
import document31 from '../../openapi/openapi.json' with { type: 'json' };
import document30 from '../../openapi/openapi-3.0.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every generated document, made as `npm run openapi` makes it: in a process of its own. */
async function generate(): Promise<{ name: string; path: string; text: string }[]> {
  const module = new URL('../../openapi/documents.ts', import.meta.url);
  const program = `import { documents } from '${module}';
    const made = (await documents()).map(({ path, text }) => ({ path: path.href, text }));
    process.stdout.write(JSON.stringify(made));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { maxBuffer: 2 ** 26 },
  );
  const made = JSON.parse(stdout) as { path: string; text: string }[];
  return made.map(({ path, text }) => {
    const file = fileURLToPath(path);
    return { name: relative(root, file), path: file, text };
  });
}

describe('what is generated from the contract', async () => {
  const generated = await generate();

  it.each(generated)('$name is up to date', async ({ name, path, text }) => {
    const committed = await readFile(path, 'utf8').catch(() => '');
    expect(committed === text, `${name} is stale: run \`npm run openapi\` and commit it`).toBe(
      true,
    );
  });

  it('is as clean as the recommended rules of the linter ask', async () => {
    const command = fileURLToPath(
      new URL('node_modules/@redocly/cli/bin/cli.js', `file://${root}`),
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [command, 'lint', '--format=json', '--lint-config=error'],
      {
        cwd: root,
        env: {
          ...process.env,
          REDOCLY_TELEMETRY: 'off',
          REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
          CI: 'true',
        },
      },
    ).catch((error: { stdout: string }) => error);
    const totals = [...stdout.matchAll(/"(errors|warnings|ignored)": (\d+)/g)];
    expect(
      totals.map(([, kind, count]) => `${kind} ${count}`),
      stdout,
    ).toEqual([
      ...['errors 0', 'warnings 0', 'ignored 0'],
      ...['errors 0', 'warnings 0', 'ignored 0'],
    ]);
  });
});

interface Published {
  operationId: string;
  summary?: string;
  description?: string;
  tags: string[];
  security: unknown[];
  parameters: ({ $ref: string } | { name: string; in: string; required: boolean })[];
  requestBody?: { content: Record<string, { examples?: Record<string, unknown> }> };
  responses: Record<
    string,
    {
      description: string;
      headers: Record<string, unknown>;
      content?: Record<string, { example?: unknown; examples?: Record<string, unknown> }>;
    }
  >;
}

function operationsOf(document: { paths: unknown }): Record<string, Published> {
  const paths = document.paths as Record<string, Record<string, Published>>;
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation]),
    ),
  );
}

describe.each([
  ['3.1', document31],
  ['3.0', document30],
])('the OpenAPI %s document', (version, document) => {
  const operations = operationsOf(document);

  it('is of its version, and knows every operation of the contract and no other', () => {
    expect(document.openapi).toMatch(new RegExp(`^${version.replace('.', '\\.')}\\.\\d$`));
    expect(Object.keys(operations).sort()).toEqual(
      contracts.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it.each(contracts.map((declared) => ({ declared, id: declared.id })))(
    'says of $id what it does, shows it, and lists how it can fail',
    ({ declared }) => {
      const operation = operations[`${declared.method} ${declared.path}`] as Published;
      expect(operation.operationId).toBe(declared.id);
      expect(operation.summary).toMatch(/^\S.{3,}$/);
      expect(operation.description).toMatch(/^\S.{20,}/s);
      expect(operation.summary).not.toBe(operation.description);
      expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0]);

      const bodies = Object.values(operation.requestBody?.content ?? {});
      expect(bodies).toHaveLength(declared.body === undefined ? 0 : 1);
      for (const { examples } of bodies) expect(Object.keys(examples ?? {})).not.toHaveLength(0);

      const statuses = new Set(Object.keys(declared.replies));
      if (declared.errorShape !== 'oauth')
        for (const code of problemsOf(declared)) statuses.add(`${problemCatalogue[code].status}`);
      expect(new Set(Object.keys(operation.responses))).toEqual(statuses);
      for (const response of Object.values(operation.responses)) {
        expect(response.description).toMatch(/\S/);
        expect(response.headers).toHaveProperty('X-Request-ID');
        for (const { example, examples } of Object.values(response.content ?? {}))
          expect(example ?? Object.values(examples ?? {})[0]).toBeDefined();
      }
    },
  );

  it('refers only to what it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, path = ''] of references) expect(document, path).toHaveProperty(path.split('/'));
  });
});

it('both documents describe the same operations in the same way', () => {
  const outline = (document: { paths: unknown }) =>
    Object.entries(operationsOf(document)).map(([place, operation]) => {
      const { parameters, requestBody, responses, ...rest } = operation;
      return {
        ...rest,
        place,
        parameters: parameters.map((parameter) =>
          '$ref' in parameter
            ? parameter.$ref
            : `${parameter.in} ${parameter.name} ${parameter.required}`,
        ),
        bodies: Object.entries(requestBody?.content ?? {}).map(([mediaType, { examples }]) => ({
          mediaType,
          examples,
        })),
        responses: Object.entries(responses).map(([status, { description, headers, content }]) => ({
          status,
          description,
          headers: Object.keys(headers),
          content: Object.entries(content ?? {}).map(([mediaType, { example, examples }]) => ({
            mediaType,
            example,
            examples,
          })),
        })),
      };
    });
  expect(outline(document30)).toEqual(outline(document31));
  // 3.0 knows no nullable reference: where each use of a component is one, it is written out instead.
  expect(Object.keys(document31.components.schemas)).toEqual(
    expect.arrayContaining(Object.keys(document30.components.schemas)),
  );
});

describe('every example', () => {
  const examples = contracts.flatMap(({ id, body, replies, headers, params, query }) => [
    ...Object.entries(body?.examples ?? {}).map(([name, { value }]) => ({
      what: `request ${name} of ${id}`,
      schema: body?.schema as z.ZodType,
      value,
    })),
    ...Object.entries(replies).flatMap(([status, { schema, example }]) =>
      schema === undefined ? [] : [{ what: `reply ${status} of ${id}`, schema, value: example }],
    ),
    ...Object.entries(headers ?? {}).map(([name, { schema, example }]) => ({
      what: `header ${name} of ${id}`,
      schema,
      value: example,
    })),
    ...[params, query].flatMap((shape) =>
      Object.entries((shape?.shape ?? {}) as Record<string, z.ZodType>).flatMap(
        ([name, schema]) =>
          (schema.meta()?.examples as unknown[] | undefined)?.map((value) => ({
            what: `parameter ${name} of ${id}`,
            schema,
            value: String(value),
          })) ?? [],
      ),
    ),
  ]);

  it.each(examples)('$what is as its own schema asks', ({ schema, value }) => {
    const parsed = schema.safeParse(value);
    expect(parsed.error?.issues).toBeUndefined();
  });

  it('of a reply shows every member that the reply has', () => {
    for (const { id, replies } of contracts)
      for (const { schema, example } of Object.values(replies))
        if (schema !== undefined) expect(schema.parse(example), id).toEqual(example);
  });

  it('of a problem is one of the catalogue', () => {
    const problems = Object.entries(document31.components.examples);
    for (const [code, { value }] of problems)
      expect(ProblemSchema.strict().parse(value)).toMatchObject({ code });
  });
});
