import { compare, type Rounds } from './compare.ts';
import { print } from './figures.ts';
import type { Shot } from './load.ts';
import { makeClosedCycle, type People } from './people.ts';
import { TRUST_SERVICE_COUNT, TRUST_STANDARD_COUNT } from './release.ts';
import type { Stack } from './stack.ts';
import type { WorkerProcess } from './worker-process.ts';

const PEOPLE_COUNT = 20_000;

/** A release in one of its forms. */
interface Read {
  title: string;
  path: string;
  headers: Record<string, string>;
  expectedStatus: 200 | 304;
  aim: number;
}

/**
 * Reading a numbered release again and again, beside a Worker that sends the same text and does nothing else. The database
 * cannot be reached meanwhile, so that every reply is from the memory of the Worker.
 */
export async function measureReads(stack: Stack, { rounds }: { rounds: Rounds }): Promise<void> {
  const product = await stack.startProduct();
  const releases = [
    {
      called: 'large',
      path: await released(stack, product, {
        count: PEOPLE_COUNT,
        standardCount: TRUST_STANDARD_COUNT,
        serviceCount: TRUST_SERVICE_COUNT,
        perspectiveCount: 5,
      }),
    },
    {
      called: 'small',
      path: await released(stack, product, {
        ...{ count: 1000, standardCount: 1, serviceCount: 1, perspectiveCount: 2 },
      }),
    },
  ];
  const reads: { read: Read; floor: WorkerProcess }[] = [];
  for (const { called, path } of releases)
    for (const [mediaType, form] of [
      ['application/json', 'JSON'],
      ['text/csv', 'CSV'],
    ] as const) {
      const { text, contentType, etag } = await readOnce(product, path, mediaType);
      const floor = await stack.startFloor('bench/floor/static.ts', {
        ...{ TEXT: text, CONTENT_TYPE: contentType, ETAG: etag },
      });
      const sentByFloor = await readOnce(floor, path, mediaType);
      if (sentByFloor.text !== text) throw new Error('the floor sends another text');
      const kilobytes = (Buffer.byteLength(text) / 1024).toFixed(1);
      const headers = { accept: mediaType };
      const read = { title: `a ${called} release as ${form}, ${kilobytes} KB`, path, headers };
      reads.push({ read: { ...read, expectedStatus: 200, aim: 0.7 }, floor });
      if (form === 'JSON')
        reads.push({
          read: {
            ...read,
            title: `a ${called} release that the reader has already (304)`,
            headers: { ...headers, 'if-none-match': etag },
            expectedStatus: 304,
            aim: 0.7,
          },
          floor,
        });
    }

  await stack.stopEndpoint();
  const { status } = await fetch(`${product.url}/v1/cycles`);
  if (status !== 503) throw new Error(`the database can still be reached: ${status}`);
  print('the database cannot be reached any more: every reply below is from memory');
  print(`${rounds.count} rounds of ${rounds.durationMs / 1000} s each, in turns; medians`);
  for (const { read, floor } of reads) {
    const contender = (worker: WorkerProcess) => ({ worker, shot: shotOf(read, worker) });
    await compare(
      `${read.title}, 16 at once`,
      { product: contender(product), floor: contender(floor) },
      { floor: 'floor' },
      { atOnce: 16, rounds, aim: read.aim },
    );
  }
}

function shotOf({ path, headers, expectedStatus }: Read, { url }: WorkerProcess): Shot {
  return { method: 'GET', url: `${url}${path}`, headers: () => headers, expectedStatus };
}

/** Makes a cycle and releases it. @returns where the release is read */
async function released(stack: Stack, product: WorkerProcess, people: People): Promise<string> {
  const cycleId = await makeClosedCycle(stack.database, people, new Date());
  const token = await stack.signToken('demo-admin', product);
  const reply = await fetch(`${product.url}/v1/cycles/${cycleId}/releases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dryRun: false }),
  });
  if (reply.status !== 201) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
  await reply.body?.cancel();
  return `/v1/cycles/${cycleId}/results?release=1`;
}

async function readOnce({ url }: WorkerProcess, path: string, mediaType: string) {
  const reply = await fetch(`${url}${path}`, { headers: { accept: mediaType } });
  if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}`);
  const [contentType, etag] = [reply.headers.get('content-type'), reply.headers.get('etag')];
  if (contentType === null || etag === null) throw new Error(`${path} has no ETag`);
  return { text: await reply.text(), contentType, etag };
}
