/**
 * `npm run bench`: the product under `workerd serve` on one real PostgreSQL, beside the least that could do the same. Read
 * the ratios: absolute figures drift with the machine.
 *
 * - `--only submissions`: taking in submissions and batches (`--seconds 3 --rounds 5 --memory 60`)
 * - `--only release`: releasing the results of very many people (`--people 1000000 --perspectives 5`)
 * - `--only reads`: reading a release (`--seconds 3 --rounds 5`)
 *
 * Without `--only` all of them run, one after the other.
 */
import { parseArgs } from 'node:util';
import { print } from './figures.ts';
import { measureReads } from './reads.ts';
import { measureRelease } from './release.ts';
import { type Stack, withStack } from './stack.ts';
import { measureSubmissions } from './submissions.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    memory: { type: 'string', default: '60' },
    people: { type: 'string', default: '1000000' },
    perspectives: { type: 'string', default: '5' },
  },
});
const rounds = { count: Number(options.rounds), durationMs: Number(options.seconds) * 1000 };

const measurements: Record<string, (stack: Stack) => Promise<void>> = {
  submissions: (stack) =>
    measureSubmissions(stack, { rounds, memorySeconds: Number(options.memory) }),
  release: (stack) =>
    measureRelease(stack, {
      peopleCount: Number(options.people),
      perspectiveCount: Number(options.perspectives),
    }),
  reads: (stack) => measureReads(stack, { rounds }),
};

const chosen = Object.entries(measurements).filter(
  ([name]) => options.only === undefined || options.only === name,
);
if (chosen.length === 0)
  throw new Error(`--only takes one of: ${Object.keys(measurements).join(', ')}`);
for (const [index, [, measure]] of chosen.entries()) {
  if (index > 0) print('');
  await withStack(measure);
}
// Connections that workerd left open would keep this process.
process.exit();
