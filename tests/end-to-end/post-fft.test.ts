import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { experienceCycleId } from '../../dev/demo.ts';
import { postFft } from '../../examples/post-fft/post.ts';
import { type Service, startService } from '../support/service.ts';

/** A year of real feedback, in the folder beside the project: read here, never copied. */
const csv = resolve(import.meta.dirname, '../../../shared/data/fft-nottinghamshire-2021-22.csv');
const root = resolve(import.meta.dirname, '../..');

let service: Service;
let folder: string;
let clients: string;

beforeAll(async () => {
  await access(csv).catch(() => {
    throw new Error(`The real file is needed: ${csv}`);
  });
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'full-circle-post-fft-'));
  clients = join(folder, 'clients.json');
  const tokenUrl = `${service.url}/oauth2/token`;
  await writeFile(clients, JSON.stringify({ tokenUrl, clients: service.clients }));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await service.database.query('truncate inbox, idempotency_records');
});

async function stored() {
  const [row] = await service.database.query(`
    select count(*)::integer as count,
      count(*) filter (where as_is[1] is not null)::integer as rated,
      count(*) filter (where as_is[1] = 5)::integer as fully_positive,
      count(*) filter (where organisation = 'RHA' and cycle_id = '${experienceCycleId}')::integer as in_place
    from inbox`);
  return row;
}

function options(state: string) {
  return {
    ...{ csv, clients, state: join(folder, state), client: 'demo-trust', url: null },
    ...{ cycle: experienceCycleId, organisation: null, perspective: 'service_user' },
    ...{ batchSize: 500, dryRun: false, giveUpAfter: 30 },
  };
}

describe("a trust's real file through the real Worker", () => {
  test('stores its 1,497 responses once, and names the ten that say nothing', async () => {
    const first = await postFft(options('plain'));
    expect(first).toMatchObject({ acceptedNow: 1497, acceptedEarlier: 0, rejected: [] });
    expect(first.skipped).toHaveLength(10);
    expect(await stored()).toMatchObject({ count: 1497, in_place: 1497 });

    const again = await postFft(options('plain'));
    expect(again).toMatchObject({ acceptedNow: 0, acceptedEarlier: 1497, rejected: [] });
    expect(await stored()).toMatchObject({ count: 1497 });
  });

  test('keeps the direction of the scale: 1 is very good there, 5 is fully positive here', async () => {
    await postFft(options('direction'));
    const { parse } = await import('csv-parse/sync');
    const { readFile } = await import('node:fs/promises');
    const rows: Record<string, string>[] = parse(await readFile(csv), { columns: true });
    const veryGood = new Set(
      rows
        .filter((row) => row['FFT categorical answer'] === '1')
        .map((row) => row['Respondent ID']),
    );
    expect(await stored()).toMatchObject({ fully_positive: veryGood.size });
  });

  test('ends with exactly 1,497 when it is killed half-way, again and again, and run once more', async () => {
    let kills = 0;
    for (let storedBefore = 0; kills < 3; kills += 1) {
      const child = startPoster('killed');
      while (child.exitCode === null) {
        const count = Number((await stored())?.count);
        if (count > storedBefore) {
          storedBefore = count;
          break;
        }
        // The embedded database works on this thread: without a pause nobody else's turn comes.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      child.kill('SIGKILL');
      await once(child, 'close');
      expect(child.signalCode).toBe('SIGKILL');
      expect(storedBefore).toBeLessThan(1497);
    }
    const last = await postFft({ ...options('killed'), batchSize: 100 });
    expect(last.acceptedNow + last.acceptedEarlier).toBe(1497);
    expect(await stored()).toMatchObject({ count: 1497 });
  });
});

function startPoster(state: string): ChildProcess {
  const { cycle, client, state: stateFolder } = options(state);
  const program = [
    ...['examples/post-fft/main.ts', csv, '--cycle', cycle, '--client', client],
    ...['--clients', clients, '--state', stateFolder, '--batch-size', '20'],
  ];
  return spawn(process.execPath, program, { cwd: root, stdio: 'ignore' });
}
