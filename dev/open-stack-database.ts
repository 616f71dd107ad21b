import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';
import { type Database, openDatabase } from './database.ts';
import { DatabaseUnavailable, StatementRefused } from './statements.ts';

const connectTimeoutMs = 5_000;

/** Why a server cannot be used. Never repeats the password of the connection string. */
function explain(url: string, error: unknown): string {
  const { host, pathname } = new URL(url);
  const code = error instanceof DatabaseUnavailable ? error.code : undefined;
  const where = `The database at ${host} (DATABASE_URL)`;
  if (code === 'ECONNREFUSED') return `${where} does not answer: nothing listens there.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${where} cannot be found: there is no such host.`;
  if (code?.startsWith('28'))
    return `${where} refuses the sign-in: check the user and the password.`;
  if (code === '3D000')
    return `${where} has no database called "${decodeURIComponent(pathname.slice(1))}".`;
  if (error instanceof DatabaseUnavailable && /timeout/i.test(error.message)) {
    return `${where} does not answer: it was silent for ${connectTimeoutMs / 1000} seconds.`;
  }
  return `${where} cannot be used: ${error instanceof Error ? error.message : String(error)}.`;
}

/**
 * Makes an embedded database beside its place and then moves it there: one whose making was cut
 * short, by Ctrl-C in the first seconds, would keep every later start from opening it.
 */
async function makeEmbedded(directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await openDatabase({ directory: unfinished });
  await database.close();
  await rename(unfinished, directory);
}

/**
 * The database of the local stack: the PostgreSQL at `url`, or the embedded one in the data
 * directory.
 * @throws CannotStart when it does not answer or cannot be opened
 */
export async function openStackDatabase(
  dataDirectory: string,
  url: string | undefined,
): Promise<Database> {
  if (url !== undefined) {
    try {
      return await openDatabase({ url, connectTimeoutMs });
    } catch (error) {
      throw new CannotStart(explain(url, error), error);
    }
  }
  const directory = join(dataDirectory, 'postgres');
  try {
    if (!existsSync(directory)) await makeEmbedded(directory);
    return await openDatabase({ directory });
  } catch (error) {
    throw new CannotStart(
      `The embedded database in ${directory} cannot be opened: remove it to begin anew.`,
      error,
    );
  }
}

/**
 * @throws CannotStart when the database refuses a migration, which happens when it holds something
 * else
 */
export async function migrateStackDatabase(database: Database, folder: string): Promise<void> {
  try {
    await database.migrate(folder);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const said =
      cause instanceof StatementRefused || cause instanceof Error ? cause.message : String(cause);
    throw new CannotStart(`The database cannot be brought up to date: ${said}.`, error);
  }
}
