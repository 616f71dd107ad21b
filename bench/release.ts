import { sql } from 'drizzle-orm';
import * as schema from '../db/schema/index.ts';
import type { Database } from '../dev/database.ts';
import { mebibytes, median, print } from './figures.ts';
import { openHeapWatch } from './heap.ts';
import { makeClosedCycle, type People } from './people.ts';
import type { Stack } from './stack.ts';
import type { WorkerProcess } from './worker-process.ts';

/** What a service of a middling trust may ask: twelve standards of forty services. */
export const TRUST_STANDARD_COUNT = 12;
export const TRUST_SERVICE_COUNT = 40;

/** Of the platform: processor time of a request unless configured otherwise, and memory of an isolate. */
const PROCESSOR_LIMIT_MS = 30_000;
const MEMORY_LIMIT_MEBIBYTES = 128;

const AGGREGATE_RUNS = 3;

/** Releasing the results of very many people in one request, beside the bare aggregate that it cannot do without. */
export async function measureRelease(
  stack: Stack,
  { peopleCount, perspectiveCount }: { peopleCount: number; perspectiveCount: number },
): Promise<void> {
  const { database } = stack;
  const people: People = {
    count: peopleCount,
    standardCount: TRUST_STANDARD_COUNT,
    serviceCount: TRUST_SERVICE_COUNT,
    perspectiveCount,
  };
  const madeAt = performance.now();
  const cycleId = await makeClosedCycle(database, people, new Date());
  print(
    `${peopleCount.toLocaleString('en-GB')} people, ${people.standardCount} standards, ${perspectiveCount} perspectives, ${people.serviceCount} services (made in ${secondsSince(madeAt)} s)`,
  );

  const aggregateBefore = await timeAggregate(database, cycleId);
  // By itself first: with an inspector a Worker might be slower.
  const alone = await stack.startProduct();
  await release(stack, alone, cycleId, people, true);
  const { seconds } = await release(stack, alone, cycleId, people, false);
  await alone.stop();
  const aggregateAfter = await timeAggregate(database, cycleId);
  const aggregateSeconds = median([...aggregateBefore, ...aggregateAfter]);
  print(
    `  the bare aggregate: ${aggregateSeconds.toFixed(2)} s (before: ${listed(aggregateBefore)}; after: ${listed(aggregateAfter)})`,
  );
  print(
    `  ratio     the release takes ${(seconds / aggregateSeconds).toFixed(2)} times as long as the bare aggregate`,
  );

  print('\nonce more, on a Worker whose heap is watched');
  await takeBack(database, cycleId);
  const heap = await openHeapWatch();
  const watched = await stack.startProduct(heap.workerOptions);
  for (const dryRun of [true, false]) {
    const { before, peak, sampleCount, collectionCount } = await heap.during(() =>
      release(stack, watched, cycleId, people, dryRun),
    );
    print(
      `    heap of the isolate, MiB: ${mebibytes(before.used)} in use before, ${mebibytes(peak.used)} at most; ${mebibytes(peak.reserved)} reserved at most (limit of the platform: ${MEMORY_LIMIT_MEBIBYTES}; ${sampleCount} samples, ${collectionCount} collections)`,
    );
  }
}

/** Sends one request, prints what it took, and looks whether the reply can be right. */
async function release(
  stack: Stack,
  product: WorkerProcess,
  cycleId: string,
  people: People,
  dryRun: boolean,
): Promise<{ seconds: number }> {
  const token = await stack.signToken('demo-admin', product);
  const residentBefore = await product.residentMebibytes();
  const processorMsBefore = await product.processorMs();
  const startedAt = performance.now();
  const reply = await fetch(`${product.url}/v1/cycles/${cycleId}/releases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dryRun }),
  });
  const text = await reply.text();
  const seconds = (performance.now() - startedAt) / 1000;
  const processorMs = (await product.processorMs()) - processorMsBefore;
  const { shown, hidden } = checkedCounts(reply.status, text, people, dryRun);
  print(
    `  ${dryRun ? 'dry run' : 'release'}   ${seconds.toFixed(2)} s   ${processorMs} ms of the Worker's processor time (limit of the platform: ${PROCESSOR_LIMIT_MS})   resident memory ${residentBefore.toFixed(0)} MiB before, ${(await product.peakResidentMebibytes()).toFixed(0)} at most   ${shown} rows shown, ${hidden} hidden   ${(text.length / 1024).toFixed(0)} KB`,
  );
  return { seconds };
}

/** @throws Error where it is not the release of such a cycle: every group has a row, and some are too small */
function checkedCounts(
  status: number,
  text: string,
  { standardCount, serviceCount, perspectiveCount }: People,
  dryRun: boolean,
): { shown: number; hidden: number } {
  if (status !== (dryRun ? 200 : 201)) throw new Error(`answered ${status}: ${text.slice(0, 500)}`);
  const body = JSON.parse(text);
  const results = body.results as { suppressed: boolean }[];
  const hidden = dryRun
    ? body.hidden.length
    : results.filter(({ suppressed }) => suppressed).length;
  const shown = dryRun ? body.shown : results.length - hidden;
  const expected = (serviceCount + 1) * (perspectiveCount + 1) * standardCount;
  if (shown + hidden !== expected || shown === 0 || hidden === 0)
    throw new Error(`${expected} rows expected, some of them hidden: ${shown} and ${hidden}`);
  return { shown, hidden };
}

/** The statement inside of `count_ratings`, as the owner and without asking who may. */
async function timeAggregate({ drizzle }: Database, cycleId: string): Promise<number[]> {
  const count = (measure: string) =>
    sql.raw(
      [1, 2, 3, 4, 5]
        .map((answer) => `count(*) filter (where rating.${measure} = ${answer})::integer`)
        .join(', '),
    );
  const seconds: number[] = [];
  for (let run = 0; run < AGGREGATE_RUNS; run += 1) {
    const startedAt = performance.now();
    await drizzle.execute(sql`
      select part.organisation, part.service, part.perspective, rating.position::integer, array[${count('as_is')}], array[${count('to_be')}]
      from ${schema.ratingParts} as part, unnest(part.as_is, part.to_be) with ordinality as rating (as_is, to_be, position)
      where part.cycle_id = ${cycleId}::uuid
      group by part.organisation, part.service, part.perspective, rating.position`);
    seconds.push((performance.now() - startedAt) / 1000);
  }
  return seconds;
}

/** As if nothing had been released, which only the owner can do. */
async function takeBack({ drizzle }: Database, cycleId: string): Promise<void> {
  await drizzle.execute(sql`delete from ${schema.releases} where cycle_id = ${cycleId}::uuid`);
  await drizzle.execute(
    sql`update ${schema.cycles} set released_at = null where id = ${cycleId}::uuid`,
  );
}

function secondsSince(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(0);
}

function listed(seconds: readonly number[]): string {
  return seconds.map((each) => each.toFixed(2)).join(' ');
}
