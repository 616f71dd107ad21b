import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FftRow } from '../../examples/post-fft/columns.ts';
import { hashesWith } from '../../examples/post-fft/hashes.ts';
import { gather, indexResponses } from '../../examples/post-fft/responses.ts';
import { openRows } from '../../examples/post-fft/rows.ts';
import { csvOf, type FakeRow } from './fake-service.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'post-fft-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

const hashes = hashesWith(Buffer.alloc(32, 7));

/** Index of a file with this content, and the rows read again by their places. */
async function indexOf(content: string | Buffer, name = 'export.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const file = await openRows(path);
  try {
    const index = await indexResponses(file, hashes);
    const again = new Map<string, FftRow[]>();
    for (const { handle, places } of index.responses)
      again.set(
        handle,
        await Promise.all(places.map(async (place) => (await file.read(place)).row)),
      );
    return { ...index, again };
  } finally {
    await file.close();
  }
}

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom('Kind, "really"', 'two\nlines', 'two\r\nlines', 'ünïcödé 🌻', ' spaced '),
);
const anyRows: fc.Arbitrary<FakeRow[]> = fc.array(
  fc.record({
    respondent: fc.constantFrom('A 1', 'A 2', 'A 3', 'B'),
    rating: fc.constantFrom('1', '3', '7', ''),
    question: fc.constantFrom('What was good?', 'What could we do better?'),
    text,
  }),
  { maxLength: 12 },
);

describe('grouping', () => {
  test("every row lands in exactly one response, its respondent's, wherever it stands", async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const { responses } = await indexOf(csvOf(rows), 'laws.csv');
        const expected = new Map<string, number[]>();
        for (const [index, { respondent }] of rows.entries()) {
          const handle = hashes.handle(respondent);
          expected.set(handle, [...(expected.get(handle) ?? []), index + 2]);
        }
        expect(
          new Map(responses.map(({ handle, places }) => [handle, places.map(({ row }) => row)])),
        ).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('rows read again by their place say what they said the first time', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const { again } = await indexOf(csvOf(rows), 'again.csv');
        for (const { row, answers, rating } of [...again.values()].flat()) {
          expect(answers[0]?.text).toBe(rows[row - 2]?.text?.trim());
          expect(rating).toBe(rows[row - 2]?.rating);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('moving rows about changes neither the order of posting nor what is recognised', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRows.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        async ([rows, moved]) => {
          const marks = async (content: FakeRow[]) =>
            (await indexOf(csvOf(content), 'moved.csv')).responses.map(
              ({ handle, fingerprint }) => [handle, fingerprint],
            );
          expect(await marks(moved)).toEqual(await marks(rows));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('no text of a respondent is lost, and none appears twice', () => {
    const rows = fc.array(
      fc.record({
        row: fc.nat(),
        respondent: fc.constant('a'),
        rating: fc.constantFrom('1', ''),
        services: fc.constant<string[]>([]),
        answers: fc.array(
          fc.record({
            question: fc.constantFrom('Q one', 'q ONE?', 'Q two'),
            text: fc.stringMatching(/^[a-z]{0,3}$/),
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(rows, (all) => {
        const written = (which: RegExp) =>
          new Set(
            all
              .flatMap(({ answers }) => answers)
              .filter(({ question, text: said }) => which.test(question) && said !== '')
              .map(({ text: said }) => said),
          );
        const got = (which: RegExp) =>
          gather(all)
            .answers.filter(({ question }) => which.test(question))
            .flatMap(({ text: said }) => said.split('\n\n'));
        for (const which of [/one/i, /two/i]) {
          expect(new Set(got(which))).toEqual(written(which));
          expect(got(which)).toHaveLength(written(which).size);
        }
        expect(gather(all).answers.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('a question answered twice by one respondent becomes one answer with both texts', () => {
    const row = {
      row: 2,
      respondent: 'a',
      rating: '1',
      services: [],
      answers: [{ question: 'What was good?', text: 'The garden.' }],
    };
    const again = {
      ...row,
      row: 8,
      answers: [{ question: 'what was good', text: 'The porridge.' }],
    };
    expect(gather([row, again, { ...row, row: 9 }]).answers).toEqual([
      { question: 'What was good?', text: 'The garden.\n\nThe porridge.', rows: [2, 9, 8] },
    ]);
  });

  test('the order of posting has nothing to do with the order of the file', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({
      respondent: `R ${String(index).padStart(4, '0')}`,
    }));
    const { responses } = await indexOf(csvOf(rows));
    const order = responses.map(({ places }) => places[0]?.row ?? 0);
    // Spearman's rank correlation with the file's order: 1 if sorted; chance stays well within a fifth at this size.
    const mean = (401 + 2) / 2;
    const covariance = order.reduce(
      (sum, row, index) => sum + (row - mean) * (index + 2 - mean),
      0,
    );
    const variance = order.reduce((sum, row) => sum + (row - mean) ** 2, 0);
    expect(Math.abs(covariance / variance)).toBeLessThan(0.2);
  });
});

describe('files that are not as they should be', () => {
  test('rows without a respondent are reported, not guessed at', async () => {
    const { withoutRespondent, responses } = await indexOf(
      csvOf([{ respondent: '' }, { respondent: 'A' }, { respondent: ' ' }]),
    );
    expect(withoutRespondent).toEqual([2, 4]);
    expect(responses).toHaveLength(1);
  });

  test('a missing column is named', async () => {
    await expect(indexOf('Respondent ID,FFT answer\na,b\n')).rejects.toThrow(
      '"FFT categorical answer"',
    );
  });

  test('a broken line is named by its row and not quoted', async () => {
    const broken = indexOf(`${csvOf([{ respondent: 'A' }])}only,"three, cells\n`);
    await expect(broken).rejects.toThrow(/after row 2/);
    await expect(broken).rejects.not.toThrow(/three/);
  });

  test('an empty file, and none at all', async () => {
    await expect(indexOf('')).rejects.toThrow('is empty');
    await expect(openRows(join(folder, 'nowhere.csv'))).rejects.toThrow('no such file');
  });

  test('a text that is not UTF-8 is noticed, so that it does not arrive garbled', async () => {
    const path = join(folder, 'latin1.csv');
    await writeFile(
      path,
      Buffer.from(
        csvOf([
          { respondent: 'A', text: 'café' },
          { respondent: 'B', text: 'tea' },
        ]).slice(1),
        'latin1',
      ),
    );
    const file = await openRows(path);
    const { responses } = await indexResponses(file, hashes);
    const readable = await Promise.all(
      responses.map(async ({ places }) => [
        places[0]?.row,
        (await file.read(places[0] as never)).readable,
      ]),
    );
    await file.close();
    expect(new Map(readable as [number, boolean][])).toEqual(
      new Map([
        [2, false],
        [3, true],
      ]),
    );
  });
});

test('memory does not grow with the texts: places and hashes only', async () => {
  const { responses } = await indexOf(csvOf([{ respondent: 'A', text: 'The garden was lovely.' }]));
  expect(JSON.stringify(responses)).not.toContain('garden');
});
