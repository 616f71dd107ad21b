import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { WorkerBindings } from '../../dev/bindings.ts';
import { startLocalWorker } from '../../dev/local-worker.ts';
import { childrenRunning } from '../../dev/processes.ts';
import { importWrangler } from '../../dev/quiet-wrangler.ts';

/** The Worker, running in workerd. */
export type RunningWorker = {
  readonly url: string;
  /** Runs the scheduled event of a trigger. False: it failed. */
  readonly runSchedule: (cron: string) => Promise<boolean>;
  /** What it wrote to its console, a line each. */
  readonly logs: () => string[];
  readonly stop: () => Promise<void>;
  /**
   * Kills its processes without asking, as a failing platform does, and starts it anew at the same address. Only where it
   * connects by itself.
   */
  readonly killAndRestart?: () => Promise<void>;
};

type BindingsAt = (serviceUrl: string) => WorkerBindings;

/** Starts it in wrangler's test harness, bundled before. What it fetches, Node fetches for it. */
export async function startHarnessedWorker(
  configPath: string,
  prebuiltWorkerDir: string,
  bindingsAt: BindingsAt,
): Promise<RunningWorker> {
  const { createTestHarness } = await importWrangler();
  const optionsAt = (serviceUrl: string) => ({
    workers: [{ configPath, prebuiltWorkerDir, ...bindingsAt(serviceUrl) }],
  });
  const harness = createTestHarness(optionsAt('http://127.0.0.1'));
  try {
    const { url: listening } = await harness.listen();
    const url = listening.origin;
    // The port is only known now, and the Worker must know its own address: assertions are made out
    // to it.
    await harness.update(optionsAt(url));
    return {
      url,
      runSchedule: async (cron) => {
        const { outcome } = await harness.getWorker().scheduled({ cron });
        return outcome === 'ok';
      },
      logs: () => harness.getLogs().map(({ level, message }) => `${level}: ${message}`),
      stop: () => harness.close(),
    };
  } catch (error) {
    await harness.close();
    throw error;
  }
}

/** Starts it as `npm start` does: it connects to other servers by itself. One at a time in a process. */
export async function startConnectedWorker(
  configPath: string,
  bindingsAt: BindingsAt,
): Promise<RunningWorker> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  const start = () =>
    startLocalWorker(port, bindingsAt(url), {
      configPath,
      hasSchedule: false,
      onLog: (level, message) => lines.push(`${level}: ${message}`),
    });
  let worker = await start();
  return {
    url,
    runSchedule: (cron) => worker.runSchedule(cron),
    logs: () => lines,
    stop: () => worker.stop(),
    killAndRestart: async () => {
      for (const pid of await childrenRunning('workerd')) process.kill(pid, 'SIGKILL');
      await worker.stop();
      worker = await start();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
