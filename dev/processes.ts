import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface RunningProcess {
  pid: number;
  parentPid: number;
  /** Ended, and not yet waited for. */
  isZombie: boolean;
  /** The command line, words joined by spaces. */
  command: string;
}

/** Every process of this machine: from /proc on Linux, where `ps` is often not installed, and from `ps` elsewhere. */
export async function runningProcesses(): Promise<RunningProcess[]> {
  const pids = await readdir('/proc').catch(() => []);
  const found = await Promise.all(pids.filter((name) => /^\d+$/.test(name)).map(fromProc));
  return found.length > 0 ? found.filter((process) => process !== null) : fromPs();
}

/** Process ids of this process's own children whose command line names `program`; none where nobody can tell. */
export async function childrenRunning(program: string): Promise<number[]> {
  const all = await runningProcesses().catch(() => []);
  return all
    .filter(({ parentPid, command }) => parentPid === process.pid && command.includes(program))
    .map(({ pid }) => pid);
}

/** Null for a process that has ended meanwhile. */
async function fromProc(pid: string): Promise<RunningProcess | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    // The name in brackets can itself hold brackets and spaces.
    const [state, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      pid: Number(pid),
      parentPid: Number(parentPid),
      isZombie: state === 'Z',
      command: commandLine.replaceAll('\0', ' ').trim(),
    };
  } catch {
    return null;
  }
}

async function fromPs(): Promise<RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parentPid, state = '', ...words] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parentPid: Number(parentPid),
        isZombie: state.startsWith('Z'),
        command: words.join(' '),
      };
    });
}
