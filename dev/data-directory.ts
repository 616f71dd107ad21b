import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CannotStart } from './cannot-start.ts';

/**
 * One level at a time: Node's own recursive form never ends where the system denies that a parent
 * exists, as in /proc.
 */
async function makeDirectory(directory: string): Promise<void> {
  try {
    // Keys and feedback are kept in it: for this user alone.
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(directory))) throw error;
    await makeDirectory(dirname(directory));
    await mkdir(directory, { mode: 0o700 });
  }
}

/**
 * Makes the directory when it is missing.
 * @throws CannotStart when nothing can be written into it
 */
export async function prepareDirectory(directory: string): Promise<void> {
  const probe = join(directory, `.probe-${process.pid}`);
  try {
    await makeDirectory(directory);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CannotStart(
      `The data directory ${directory} cannot be written to (${code}): choose another, such as DATA_DIR=~/full-circle npm start.`,
      error,
    );
  }
}

/**
 * What a JSON file of the directory holds; undefined when there is none.
 * @throws CannotStart when it is damaged
 */
export async function readJson<T>(file: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CannotStart(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      error,
    );
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new CannotStart(
      `${file} is damaged: remove it, and the next start makes a new one.`,
      error,
    );
  }
}

/** Writes a file that only this user can read, whole or not at all. */
export async function writePrivateJson(file: string, content: unknown): Promise<void> {
  const half = `${file}.${process.pid}`;
  await writeFile(half, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(half, file);
}

/**
 * Socket paths longer than this do not fit into the structure that the system calls use (104 bytes
 * on macOS).
 */
const socketPathLimitBytes = 100;

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

/**
 * Takes the directory for this process, since two embedded databases on one directory would destroy
 * it. A listening socket is the lock: unlike a file with a process id in it, it cannot outlive its
 * process and keep the next one out.
 * @returns a function that gives it back
 * @throws CannotStart when another process holds it
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const inside = join(directory, 'in-use.sock');
  const digest = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  const path =
    Buffer.byteLength(inside) <= socketPathLimitBytes
      ? inside
      : join(tmpdir(), `full-circle-${digest}.sock`);
  let server = await listen(path);
  if (server === undefined && !(await isAnswered(path))) {
    // Left behind by a process that was killed.
    await rm(path, { force: true });
    server = await listen(path);
  }
  if (server === undefined) {
    throw new CannotStart(
      `Another Full Circle is running on ${directory}: stop it first, or choose another directory with DATA_DIR.`,
    );
  }
  const held = server;
  return () => new Promise((resolve) => held.close(() => resolve()));
}
