import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../api/contracts.ts';
import type { Operation } from '../../api/http/contract.ts';
import { experienceCycleId } from '../../dev/demo.ts';
import { importWrangler } from '../../dev/quiet-wrangler.ts';
import { deriveHandles, makeReceipt, RECEIPT_SYMBOL_COUNT } from '../../domain/receipt.ts';
import { type Service, startService } from '../support/service.ts';
import { withMemberEverywhere } from './every-route/members.ts';
import { type Answer, bodyBytes, type Changes, send } from './every-route/requests.ts';
import { type ValidRequest, validRequests } from './every-route/valid-requests.ts';
import { openWorld, type World } from './every-route/world.ts';

import { postBatch } from './support/things.ts';
import { dump } from './support/traces.ts';

/**
 * What is never in a log, whatever is sent and whatever goes wrong. Each has a mark that is sent in every place of its
 * kind, and looked for in every line that is written.
 */
const neverLogged = {
  'words in a body': 'zqxbody',
  'a code in a body': 'zqxcode',
  'the name of a member of a body': 'zqxname',
  'a header': 'zqxhead',
  'a correlation id': 'zqxcorrelation',
  'the address of whoever sends': '203.0.113.77',
  'a query parameter': 'zqxquery',
  'the name of a query parameter': 'zqxparameter',
  'a cursor': 'zqxcursor',
  'a path': 'zqxpath',
  'an access token': 'zqxtoken',
  'a client assertion': 'zqxassertion',
} as const;

/** Marks that a reply repeats to whoever sent them, by design: paths in `instance`, names in `pointer`. */
const repeated: readonly string[] = [
  neverLogged['a path'],
  neverLogged['the name of a member of a body'],
  neverLogged['the name of a query parameter'],
];

/** Where words of a body are kept, since they belong there. Everywhere else there is none. */
const columnsOfWords = [
  'api_clients.jwks',
  'api_clients.jwks_url',
  'api_clients.title',
  'cycles.anonymity_statement',
  'cycles.legal_hold_reason',
  'cycles.questions',
  'cycles.services',
  'cycles.title',
  'inbox.answers',
  'loop_record_publications.difference',
  'loop_record_publications.title',
  'loop_record_publications.we_did',
  'loop_record_publications.you_said',
  'loop_records.difference',
  'loop_records.title',
  'loop_records.we_did',
  'loop_records.you_said',
  'priorities.dissent',
  'priorities.ranking',
  'priorities.rationale',
  'standard_set_versions.attribution',
  'standard_set_versions.changes',
  'standard_set_versions.co_produced_by',
  'standard_set_versions.dissent',
  'standard_set_versions.licence',
  'standard_set_versions.scale',
  'standard_set_versions.source',
  'standard_set_versions.standards',
  'standard_set_versions.title',
  'text_parts.decision_reason',
  'text_parts.text',
  'themes.description',
  'themes.title',
  'webhook_endpoints.url',
];

/** Where codes of a body are kept beside those: a standard set has the id that its organisation chose. */
const columnsOfCodes = ['audit_events.subject', 'standard_set_versions.set_id', 'standard_sets.id'];

/** What this process writes: the Neon endpoint and the platform's proxy run in it. */
const written: string[] = [];
const restore: (() => void)[] = [];
function listen(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write;
    stream.write = ((chunk: unknown, ...rest: unknown[]) => {
      written.push(String(chunk));
      return Reflect.apply(write, stream, [chunk, ...rest]);
    }) as typeof stream.write;
    restore.push(() => {
      stream.write = write;
    });
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const print = console[method];
    console[method] = (...parts: unknown[]) => {
      written.push(parts.map(String).join(' '));
      print(...parts);
    };
    restore.push(() => {
      console[method] = print;
    });
  }
}

let service: Service;
let world: World;
let token: string;
/** Secrets that were handed out or made while the tests ran. */
const secrets = new Set<string>();
const refusals: Answer[] = [];
beforeAll(async () => {
  listen();
  service = await startService();
  world = await openWorld(service);
  token = await world.token('staff');
  secrets.add(token);
});
afterAll(async () => {
  await service?.stop();
  for (const undo of restore) undo();
});

/** Words that a person could have written, and that no pattern of a code allows. */
const WORDS = `Ünd ${neverLogged['words in a body']}, "quoted" – 😀`;

type Path = (string | number)[];

/** Every leaf of a JSON value. */
function leaves(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, member]) =>
    leaves(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function withLeaf(value: unknown, path: Path, leaf: unknown): unknown {
  const copy = structuredClone({ value });
  let holder: Record<string | number, unknown> = copy;
  let key: string | number = 'value';
  for (const next of path) {
    holder = holder[key] as Record<string | number, unknown>;
    key = next;
  }
  holder[key] = leaf;
  return copy.value;
}

/** Where a member takes no words, it may take an address: another each time, since some may be there once only. */
const address = () => `https://${neverLogged['words in a body']}.example.org/${randomUUID()}`;

/** A body in which every text that may say anything says the mark. */
function marked(declared: Operation, body: unknown): unknown {
  // A receipt can be typed as anything, and then stands for nothing.
  if (declared.tag === 'receipts') return body;
  return leaves(body).reduce((current: unknown, { path, value }) => {
    if (typeof value !== 'string') return current;
    const possible = [WORDS, address()].map((text) => withLeaf(current, path, text));
    const good = possible.find((changed) => declared.body?.schema.safeParse(changed).success);
    return good ?? current;
  }, body);
}

/** Bodies with more members than the example of the contract has. */
const fullBodies: Record<string, Record<string, unknown>> = {
  createStandardSet: {
    source: 'x',
    licence: 'x',
    attribution: 'x',
    coProducedBy: ['x'],
    dissent: ['x'],
    changes: 'x',
  },
  createStandardSetVersion: { source: 'x', coProducedBy: ['x'], dissent: ['x'], changes: 'x' },
  createTheme: { description: 'x' },
  createLoopRecord: {
    youSaid: { text: 'x', theme: 'x' },
    weDid: {
      status: 'cannot_do',
      text: 'x',
      reason: 'x',
      owner: 'x',
      milestones: [{ on: '2030-01-01', text: 'x' }],
      evidence: [{ title: 'x', href: 'https://example.org/' }],
    },
    difference: 'x',
  },
  createCycle: {
    questions: [{ code: 'what-good', prompt: 'x', polarity: 'what_good' }],
    services: [{ odsCode: 'RHA', code: 'ward', name: 'x' }],
  },
};

const isJson = ({ body }: Operation) =>
  body !== undefined && body.mediaType !== 'application/x-www-form-urlencoded';

async function requestOf(declared: Operation): Promise<ValidRequest & { body?: unknown }> {
  const request = (await validRequests[declared.id]?.(world)) ?? {};
  if (!isJson(declared)) return request;
  const body = JSON.parse(
    new TextDecoder().decode(bodyBytes(declared, request) ?? undefined),
  ) as Record<string, unknown>;
  return { ...request, body: { ...body, ...fullBodies[declared.id] } };
}

const tokenOf = ({ access }: Operation) =>
  access.kind === 'status-key'
    ? undefined
    : access.kind === 'public' && !access.moreFor
      ? undefined
      : token;

/** Sends a request and keeps what was refused, to be searched. */
async function attempt(
  declared: Operation,
  request: ValidRequest,
  changes: Changes = {},
): Promise<Answer> {
  const answer = await send(service, declared, request, {
    token: tokenOf(declared),
    ...changes,
    headers: {
      'user-agent': neverLogged['a header'],
      referer: `https://${neverLogged['a header']}.example.org/`,
      cookie: `a=${neverLogged['a header']}`,
      'x-correlation-id': neverLogged['a correlation id'],
      'cf-connecting-ip': neverLogged['the address of whoever sends'],
      'x-forwarded-for': neverLogged['the address of whoever sends'],
      ...changes.headers,
    },
  });
  if (answer.status >= 400) refusals.push(answer);
  return answer;
}

describe.each(contracts.map((declared) => ({ declared, ...declared })))(
  'marked requests are sent to $id',
  ({ declared }) => {
    it('in everything that may say anything, and taken', async () => {
      const request = await requestOf(declared);
      const answer = await attempt(declared, {
        ...request,
        ...(isJson(declared) && { body: marked(declared, request.body) }),
      });
      expect(answer.status, answer.text).toBeLessThan(300);
    });

    it('in every member of the body, in its shape, in its bytes', async () => {
      if (declared.body === undefined) return;
      const mark = neverLogged['a code in a body'];
      const raw = [
        new TextEncoder().encode(`{"${mark}`),
        new TextEncoder().encode(`"${mark}"`),
        new Uint8Array([...new TextEncoder().encode(`{"a":"${mark}`), 0xff]),
      ];
      for (const bytes of raw) await attempt(declared, await requestOf(declared), { bytes });
      if (!isJson(declared)) {
        for (const form of [
          `grant_type=${mark}&client_assertion_type=${mark}&client_assertion=${neverLogged['a client assertion']}.a.b`,
          `${mark}=${mark}`,
        ])
          await attempt(declared, {}, { bytes: new TextEncoder().encode(form) });
        return;
      }
      let request = await requestOf(declared);
      const { body } = request;
      const tryOut = async (changed: string) => {
        const answer = await attempt(declared, request, {
          bytes: new TextEncoder().encode(changed),
        });
        // Taken: the next one needs a thing of its own to work on.
        if (answer.status < 300) request = await requestOf(declared);
      };
      // As a code, which may be good in its shape and name nothing.
      for (const { path } of leaves(body))
        await tryOut(JSON.stringify(withLeaf(request.body, path, mark)));
      const name = neverLogged['the name of a member of a body'];
      for (const { changed } of withMemberEverywhere(body, name, true))
        await tryOut(changed.replaceAll(`"${name}":1`, `"${name}":"${mark}"`));
    });

    it('in every header, query parameter and part of the path', async () => {
      const request = await requestOf(declared);
      const mark = neverLogged['a header'];
      const headers: Record<string, string>[] = [
        { accept: `${mark}/${mark}` },
        { 'content-type': `text/${mark}` },
        { 'if-match': mark },
        { 'if-match': `W/"${mark}"`, 'if-none-match': `"${mark}"` },
        { 'idempotency-key': mark },
        { apikey: mark },
        { 'x-request-id': mark },
        { 'x-correlation-id': `${mark} ${mark}` },
        { 'nhsd-end-user-organisation-ods': `${mark}!` },
        { 'nhsd-end-user-organisation-ods': 'ZQXHEAD' },
        { authorization: `Basic ${neverLogged['an access token']}` },
        { authorization: `Bearer ${neverLogged['an access token']}.a.b` },
      ];
      const cursor = Buffer.from(neverLogged['a cursor']).toString('base64url');
      const parameter = neverLogged['a query parameter'];
      const queries: Record<string, string>[] = [
        { [neverLogged['the name of a query parameter']]: parameter },
        ...Object.keys(declared.query?.shape ?? {}).flatMap((name) =>
          [parameter, neverLogged['a cursor'], cursor].map((value) => ({ [name]: value })),
        ),
      ];
      const path = neverLogged['a path'];
      const params = Object.keys(declared.params?.shape ?? {}).map((name) => ({ [name]: path }));
      const nowhere = { ...declared, path: `/v1/${path}` };
      await Promise.all([
        ...headers.map((each) => attempt(declared, request, { headers: each })),
        ...queries.map((query) => attempt(declared, request, { query })),
        ...params.map((each) => attempt(declared, request, { params: each })),
        attempt(nowhere, request, { method: 'GET', bytes: null }),
        attempt(declared, request, {
          method: 'PROPFIND',
          query: { [parameter]: parameter },
          bytes: null,
        }),
      ]);
    });
  },
);

it('marked keys and a marked record are registered and published', async () => {
  const operation = (id: string) => contracts.find((each) => each.id === id) as Operation;
  const { kty, n, e } = service.client('demo-admin').privateJwk;
  const { jwksUrl: _, ...client } = (await requestOf(operation('registerApiClient')))
    .body as Record<string, unknown>;
  const registered = await attempt(operation('registerApiClient'), {
    body: { ...client, jwks: { keys: [{ kty, n, e, kid: neverLogged['words in a body'] }] } },
  });
  expect(registered.status, registered.text).toBe(201);
  const create = operation('createLoopRecord');
  const record = await attempt(create, {
    body: marked(create, (await requestOf(create)).body),
  });
  const params = { loopRecordId: (JSON.parse(record.text) as { id: string }).id };
  expect((await attempt(operation('publishLoopRecord'), { params })).status).toBe(200);
});

/** A good request of every operation, fully marked. */
async function everyRequest(send: (declared: Operation, request: ValidRequest) => Promise<void>) {
  for (const declared of contracts) {
    const request = await requestOf(declared);
    const body = isJson(declared) ? { body: marked(declared, request.body) } : {};
    await send(declared, { ...request, ...body });
  }
}

describe('marked requests meet a failure', () => {
  it('of a database that does not answer', async () => {
    const statuses: Record<string, number> = {};
    await everyRequest(async (declared, request) => {
      service.endpoint.faults.unavailable = true;
      const { status } = await attempt(declared, request);
      service.endpoint.faults.unavailable = false;
      // A release is read from memory the second time.
      const needsNone =
        declared.withoutDatabase ||
        ['status', 'getResults', 'getDataPackage'].includes(declared.id);
      if (!needsNone) statuses[declared.id] = status;
    });
    expect(new Set(Object.values(statuses)), JSON.stringify(statuses)).toEqual(new Set([503]));
  });

  it('of a database whose answer is lost', async () => {
    await everyRequest(async (declared, request) => {
      service.endpoint.faults.answersToLose = 1;
      await attempt(declared, request);
      service.endpoint.faults.answersToLose = 0;
    });
  });

  it('of a row that the database refuses, and quotes in its own message', async () => {
    const written: Record<string, string[]> = {
      inbox: ['createSubmission', 'createSubmissionBatch'],
      text_parts: ['decideOnText'],
      cycles: ['createCycle', 'changeCycle', 'makeTransition', 'setLegalHold'],
      standard_set_versions: [
        'createStandardSet',
        'createStandardSetVersion',
        'changeStandardSetVersion',
        'publishStandardSetVersion',
      ],
      release_proposals: ['proposeRelease', 'withdrawReleaseProposal'],
      loop_records: ['createLoopRecord', 'changeLoopRecord', 'publishLoopRecord'],
      api_clients: ['registerApiClient', 'changeApiClient'],
      webhook_endpoints: ['createWebhookEndpoint', 'changeWebhookEndpoint', 'rotateWebhookSecret'],
      staff_assignments: ['assignStaffRoles'],
      webhook_events: ['testWebhookEndpoint'],
      audit_events: ['listModerationTexts', 'getModerationText', 'listAuditEvents', 'checkKeySet'],
      spent_assertions: ['issueToken'],
    };
    await service.database.query(
      `create function quote_row() returns trigger language plpgsql
       as $$ begin raise exception 'refused: %', new using detail = new::text, hint = new::text; end $$`,
    );
    for (const [table, ids] of Object.entries(written))
      for (const id of ids) {
        const declared = contracts.find((each) => each.id === id) as Operation;
        const request = await requestOf(declared);
        const body = isJson(declared) ? { body: marked(declared, request.body) } : {};
        await service.database.query(
          `create trigger quotes before insert or update on ${table} for each row execute function quote_row()`,
        );
        const { status, text } = await attempt(declared, { ...request, ...body });
        await service.database.query(`drop trigger quotes on ${table}`);
        expect(status, `${id}: ${text}`).toBe(500);
      }
    await expect.poll(() => service.logs().join('\n')).toContain('"cause":"database P0001"');
  });

  it('of the schedule, over marked texts', async () => {
    await service.database.query(
      'create trigger quotes before insert on text_parts for each row execute function quote_row()',
    );
    const items = Array.from({ length: 25 }, () => ({
      perspective: 'carer',
      answers: [{ question: 'what-good', text: WORDS }],
    }));
    expect((await postBatch(service, experienceCycleId, items)).body.accepted).toBe(25);
    await expect(service.scheduled()).rejects.toThrow();
    await service.database.query('drop trigger quotes on text_parts');
    await service.scheduled();
    // One more that waits.
    const idempotencyKey = randomUUID();
    secrets.add(idempotencyKey);
    await postBatch(service, experienceCycleId, items.slice(0, 1), { key: idempotencyKey });
    await expect.poll(() => service.logs().join('\n')).toContain('flush-failed');
  });

  it('of a receipt', async () => {
    const receipt = makeReceipt(crypto.getRandomValues(new Uint8Array(RECEIPT_SYMBOL_COUNT)));
    const receiptHandles = await deriveHandles(receipt);
    for (const secret of [receipt, receipt.replaceAll('-', ''), ...Object.values(receiptHandles)])
      secrets.add(secret);
    const operation = (id: string) => contracts.find((each) => each.id === id) as Operation;
    const submit = operation('createSubmission');
    const request = await requestOf(submit);
    const body = { ...(request.body as object), receiptHandles };
    for (const isAway of [true, false]) {
      service.endpoint.faults.unavailable = isAway;
      await attempt(submit, { ...request, body });
      for (const id of ['readReceiptStatus', 'withdrawSubmission'])
        await attempt(operation(id), { body: { receipt } });
    }
  });
});

describe('then', () => {
  const lines = () => service.logs();
  const marks = Object.entries(neverLogged).map(([what, mark]) => ({ what, mark }));

  it('refusals of every kind were met', () => {
    const statuses = new Set(refusals.map(({ status }) => status));
    for (const status of [400, 401, 403, 404, 405, 406, 412, 415, 500, 503])
      expect(statuses).toContain(status);
    expect(lines().length).toBeGreaterThan(50);
  });

  it.each(marks)('the logs do not hold $what', ({ mark }) => {
    const found = lines().filter((line) => line.toLowerCase().includes(mark));
    expect(found.slice(0, 3)).toEqual([]);
  });

  it('the logs hold no token, assertion, receipt, handle or key of a batch', () => {
    expect(secrets.size).toBeGreaterThan(6);
    const held = lines().join('\n');
    for (const secret of secrets) expect(held).not.toContain(secret);
  });

  it('every line of the logs has the declared members and no other, and no time of day', () => {
    for (const line of lines()) {
      const [, level, text] = /^(info|error): (\{.*\})$/s.exec(line) ?? [];
      expect(text, line).toBeDefined();
      const { level: told, ...entry } = JSON.parse(text ?? '{}') as Record<string, unknown>;
      expect(told).toBe(level);
      const known = ['event', 'operation', 'problem', 'requestId', 'cause', 'removed'];
      expect(known).toEqual(expect.arrayContaining(Object.keys(entry)));
      expect(line).not.toMatch(/\d{4}-\d\d-\d\d|\d\d:\d\d/);
    }
  });

  it('a request that is answered well, or refused for its own fault, is in no line', async () => {
    const logged = lines().map((line) => /"requestId":"([^"]+)"/.exec(line)?.[1]);
    const own = refusals.filter(({ status }) => status < 500);
    expect(own.length).toBeGreaterThan(200);
    const ids = new Set(own.map(({ headers }) => headers.get('x-request-id')));
    expect(logged.filter((id) => id !== undefined && ids.has(id))).toEqual([]);
    const problems = lines().flatMap((line) => /"problem":"([^"]+)"/.exec(line)?.[1] ?? []);
    expect([...new Set(problems)].sort()).toEqual(['database-unavailable', 'internal']);
  });

  it.each(marks)('no refusal repeats $what beyond what is pointed at', ({ mark }) => {
    for (const { text, headers, status } of refusals) {
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      if (repeated.includes(mark)) {
        // The path that was asked, and the names of members and parameters, in their places.
        delete body.instance;
        for (const error of (body.errors ?? []) as Record<string, unknown>[]) {
          delete error.pointer;
          if (mark !== neverLogged['a path']) delete error.detail;
        }
      }
      expect(JSON.stringify(body).toLowerCase(), `${status}`).not.toContain(mark);
      for (const [name, value] of headers)
        if (name !== 'x-correlation-id') expect(value.toLowerCase()).not.toContain(mark);
    }
  });

  it('nothing of it was written by what stands around the Worker', () => {
    const all = written.join('\n').toLowerCase();
    for (const { mark } of marks) expect(all).not.toContain(mark);
    for (const secret of secrets) expect(all).not.toContain(secret.toLowerCase());
  });

  it('the database holds words of bodies where they belong, and nothing else of a request', async () => {
    const columns = await service.database.query<{ place: string; found: string }>(
      `select table_name || '.' || column_name as place,
         format('select %L as place, coalesce(string_agg(%I::text, E''\\n''), '''') as found from %I', table_name || '.' || column_name, column_name, table_name) as found
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const held = await service.database.query<{ place: string; found: string }>(
      columns.map(({ found }) => found).join(' union all '),
    );
    const placesOf = (mark: string) =>
      held.filter(({ found }) => found.toLowerCase().includes(mark)).map(({ place }) => place);
    for (const { what, mark } of marks) {
      const isCode = what === 'a code in a body';
      const places = placesOf(mark)
        .filter((place) => !isCode || !columnsOfWords.includes(place))
        .sort();
      const belonging = what === 'words in a body' ? columnsOfWords : isCode ? columnsOfCodes : [];
      expect({ what, places }).toEqual({ what, places: belonging });
    }
    const all = await dump(service.database);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });
});

describe('the Worker', () => {
  const root = resolve(import.meta.dirname, '../..');

  it.each([undefined, 'staging', 'production'])(
    'has no logs kept by the platform: environment %s',
    async (env) => {
      const { unstable_readConfig } = await importWrangler();
      const config = unstable_readConfig({
        config: join(root, 'wrangler.toml'),
        ...(env !== undefined && { env }),
      });
      expect(config.observability).toMatchObject({ enabled: false });
      expect(config.observability?.logs?.enabled ?? false).toBe(false);
      expect(config.observability?.traces?.enabled ?? false).toBe(false);
      expect(config.logpush ?? false).toBe(false);
      expect(config.tail_consumers ?? []).toEqual([]);
      expect(config.streaming_tail_consumers ?? []).toEqual([]);
      expect(config.analytics_engine_datasets).toEqual([]);
      expect(config.upload_source_maps ?? false).toBe(false);
    },
  );

  it('writes to its console in one place', async () => {
    /** What an operator runs in a terminal, and the Worker does not hold. */
    const commands = [
      'assign-role',
      'migrate',
      'print-grants',
      'register-client',
      'verify-audit',
    ].map((name) => `db/${name}.ts`);
    const files = ['worker.ts'];
    for (const directory of ['api', 'db', 'domain'])
      for (const name of await readdir(join(root, directory), { recursive: true }))
        if (name.endsWith('.ts')) files.push(join(directory, name));
    const texts = await Promise.all(
      files.map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })),
    );
    const writing = texts.filter(({ text }) =>
      // The object, however it is reached or passed on; the word is also what staff work at.
      /\bconsole(?:\?\.|\.[a-z]|\[)|(?:[=(,:]|\breturn)\s*console\b/.test(
        text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    );
    expect(writing.map(({ file }) => file).sort()).toEqual(['api/http/log.ts', ...commands].sort());
    // And none of the commands is a part of the Worker.
    for (const { file, text } of texts)
      for (const command of commands)
        expect(text, file).not.toContain(`/${command.slice('db/'.length)}'`);
  });
});
