import { spawn } from 'node:child_process';
import { childrenRunning } from './processes.ts';

/**
 * Sees to it that the children running `program` end when this process is killed and cannot end
 * them itself. A shell waits on a pipe that the system closes together with this process.
 * @returns a function that sends the watchdog away, for when they were ended properly
 */
export async function guardChildren(program: string): Promise<() => void> {
  const pids = await childrenRunning(program);
  if (pids.length === 0) return () => {};
  const script = `trap '' INT TERM HUP; read -r word; [ "$word" = done ] || kill -9 "$@" 2>/dev/null`;
  const shell = spawn('sh', ['-c', script, 'watchdog', ...pids.map(String)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  return () => {
    shell.stdin.end('done\n');
  };
}
