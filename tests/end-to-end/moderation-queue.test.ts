import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { experienceCycleId } from '../../dev/demo.ts';
import { screen } from '../../domain/screening/screen.ts';
import { postFft } from '../../examples/post-fft/post.ts';
import { send } from '../api/support/send.ts';
import { type Service, startService } from '../support/service.ts';

/** A year of real feedback, in the folder beside the project: read here, never copied. */
const csv = resolve(import.meta.dirname, '../../../shared/data/fft-nottinghamshire-2021-22.csv');

/** The share of texts that a person has to look at twice: more would wear moderators out. */
const MAX_HELD_SHARE = 0.15;

interface QueuedText {
  id: string;
  question: string;
  text: string;
  held: boolean;
  safeguarding: boolean;
}

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'full-circle-queue-'));
  const tokenUrl = `${service.url}/oauth2/token`;
  const clients = join(folder, 'clients.json');
  await writeFile(clients, JSON.stringify({ tokenUrl, clients: service.clients }));
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every page of the queue. */
async function readQueue(): Promise<QueuedText[]> {
  const texts: QueuedText[] = [];
  for (let cursor = ''; ; ) {
    const path = `/v1/moderation/texts?cycle=${experienceCycleId}&limit=100${cursor}`;
    const { body, status } = await send(service, 'GET', path, { as: 'demo-admin' });
    expect(status).toBe(200);
    texts.push(...body.items);
    if (body.next === null) return texts;
    cursor = `&cursor=${body.next}`;
  }
}

/** What is compared: words and question, sorted, never shown when a test fails. */
const digestOf = (texts: { question: string; text: string }[]) =>
  texts.map(({ question, text }) => `${question}\n${text}`).sort();

test("a trust's whole file is taken apart, and each text is in the queue exactly once", async () => {
  const posted = await postFft({
    ...{ csv, clients: join(folder, 'clients.json'), state: join(folder, 'state') },
    ...{ client: 'demo-trust', url: null, cycle: experienceCycleId, organisation: null },
    ...{ perspective: 'service_user', batchSize: 500, dryRun: false, giveUpAfter: 30 },
  });
  expect(posted.acceptedNow).toBe(1497);
  const waiting = await service.database.query<{ question: string; text: string }>(
    `select cycles.questions -> (answer.position - 1)::integer ->> 'code' as question, answer.text
     from inbox join cycles on cycles.id = inbox.cycle_id,
       unnest(answers) with ordinality as answer (text, position)
     where answer.text is not null`,
  );
  const [rated] = await service.database.query<{ count: number }>(
    'select count(*)::integer as count from inbox where as_is[1] is not null',
  );

  await service.scheduled();
  const [counts] = await service.database.query(
    `select (select count(*) from inbox)::integer as inbox,
      (select count(*) from rating_parts)::integer as ratings,
      (select count(*) from text_parts)::integer as texts`,
  );
  expect(counts).toEqual({ inbox: 0, ratings: rated?.count, texts: waiting.length });

  const queue = await readQueue();
  expect(new Set(queue.map(({ id }) => id)).size).toBe(queue.length);
  const isSame = digestOf(queue).join('\0') === digestOf(waiting).join('\0');
  expect(isSame, 'the queue holds what came in, each text once').toBe(true);

  const rows: Record<string, string>[] = parse(await readFile(csv), { columns: true });
  const thisYear = new Date().getUTCFullYear();
  const all = queue.map(({ text }) => text).join('\n\n');
  const comments = rows
    .map((row) => (row['FFT answer'] ?? '').trim())
    .filter((text) => text !== '');
  expect(comments.length).toBeGreaterThan(2000);
  const missing = comments.filter(
    (comment) => !all.includes(screen(comment, { thisYear }).text.trim()),
  );
  expect(missing.length, 'comments of the file that are nowhere in the queue').toBe(0);

  const firstOther = queue.findIndex(({ safeguarding }) => !safeguarding);
  expect(queue.slice(firstOther).some(({ safeguarding }) => safeguarding)).toBe(false);
  const held = queue.filter((text) => text.held).length;
  console.log(
    `${queue.length} texts in the queue: ${held} held (${((100 * held) / queue.length).toFixed(1)} %), ${firstOther} for safeguarding`,
  );
  expect(held / queue.length).toBeLessThanOrEqual(MAX_HELD_SHARE);
});
