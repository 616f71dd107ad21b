import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Screened } from '../../../domain/screening/screen.ts';
import { screened, share } from './support/screened.ts';

/*
 * Real comments, anonymised before they were published. They stay where they are: nothing of them is written here, and
 * no assertion has one as its value, since a failing one would print it.
 */
const csv = resolve(import.meta.dirname, '../../../../shared/data/fft-nottinghamshire-2021-22.csv');

const MOST_HELD = 0.15;
/** What a safeguarding lead would get to read. */
const MOST_FLAGGED = 0.05;
const MAX_MEAN_MILLISECONDS = 1;

let comments: string[];
let labelled: boolean[];
let results: Screened[];
let milliseconds: number;
beforeAll(() => {
  if (!existsSync(csv)) throw new Error(`the real file is not there: ${csv}`);
  const rows: Record<string, string>[] = parse(readFileSync(csv), { columns: true, bom: true });
  const written = rows.filter((row) => row['FFT answer']?.trim());
  comments = written.map((row) => row['FFT answer'] ?? '');
  labelled = written.map((row) => row['Safeguarding concerns?']?.trim() === '1');
  const started = performance.now();
  results = comments.map(screened);
  milliseconds = (performance.now() - started) / comments.length;
  const letters = comments.reduce((sum, { length }) => sum + length, 0) / comments.length;
  console.log(
    `${comments.length} real comments of ${letters.toFixed(0)} characters on average: ${milliseconds.toFixed(3)} ms each, the first ones cold`,
  );
});

describe('of real comments, anonymised already,', () => {
  test('none has anything cut out: numbers and dates had been taken out beforehand, so a cut is a false alarm', () => {
    expect(comments.length).toBeGreaterThan(2_000);
    expect(results.filter(({ removed }) => removed.length > 0).length).toBe(0);
  });

  test('those without a cut come back to the byte', () => {
    const changed = comments.filter((comment, at) => {
      const { text, removed } = results[at] ?? { text: '', removed: [] };
      return removed.length === 0 && text !== comment && comment.length <= 4_000;
    });
    expect(changed.length).toBe(0);
  });

  test(`at most ${100 * MOST_HELD} % are held`, () => {
    const held = share(results, (each) => each.held);
    console.log(`held: ${(100 * held).toFixed(1)} %`);
    expect(held).toBeLessThanOrEqual(MOST_HELD);
    // None at all would mean that nothing looked: the file still names places.
    expect(held).toBeGreaterThan(0.01);
  });

  test(`at most ${100 * MOST_FLAGGED} % go to the safeguarding queue, every one that a labeller sent there among them`, () => {
    const flagged = share(results, ({ safeguarding }) => safeguarding);
    console.log(`safeguarding: ${(100 * flagged).toFixed(1)} %`);
    expect(flagged).toBeLessThanOrEqual(MOST_FLAGGED);
    expect(labelled.filter(Boolean).length).toBeGreaterThan(0);
    expect(labelled.filter((isConcern, at) => isConcern && !results[at]?.safeguarding).length).toBe(
      0,
    );
  });

  test(`a comment takes less than ${MAX_MEAN_MILLISECONDS} ms on average`, () => {
    expect(milliseconds).toBeLessThan(MAX_MEAN_MILLISECONDS);
  });
});
