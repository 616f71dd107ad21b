import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientsFile } from '../../dev/credentials.ts';
import { freePort } from '../../dev/postgres.ts';
import { runningProcesses } from '../../dev/processes.ts';
import { signAssertion, tokenForm } from '../support/assertion.ts';

type Ended = { readonly code: number | null; readonly out: string; readonly error: string };
type Started = {
  readonly child: ChildProcess;
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
};

const startTs = ['dev/start.ts'];
const bootstrap = ['dev/bootstrap.mjs', 'node', 'dev/start.ts'];

function start(
  args: readonly string[],
  environment: Record<string, string>,
  program = 'node',
): Started {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(program, args, {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let error = '';
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, out, error }));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const line = /^ready (\S+)$/m.exec(out);
      if (line?.[1] !== undefined) resolve(line[1]);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      error += chunk.toString();
    });
    void ended.then(() => reject(new Error(`ended before it was ready: ${error}`)));
  });
  ready.catch(() => {});
  return { child, ready, ended };
}

/** The process and all that descend from it. */
async function family(pid: number | undefined): Promise<number[]> {
  const all = await runningProcesses();
  const found = [pid];
  for (const member of found)
    found.push(...all.filter(({ parentPid }) => parentPid === member).map((child) => child.pid));
  return found.filter((member) => member !== undefined);
}

/**
 * Which of the processes still run, once `withinMs` have passed or none does. One that ended and
 * was not yet waited for does not run.
 */
async function survivors(pids: readonly number[], withinMs: number): Promise<number[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const running = (await runningProcesses())
      .filter(({ isZombie }) => !isZombie)
      .map(({ pid }) => pid);
    const left = pids.filter((pid) => running.includes(pid));
    if (left.length === 0 || Date.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function listenSilently(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, port };
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'full-circle-start-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe.concurrent('what keeps npm start from starting is said in one sentence', () => {
  const expectSentence = async (
    environment: Record<string, string>,
    sentence: RegExp,
  ): Promise<void> => {
    const { code, out, error } = await start(startTs, {
      PORT: String(await freePort()),
      ...environment,
    }).ended;
    expect(error).toMatch(sentence);
    expect(error.trim().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 1, out: '' });
  };

  it('a port in use', async () => {
    const { server, port } = await listenSilently();
    await expectSentence(
      { PORT: String(port), DATA_DIR: join(directory, 'other') },
      /^Port \d+ is already in use: /,
    );
    server.close();
  });

  it('a directory that cannot be written to', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    await expectSentence(
      { DATA_DIR: join(file, 'below') },
      /^The data directory .* cannot be written to \(ENOTDIR\)/,
    );
  });

  it.each(['nothing listens', 'nothing is said'])(
    'a database that does not answer: %s',
    async (kind) => {
      const { server, port } = await listenSilently();
      if (kind === 'nothing listens') server.close();
      const url = `postgres://someone:a-secret@127.0.0.1:${port}/anything`;
      await expectSentence(
        { DATA_DIR: join(directory, kind), DATABASE_URL: url },
        /^(?!.*a-secret)The database at 127\.0\.0\.1:\d+ \(DATABASE_URL\) does not answer: /,
      );
      server.close();
    },
  );

  it('settings that cannot be understood', async () => {
    await expectSentence({ PORT: 'eighty' }, /^PORT must be a number/);
    await expectSentence(
      { DATABASE_URL: 'mysql://a-secret@host/x' },
      /^(?!.*a-secret)DATABASE_URL must look like/,
    );
  });
});

describe('npm start', () => {
  // One story in order, since each start takes seconds.
  let environment: Record<string, string>;
  let before: { cycles: string; clients: ClientsFile };
  const dataDirectory = (): string => join(directory, 'data');
  const readClients = async (): Promise<ClientsFile> =>
    JSON.parse(await readFile(join(dataDirectory(), 'clients.json'), 'utf8')) as ClientsFile;
  const signIn = async ({ tokenUrl, clients }: ClientsFile): Promise<number[]> => {
    const statuses = clients.map(async (client) => {
      const body = tokenForm(await signAssertion(client, tokenUrl));
      return (await fetch(tokenUrl, { method: 'POST', body })).status;
    });
    return Promise.all(statuses);
  };
  const readCycles = async (url: string): Promise<string> =>
    (await fetch(`${url}/v1/cycles`)).text();

  beforeAll(async () => {
    environment = { PORT: String(await freePort()), DATA_DIR: dataDirectory() };
  });

  it('serves on a new directory, writes the keys of three clients, and leaves nothing running when it is killed', async () => {
    const { child, ready, ended } = start(startTs, environment);
    expect(await ready).toBe(`http://127.0.0.1:${environment.PORT}`);
    const url = await ready;
    const clients = await readClients();
    before = { clients, cycles: await readCycles(url) };
    expect(clients.tokenUrl).toBe(`${url}/oauth2/token`);
    expect(clients.clients.map(({ clientId }) => clientId)).toEqual([
      'demo-trust',
      'demo-trust-two',
      'demo-admin',
    ]);
    for (const file of ['clients.json', 'secrets.json']) {
      expect((await stat(join(dataDirectory(), file))).mode & 0o777).toBe(0o600);
    }
    expect(await signIn(clients)).toEqual([200, 200, 200]);

    const second = await start(startTs, { ...environment, PORT: String(await freePort()) }).ended;
    expect(second.error).toMatch(/^Another Full Circle is running on /);
    expect(second.code).toBe(1);

    const pids = await family(child.pid);
    expect(pids.length).toBeGreaterThan(1);
    child.kill('SIGKILL');
    await ended;
    expect(await survivors(pids, 2_000)).toEqual([]);
  }, 60_000);

  it('starts again after that with the same data and keys, and ends every process on SIGTERM to npm', async () => {
    const { child, ready, ended } = start(['start', '--silent'], environment, 'npm');
    const url = await ready;
    expect(await readCycles(url)).toBe(before.cycles);
    expect(await readClients()).toEqual(before.clients);
    expect(await signIn(before.clients)).toEqual([200, 200, 200]);
    const pids = await family(child.pid);
    child.kill('SIGTERM');
    await ended;
    expect(await survivors(pids, 2_000)).toEqual([]);
  }, 60_000);

  it('ends every process when what started it is killed', async () => {
    const { child, ready } = start(bootstrap, environment);
    await ready;
    const pids = await family(child.pid);
    child.kill('SIGKILL');
    expect(await survivors(pids, 2_500)).toEqual([]);
  }, 60_000);
});
