import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK, jwtVerify } from 'jose';
import type { PostFftOptions } from '../../examples/post-fft/post.ts';

interface Submission {
  perspective: string;
  organisation: string;
  service?: string;
  ratings?: { standard: string; asIs: number }[];
  answers?: { question: string; text: string }[];
}

/** What a test may put in place of the ordinary answer to a batch; `lost` cuts the connection. */
export type Instead =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | 'lost'
  | undefined;

/** As much of the service as the poster meets: sign-in, the cycle, and batches that are stored once for each key. */
export interface FakeService {
  url: string;
  folder: string;
  /** Options that post `csv` to this service, with progress in the folder. */
  options(csv: string, more?: Partial<PostFftOptions>): PostFftOptions;
  writeCsv(rows: FakeRow[], name?: string): Promise<string>;
  stored: Submission[];
  /** Each batch request that arrived. */
  requests: {
    key: string;
    body: string;
    size: number;
    dryRun: boolean;
    organisation: string | undefined;
  }[];
  assertions: { header: Record<string, unknown>; claims: Record<string, unknown> }[];
  /** Tokens that the service takes; emptying it is a revocation. */
  tokens: Set<string>;
  tokenLife: number;
  /** Cycles that the list offers. */
  cycles: Record<string, unknown>[];
  refuse: (
    submission: Submission,
    index: number,
  ) => { code: string; errors: { pointer: string; detail: string }[] } | null;
  /** Called when a batch has arrived and nothing is stored yet. `n` counts requests from 1. */
  onArrival: (n: number) => Promise<Instead> | Instead;
  /** Called when it is stored and not yet answered. */
  onStored: (n: number) => Promise<Instead> | Instead;
  stop(): Promise<void>;
}

export interface FakeRow {
  respondent: string;
  rating?: string;
  question?: string;
  text?: string;
  service?: string;
  serviceGroup?: string;
}

export const cycleId = '7b0c7f0e-6a51-4a0e-9d0b-3f5a2c1d4e6f';

export const cycle = {
  id: cycleId,
  title: 'How was your experience?',
  phase: 'open',
  version: 1,
  organisations: ['RHA'],
  organisationNames: [{ odsCode: 'RHA', name: 'An invented trust' }],
  standardSet: {
    id: 'fft',
    version: 1,
    title: 'Friends and Family Test',
    scale: {
      min: 1,
      max: 5,
      labels: ['Very poor', 'Poor', 'Neither good nor poor', 'Good', 'Very good'],
    },
    standards: [
      { code: 'overall-experience', title: 'Overall', statement: 'People feel welcome.' },
    ],
  },
  perspectives: ['service_user', 'carer'],
  questions: [
    { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' },
    { code: 'could-improve', prompt: 'What could we do better?', polarity: 'could_improve' },
  ],
  services: [
    { odsCode: 'RHA', code: 'adult-mental-health', name: 'Adult mental health' },
    { odsCode: 'RHA', code: 'older-people', name: 'Mental health services for older people' },
  ],
};

// One pair for all: making an RSA key takes a while.
const keys = generateKeyPair('RS512', { extractable: true });

export async function startFakeService(): Promise<FakeService> {
  const folder = await mkdtemp(join(tmpdir(), 'post-fft-'));
  const { publicKey, privateKey } = await keys;
  const privateJwk: JWK = { ...(await exportJWK(privateKey)), kid: 'test-1', alg: 'RS512' };
  const answers = new Map<string, { body: string; reply: unknown }>();
  const usedIds = new Set<unknown>();

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 'internal', detail: String(error) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokenUrl = `${url}/oauth2/token`;
  const clients = join(folder, 'clients.json');
  const client = {
    clientId: 'demo-trust',
    organisations: ['RHA'],
    scopes: ['submissions:write'],
    privateJwk,
  };
  await writeFile(
    clients,
    JSON.stringify({
      tokenUrl,
      clients: [client, { ...client, clientId: 'demo-two', organisations: ['RHA', 'RV3'] }],
    }),
  );

  const fake: FakeService = {
    url,
    folder,
    options: (csv, more) => ({
      csv,
      url,
      clients,
      client: 'demo-trust',
      state: join(folder, 'state'),
      cycle: null,
      organisation: null,
      perspective: 'service_user',
      batchSize: 500,
      dryRun: false,
      giveUpAfter: 30,
      ...more,
    }),
    async writeCsv(rows, name = 'export.csv') {
      const path = join(folder, name);
      await writeFile(path, csvOf(rows));
      return path;
    },
    stored: [],
    requests: [],
    assertions: [],
    tokens: new Set(),
    tokenLife: 599,
    cycles: [
      cycle,
      { ...cycle, id: randomUUID(), standardSet: { ...cycle.standardSet, id: 'imroc-ten-tips' } },
    ],
    refuse: () => null,
    onArrival: () => undefined,
    onStored: () => undefined,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const address = new URL(request.url ?? '/', url);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const reply = (status: number, content: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(content === undefined ? '' : JSON.stringify(content));
    };
    const insteadOf = (instead: Instead) => {
      if (instead === 'lost') request.socket.destroy();
      else if (instead) reply(instead.status, instead.body, instead.headers);
      return instead !== undefined;
    };

    if (address.pathname === '/oauth2/token') {
      const assertion = new URLSearchParams(body).get('client_assertion') ?? '';
      const { payload, protectedHeader } = await jwtVerify(assertion, publicKey, {
        audience: tokenUrl,
        algorithms: ['RS512'],
      });
      fake.assertions.push({ header: { ...protectedHeader }, claims: { ...payload } });
      if (usedIds.has(payload.jti))
        return reply(400, {
          error: 'invalid_request',
          error_description: "Non-unique 'jti' claim in client_assertion JWT",
        });
      usedIds.add(payload.jti);
      const token = randomUUID();
      fake.tokens.add(token);
      return reply(200, {
        access_token: token,
        expires_in: String(fake.tokenLife),
        token_type: 'Bearer',
        issued_at: String(Date.now()),
      });
    }
    if (address.pathname === '/v1/cycles') return reply(200, { items: fake.cycles, next: null });
    const [, wanted, batches] =
      address.pathname.match(/^\/v1\/cycles\/([^/]+)(\/submission-batches)?$/) ?? [];
    const known = fake.cycles.find(({ id }) => id === wanted);
    if (!known) return reply(404, { code: 'not-found', title: 'Not found' });
    if (!batches) return reply(200, known);

    const { submissions } = JSON.parse(body) as { submissions: Submission[] };
    const key = String(request.headers['idempotency-key']);
    const dryRun = address.searchParams.get('dryRun') === 'true';
    const organisation = request.headers['nhsd-end-user-organisation-ods'];
    fake.requests.push({
      key,
      body,
      size: submissions.length,
      dryRun,
      organisation: organisation?.toString(),
    });
    const n = fake.requests.length;
    if (insteadOf(await fake.onArrival(n))) return;
    if (!fake.tokens.has((request.headers.authorization ?? '').replace('Bearer ', '')))
      return reply(401, { code: 'unauthenticated' });
    const before = answers.get(key);
    if (before && before.body !== body)
      return reply(409, { code: 'idempotency-key-reused', title: 'Key used before' });
    let answer = before?.reply;
    if (!answer) {
      const results = submissions.map((submission, index) => {
        const problem = fake.refuse(submission, index);
        return problem ? { index, status: 'rejected', problem } : { index, status: 'accepted' };
      });
      const accepted = submissions.filter((_, index) => results[index]?.status === 'accepted');
      answer = { accepted: accepted.length, rejected: results.length - accepted.length, results };
      if (!dryRun) {
        fake.stored.push(...accepted);
        answers.set(key, { body, reply: answer });
      }
    }
    if (insteadOf(await fake.onStored(n))) return;
    reply(200, answer);
  }

  return fake;
}

const header =
  'Comment ID,Trust,Respondent ID,Date,Service type 1,Service type 2,FFT categorical answer,FFT question,FFT answer,Comment sentiment';

/** An export in the same shape, with a comment id and a date that must never be sent. */
export function csvOf(rows: FakeRow[]): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map(
    (
      {
        respondent,
        rating = '1',
        question = 'What was good?',
        text = '',
        service = '',
        serviceGroup = '',
      },
      index,
    ) =>
      [
        `secret-comment-${index}`,
        'ABC',
        respondent,
        '02/06/2021',
        serviceGroup,
        service,
        rating,
        question,
        text,
        '1',
      ]
        .map(quote)
        .join(','),
  );
  return `\uFEFF${[header, ...lines].join('\r\n')}\r\n`;
}

/** So many respondents with two answers each; the second answers stand after all the first ones. */
export function someRows(count: number, from = 0): FakeRow[] {
  const respondents = Array.from({ length: count }, (_, index) => `respondent-${from + index}`);
  return [
    ...respondents.map((respondent) => ({
      respondent,
      text: `Thank you for the tea, said guest ${respondent}.`,
    })),
    ...respondents.map((respondent) => ({
      respondent,
      question: 'What could we do better?',
      text: `More biscuits for guest ${respondent}, please.`,
    })),
  ];
}
