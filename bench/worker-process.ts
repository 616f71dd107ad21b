import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { quietWranglerEnvironment } from '../dev/quiet-wrangler.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

export interface Bundle {
  directory: string;
  file: string;
  bytes: number;
  gzippedBytes: number;
}

/** A Worker run by `workerd serve`, as production runs it: no wrangler between. */
export interface WorkerProcess {
  url: string;
  /** Resident memory, MiB. */
  residentMebibytes(): Promise<number>;
  /** The most that it has ever been since it started, MiB. */
  peakResidentMebibytes(): Promise<number>;
  /** Processor time used since it started, milliseconds. */
  processorMs(): Promise<number>;
  stop(): Promise<void>;
}

/** Bundles a Worker as a deployment would, minified. */
export async function bundle(entry: string, directory: string): Promise<Bundle> {
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js');
  const script = [wrangler, 'deploy', entry, '--dry-run', '--minify', '--outdir', directory];
  await promisify(execFile)(process.execPath, script, {
    cwd: root,
    env: { ...process.env, ...quietWranglerEnvironment },
  });
  const files = (await readdir(directory)).filter((name) => name.endsWith('.js'));
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error(`one bundle expected: ${files}`);
  const content = await readFile(join(directory, file));
  return { directory, file, bytes: content.length, gzippedBytes: gzipSync(content).length };
}

/** How a Worker is started other than usual, in order to look into it. */
export interface WorkerOptions {
  /** Where the Chrome DevTools protocol is spoken; without, nowhere. */
  inspectorPort?: number;
  /** Given each line that the engine writes when it collects garbage. Needs `stdbuf`, since it keeps them back otherwise. */
  onCollectionTrace?: (line: string) => void;
}

/** Starts `workerd serve` on a bundle. Text bindings as given; assets and rate limits are there and never asked. */
export async function startWorkerd(
  { directory, file }: Bundle,
  port: number,
  bindings: Record<string, string>,
  { inspectorPort, onCollectionTrace }: WorkerOptions = {},
): Promise<WorkerProcess> {
  const texts = Object.entries(bindings).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  const objects = [
    'ASSETS',
    'PUBLIC_SUBMISSION_LIMIT',
    'CONFIRMATION_LIMIT',
    'RECEIPT_LIMIT',
    'TOKEN_LIMIT',
  ].map((name) => `(name = "${name}", service = "internet")`);
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = [${onCollectionTrace ? '"--trace-gc"' : ''}],
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed ${JSON.stringify(file)})],
      compatibilityDate = "2026-11-01",
      bindings = [${[...texts, ...objects].join(', ')}],
    )),
    (name = "internet", network = (allow = ["public", "local", "private"], deny = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;
  await mkdir(directory, { recursive: true });
  const configFile = join(directory, `config-${port}.capnp`);
  await writeFile(configFile, config, { mode: 0o600 });
  const workerd = join(root, 'node_modules/workerd/bin/workerd');
  const inspector =
    inspectorPort === undefined ? [] : [`--inspector-addr=127.0.0.1:${inspectorPort}`];
  const command = [workerd, 'serve', ...inspector, configFile];
  const child = onCollectionTrace
    ? spawn('stdbuf', ['--output=L', ...command], { stdio: ['ignore', 'pipe', 'inherit'] })
    : spawn(workerd, command.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
  if (onCollectionTrace && child.stdout)
    createInterface({ input: child.stdout }).on('line', onCollectionTrace);
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/_ping`, child);
  return {
    url,
    residentMebibytes: () => mebibytesOf(child, 'VmRSS'),
    peakResidentMebibytes: () => mebibytesOf(child, 'VmHWM'),
    processorMs: () => processorMs(child),
    stop: () => stopProcess(child),
  };
}

/** Ends a process, if it has not ended already, and waits until it has. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error('workerd ended at start');
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error('workerd does not answer');
}

/** @param field as in /proc/<pid>/status */
async function mebibytesOf({ pid }: ChildProcess, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}

/** Linux counts in hundredths of a second. */
async function processorMs({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
