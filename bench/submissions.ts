import { randomUUID } from 'node:crypto';
import { experienceCycleId } from '../dev/demo.ts';
import { compare, type Rounds } from './compare.ts';
import { kibibytes, print } from './figures.ts';
import { load, loadAtRate, type Shot } from './load.ts';
import type { Stack } from './stack.ts';
import type { WorkerProcess } from './worker-process.ts';

const BATCH_SIZE = 500;

/** Taking in submissions, one by one and in batches, beside a Worker that does the same insert and no more (bench/floor). */
export async function measureSubmissions(
  stack: Stack,
  { rounds, memorySeconds }: { rounds: Rounds; memorySeconds: number },
): Promise<void> {
  const { bytes, gzippedBytes } = stack.productBundle;
  print(`bundle: ${kibibytes(bytes)} KB, ${kibibytes(gzippedBytes)} KB gzipped (aim: 300 or less)`);
  const product = await stack.startProduct();
  const startFloor = (more: Record<string, string>) =>
    stack.startFloor('bench/floor/worker.ts', {
      DATABASE_URL: 'postgres://postgres:floor@127.0.0.1/full_circle',
      DATABASE_FETCH_ENDPOINT: stack.endpointUrl,
      ...more,
    });
  // `screening` is the floor that screens texts as well.
  const workers = {
    product,
    floor: await startFloor({}),
    screening: await startFloor({ SCREENS: 'yes' }),
  };
  const floors = { floor: 'floor', screening: 'floor that screens too' };

  const signedIn = { authorization: `Bearer ${await stack.signToken('demo-trust', product)}` };
  const one = Buffer.from(JSON.stringify(submission(1)));
  const batch = Buffer.from(
    JSON.stringify({ submissions: Array.from({ length: BATCH_SIZE }, (_, n) => submission(n)) }),
  );
  const sendOne = ({ url }: WorkerProcess): Shot => ({
    url: `${url}/v1/cycles/${experienceCycleId}/submissions`,
    headers: () => signedIn,
    body: one,
    expectedStatus: 201,
  });
  const sendBatch = ({ url }: WorkerProcess): Shot => ({
    url: `${url}/v1/cycles/${experienceCycleId}/submission-batches`,
    headers: () => ({ ...signedIn, 'idempotency-key': randomUUID() }),
    body: batch,
    expectedStatus: 200,
  });
  const sentBy = (shotAt: (worker: WorkerProcess) => Shot) => {
    const contender = (worker: WorkerProcess) => ({ worker, shot: shotAt(worker) });
    return {
      product: contender(workers.product),
      floor: contender(workers.floor),
      screening: contender(workers.screening),
    };
  };

  print(`\n${rounds.count} rounds of ${rounds.durationMs / 1000} s each, in turns; medians`);
  await compare('one submission, 16 at once', sentBy(sendOne), floors, {
    ...{ atOnce: 16, rounds, aim: 0.8 },
  });
  await compare(`a batch of ${BATCH_SIZE}, 4 at once`, sentBy(sendBatch), floors, {
    ...{ atOnce: 4, rounds, aim: 0.7 },
  });

  print('\nfixed rate of 300 submissions a second, 10 s');
  for (const [name, { shot }] of Object.entries(sentBy(sendOne))) {
    const { p50Ms, p99Ms } = await loadAtRate(shot, 300, 10_000);
    print(`  ${name.padEnd(8)} p50 ${p50Ms.toFixed(1)} ms   p99 ${p99Ms.toFixed(1)} ms`);
  }
  await measureMemory(product, sendOne(product), memorySeconds);
}

/** Resident memory every tenth of the time, under load: it must not climb. */
async function measureMemory(product: WorkerProcess, shot: Shot, seconds: number): Promise<void> {
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
