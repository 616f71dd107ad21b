import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postFft } from '../../examples/post-fft/post.ts';
import { exitCode, reportLines } from '../../examples/post-fft/report.ts';
import { cycle, cycleId, type FakeService, someRows, startFakeService } from './fake-service.ts';

let service: FakeService;
beforeEach(async () => {
  service = await startFakeService();
});
afterEach(() => service.stop());

/** Nobody waits in tests. */
const quick = { clock: { now: Date.now, random: () => 0, sleep: async () => {} } };

/** Texts that are stored; one that is there twice was posted twice. */
const texts = () =>
  service.stored.flatMap(({ answers = [] }) => answers.map(({ text }) => text)).sort();

describe('nothing is stored twice', () => {
  test('by a second run over the same file: it sends nothing at all', async () => {
    const options = service.options(await service.writeCsv(someRows(25)), { batchSize: 10 });
    const first = await postFft(options);
    expect(first).toMatchObject({ acceptedNow: 25, acceptedEarlier: 0 });
    expect(service.requests.map(({ size }) => size)).toEqual([10, 10, 5]);
    const second = await postFft(options);
    expect(second).toMatchObject({ acceptedNow: 0, acceptedEarlier: 25 });
    expect(service.requests).toHaveLength(3);
    expect(reportLines(second)[0]).toBe('accepted 25 (0 now, 25 by earlier runs)');
  });

  test('by a run over the file after it has grown: only the new responses go', async () => {
    await postFft(service.options(await service.writeCsv(someRows(25)), { batchSize: 10 }));
    const grown = [...someRows(25), ...someRows(13, 25)];
    expect(
      await postFft(service.options(await service.writeCsv(grown), { batchSize: 7 })),
    ).toMatchObject({ acceptedNow: 13, acceptedEarlier: 25 });
    expect(service.stored).toHaveLength(38);
    expect(new Set(texts()).size).toBe(2 * 38);
  });

  test('when the progress is lost and the file is the same: the same keys and bodies go, which the service knows', async () => {
    const options = service.options(await service.writeCsv(someRows(25)), { batchSize: 10 });
    await postFft(options);
    await rm(options.state, { recursive: true });
    expect(await postFft(options)).toMatchObject({ acceptedNow: 25, acceptedEarlier: 0 });
    expect(service.requests.slice(3)).toEqual(service.requests.slice(0, 3));
    expect(service.stored).toHaveLength(25);
  });

  test('when answers are lost before or after storing', async () => {
    service.onArrival = (n) => (n % 3 === 1 ? 'lost' : undefined);
    service.onStored = (n) => (n % 3 === 2 ? 'lost' : undefined);
    expect(
      await postFft(
        service.options(await service.writeCsv(someRows(40)), { batchSize: 10 }),
        quick,
      ),
    ).toMatchObject({ acceptedNow: 40 });
    expect(service.stored).toHaveLength(40);
    expect(service.requests).toHaveLength(12);
  });

  test("when the client's key is replaced between two runs", async () => {
    const options = service.options(await service.writeCsv(someRows(25)), { batchSize: 10 });
    await postFft(options);
    const clients = JSON.parse(await readFile(options.clients, 'utf8'));
    for (const client of clients.clients)
      client.privateJwk = {
        ...client.privateJwk,
        d: `${client.privateJwk.d}`.split('').reverse().join(''),
      };
    await writeFile(options.clients, JSON.stringify(clients));
    expect(await postFft(options)).toMatchObject({ acceptedNow: 0, acceptedEarlier: 25 });
  });

  test('whatever fails, and wherever, before the last run succeeds', async () => {
    const fault = fc.constantFrom('lost', 'lost after', 'refused', 'none');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 }),
        async (faults, sizes) => {
          const round = await startFakeService();
          try {
            round.onArrival = (n) =>
              faults[n - 1] === 'refused'
                ? { status: 400, body: { code: 'validation-failed' } }
                : faults[n - 1] === 'lost'
                  ? 'lost'
                  : undefined;
            round.onStored = (n) => (faults[n - 1] === 'lost after' ? 'lost' : undefined);
            // The file grows and the batch size changes between runs; each run gives up at its first failure.
            const impatient = { clock: { ...quick.clock, random: () => 1 } };
            for (const [run, batchSize] of [...sizes, ...faults.map(() => 3), 3].entries()) {
              const csv = await round.writeCsv(someRows(Math.min(20, 5 + 5 * run)));
              await postFft(round.options(csv, { batchSize, giveUpAfter: 0 }), impatient).catch(
                () => {},
              );
            }
            const csv = await round.writeCsv(someRows(20));
            await postFft(round.options(csv, { giveUpAfter: 0 }), impatient);
            const stored = round.stored.flatMap(({ answers = [] }) =>
              answers.map(({ text }) => text),
            );
            expect(stored).toHaveLength(40);
            expect(new Set(stored).size).toBe(40);
          } finally {
            await round.stop();
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe('a batch without an answer, and a file that changed meanwhile', () => {
  /** The service stores one batch of ten; the answer never comes. */
  async function interrupted() {
    service.onStored = () => 'lost';
    const csv = await service.writeCsv(someRows(10));
    await expect(
      postFft(service.options(csv, { giveUpAfter: 0 }), {
        clock: { ...quick.clock, random: () => 1 },
      }),
    ).rejects.toThrow('gave up');
    service.onStored = () => undefined;
    expect(service.stored).toHaveLength(10);
  }

  test('edited rows stay as the service has them, and the report says so', async () => {
    await interrupted();
    const edited = someRows(10).map((row, index) =>
      index === 0 ? { ...row, text: 'Another thought.' } : row,
    );
    const report = await postFft(service.options(await service.writeCsv(edited)), quick);
    expect(report).toMatchObject({ acceptedNow: 10, acceptedEarlier: 0, changed: [[2, 12]] });
    expect(service.stored).toHaveLength(10);
    expect(texts()).not.toContain('Another thought.');
    expect(await postFft(service.options(await service.writeCsv(edited)), quick)).toMatchObject({
      acceptedEarlier: 10,
      changed: [[2, 12]],
    });
    expect(service.requests.map(({ key }) => key)).toEqual([
      service.requests[0]?.key,
      service.requests[0]?.key,
    ]);
  });

  test('a file that no longer holds those rows goes on without them, and the report says so', async () => {
    await interrupted();
    const report = await postFft(service.options(await service.writeCsv(someRows(5, 100))), quick);
    expect(report).toMatchObject({ acceptedNow: 5, unsettled: [10] });
    expect(service.stored).toHaveLength(15);
    expect(
      await postFft(service.options(await service.writeCsv(someRows(10))), quick),
    ).toMatchObject({ acceptedNow: 10, unsettled: [] });
    expect(service.stored).toHaveLength(15);
  });

  test('rows that came later for a response that was posted are reported, not posted', async () => {
    await postFft(service.options(await service.writeCsv(someRows(4))));
    const later = [...someRows(4), { respondent: 'respondent-2', text: 'One more thing.' }];
    const report = await postFft(service.options(await service.writeCsv(later)));
    expect(report).toMatchObject({ acceptedNow: 0, acceptedEarlier: 4, changed: [[4, 8, 10]] });
    expect(service.stored).toHaveLength(4);
  });
});

describe('what the service refuses', () => {
  test('is reported by row, once for each reason, and can be mended and posted alone', async () => {
    service.refuse = ({ answers = [] }, index) =>
      answers.some(({ text }) => text.includes('respondent-3.'))
        ? {
            code: 'validation-failed',
            errors: [
              {
                pointer: `/submissions/${index}/answers/0/text`,
                detail: 'Has a character that cannot be stored.',
              },
              { pointer: `/submissions/${index}/ratings/0/asIs`, detail: 'Must be 1 to 5.' },
            ],
          }
        : null;
    const csv = await service.writeCsv(someRows(6));
    const report = await postFft(service.options(csv));
    expect(report.rejected).toEqual([
      {
        rows: [5, 11],
        reasons: [
          { rows: [5], reason: '/answers/0/text: Has a character that cannot be stored.' },
          { rows: [5, 11], reason: '/ratings/0/asIs: Must be 1 to 5.' },
        ],
      },
    ]);
    expect(exitCode(report)).toBe(2);
    expect(reportLines(report).slice(0, 3)).toEqual([
      'accepted 5',
      'rejected 1',
      '  row 5: /answers/0/text: Has a character that cannot be stored.',
    ]);
    service.refuse = () => null;
    expect(exitCode(await postFft(service.options(csv)))).toBe(0);
    expect(service.stored).toHaveLength(6);
  });

  test('is not quoted when the reason repeats the comment', async () => {
    service.refuse = ({ answers = [] }, index) => ({
      code: 'validation-failed',
      errors: [
        { pointer: `/submissions/${index}/answers/0/text`, detail: `Bad: ${answers[0]?.text}` },
      ],
    });
    const lines = reportLines(
      await postFft(service.options(await service.writeCsv(someRows(1)))),
    ).join('\n');
    expect(lines).toContain('quotes the comment');
    expect(lines).not.toContain('tea');
  });

  test("as a whole stops the run with the service's words", async () => {
    service.onArrival = () => ({
      status: 409,
      body: { code: 'cycle-not-open', detail: 'The cycle closed yesterday.', requestId: 'abc' },
    });
    await expect(postFft(service.options(await service.writeCsv(someRows(1))))).rejects.toThrow(
      'HTTP 409): cycle-not-open: The cycle closed yesterday. [request abc]',
    );
    expect(service.requests).toHaveLength(1);
  });

  test('with figures that do not add up is not believed', async () => {
    service.onArrival = () => ({ status: 200, body: { accepted: 3, rejected: 0, results: [] } });
    await expect(postFft(service.options(await service.writeCsv(someRows(1))))).rejects.toThrow(
      'do not add up',
    );
  });
});

describe('which cycle, for whom', () => {
  test('several open cycles are listed for a choice', async () => {
    service.cycles = [cycle, { ...cycle, id: 'another', title: 'Spring' }];
    const csv = await service.writeCsv(someRows(1));
    await expect(postFft(service.options(csv))).rejects.toThrow(
      `--cycle ${cycleId}  How was your experience?\n  --cycle another  Spring`,
    );
    expect(await postFft(service.options(csv, { cycle: 'another' }))).toMatchObject({
      acceptedNow: 1,
    });
  });

  test('a cycle that is not open, or on another set, is refused before anything is sent', async () => {
    service.cycles = [{ ...cycle, phase: 'closed' }];
    const csv = await service.writeCsv(someRows(1));
    await expect(postFft(service.options(csv, { cycle: cycleId }))).rejects.toThrow(
      'is closed, not open',
    );
    service.cycles = [{ ...cycle, standardSet: { ...cycle.standardSet, id: '4pi' } }];
    await expect(postFft(service.options(csv, { cycle: cycleId }))).rejects.toThrow('"4pi"');
    await expect(postFft(service.options(csv))).rejects.toThrow('no open cycle');
    expect(service.requests).toEqual([]);
  });

  test('a client of several organisations names one, in the submission and in the header', async () => {
    const csv = await service.writeCsv(someRows(1));
    await expect(postFft(service.options(csv, { client: 'demo-two' }))).rejects.toThrow(
      '--organisation (RHA, RV3)',
    );
    await expect(postFft(service.options(csv, { organisation: 'RXX' }))).rejects.toThrow(
      'not registered for RXX',
    );
    await postFft(service.options(csv, { client: 'demo-two', organisation: 'RHA' }));
    expect(service.requests.map(({ organisation }) => organisation)).toEqual(['RHA']);
    expect(service.stored).toMatchObject([{ organisation: 'RHA' }]);
  });

  test('a perspective that the cycle does not invite is refused before anything is sent', async () => {
    const csv = await service.writeCsv(someRows(1));
    await expect(postFft(service.options(csv, { perspective: 'staff' }))).rejects.toThrow(
      'service_user, carer',
    );
    await postFft(service.options(csv, { perspective: 'carer' }));
    expect(service.stored).toMatchObject([{ perspective: 'carer' }]);
  });
});

test('a dry run stores nothing, writes nothing, and does not use up a key', async () => {
  const options = service.options(await service.writeCsv(someRows(5)));
  expect(await postFft({ ...options, dryRun: true })).toMatchObject({ acceptedNow: 5 });
  expect(service.stored).toEqual([]);
  await expect(readdir(options.state)).rejects.toThrow('ENOENT');
  await postFft(options);
  expect(service.stored).toHaveLength(5);
  expect(service.requests[0]?.key).not.toBe(service.requests[1]?.key);
});

test('neither what is sent nor what is kept tells who, when or in which order; what is kept has no text', async () => {
  const options = service.options(await service.writeCsv(someRows(30)));
  await postFft(options);
  expect(service.requests[0]?.body).not.toMatch(/secret-comment|02\/06|"respondent/);
  const folder = join(options.state, `demo-trust.RHA.${cycleId}`);
  const kept = (
    await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
  ).join('\n');
  expect(kept).not.toMatch(/tea|biscuits|respondent-/);
  const order = service.stored.map(({ answers = [] }) =>
    Number(answers[0]?.text.match(/respondent-(\d+)/)?.[1]),
  );
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
});

test('two runs at once over the same progress: the second one is turned away', async () => {
  const csv = await service.writeCsv(someRows(5));
  let second: Promise<unknown> | undefined;
  service.onArrival = async () => {
    second ??= postFft(service.options(csv)).catch((error) => error);
    await second;
    return undefined;
  };
  await postFft(service.options(csv));
  expect(String(await second)).toContain('another run');
  expect(service.stored).toHaveLength(5);
});

test('batches stay under the size that the service takes, whatever the texts', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => ({
    respondent: `respondent-${index}`,
    text: '🌻'.repeat(3900),
  }));
  await postFft(service.options(await service.writeCsv(rows)));
  expect(service.stored).toHaveLength(300);
  for (const { body } of service.requests)
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4 * 1024 * 1024);
});
