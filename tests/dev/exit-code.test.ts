import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a process ends with that has loaded the embedded server, as every run of the tests does. */
function exitCodeAfter(script: string): Promise<number> {
  const words = ['--input-type=module', '--eval', `import './dev/postgres.ts'; ${script}`];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: root }, (error) =>
      resolve(error === null ? 0 : Number(error.code)),
    );
  });
}

it('a process that has loaded the embedded server ends with its own exit code: failed tests fail the run', async () => {
  expect(await exitCodeAfter('process.exitCode = 3;')).toBe(3);
  expect(await exitCodeAfter('')).toBe(0);
});
