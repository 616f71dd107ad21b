import { freePort } from '../dev/postgres.ts';
import type { WorkerOptions } from './worker-process.ts';

/** What the JavaScript of a Worker held, bytes. */
export interface HeapUse {
  /** In use, garbage that has not been collected yet included. */
  used: number;
  /** Reserved by the engine. */
  reserved: number;
}

/** What was seen of a heap while something ran. */
export interface WatchedRun<Result> {
  result: Result;
  before: HeapUse;
  peak: HeapUse;
  sampleCount: number;
  collectionCount: number;
}

/** Watches the heap of one Worker, which is to be started with these options. */
export interface HeapWatch {
  workerOptions: WorkerOptions;
  during<Result>(run: () => Promise<Result>): Promise<WatchedRun<Result>>;
}

const SAMPLE_EVERY_MS = 100;

/** A line of the engine's own trace, which says how much was in use and reserved when it began to collect garbage. */
const collection =
  /\d+ ms: (?:Scavenge|Mark-Compact|Minor Mark-Sweep)[^\d]* ([\d.]+) \(([\d.]+)\) -> /;

/**
 * The platform's limit is of the isolate, while the resident memory of the process contains the engine's code and the server
 * too. So the isolate is asked by the inspector of `workerd` again and again; and since no answer comes while JavaScript
 * runs without a pause, the engine also tells how much there was whenever it collected garbage: between two collections
 * the heap only grows, so that nothing higher is missed.
 */
export async function openHeapWatch(): Promise<HeapWatch> {
  const inspectorPort = await freePort();
  let collections: HeapUse[] = [];
  return {
    workerOptions: {
      inspectorPort,
      onCollectionTrace: (line) => {
        const [, used, reserved] = collection.exec(line) ?? [];
        if (used !== undefined && reserved !== undefined)
          collections.push({ used: bytesOf(used), reserved: bytesOf(reserved) });
      },
    },
    during: async (run) => {
      const inspector = await openInspector(inspectorPort);
      const use = async (): Promise<HeapUse> => {
        const answer = await inspector.ask<{ usedSize: number; totalSize: number }>(
          'Runtime.getHeapUsage',
        );
        return { used: answer.usedSize, reserved: answer.totalSize };
      };
      const before = await use();
      const samples: HeapUse[] = [];
      collections = [];
      let isOver = false;
      const sampling = (async () => {
        while (!isOver) {
          await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
          samples.push(await use());
        }
      })();
      // Where the run itself fails, that is what is to be told.
      sampling.catch(() => {});
      try {
        const result = await run();
        isOver = true;
        await sampling;
        const seen = [before, ...samples, ...collections];
        const peak = {
          used: Math.max(...seen.map(({ used }) => used)),
          reserved: Math.max(...seen.map(({ reserved }) => reserved)),
        };
        const counts = { sampleCount: samples.length, collectionCount: collections.length };
        return { result, before, peak, ...counts };
      } finally {
        isOver = true;
        inspector.close();
      }
    },
  };
}

function bytesOf(mebibytes: string): number {
  return Number(mebibytes) * 1024 * 1024;
}

interface Inspector {
  /** @throws Error when the inspector refuses, or goes away */
  ask<Reply>(method: string): Promise<Reply>;
  close(): void;
}

/** Speaks the Chrome DevTools protocol with the one Worker of a `workerd serve`. */
async function openInspector(port: number): Promise<Inspector> {
  const listed = await fetch(`http://127.0.0.1:${port}/json`);
  const [target] = (await listed.json()) as { webSocketDebuggerUrl: string }[];
  if (target === undefined) throw new Error('the inspector knows no Worker');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('no inspector')), { once: true });
  });
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data));
    const waits = waiting.get(id);
    waiting.delete(id);
    if (error) waits?.reject(new Error(`the inspector refuses: ${error.message}`));
    else waits?.resolve(result);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the inspector went away'));
  });
  let asked = 0;
  return {
    ask: <Reply>(method: string) => {
      asked += 1;
      const waits = Promise.withResolvers<unknown>();
      waiting.set(asked, waits);
      socket.send(JSON.stringify({ id: asked, method }));
      return waits.promise as Promise<Reply>;
    },
    close: () => socket.close(),
  };
}
