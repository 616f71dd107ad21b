/**
 * `npm run bench`: the product beside the floor (bench/floor), both under `workerd serve`, on one real PostgreSQL, in
 * alternating rounds of one run. Read the ratios: absolute figures drift with the machine.
 * `npm run bench -- --seconds 3 --rounds 5 --memory 60`
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AccessTokens } from '../api/http/access-token.ts';
import { workerBindings } from '../dev/bindings.ts';
import { openDatabase } from '../dev/database.ts';
import { experienceCycleId } from '../dev/demo.ts';
import { createClients, createSecrets, registered } from '../dev/keys.ts';
import { freePort, startPostgres } from '../dev/postgres.ts';
import { seed } from '../dev/seed.ts';
import type { Scope } from '../domain/vocabulary.ts';
import { type LoadResult, load, loadAtRate, type Shot } from './load.ts';
import { bundle, startWorkerd, type WorkerProcess } from './worker-process.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    memory: { type: 'string', default: '60' },
  },
});
const roundMs = Number(options.seconds) * 1000;
const rounds = Number(options.rounds);
const BATCH_SIZE = 500;

const undo: (() => Promise<unknown>)[] = [];
try {
  await run();
} finally {
  for (const stop of undo.reverse()) await stop().catch(() => {});
}
// Connections that workerd left open would keep this process.
process.exit();

async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'full-circle-bench-'));
  undo.push(() => rm(directory, { recursive: true, force: true }));
  const [productBundle, floorBundle] = [
    await bundle('worker.ts', join(directory, 'product')),
    await bundle('bench/floor/worker.ts', join(directory, 'floor')),
  ];
  print(
    `bundle: ${kilobytes(productBundle.bytes)} KB, ${kilobytes(productBundle.gzippedBytes)} KB gzipped (aim: 250 or less)`,
  );

  const clients = await createClients();
  const secrets = await createSecrets();
  const postgres = await startPostgres({ durable: true });
  undo.push(postgres.stop);
  await postgres.createDatabase('bench');
  const database = await openDatabase({ url: postgres.url('bench'), connections: 2 });
  await database.migrate(fileURLToPath(new URL('../db/migrations', import.meta.url)));
  await seed(database.drizzle, { now: new Date(), clients: clients.map(registered) });
  undo.push(database.close);
  const endpointUrl = await startEndpoint(postgres.url('bench'));

  const startProduct = async (): Promise<WorkerProcess> => {
    const port = await freePort();
    const serviceUrl = `http://127.0.0.1:${port}`;
    const { vars, secrets: hidden } = workerBindings({ serviceUrl, endpointUrl, secrets });
    return startWorkerd(productBundle, port, { ...vars, ...hidden });
  };
  const product = await startProduct();
  undo.push(product.stop);
  const startFloor = async (more: Record<string, string>): Promise<WorkerProcess> => {
    const floor = await startWorkerd(floorBundle, await freePort(), {
      DATABASE_URL: 'postgres://postgres:floor@127.0.0.1/full_circle',
      DATABASE_FETCH_ENDPOINT: endpointUrl,
      ...more,
    });
    undo.push(floor.stop);
    return floor;
  };
  const floor = await startFloor({});
  const screeningFloor = await startFloor({ SCREENS: 'yes' });

  const trust = clients[0];
  if (trust === undefined) throw new Error('the demonstration has clients');
  // Signed here: there are no rate limits under `workerd serve`, and the token endpoint would ask for one.
  const { clientId, organisations, scopes } = trust;
  const principal = { clientId, clientVersion: 1, organisations, scopes: scopes as Scope[] };
  const tokens = new AccessTokens(secrets.tokenSigningKey, product.url);
  const token = await tokens.issue(principal, new Date());

  const one = Buffer.from(JSON.stringify(submission(1)));
  const batch = Buffer.from(
    JSON.stringify({ submissions: Array.from({ length: BATCH_SIZE }, (_, n) => submission(n)) }),
  );
  const path = `/v1/cycles/${experienceCycleId}`;
  const signedIn = { authorization: `Bearer ${token}` };
  const keyed = () => ({ ...signedIn, 'idempotency-key': randomUUID() });
  const shots = (worker: WorkerProcess): { one: Shot; batch: Shot } => ({
    one: {
      url: `${worker.url}${path}/submissions`,
      headers: () => signedIn,
      body: one,
      expectedStatus: 201,
    },
    batch: {
      url: `${worker.url}${path}/submission-batches`,
      headers: keyed,
      body: batch,
      expectedStatus: 200,
    },
  });
  const workers = { product, floor, screening: screeningFloor };
  const contenders = {
    product: shots(product),
    floor: shots(floor),
    screening: shots(screeningFloor),
  };

  print(`\n${rounds} rounds of ${options.seconds} s each, in turns; medians`);
  await compare('one submission, 16 at once', 'one', 16, contenders, workers, 0.8);
  await compare(`a batch of ${BATCH_SIZE}, 4 at once`, 'batch', 4, contenders, workers, 0.7);

  print('\nfixed rate of 300 submissions a second, 10 s');
  for (const [name, contender] of Object.entries(contenders)) {
    const { p50Ms, p99Ms } = await loadAtRate(contender.one, 300, 10_000);
    print(`  ${name.padEnd(8)} p50 ${p50Ms.toFixed(1)} ms   p99 ${p99Ms.toFixed(1)} ms`);
  }
  await measureMemory(product, contenders.product.one);
}

/** `screening` is the floor that screens texts as well. */
type Name = 'product' | 'floor' | 'screening';
type Contenders = Record<Name, { one: Shot; batch: Shot }>;

async function compare(
  title: string,
  kind: 'one' | 'batch',
  atOnce: number,
  contenders: Contenders,
  workers: Record<Name, WorkerProcess>,
  aim: number,
): Promise<void> {
  const names = Object.keys(contenders) as Name[];
  for (const name of names) await load(contenders[name][kind], atOnce, 1000);
  const results: Record<Name, LoadResult[]> = { product: [], floor: [], screening: [] };
  const processorMs = { product: 0, floor: 0, screening: 0 };
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) {
      const before = await workers[name].processorMs();
      results[name].push(await load(contenders[name][kind], atOnce, roundMs));
      processorMs[name] += (await workers[name].processorMs()) - before;
    }
  print(`\n${title}`);
  for (const name of names) {
    const measured = results[name];
    const count = measured.reduce((sum, result) => sum + result.count, 0);
    print(
      `  ${name.padEnd(9)} ${median(measured.map(({ perSecond }) => perSecond)).toFixed(0)} requests/s   p50 ${median(measured.map(({ p50Ms }) => p50Ms)).toFixed(1)} ms   ${(processorMs[name] / count).toFixed(2)} ms of the Worker's processor time each`,
    );
  }
  for (const name of ['floor', 'screening'] as const) {
    const ratios = results.product.map(
      ({ perSecond }, round) => perSecond / (results[name][round]?.perSecond ?? Number.NaN),
    );
    print(
      `  ratio     ${median(ratios).toFixed(2)} of the ${name === 'floor' ? 'floor' : 'floor that screens too'} (rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}; aim: ${aim} or better)`,
    );
  }
}

/** Resident memory every tenth of the time, under load: it must not climb. */
async function measureMemory(product: WorkerProcess, shot: Shot): Promise<void> {
  const seconds = Number(options.memory);
  if (seconds === 0) return;
  const samples: number[] = [];
  const sampling = setInterval(
    async () => samples.push(await product.residentMebibytes()),
    seconds * 100,
  );
  await load(shot, 16, seconds * 1000);
  clearInterval(sampling);
  print(
    `\nresident memory over ${seconds} s of load, MiB: ${samples.map((sample) => sample.toFixed(0)).join(' ')}`,
  );
}

async function startEndpoint(databaseUrl: string): Promise<string> {
  const child = fork(fileURLToPath(new URL('./endpoint.ts', import.meta.url)), [databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  undo.push(async () => child.kill());
  for await (const line of child.stdout ?? []) return String(line).trim();
  throw new Error('the endpoint did not start');
}

/** Invented, of the size that a real one has. */
function submission(number: number) {
  return {
    perspective: 'service_user',
    organisation: 'RHA',
    service: 'adult-mental-health',
    ratings: [{ standard: 'overall-experience', asIs: 1 + (number % 5) }],
    answers: [
      {
        question: 'what-good',
        text: `Everybody was kind and had time for me (${number}). I knew whom to ask, and somebody rang me the week after to see how things were.`,
      },
      {
        question: 'could-improve',
        text: 'A quiet place to sit while waiting would have helped a lot.',
      },
    ],
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
