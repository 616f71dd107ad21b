import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeHardFormats } from '../../../domain/screening/hard-formats.ts';
import { findLongNumbers } from '../../../domain/screening/long-numbers.ts';
import { findNames } from '../../../domain/screening/names.ts';
import { findPlaces } from '../../../domain/screening/places.ts';
import { mentionsRisk } from '../../../domain/screening/risk.ts';
import { MAX_CODE_POINTS } from '../../../domain/screening/screen.ts';
import { shadowOf } from '../../../domain/screening/shadow.ts';
import { tokensOf } from '../../../domain/screening/tokens.ts';
import { findUnknownWords } from '../../../domain/screening/unknown-words.ts';
import { hostile } from './corpus/hostile.ts';
import { screened, thisYear } from './support/screened.ts';
import { type ScreeningInWorkerd, startScreening } from './support/workerd.ts';

const MAX_MILLISECONDS = 20;
/** Before anything is measured, so that the engine has compiled what it will. */
const WARMING = 3;
/** The quickest measurement counts: a slower one met something else on the machine, and is taken again. */
const MEASUREMENTS = 3;
const MOST_MEASUREMENTS = 20;
const TIMES = 4;

/** What the process has computed, in milliseconds: a busy machine takes nothing of it. */
const computed = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const cases = Object.entries(hostile).map(([name, text]) => ({ name, text }));

let workerd: ScreeningInWorkerd;
beforeAll(async () => {
  workerd = await startScreening();
});
afterAll(() => workerd?.stop());

const slowest = new Map<string, { name: string; milliseconds: number }>();
function record(where: string, name: string, milliseconds: number): void {
  if (milliseconds > (slowest.get(where)?.milliseconds ?? 0))
    slowest.set(where, { name, milliseconds });
}
afterAll(() => {
  for (const [where, { name, milliseconds }] of slowest)
    console.log(`slowest in ${where}: ${name}, ${milliseconds.toFixed(2)} ms`);
});

async function quickest(measure: (times: number) => number | Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let again = 0; again < MOST_MEASUREMENTS; again++) {
    if (again >= MEASUREMENTS && least < MAX_MILLISECONDS) break;
    // One alone is the likeliest to be left in peace.
    least = Math.min(least, await measure(again < MEASUREMENTS ? TIMES : 1));
  }
  return least;
}

describe(`a hostile text is screened within ${MAX_MILLISECONDS} ms`, () => {
  test('there are enough of them, as long as the cap allows', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
    for (const { name, text } of cases)
      expect(Math.max(text.length, [...text].length), name).toBeGreaterThanOrEqual(MAX_CODE_POINTS);
  });

  test.each(cases)('in Node: $name', async ({ name, text }) => {
    for (let again = 0; again < WARMING; again++) screened(text);
    const milliseconds = await quickest((times) => {
      const before = computed();
      for (let again = 0; again < times; again++) screened(text);
      return (computed() - before) / times;
    });
    record('Node', name, milliseconds);
    expect(milliseconds).toBeLessThan(MAX_MILLISECONDS);
  });

  test.each(cases)('in workerd: $name', async ({ name, text }) => {
    const { screened: result } = await workerd.screen(text, WARMING);
    // JSON has no halves of surrogate pairs that survive a request.
    if (text.isWellFormed()) expect(result).toEqual(screened(text));
    const milliseconds = await quickest(
      async (times) => (await workerd.screen(text, times)).milliseconds,
    );
    record('workerd', name, milliseconds);
    expect(milliseconds).toBeLessThan(MAX_MILLISECONDS);
  });
});

test('the time grows with the length and not with its square: without the cap, four times the text takes about four times as long', () => {
  const read = (text: string): void => {
    const { text: left } = removeHardFormats(text, thisYear, { codePoints: text.length });
    const shadow = shadowOf(left);
    const tokens = tokensOf(shadow);
    findNames(tokens);
    findPlaces(tokens);
    findUnknownWords(tokens);
    findLongNumbers(shadow);
    mentionsRisk(shadow);
  };
  const time = (text: string): number =>
    Math.min(
      ...Array.from({ length: 3 }, () => {
        const before = computed();
        read(text);
        return computed() - before;
      }),
    );
  // A square would make it sixteen. Short times say little; what looks steep is measured again.
  const isSteep = (text: string): boolean => {
    const once = time(text);
    const fourTimes = time(text.repeat(4));
    return fourTimes > MAX_MILLISECONDS && fourTimes / once > 9;
  };
  const isAlwaysSteep = ({ text }: { text: string }): boolean =>
    Array.from({ length: 5 }).every(() => isSteep(text));
  expect(cases.filter(isAlwaysSteep).map(({ name }) => name)).toEqual([]);
}, 60_000);
