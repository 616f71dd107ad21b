/**
 * Runs commands with what this project needs: `node dev/bootstrap.mjs <command> [--then <command>]...`
 * Plain JavaScript without dependencies, since it runs before anything is installed and on whatever Node there is (20 or
 * newer). It installs what package-lock.json names when node_modules does not match it, and puts node_modules/.bin, where
 * a newer Node lives, first in PATH.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const binaries = join(root, 'node_modules', '.bin');
const endingTimeoutMs = 4_000;
const ancestorCheckMs = 500;

/** @param {string} path @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> | undefined} */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Whether every package of the lock file is installed in its version: npm keeps a lock file of what it installed. */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  if (wanted === undefined) throw new Error('package-lock.json cannot be read');
  if (installed === undefined || !existsSync(join(binaries, 'node'))) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are those for other systems, among others.
    if (found === undefined) return optional === true || devOptional === true;
    return found.version === version && found.integrity === integrity;
  });
}

/** @param {string[]} words @param {'ignore' | 2} output @returns {boolean} whether it succeeded */
function npm(words, output) {
  const script = process.env.npm_execpath;
  const [program, ...first] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  const quiet = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // What npm says goes to stderr: stdout is for the command that is run afterwards.
  const { status } = spawnSync(program, [...first, ...words, ...quiet], {
    cwd: root,
    stdio: ['ignore', output, output],
  });
  return status === 0;
}

function install() {
  process.stderr.write(
    'Installing what package-lock.json names, which takes about a minute the first time ...\n',
  );
  // `npm ci` refuses a lock file that lacks the packages of another system; the second form fills in those of this one.
  if (npm(['ci'], 'ignore') || npm(['install', '--no-save'], 2)) return;
  process.stderr.write('The packages could not be installed: is the package registry reachable?\n');
  process.exit(1);
}

/** @returns {string[][]} commands with their arguments, in order */
function readCommands() {
  /** @type {string[][]} */
  const commands = [[]];
  for (const word of process.argv.slice(2)) {
    if (word === '--then') commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
/** @type {NodeJS.Signals | undefined} */
let ending;

/** @param {NodeJS.Signals} signal */
function end(signal) {
  if (ending !== undefined) return;
  ending = signal;
  if (running === undefined) process.exit(1);
  running.kill(signal);
  setTimeout(() => running?.kill('SIGKILL'), endingTimeoutMs).unref();
}

/** npm, and the shell that it runs scripts in, may be killed without a word to this process. */
function endWithAncestors() {
  const ancestors = [process.ppid];
  const watch = (/** @type {unknown} */ pid) => Number(pid) > 1 && ancestors.push(Number(pid));
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    watch(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // Not Linux.
    execFile('ps', ['-o', 'ppid=', '-p', String(process.ppid)], (_error, stdout) => watch(stdout));
  }
  const check = () => {
    try {
      for (const ancestor of ancestors) process.kill(ancestor, 0);
    } catch (error) {
      // Any other error says that it lives, under another user.
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') end('SIGTERM');
    }
  };
  setInterval(check, ancestorCheckMs).unref();
}

/** @param {string[]} command @returns {Promise<number>} its exit code */
function run([program = '', ...rest]) {
  return new Promise((resolve) => {
    const child = spawn(program, rest, {
      cwd: process.cwd(),
      env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` },
      // The channel tells our own programs when this process is gone, even by SIGKILL.
      stdio: program === 'node' ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    });
    running = child;
    child.once('error', (error) => {
      process.stderr.write(`${program} could not be run: ${error.message}\n`);
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => end(signal));
if (process.env.npm_lifecycle_event !== undefined) endWithAncestors();

if (!isInstalled()) install();
let exitCode = 0;
for (const command of readCommands()) {
  exitCode = await run(command);
  if (exitCode !== 0 || ending !== undefined) break;
}
process.exit(exitCode);
