import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../dev/database.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import { deriveHandles, makeReceipt } from '../../domain/receipt.ts';
import { send } from '../api/support/send.ts';
import { countInbox, moveCycle, openCycle, postBatch } from '../api/support/things.ts';
import { ownerAccess } from '../support/database.ts';
import { type Service, startService } from '../support/service.ts';
import { ask } from '../support/workshop.ts';
import { InboxUnderTest, steps } from './support/interleavings.ts';
import {
  kill,
  slowDownFlushes,
  statements,
  untilFlushing,
  whileTakersDie,
} from './support/killing.ts';
import { exactlyOnce, numbered, storedParts } from './support/numbered.ts';
import { cycleForPeople } from './support/people.ts';
import { sendSlowly } from './support/slow.ts';

/*
 * Whatever dies, and whoever meets whom: each submission is stored once, whole, and taken apart only in company.
 */

let service: Service;
beforeAll(async () => {
  service = await startService({ database: 'server' });
  await slowDownFlushes(service);
  // Signed in before anything is broken on purpose.
  await service.token('demo-trust');
});
afterAll(() => service?.stop());

let cycleId: string;
beforeEach(async () => {
  ({ id: cycleId } = await openCycle(service, cycleForPeople));
});

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const submissionsPath = () => `/v1/cycles/${cycleId}/submissions`;

/** Flushes as the schedule does. Rejects when the database or its answer is lost. */
const flush = () => service.scheduled();

/** Sends a submission until it is answered, as a form does that made the receipt itself. */
async function sendUntilStored(person: number): Promise<void> {
  const receipt = makeReceipt(crypto.getRandomValues(new Uint8Array(20)));
  const body = { ...numbered(person), receiptHandles: await deriveHandles(receipt) };
  for (;;) {
    const { status, text } = await send(service, 'POST', submissionsPath(), { body });
    if (status === 201) return;
    if (status < 500) throw new Error(`refused with ${status}: ${text}`);
  }
}

/** Sends a batch until it is answered, each time with the same key. */
async function sendBatchUntilStored(people: number[]): Promise<void> {
  const key = randomUUID();
  for (;;) {
    const { status, body, text } = await postBatch(service, cycleId, people.map(numbered), { key });
    if (status === 200 && body.accepted === people.length) return;
    if (status < 500) throw new Error(`refused with ${status}: ${text.slice(0, 500)}`);
  }
}

/** How many were taken apart together, flush by flush: the rows of a flush share a transaction. */
async function flushSizes(): Promise<number[]> {
  const rows = await service.database.query<{ size: number }>(
    'select count(*)::int as size from rating_parts where cycle_id = $1 group by xmin::text',
    [cycleId],
  );
  return rows.map(({ size }) => size);
}

describe('nothing is lost and nothing doubled', () => {
  it('when whoever takes in or takes apart dies in the middle, and answers are lost', async () => {
    const rounds = 9;
    const perRound = 35;
    let killedFlushCount = 0;
    const killedTakerCount = await whileTakersDie(service, async () => {
      for (let round = 0; round < rounds; round += 1) {
        const first = round * perRound;
        await sendBatchUntilStored(range(first, 20));
        const flushing = flush().catch(() => {});
        const sending = [
          sendBatchUntilStored(range(first + 20, 10)),
          ...range(first + 30, 5).map(sendUntilStored),
        ];
        if (round % 3 !== 0) {
          await untilFlushing(service);
          await sleep(Math.random() * 100);
          killedFlushCount += await kill(service, statements.flush);
        }
        await Promise.all([...sending, flushing]);
      }
    });
    expect(killedTakerCount).toBeGreaterThan(0);
    expect(killedFlushCount).toBeGreaterThanOrEqual(rounds / 3);

    const people = range(0, rounds * perRound);
    expect(await storedParts(service, cycleId)).toEqual(exactlyOnce(people));
    await flush();
    expect(await storedParts(service, cycleId)).toEqual(exactlyOnce(people));
    expect(await countInbox(service, cycleId)).toBeLessThan(flushRule.minWaitingCount);
    expect(Math.min(...(await flushSizes()))).toBeGreaterThanOrEqual(flushRule.minWaitingCount);
  }, 60_000);

  it('when the flush has done its work and only its answer is lost', async () => {
    await sendBatchUntilStored(range(0, 20));
    service.endpoint.faults.answersToLose = 1;
    await expect(flush()).rejects.toThrow();
    expect(await flushSizes()).toEqual([20]);
    await flush();
    expect(await storedParts(service, cycleId)).toEqual(exactlyOnce(range(0, 20)));
  });
});

describe('while a cycle is open, fewer than twenty are never taken apart', () => {
  it('by a flush that finds nineteen', async () => {
    await sendBatchUntilStored(range(0, 19));
    await flush();
    expect(await countInbox(service, cycleId)).toBe(19);
    expect(await flushSizes()).toEqual([]);
  });

  it('by a second flush that meets a first one, and newcomers', async () => {
    await sendBatchUntilStored(range(0, 25));
    const first = flush();
    await untilFlushing(service);
    await sendBatchUntilStored(range(25, 5));
    await Promise.all([first, flush(), flush()]);
    expect(await storedParts(service, cycleId)).toEqual(exactlyOnce(range(0, 30)));
    for (const size of await flushSizes())
      expect(size).toBeGreaterThanOrEqual(flushRule.minWaitingCount);
  });
});

describe('closing', () => {
  it('leaves nothing behind, whoever is on their way in: they are refused, or taken apart', async () => {
    await sendBatchUntilStored(range(0, 25));
    const answers = new Map<number, number>();
    let isClosed = false;
    const sender = async (first: number) => {
      for (let person = first; !isClosed; person += 8) {
        const sent = await send(service, 'POST', submissionsPath(), { body: numbered(person) });
        answers.set(person, sent.status);
      }
    };
    const sending = Promise.all(range(100, 8).map(sender));
    await sleep(100);
    // The schedule does not wait for them either.
    await Promise.all([moveCycle(service, cycleId, 'closed'), flush()]);
    isClosed = true;
    await sending;

    const statuses = new Set(answers.values());
    expect(statuses).toEqual(new Set([201, 409]));
    const stored = [...answers].filter(([, status]) => status === 201).map(([person]) => person);
    expect(await storedParts(service, cycleId)).toEqual(exactlyOnce([...range(0, 25), ...stored]));
    expect(await countInbox(service, cycleId)).toBe(0);
  });

  it.each([
    ['submissions', numbered(7)],
    ['submission-batches', { submissions: [numbered(7)] }],
  ])('leaves nothing behind of somebody who was slow to send to /%s', async (resource, body) => {
    const slow = await sendSlowly(service, `/v1/cycles/${cycleId}/${resource}`, body);
    // So long that it has begun before the second at which the cycle closes.
    await sleep(1_100);
    await moveCycle(service, cycleId, 'closed');
    const status = await slow.finish();
    expect(await countInbox(service, cycleId)).toBe(0);
    const people = status === 409 ? [] : [7];
    expect(await storedParts(service, cycleId)).toEqual(exactlyOnce(people));
  });
});

describe('somebody with a receipt', () => {
  const use = (what: 'status' | 'withdrawal', receipt: string) =>
    send(service, 'POST', `/v1/receipts/${what}`, { body: { receipt } });
  const sendWithReceipt = async (person: number): Promise<string> => {
    const { body } = await send(service, 'POST', submissionsPath(), { body: numbered(person) });
    return body.receipt;
  };

  it('is known at every moment of a flush', async () => {
    await sendBatchUntilStored(range(0, 30));
    const receipt = await sendWithReceipt(30);
    const ask = async () => (await use('status', receipt)).body.status;
    const said = [await ask()];
    let isDone = false;
    const flushing = flush().then(() => {
      isDone = true;
    });
    while (!isDone) said.push(await ask());
    await flushing;
    said.push(await ask());
    expect([said.at(0), said.at(-1)]).toEqual(['received', 'in_moderation']);
    expect(new Set(said)).toEqual(new Set(['received', 'in_moderation']));
  });

  it('can withdraw everything while it is being taken apart', async () => {
    await sendBatchUntilStored(range(0, 25));
    const receipt = await sendWithReceipt(25);
    const flushing = flush();
    await untilFlushing(service);
    expect((await use('withdrawal', receipt)).status).toBe(200);
    await flushing;
    expect(await storedParts(service, cycleId)).toEqual(exactlyOnce(range(0, 25)));
    expect((await use('status', receipt)).status).toBe(404);
  });
});

describe('in whatever order people come, withdraw and are taken apart,', () => {
  let database: Database;
  beforeAll(async () => {
    const { path } = await ask(inject('run').workshopUrl, '/template');
    database = await openDatabase({ template: new Blob([await readFile(path)]) });
  });
  afterAll(() => database?.close());

  it('each part is stored once until it is withdrawn, and less than twenty leave only at the end', async () => {
    const owner = ownerAccess(database);
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const inbox = await InboxUnderTest.open(owner);
        for (const step of taken) {
          const organisations = ['RHA', 'RV3'];
          const before = await Promise.all(organisations.map((each) => inbox.counts(each)));
          await inbox.take(step);
          const after = await Promise.all(organisations.map((each) => inbox.counts(each)));
          expect(await inbox.stored()).toEqual(inbox.expected);
          for (const [index, { apart, waiting }] of after.entries()) {
            const added = apart - (before[index]?.apart ?? 0);
            if (inbox.isClosed) expect(waiting).toBe(0);
            else if (added > 0) expect(added).toBeGreaterThanOrEqual(flushRule.minWaitingCount);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
