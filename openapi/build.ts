import { OpenApiBuilder as Builder30 } from 'openapi3-ts/oas30';
import {
  OpenApiBuilder as Builder31,
  type OperationObject,
  type ParameterObject,
  type ResponseObject,
} from 'openapi3-ts/oas31';
import type * as z from 'zod';
import { contracts } from '../api/contracts.ts';
import { type Operation, problemsOf, scopesOf } from '../api/http/contract.ts';
import { Problem, type ProblemCode, problemBody, problemCatalogue } from '../api/http/problem.ts';
import { scopes } from '../domain/vocabulary.ts';
import packageJson from '../package.json' with { type: 'json' };
import { ProblemSchema, scopeDescriptions, tags } from './described.ts';
import { type OpenApiVersion, SchemaCollector } from './schemas.ts';

/** The OpenAPI document of all operations, as a value. The two versions say the same contract. */
export function buildDocument(version: OpenApiVersion): Record<string, unknown> {
  const schemas = new SchemaCollector(version);
  const builder =
    version === '3.1' ? Builder31.create() : (Builder30.create() as unknown as Builder31);
  builder
    .addOpenApiVersion(version === '3.1' ? '3.1.1' : '3.0.3')
    .addInfo({
      title: 'Full Circle',
      version: packageJson.version,
      description:
        'Co-produced standards, evaluation cycles, anonymous submissions and "you said, we did" loop records for NHS mental health trusts.\n\nSystems sign in with a signed JWT at `POST /oauth2/token`. What the public may read needs no sign-in. Errors are RFC 9457 problems with a stable `code`. Ignore members of replies that you do not know; members of requests that the service does not know are refused.\n\nNobody can reply to what people send here. Urgent help: NHS 111 option 2, 999, Samaritans on 116 123.',
      license: {
        name: 'MIT',
        ...(version === '3.1'
          ? { identifier: 'MIT' }
          : { url: 'https://spdx.org/licenses/MIT.html' }),
      },
    })
    .addServer({ url: '/', description: 'Where this document was read.' });
  for (const tag of tags) builder.addTag(tag);

  for (const [path, operations] of Object.entries(Object.groupBy(contracts, ({ path }) => path)))
    builder.addPath(
      path,
      Object.fromEntries(
        (operations ?? []).map((declared) => [declared.method, describe(declared, schemas)]),
      ),
    );

  addSharedParts(builder, schemas);
  for (const [id, schema] of [...schemas.components].sort(([a], [b]) => (a < b ? -1 : 1)))
    builder.addSchema(id, schema);
  const document = builder.getSpec() as unknown as Record<string, unknown>;
  if (version === '3.0') {
    delete document.webhooks;
    schemas.mendReferences(document);
  }
  return withoutUnused(document);
}

function addSharedParts(builder: Builder31, schemas: SchemaCollector): void {
  schemas.add(ProblemSchema, 'output');
  for (const code of usedProblems())
    builder.addExample(code, { summary: problemCatalogue[code].title, value: exampleOf(code) });
  builder
    .addSecurityScheme('accessToken', {
      type: 'oauth2',
      description: 'Client credentials with a signed JWT (private_key_jwt, RS512).',
      flows: {
        clientCredentials: {
          tokenUrl: '/oauth2/token',
          scopes: Object.fromEntries(scopes.map((scope) => [scope, scopeDescriptions[scope]])),
        },
      },
    })
    .addSecurityScheme('statusKey', {
      type: 'apiKey',
      in: 'header',
      name: 'apikey',
      description: 'Key of the monitoring endpoint.',
    })
    .addParameter('RequestId', {
      name: 'X-Request-ID',
      in: 'header',
      required: false,
      description: 'A UUID of yours, mirrored in the reply; made where it is left out.',
      schema: { type: 'string', format: 'uuid' },
      example: '3b1f0a4e-6f43-4ad1-a8a5-0b9ddbd7d3a1',
    })
    .addParameter('CorrelationId', {
      name: 'X-Correlation-ID',
      in: 'header',
      required: false,
      description: 'Anything that ties requests of yours together, mirrored in the reply.',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
      example: 'import-2026-11-22',
    })
    .addParameter('EndUserOrganisation', {
      name: 'NHSD-End-User-Organisation-ODS',
      in: 'header',
      required: false,
      description:
        'For a client that is registered for several organisations: the one for which this request is.',
      schema: { type: 'string' },
      example: 'RHA',
    })
    .addHeader('RequestId', {
      description: 'The id of the request, for asking about it.',
      schema: { type: 'string', format: 'uuid' },
    });
}

function describe(declared: Operation, schemas: SchemaCollector): OperationObject {
  return {
    operationId: declared.id,
    tags: [declared.tag],
    summary: declared.summary,
    description: declared.description,
    security: securityOf(declared),
    parameters: parametersOf(declared, schemas),
    ...(declared.body && {
      requestBody: {
        required: true,
        content: {
          [declared.body.mediaType ?? 'application/json']: {
            schema: schemas.add(declared.body.schema, 'input'),
            examples: { ...declared.body.examples },
          },
        },
      },
    }),
    responses: { ...repliesOf(declared, schemas), ...problemRepliesOf(declared) },
  };
}

function securityOf({ access }: Operation): Record<string, string[]>[] {
  if (access.kind === 'status-key') return [{ statusKey: [] }];
  const tokens = scopesOf(access).map((scope) => ({ accessToken: [scope] }));
  if (access.kind === 'public') return tokens.length > 0 ? [{}, ...tokens] : [];
  return access.orPublic ? [{}, ...tokens] : tokens;
}

function parametersOf(
  declared: Operation,
  schemas: SchemaCollector,
): NonNullable<OperationObject['parameters']> {
  const parameters: ParameterObject[] = [];
  const addShape = (shape: z.ZodObject | undefined, place: 'path' | 'query') => {
    for (const [name, schema] of Object.entries(shape?.shape ?? {})) {
      const { description, examples, ...rest } = schemas.add(schema as z.ZodType, 'input');
      const example = Array.isArray(examples) ? examples[0] : rest.example;
      parameters.push({
        name,
        in: place,
        required: place === 'path',
        ...(typeof description === 'string' && { description }),
        schema: rest,
        ...(example !== undefined && { example }),
      });
    }
  };
  addShape(declared.params, 'path');
  addShape(declared.query, 'query');
  for (const [name, header] of Object.entries(declared.headers ?? {}))
    parameters.push({
      name: name.replaceAll(/(^|-)(\w)/g, (_, dash, letter) => dash + letter.toUpperCase()),
      in: 'header',
      required: header.required,
      description: header.description,
      schema: schemas.add(header.schema, 'input'),
      example: header.example,
    });
  if (declared.ifMatch)
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: declared.ifMatch === 'required',
      description: 'The ETag that was read.',
      schema: { type: 'string' },
      example: 'W/"1"',
    });
  const takesToken = scopesOf(declared.access).length > 0;
  return [
    ...parameters,
    ...(takesToken ? [{ $ref: '#/components/parameters/EndUserOrganisation' }] : []),
    { $ref: '#/components/parameters/RequestId' },
    { $ref: '#/components/parameters/CorrelationId' },
  ];
}

function repliesOf(declared: Operation, schemas: SchemaCollector): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(declared.replies).map(([status, reply]) => [
      status,
      {
        description: reply.description,
        headers: {
          'X-Request-ID': { $ref: '#/components/headers/RequestId' },
          ...Object.fromEntries(
            Object.entries(reply.headers ?? {}).map(([name, { description, example }]) => [
              name,
              { description, schema: { type: 'string' as const }, example },
            ]),
          ),
        },
        ...(reply.schema && {
          content: {
            [reply.mediaType ?? 'application/json']: {
              schema: schemas.add(reply.schema, 'output'),
              ...(reply.example !== undefined && { example: reply.example }),
            },
            ...Object.fromEntries(
              Object.entries(reply.alsoAs ?? {}).map(([mediaType, example]) => [
                mediaType,
                { schema: { type: 'string' as const }, example },
              ]),
            ),
          },
        }),
      },
    ]),
  );
}

/** One response a status, with an example for each code that it can carry. */
function problemRepliesOf(declared: Operation): Record<string, ResponseObject> {
  if (declared.errorShape === 'oauth') return {};
  const byStatus = Object.groupBy(
    problemsOf(declared),
    (code) => `${problemCatalogue[code].status}`,
  );
  return Object.fromEntries(
    Object.entries(byStatus)
      .filter(([status]) => !(Number(status) in declared.replies))
      .map(([status, codes = []]) => [
        status,
        {
          description: codes.map((code) => problemCatalogue[code].title).join('; '),
          headers: {
            'X-Request-ID': { $ref: '#/components/headers/RequestId' },
            ...(status === '503' && {
              'Retry-After': {
                description: 'Seconds to wait.',
                schema: { type: 'integer' as const },
                example: 5,
              },
            }),
          },
          content: {
            'application/problem+json': {
              schema: { $ref: '#/components/schemas/Problem' },
              examples: Object.fromEntries(
                codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
              ),
            },
          },
        },
      ]),
  );
}

function usedProblems(): ProblemCode[] {
  return [
    ...new Set(contracts.filter(({ errorShape }) => errorShape !== 'oauth').flatMap(problemsOf)),
  ].sort();
}

function exampleOf(code: ProblemCode) {
  const errors = [{ pointer: '/ratings/0/asIs', detail: "Must be from 1 to 5, this set's scale." }];
  const problem = new Problem(
    code,
    problemCatalogue[code].meaning,
    code === 'validation-failed' ? { errors } : {},
  );
  return problemBody(problem, {
    serviceUrl: 'https://full-circle.nhs.example',
    path: '/v1/cycles',
    requestId: '3b1f0a4e-6f43-4ad1-a8a5-0b9ddbd7d3a1',
  });
}

/** The builder starts every kind of component; what nothing refers to is left out of the document. */
function withoutUnused(document: Record<string, unknown>): Record<string, unknown> {
  const components = document.components as Record<string, Record<string, unknown>>;
  for (const name of Object.keys(components.schemas ?? {}))
    if (!JSON.stringify(document).includes(`"#/components/schemas/${name}"`))
      delete components.schemas?.[name];
  for (const [kind, members] of Object.entries(components))
    if (Object.keys(members).length === 0) delete components[kind];
  return document;
}
