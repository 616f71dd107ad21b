import { median, print } from './figures.ts';
import { type LoadResult, load, type Shot } from './load.ts';
import type { WorkerProcess } from './worker-process.ts';

/** A Worker and what is sent to it. */
export interface Contender {
  worker: WorkerProcess;
  shot: Shot;
}

/** How long is measured. */
export interface Rounds {
  count: number;
  durationMs: number;
}

/**
 * Sends the same to some Workers in alternating rounds and prints what each did, and the median of the rounds' ratios
 * between the product and each of the others: what disturbs the machine for a while disturbs them alike.
 *
 * @param floors what the others are called in print, by their names
 * @param aim the ratio to reach
 */
export async function compare<Floor extends string>(
  title: string,
  contenders: Record<'product' | NoInfer<Floor>, Contender>,
  floors: Record<Floor, string>,
  { atOnce, rounds, aim }: { atOnce: number; rounds: Rounds; aim: number },
): Promise<void> {
  const measured = Object.entries<Contender>(contenders).map(([name, contender]) => ({
    ...{ name, ...contender },
    results: [] as LoadResult[],
    processorMs: 0,
  }));
  for (const { shot } of measured) await load(shot, atOnce, 1000);
  for (let round = 0; round < rounds.count; round += 1)
    for (const each of measured) {
      const before = await each.worker.processorMs();
      each.results.push(await load(each.shot, atOnce, rounds.durationMs));
      each.processorMs += (await each.worker.processorMs()) - before;
    }
  print(`\n${title}`);
  for (const { name, results, processorMs } of measured) {
    const count = results.reduce((sum, result) => sum + result.count, 0);
    print(
      `  ${name.padEnd(9)} ${median(results.map(({ perSecond }) => perSecond)).toFixed(0)} requests/s   p50 ${median(results.map(({ p50Ms }) => p50Ms)).toFixed(1)} ms   ${(processorMs / count).toFixed(2)} ms of the Worker's processor time each`,
    );
  }
  const resultsOf = (name: string) => measured.find((each) => each.name === name)?.results ?? [];
  for (const [name, called] of Object.entries<string>(floors)) {
    const others = resultsOf(name);
    const ratios = resultsOf('product').map(
      ({ perSecond }, round) => perSecond / (others[round]?.perSecond ?? Number.NaN),
    );
    print(
      `  ratio     ${median(ratios).toFixed(2)} of the ${called} (rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}; aim: ${aim} or better)`,
    );
  }
}
