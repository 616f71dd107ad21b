import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { CannotStart } from './cannot-start.ts';

export type Settings = {
  readonly port: number;
  /** Absolute. */
  readonly dataDirectory: string;
  /** The PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
};

/** @throws CannotStart when a variable cannot be understood */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const port = Number(environment.PORT || 8787);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new CannotStart(`PORT must be a number from 1 to 65535, and is "${environment.PORT}".`);
  }
  const databaseUrl = environment.DATABASE_URL || undefined;
  // The value itself is not repeated, since it may hold a password.
  if (
    databaseUrl !== undefined &&
    !(/^postgres(?:ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl))
  ) {
    throw new CannotStart(
      'DATABASE_URL must look like postgres://user:password@host:5432/database.',
    );
  }
  return { port, dataDirectory: resolve(environment.DATA_DIR || '.local'), databaseUrl };
}

/** @throws CannotStart when nobody could listen on the port now */
export async function checkPort(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    throw new CannotStart(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is already in use: stop what uses it, or choose another, such as PORT=${port === 65_535 ? 8787 : port + 1} npm start.`
        : `Port ${port} cannot be used (${error.code}): choose another, such as PORT=8788 npm start.`,
      error,
    );
  });
  await new Promise((resolve) => server.close(resolve));
}
