import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeService, someRows, startFakeService } from './fake-service.ts';

let service: FakeService;
beforeEach(async () => {
  service = await startFakeService();
});
afterEach(() => service.stop());

const root = resolve(import.meta.dirname, '../..');

/** The real program in a process of its own. */
function start(csv: string, ...more: string[]) {
  const { clients, state } = service.options(csv);
  const args = [
    'examples/post-fft/main.ts',
    csv,
    '--url',
    service.url,
    '--clients',
    clients,
    '--state',
    state,
    '--batch-size',
    '10',
    ...more,
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }));
  return { child, ended };
}

describe('killed at any moment and run again, every response is stored exactly once', () => {
  test.each([
    ['before anything of the first batch is stored', 'onArrival', 1],
    ['when the first batch is stored and not answered', 'onStored', 1],
    ['when the third batch is stored and not answered', 'onStored', 3],
    ['when the last batch is stored and not answered', 'onStored', 5],
  ] as const)('%s', async (_, moment, request) => {
    const csv = await service.writeCsv(someRows(50));
    const first = start(csv);
    service[moment] = async (n) => {
      if (n !== request) return undefined;
      first.child.kill('SIGKILL');
      await first.ended;
      return 'lost';
    };
    expect((await first.ended).signal).toBe('SIGKILL');
    // The file grew before anybody noticed.
    const grown = await service.writeCsv([...someRows(50), ...someRows(6, 50)]);
    const { code, stdout } = await start(grown).ended;
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^accepted 56\b/),
    });
    const texts = service.stored.flatMap(({ answers = [] }) => answers.map(({ text }) => text));
    expect(service.stored).toHaveLength(56);
    expect(new Set(texts).size).toBe(112);
  });

  test('at moments that nobody chose', async () => {
    const csv = await service.writeCsv(someRows(200));
    let killed = 0;
    for (let after = 0; after < 3; after += 1) {
      const run = start(csv, '--batch-size', '2');
      const before = service.requests.length;
      // Somewhere after some requests, wherever writing, sending or reading happens to be.
      while (service.requests.length < before + 8 && run.child.exitCode === null)
        await new Promise((done) => setTimeout(done, 1));
      await new Promise((done) => setTimeout(done, Math.random() * 4));
      run.child.kill('SIGKILL');
      if ((await run.ended).signal === 'SIGKILL') killed += 1;
    }
    expect(killed).toBeGreaterThan(0);
    expect((await start(csv).ended).code).toBe(0);
    expect(service.stored).toHaveLength(200);
    expect(new Set(service.stored.map(({ answers = [] }) => answers[0]?.text)).size).toBe(200);
  });
});

describe('the command line', () => {
  test('exit 0, progress by the batch, and the three figures', async () => {
    const rows = [...someRows(12), { respondent: 'quiet', rating: '7' }];
    const { code, stdout, stderr } = await start(await service.writeCsv(rows)).ended;
    expect(code).toBe(0);
    expect(stdout).toBe(
      'accepted 12\nrejected 0\nskipped 1 (neither a rating nor a text: row 26)\n',
    );
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('posting to "How was your experience?"'),
      expect.stringMatching(/^batch 1: 10 accepted, 0 rejected/),
      expect.stringMatching(/^batch 2: 2 accepted, 0 rejected; 13 of 13 responses done/),
    ]);
  });

  test('exit 2 with rows when something is rejected, and no comment in any output', async () => {
    const text = 'Such a lovely long letter. '.repeat(200);
    const { code, stdout, stderr } = await start(
      await service.writeCsv([...someRows(3), { respondent: 'writer', text }]),
    ).ended;
    expect(code).toBe(2);
    expect(stdout).toContain(
      'accepted 3\nrejected 1\n  row 8: the text has 5399 characters, at most 4000 are taken\n',
    );
    expect(stdout + stderr).not.toMatch(/lovely|tea|biscuits/);
  });

  test('exit 1 with one sentence when it cannot go on', async () => {
    const csv = await service.writeCsv(someRows(1));
    service.onArrival = () => ({ status: 503 });
    const [nowhere, gaveUp, unknown, many] = await Promise.all([
      start('nowhere.csv').ended,
      start(csv, '--give-up-after', '1').ended,
      start(csv, '--colour').ended,
      start(csv, '--batch-size', '501').ended,
    ]);
    expect(nowhere).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'post-fft: cannot read nowhere.csv: no such file\n',
    });
    expect(gaveUp).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/post-fft: batch 1: gave up after .*HTTP 503.*\n$/),
    });
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("'--colour'") });
    expect(many).toMatchObject({
      code: 1,
      stderr: 'post-fft: --batch-size must be a whole number from 1 to 500\n',
    });
  });

  test('--help', async () => {
    expect(await start('--help').ended).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('npm run post:fft -- <csv>'),
    });
  });
});
