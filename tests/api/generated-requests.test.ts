import { randomInt, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../api/contracts.ts';
import { isPublicRead, type Operation } from '../../api/http/contract.ts';
import { type ProblemCode, problemCatalogue } from '../../api/http/problem.ts';
import {
  experienceCycleId,
  meetingPapersLoopRecordId,
  quietPlaceLoopRecordId,
  workingTogetherCycleId,
} from '../../dev/demo.ts';
import { scopes } from '../../domain/vocabulary.ts';
import document from '../../openapi/openapi.json' with { type: 'json' };
import { type Service, startService } from '../support/service.ts';
import {
  anyText,
  type JsonSchema,
  type KnownValues,
  type Mutation,
  mutate,
  mutation,
  valuesOf,
} from './every-route/arbitraries.ts';
import { Ledger } from './every-route/ledger.ts';
import {
  type Answer,
  ask,
  expectDeclared,
  expectProblem,
  untilAnswered,
} from './every-route/requests.ts';
import { newCycle, newLoopRecord, openWorld, type World } from './every-route/world.ts';
import { storeTheme } from './support/published.ts';

/** A run that failed is repeated with `GENERATED_SEED=<seed>`; a long search sets `GENERATED_REQUESTS`. */
const seed = Number(process.env.GENERATED_SEED ?? randomInt(2 ** 31));
const requestCount = Number(process.env.GENERATED_REQUESTS ?? 10_000);

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: JsonSchema;
}

const components = document.components.schemas as unknown as Record<string, JsonSchema>;
const sharedParameters = document.components.parameters as unknown as Record<string, Parameter>;

/** What the published document says of an operation's request. */
function published({ path, method }: Operation): {
  parameters: Parameter[];
  body: JsonSchema | undefined;
} {
  const paths = document.paths as unknown as Record<string, Record<string, never>>;
  const { parameters, requestBody } = (paths[path]?.[method] ?? {}) as {
    parameters: (Parameter | { $ref: string })[];
    requestBody?: { content: Record<string, { schema: JsonSchema }> };
  };
  return {
    parameters: parameters.map((parameter) =>
      '$ref' in parameter
        ? (sharedParameters[parameter.$ref.replace('#/components/parameters/', '')] as Parameter)
        : parameter,
    ),
    body: Object.values(requestBody?.content ?? {})[0]?.schema,
  };
}

const callers = ['staff', 'nobody', 'other-trust', 'stranger'] as const;
const encodings = ['utf-8', 'utf-16le', 'latin1', 'with-bom', 'cut-off', 'gzip', 'deep'] as const;

/** A request as it is generated: everything that is needed to read and to repeat it. */
interface Generated {
  caller: (typeof callers)[number];
  params: Record<string, string>;
  /** Written over the parameter as it stands, not encoded. */
  rawParams: Record<string, string>;
  query: [string, string][];
  /** Appended to the query as it stands. */
  rawQuery: string;
  headers: Record<string, string>;
  body: unknown;
  mutations: Mutation[];
  encoding: (typeof encodings)[number];
}

const often = <T>(usual: T, rest: fc.Arbitrary<T>, weight = 12): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rest });

/** What a header may carry at all; the rest never leaves a client. */
const headerText = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
  .filter((text) => !text.includes('\u007f'));

const weirdHeaders = fc.dictionary(
  fc.constantFrom(
    ...['accept', 'accept-encoding', 'accept-language', 'authorization', 'apikey', 'content-type'],
    ...[
      'cookie',
      'if-match',
      'if-none-match',
      'idempotency-key',
      'origin',
      'range',
      'x-request-id',
    ],
    ...['x-correlation-id', 'nhsd-end-user-organisation-ods', 'content-encoding', 'x-odd'],
  ),
  fc.oneof(
    headerText,
    fc.constantFrom(
      '',
      '*',
      '*/*',
      'application/json',
      'application/json; charset="UTF-8"',
      'text/csv;q=0.1, */*;q=0',
      ';;;q=q',
      'W/"1"',
      '"1"',
      'RHA',
      'RV3',
      'rha ',
      'gzip',
      'Bearer x.y.z',
      'x'.repeat(4000),
    ),
  ),
  { minKeys: 1, maxKeys: 3 },
);

const rawSegments = fc.constantFrom(
  ...['.', '..', '%2e%2e', '%2E', '..%2f..%2f', 'a%2fb', '%00', '%', '%zz', '%ff%fe', '%E0%A4%A'],
  ...['%F0%9F%98%80', 'a b', '\u{1F600}', '%25', '+', ';x=1', '*', ':cycleId', '{cycleId}', '-'],
  'x'.repeat(3000),
);

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');

const rawQueries = fc.oneof(
  fc.constantFrom(
    ...['&', '&&&', '&=', '&=1', '&limit', '&limit=%00', '&limit=1&limit=2', '&limit[]=1', '&%'],
    ...['&cursor=%ff', '&cursor=..', '&__proto__=1', '&__proto__[a]=1', '&constructor=1', '&%zz=1'],
    `&cursor=${cursorOf('\u0000')}`,
    `&${'a=1&'.repeat(500)}`,
  ),
  fc.webQueryParameters().map((text) => `&${text}`),
);

function requestOf(declared: Operation, known: KnownValues): fc.Arbitrary<Generated> {
  const { parameters, body } = published(declared);
  const places = (place: Parameter['in']) =>
    parameters.filter((parameter) => parameter.in === place);
  const recordOf = (place: Parameter['in']) =>
    fc.record(
      Object.fromEntries(
        places(place).map(({ name, schema }) => [
          name.toLowerCase() === name ? name : place === 'header' ? name.toLowerCase() : name,
          valuesOf(schema, components, known, name).map(String),
        ]),
      ),
      {
        requiredKeys: places(place)
          .filter(({ required }) => required)
          .map(({ name }) => (place === 'header' ? name.toLowerCase() : name)),
      },
    );
  const names = places('path').map(({ name }) => name);
  const headers = recordOf('header').map((given) =>
    Object.fromEntries(
      Object.entries(given).filter(([, value]) => /^[\x20-\x7e\x80-\xff]*$/.test(value)),
    ),
  );
  return fc.record({
    caller: often('staff', fc.constantFrom(...callers)),
    params: recordOf('path'),
    rawParams:
      names.length === 0
        ? fc.constant({})
        : often({}, fc.dictionary(fc.constantFrom(...names), rawSegments, { minKeys: 1 })),
    query: recordOf('query').chain((query) =>
      often(
        Object.entries(query),
        fc
          .array(fc.tuple(fc.oneof(fc.constantFrom('limit', 'cursor', 'dryRun'), anyText), anyText))
          .map((extra) => [...Object.entries(query), ...extra]),
        6,
      ),
    ),
    rawQuery: often('', rawQueries),
    headers: fc
      .tuple(headers, often<Record<string, string>>({}, weirdHeaders, 6))
      .map(([given, weird]) => ({ ...given, ...weird })),
    body:
      body === undefined
        ? fc.constant(undefined)
        : (valuesOf(body, components, known) as fc.Arbitrary<unknown>),
    mutations: often<Mutation[]>([], fc.array(mutation, { minLength: 1, maxLength: 2 }), 1),
    encoding: often('utf-8', fc.constantFrom(...encodings), 20),
  });
}

function encodeBody(declared: Operation, { body, mutations, encoding }: Generated): Buffer | null {
  if (declared.body === undefined) return null;
  const value = mutations.reduce(mutate, body);
  const isForm = declared.body.mediaType === 'application/x-www-form-urlencoded';
  const text = isForm
    ? Object.entries(value ?? {})
        .map((pair) => pair.map((part) => encodeURIComponent(wellFormed(part))).join('='))
        .join('&')
    : (JSON.stringify(value) ?? '');
  if (encoding === 'utf-16le' || encoding === 'latin1') return Buffer.from(text, encoding);
  if (encoding === 'with-bom') return Buffer.from(`\ufeff${text}`);
  if (encoding === 'deep') return Buffer.from('['.repeat(5_000) + text + ']'.repeat(5_000));
  if (encoding === 'gzip') return gzipSync(text);
  const bytes = Buffer.from(text);
  return encoding === 'cut-off' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
}

function wellFormed(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed();
}

let service: Service;
let world: World;
let ledger: Ledger;
let known: KnownValues;
let sent = 0;
const statuses: Record<number, number> = {};

beforeAll(async () => {
  service = await startService();
  world = await openWorld(service);
  const many = <T>(make: () => Promise<T>): Promise<T[]> => Promise.all([1, 2, 3, 4].map(make));
  const cycles = await many(() => world.cycle());
  const sets = await many(() => world.standardSet());
  const records = [
    ...(await many(() => world.loopRecord())),
    ...(await many(() => world.publishedLoopRecord())),
  ];
  const clients = await many(() => world.apiClient());
  const priorities = [
    ...(await many(() => world.priority())),
    ...(await many(() => world.publishedPriority())),
  ];
  const ranked = await many(() => storeTheme(service, { cycleId: experienceCycleId }));
  const proposals = await many(() => world.releaseProposal());
  const ids = (made: { id: string }[]): string[] => made.map(({ id }) => id);
  known = {
    cycleId: [
      ...[experienceCycleId, experienceCycleId, workingTogetherCycleId, ...ids(cycles)],
      ...proposals.map(({ cycleId }) => cycleId),
    ],
    proposalId: proposals.map(({ proposalId }) => proposalId),
    proposal: proposals.map(({ proposalId }) => proposalId),
    cycle: [experienceCycleId, workingTogetherCycleId],
    standardSetId: ['fft', ...ids(sets)],
    loopRecordId: [quietPlaceLoopRecordId, meetingPapersLoopRecordId, ...ids(records)],
    priorityId: ids(priorities),
    ranking: ranked.map((theme) => ({ theme, rationale: null })),
    decidedOn: ['2026-01-15'],
    clientId: ids(clients),
    textId: await many(() => world.text()),
    webhookEndpointId: ids(await many(() => world.webhookEndpoint())),
    receipt: await many(() => world.receipt()),
    version: [1, 1, 2],
    standardSet: [1, 1, 1, 2, 2 ** 31, 2 ** 53 - 1].map((version) => ({ id: 'fft', version })),
    odsCode: ['RHA', 'RV3', 'R1C'],
    organisation: ['RHA'],
    organisations: ['RHA'],
    perspective: ['service_user', 'carer'],
    service: ['adult-mental-health', 'camhs'],
    standard: ['overall-experience'],
    question: ['what-good', 'could-improve'],
    asIs: [1, 3, 5],
    toBe: [1, 5],
    scale: [{ min: 0, max: 1, labels: ['No', 'Yes'] }],
    scopes,
    client_assertion: await Promise.all(Array.from({ length: 40 }, () => world.clientAssertion())),
    'If-Match': Array.from({ length: 12 }, (_, index) => `W/"${index % 8}"`),
    'NHSD-End-User-Organisation-ODS': ['RHA'],
    'X-Correlation-ID': ['tests'],
    cursor: ['RHA', 'fft', experienceCycleId, 'demo-admin', '-'.repeat(36), 'e'.repeat(36)].map(
      cursorOf,
    ),
  };
  ledger = await Ledger.open(service.database);
});
afterAll(() => service?.stop());

/** The operation that an address leads to: with dots in it, it is resolved before it is sent, and may lead to another. */
function operationAt(path: string, asked: Operation): Operation {
  const { pathname } = new URL(path, service.url);
  const isAt = (template: string) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
  if (isAt(asked.path)) return asked;
  return contracts.find(({ method, path }) => method === asked.method && isAt(path)) ?? asked;
}

async function perform(asked: Operation, generated: Generated): Promise<Answer> {
  const { params, rawParams, query, rawQuery } = generated;
  const path = asked.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => rawParams[name] ?? encodeURIComponent(wellFormed(params[name])),
  );
  const declared = operationAt(path, asked);
  // Cut short: a longer line is refused before it reaches the Worker.
  const search = new URLSearchParams(
    query.map((pair) => pair.map((part) => part.slice(0, 300).toWellFormed()) as [string, string]),
  );
  const headers = new Headers(generated.headers);
  const { caller } = generated;
  if (!headers.has('authorization') && caller !== 'nobody')
    headers.set(
      'authorization',
      `Bearer ${await world.token(caller === 'stranger' ? 'revoked' : caller)}`,
    );
  if (declared.access.kind === 'status-key' && !headers.has('apikey') && caller === 'staff')
    headers.set('apikey', service.statusApiKey);
  const body = encodeBody(declared, generated);
  if (body !== null && !headers.has('content-type'))
    headers.set('content-type', declared.body?.mediaType ?? 'application/json');

  sent += 1;
  const answer = await untilAnswered(() =>
    ask(service, declared, `${path}?${search}${rawQuery}`, {
      method: declared.method.toUpperCase(),
      headers,
      ...(body !== null && { body: new Uint8Array(body) }),
    }),
  );
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  judge(answer, declared, headers, generated, body);
  return answer;
}

/** A request with nothing odd about it but what the test gives. */
const plain: Generated = {
  caller: 'staff',
  params: {},
  rawParams: {},
  query: [],
  rawQuery: '',
  headers: {},
  body: undefined,
  mutations: [],
  encoding: 'utf-8',
};

/** Codes that a path answers with before an operation is found. */
const fromTheMachinery: readonly ProblemCode[] = ['not-found', 'method-not-allowed'];

function judge(
  answer: Answer,
  declared: Operation,
  headers: Headers,
  { query, rawQuery }: Generated,
  sent: Buffer | null,
): void {
  expect(answer.status, answer.text).toBeLessThan(500);
  if (answer.status === 304) {
    expect([isPublicRead(declared), headers.has('if-none-match'), answer.text]).toEqual([
      true,
      true,
      '',
    ]);
    return;
  }
  const isProblem = answer.headers.get('content-type') === 'application/problem+json';
  if (isProblem) {
    const { code } = JSON.parse(answer.text) as { code: ProblemCode };
    expect(Object.keys(problemCatalogue)).toContain(code);
    expectProblem(answer, fromTheMachinery.includes(code) ? null : declared, code);
    return;
  }
  const body = expectDeclared(answer, declared);
  if (answer.status < 300)
    ledger.accepted(declared.id, {
      body,
      path: answer.path,
      idempotencyKey: headers.get('idempotency-key'),
      isDryRun: new URLSearchParams(`${new URLSearchParams(query)}${rawQuery}`)
        .getAll('dryRun')
        .includes('true'),
      sent: readJson(sent),
    });
}

function readJson(sent: Buffer | null): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(sent ?? undefined));
  } catch {
    return undefined;
  }
}

describe('what PostgreSQL cannot hold or read is refused before it gets there', () => {
  const jwksUrl = 'https://example.org/\u0000';
  const client = { title: 'A', organisations: ['RHA'], scopes: ['cycles:write'] };
  const withEvidence = (href: string) => ({
    ...newLoopRecord,
    weDid: { ...newLoopRecord.weDid, evidence: [{ title: 'A', href }] },
  });
  const version = 2 ** 31;
  const cases: [string, string, Partial<Generated>][] = [
    [
      'a date of the year 0',
      'createLoopRecord',
      { body: { ...newLoopRecord, lookAgainOn: '0000-01-01' } },
    ],
    [
      'a date-time of the year 0',
      'createCycle',
      { body: { ...newCycle, opensAt: '0000-01-01T00:00:00Z' } },
    ],
    [
      'a number over 32 bits',
      'createCycle',
      { body: { ...newCycle, standardSet: { id: 'fft', version } } },
    ],
    ['NUL in an address', 'registerApiClient', { body: { ...client, jwksUrl } }],
    [
      'NUL in an address within JSON',
      'createLoopRecord',
      { body: withEvidence('https://a.org/\u0000') },
    ],
    [
      'half a character in an address',
      'createLoopRecord',
      { body: withEvidence('https://a.org/\ud800') },
    ],
    [
      'a cursor that is no id of a cycle',
      'listCycles',
      { query: [['cursor', cursorOf('-'.repeat(36))]] },
    ],
    [
      'a cursor that is no id of a record',
      'listLoopRecords',
      { query: [['cursor', cursorOf('e'.repeat(36))]] },
    ],
  ];

  it.each(cases)('%s (%s)', async (_, id, generated) => {
    const declared = contracts.find((contract) => contract.id === id) as Operation;
    const answer = await perform(declared, { ...plain, ...generated });
    expectProblem(answer, declared, 'validation-failed');
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['half a character', 'a\ud83d'],
    ['a character that is cut in half', `${'x'.repeat(59)}\u{1F600}`],
  ])('%s in the name of an unknown member of a batch', async (_, name) => {
    const declared = contracts.find(({ id }) => id === 'createSubmissionBatch') as Operation;
    const submissions = [{ perspective: 'carer', [name]: 1 }];
    const answer = await perform(declared, {
      ...plain,
      params: { cycleId: experienceCycleId },
      headers: { 'idempotency-key': randomUUID() },
      body: { submissions },
    });
    expect(answer.status, answer.text).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ accepted: 0, rejected: 1 });
  });
});

describe(`generated requests (seed ${seed})`, () => {
  it('are all answered as the contract says, and none with a fault of the service', async () => {
    const weight = ({ body }: Operation): number => (body === undefined ? 1 : 3);
    const total = contracts.reduce((sum, declared) => sum + weight(declared), 0);
    const failures = await Promise.all(
      contracts.map(async (declared, index) => {
        const numRuns = Math.ceil((requestCount * weight(declared)) / total);
        const details = await fc.check(
          fc.asyncProperty(requestOf(declared, known), async (generated) => {
            await perform(declared, generated);
          }),
          { seed: seed + index, numRuns },
        );
        return details.failed
          ? `${declared.id}: ${await fc.asyncDefaultReportMessage(details)}\n${details.errorInstance}`
          : null;
      }),
    );
    console.log(`${sent} requests, by status: ${JSON.stringify(statuses)}`);
    expect(failures.filter((failure) => failure !== null).join('\n\n')).toBe('');
    expect(sent).toBeGreaterThanOrEqual(requestCount);
  }, 180_000);

  it('have reached what they were to reach: accepted, refused and unknown', () => {
    for (const status of [200, 201, 204, 400, 401, 403, 404, 409, 412, 415])
      expect(statuses[status] ?? 0, `replies with ${status}`).toBeGreaterThan(0);
    expect(statuses[201]).toBeGreaterThan(requestCount / 200);
  });

  it('have stored what was accepted and nothing else', async () => {
    expect(await ledger.stored()).toEqual(ledger.expected());
  });
});
