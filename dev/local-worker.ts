import { fileURLToPath } from 'node:url';
import type { WorkerBindings } from './bindings.ts';
import { importWrangler } from './quiet-wrangler.ts';
import { guardChildren } from './watchdog.ts';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const answerTimeoutMs = 10_000;

/** How often the schedule runs here: no platform does it, and whoever tries things out should not wait long. */
const SCHEDULE_MS = 60_000;

/** The triggers of wrangler.toml: house-keeping, and webhooks. */
const crons = ['*/15 * * * *', '* * * * *'];

export type LocalWorker = {
  /** Runs the scheduled event of a trigger. False: it failed. */
  readonly runSchedule: (cron: string) => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

export type LocalWorkerOptions = {
  readonly configPath?: string;
  /** Whether the schedule runs by itself, once a minute (the default). */
  readonly hasSchedule?: boolean;
  /** Is told of what the Worker writes to its console; by default, warnings and errors appear on stderr. */
  readonly onLog?: (level: string, message: string) => void;
};

function showProblem(level: string, message: string): void {
  if (level === 'error' || level === 'warn') process.stderr.write(`${level}: ${message}\n`);
}

async function waitForAnswer(url: string): Promise<void> {
  const deadline = Date.now() + answerTimeoutMs;
  let seen = 'it does not answer';
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`${url}/_ping`, {
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      if (response.ok) return;
      seen = `it answers ${response.status} ${await response.text()}`;
    } catch (error) {
      seen = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The Worker was started, and ${url}/_ping cannot be read: ${seen}`);
}

/**
 * Runs the Worker in workerd on a loopback port until it answers there, with the assets and rate
 * limits of wrangler.toml.
 */
export async function startLocalWorker(
  port: number,
  bindings: WorkerBindings,
  {
    configPath = fileURLToPath(new URL('../wrangler.toml', import.meta.url)),
    hasSchedule = true,
    onLog = showProblem,
  }: LocalWorkerOptions = {},
): Promise<LocalWorker> {
  const { unstable_startWorker: startWorker } = await importWrangler();
  const ownListeners = endingSignals.map((signal) => new Set(process.listeners(signal)));
  const given = [
    ...Object.entries(bindings.vars).map(
      ([name, value]) => [name, { type: 'plain_text', value }] as const,
    ),
    ...Object.entries(bindings.secrets).map(
      ([name, value]) => [name, { type: 'secret_text', value }] as const,
    ),
  ];
  const worker = await startWorker({
    config: configPath,
    bindings: Object.fromEntries(given),
    dev: {
      server: { hostname: '127.0.0.1', port },
      // Debugger, reloading and saved state are for those who run wrangler themselves.
      inspector: false,
      watch: false,
      persist: false,
      logLevel: 'none',
      structuredLogsHandler: ({ level, message }: { level: string; message: string }) =>
        onLog(level, message),
    },
  });
  await worker.ready;
  // Wrangler exits the process at once on a signal, before anything else could be ended.
  endingSignals.forEach((signal, index) => {
    for (const listener of process.listeners(signal)) {
      if (!ownListeners[index]?.has(listener)) process.off(signal, listener);
    }
  });
  await waitForAnswer(`http://127.0.0.1:${port}`);
  // Only now do all processes run: wrangler calls itself ready before the one that runs the Worker
  // is.
  const release = await guardChildren('workerd');
  const runSchedule = async (cron: string): Promise<boolean> => {
    // The trigger of wrangler's own dev server: `worker.scheduled` looks for the Worker in the wrong process.
    const trigger = `http://127.0.0.1:${port}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`;
    const ran = await worker.fetch(trigger).catch(() => null);
    await ran?.text();
    return ran?.ok === true;
  };
  const schedule = setInterval(async () => {
    for (const cron of hasSchedule ? crons : [])
      if (!(await runSchedule(cron))) process.stderr.write('error: the schedule did not run\n');
  }, SCHEDULE_MS);
  return {
    runSchedule,
    stop: async () => {
      clearInterval(schedule);
      await worker.dispose();
      release();
    },
  };
}
