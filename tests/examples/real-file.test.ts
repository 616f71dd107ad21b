import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { postFft } from '../../examples/post-fft/post.ts';
import { reportLines } from '../../examples/post-fft/report.ts';
import { type FakeService, startFakeService } from './fake-service.ts';

// Real comments stay outside the project: they are read where they are, and nothing of them is written here.
const csv = resolve(import.meta.dirname, '../../../shared/data/fft-nottinghamshire-2021-22.csv');

let service: FakeService;
beforeEach(async () => {
  if (!existsSync(csv)) throw new Error(`the real file is not there: ${csv}`);
  service = await startFakeService();
});
afterEach(() => service.stop());

test('of 1,507 responses 10 are skipped and 1,497 posted, the right way round; a second run posts none', async () => {
  const report = await postFft(service.options(csv));
  expect(report).toMatchObject({ acceptedNow: 1497, rejected: [], changed: [], unsettled: [] });
  expect(report.skipped).toHaveLength(10);
  expect(service.requests.map(({ size }) => size)).toEqual([500, 500, 497]);
  expect(service.stored).toHaveLength(1497);

  const counts = [0, 0, 0, 0, 0];
  for (const { ratings = [] } of service.stored)
    for (const { asIs } of ratings) counts[asIs - 1] = (counts[asIs - 1] ?? 0) + 1;
  // Praise is the rule in this file, and has to come out at the upper end.
  expect(counts[4]).toBe(Math.max(...counts));

  const served = service.stored.filter((submission) => submission.service !== undefined);
  const unserved = report.withoutService.reduce((sum, { responses }) => sum + responses, 0);
  expect(served.length).toBeGreaterThan(0);
  expect(unserved).toBeGreaterThan(0);
  expect(reportLines(report).join('\n')).toContain(`the cycle does not have it: ${unserved}`);

  const again = await postFft(service.options(csv));
  expect(again).toMatchObject({ acceptedNow: 0, acceptedEarlier: 1497 });
  expect(service.stored).toHaveLength(1497);
});

test('half the batches, then the rest: still 1,497', async () => {
  service.onStored = (n) => (n === 2 ? { status: 500, body: { code: 'internal' } } : undefined);
  await expect(postFft(service.options(csv))).rejects.toThrow('HTTP 500');
  expect(service.stored).toHaveLength(1000);
  expect(await postFft(service.options(csv))).toMatchObject({
    acceptedNow: 997,
    acceptedEarlier: 500,
  });
  expect(service.stored).toHaveLength(1497);
});
