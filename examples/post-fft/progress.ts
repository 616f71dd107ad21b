import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PostFftError } from './errors.ts';

/** One response in the progress folder: two keyed hashes. */
export interface Mark {
  handle: string;
  fingerprint: string;
}

/** A batch that was about to be sent. Nobody knows yet whether the service has it. */
export interface Pending {
  key: string;
  /** Keyed hash of the request body. */
  body: string;
  marks: Mark[];
}

/**
 * What earlier runs did, for one client, organisation and cycle.
 *
 * A folder with one small file for each batch. A batch is written down before it is sent, with its idempotency key and
 * who is in it, and written again when it is answered; each time into a new file that is moved over the old one, so that
 * a crash leaves either the old or the new, never half of one. Whatever the moment of the crash, the next run
 * finds each response in exactly one of three states: accepted (never sent again), pending (sent again under the
 * same key, which the service recognises) or neither (never sent).
 */
export interface Progress {
  /** Responses that the service has: handle to fingerprint. */
  accepted: ReadonlyMap<string, string>;
  /** Batches whose answer never came. */
  pending: Pending[];
  /** To be called, and waited for, before sending. */
  begin(batch: Pending): Promise<void>;
  /** To be called when the service has answered, with those that it took. */
  settle(key: string, accepted: Mark[]): Promise<void>;
}

interface BatchFile {
  state: 'pending' | 'answered';
  body?: string;
  responses: [handle: string, fingerprint: string][];
}

/** @throws PostFftError when a file in the folder is not one of ours. */
export async function openProgress(folder: string): Promise<Progress> {
  const accepted = new Map<string, string>();
  const pending: Pending[] = [];
  const names = await readdir(folder).catch(ifMissing([]));
  for (const name of names.filter((entry) => /^[0-9a-f-]{36}\.json$/.test(entry)).sort()) {
    const path = join(folder, name);
    let file: BatchFile;
    try {
      file = JSON.parse(await readFile(path, 'utf8'));
      if (!Array.isArray(file.responses) || !['pending', 'answered'].includes(file.state))
        throw new Error('unknown shape');
    } catch {
      throw new PostFftError(
        `${path} cannot be read. It says what was posted already: restore it rather than delete it.`,
      );
    }
    if (file.state === 'answered')
      for (const [handle, fingerprint] of file.responses) accepted.set(handle, fingerprint);
    else {
      const marks = file.responses.map(([handle, fingerprint]) => ({ handle, fingerprint }));
      pending.push({ key: name.slice(0, -'.json'.length), body: file.body ?? '', marks });
    }
  }
  const pairs = (marks: Mark[]): BatchFile['responses'] =>
    marks.map(({ handle, fingerprint }) => [handle, fingerprint]);
  return {
    accepted,
    pending,
    async begin({ key, body, marks }) {
      await replaceFile(
        folder,
        `${key}.json`,
        JSON.stringify({ state: 'pending', body, responses: pairs(marks) } satisfies BatchFile),
      );
    },
    async settle(key, marks) {
      await replaceFile(
        folder,
        `${key}.json`,
        JSON.stringify({ state: 'answered', responses: pairs(marks) } satisfies BatchFile),
      );
      for (const { handle, fingerprint } of marks) accepted.set(handle, fingerprint);
    },
  };
}

/**
 * Progress of a dry run: knows what earlier runs did, and writes nothing. It leaves unanswered batches alone: their keys
 * are for the real thing.
 */
export async function readOnlyProgress(folder: string): Promise<Progress> {
  const progress = await openProgress(folder);
  return { ...progress, pending: [], begin: async () => {}, settle: async () => {} };
}

/**
 * The secret that the folder's hashes are made with; `derive` makes it the first time.
 *
 * Kept, although it can be derived from the client's private key, because that key is replaced now and then: derived anew
 * from the new one, no hash would match, and everything would be posted again.
 */
export async function folderSecret(
  folder: string,
  derive: () => Buffer,
  write: boolean,
): Promise<Buffer> {
  const path = join(folder, 'secret');
  const kept = await readFile(path, 'utf8').catch(ifMissing(null));
  if (kept !== null) {
    if (!/^[0-9a-f]{64}\n$/.test(kept))
      throw new PostFftError(
        `${path} cannot be read: without it, what was posted already cannot be recognised`,
      );
    return Buffer.from(kept.trim(), 'hex');
  }
  const secret = derive();
  if (write) await replaceFile(folder, 'secret', `${secret.toString('hex')}\n`);
  return secret;
}

const heldHere = new Set<string>();

/**
 * Keeps a second run off the folder: two runs over different versions of a file could each pack the same response into
 * another batch. A lock whose process has gone is taken over.
 *
 * @returns what to call when done.
 * @throws PostFftError while another run is at work.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      heldHere.add(path);
      return async () => {
        heldHere.delete(path);
        await rm(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(ifMissing('')));
    // In a container every run may have the same process id: then only a lock taken in this very process counts.
    if (holder === process.pid ? heldHere.has(path) : isRunning(holder)) {
      throw new PostFftError(
        `another run (process ${holder}) is posting to this cycle. If that is not so, delete ${path}`,
      );
    }
    await rm(path, { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function replaceFile(folder: string, name: string, content: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(content);
    // On the disk before the name points to it: after a power cut, too, the file is whole.
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  // The renaming itself is on the disk only once the folder is. Not every system lets a folder be synced.
  const directory = await open(folder, 'r').catch(() => null);
  await directory?.sync().catch(() => {});
  await directory?.close();
}

function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
