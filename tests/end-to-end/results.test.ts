import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { experienceCycleId } from '../../dev/demo.ts';
import { postFft } from '../../examples/post-fft/post.ts';
import { type Shown, send } from '../api/support/send.ts';
import { moveCycle } from '../api/support/things.ts';
import { type Service, startService } from '../support/service.ts';

/** A year of real feedback, in the folder beside the project: read here, never copied. */
const csv = resolve(import.meta.dirname, '../../../shared/data/fft-nottinghamshire-2021-22.csv');
const THRESHOLD = 10;
const ROUND_TO = 5;

let service: Service;
let folder: string;
let results: Shown[];
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'full-circle-results-'));
  const clients = join(folder, 'clients.json');
  const tokenUrl = `${service.url}/oauth2/token`;
  await writeFile(clients, JSON.stringify({ tokenUrl, clients: service.clients }));
  await postFft({
    ...{ csv, clients, state: join(folder, 'state'), client: 'demo-trust', url: null },
    ...{ cycle: experienceCycleId, organisation: null, perspective: 'service_user' },
    ...{ batchSize: 500, dryRun: false, giveUpAfter: 30 },
  });
  await moveCycle(service, experienceCycleId, 'closed');
  const released = await send(service, 'POST', `/v1/cycles/${experienceCycleId}/releases`, {
    as: 'demo-admin',
    body: { dryRun: false },
  });
  expect(released.status, released.text.slice(0, 300)).toBe(201);
  results = released.body.results;
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Answers of one group from the least of the scale, by the code of its service; `all` for everybody. */
type Counts = Map<string, number[]>;

function add(counts: Counts, key: string, answer: number): void {
  const levels = counts.get(key) ?? [0, 0, 0, 0, 0];
  levels[answer - 1] = (levels[answer - 1] ?? 0) + 1;
  counts.set(key, levels);
}

/** The file counted by itself: one answer a respondent, 1 is the best there. */
async function countFile(codes: ReadonlySet<string>): Promise<Counts> {
  const rows: Record<string, string>[] = parse(await readFile(csv), { columns: true });
  const respondents = new Map<string, { answer: number; services: Set<string> }>();
  for (const row of rows) {
    const answer = Number(row['FFT categorical answer']);
    const id = row['Respondent ID'] ?? '';
    const person = respondents.get(id) ?? { answer: 0, services: new Set<string>() };
    if (answer >= 1 && answer <= 5) person.answer = 6 - answer;
    const names = [row['Service type 2'], row['Service type 1']].map((name = '') =>
      name
        .trim()
        .toLowerCase()
        .replace(/['’]/g, '')
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
    );
    const code = names.find((name) => codes.has(name));
    person.services.add(code ?? '');
    respondents.set(id, person);
  }
  const counts: Counts = new Map();
  for (const { answer, services } of respondents.values()) {
    if (answer === 0) continue;
    add(counts, 'all', answer);
    const [only = ''] = services;
    if (services.size === 1 && only !== '') add(counts, only, answer);
  }
  return counts;
}

async function countStored(): Promise<Counts> {
  const rows = await service.database.query<{ service: string | null; answer: number }>(
    'select service, as_is[1] as answer from rating_parts where as_is[1] between 1 and 5',
  );
  const counts: Counts = new Map();
  for (const { service: code, answer } of rows) {
    add(counts, 'all', answer);
    if (code !== null) add(counts, code, answer);
  }
  return counts;
}

const sizeOf = (levels: readonly number[]) => levels.reduce((sum, count) => sum + count, 0);
const rounded = (count: number) => Math.floor(count / ROUND_TO + 0.5) * ROUND_TO;

it('what is counted of the real file is what the file says, by service and overall', async () => {
  const [row] = await service.database.query<{ services: { code: string }[] }>(
    'select services from cycles where id = $1',
    [experienceCycleId],
  );
  const codes = new Set(row?.services.map(({ code }) => code));
  const [file, stored] = [await countFile(codes), await countStored()];
  expect(sizeOf(stored.get('all') ?? [])).toBeGreaterThan(1300);
  expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(file));
});

it('what is shown is that, rounded; what is too small is hidden, and so much more that it stays so', async () => {
  const stored = await countStored();
  const rows = results.filter(({ perspective }) => perspective === 'all');
  expect(rows.length).toBe(29);
  for (const { service: code, suppressed, count, asIs } of rows) {
    const levels = stored.get(code ?? 'all') ?? [0, 0, 0, 0, 0];
    if (sizeOf(levels) < THRESHOLD) expect(suppressed, String(code)).toBe(true);
    if (suppressed) expect({ count, asIs }).toEqual({ count: null, asIs: null });
    else {
      expect(count).toBe(rounded(sizeOf(levels)));
      expect(asIs.distribution).toEqual(levels.map(rounded));
    }
  }
  const hidden = rows.filter(({ suppressed }) => suppressed);
  console.log(`${rows.length - hidden.length} services and totals shown, ${hidden.length} hidden`);
  expect(hidden.length).toBeGreaterThan(1);
  expect(rows.length - hidden.length).toBeGreaterThan(10);
});

it('a hidden service cannot be worked out from the total and the services that are shown', async () => {
  const stored = await countStored();
  const rows = results.filter(({ perspective }) => perspective === 'all');
  const total = sizeOf(stored.get('all') ?? []);
  // Even whoever knew every shown count exactly would have that many people left over for the hidden ones.
  const shown = rows.filter(({ service: code, suppressed }) => code !== null && !suppressed);
  const left = total - shown.reduce((sum, row) => sum + sizeOf(stored.get(row.service) ?? []), 0);
  expect(left).toBeGreaterThanOrEqual(THRESHOLD);
});
