import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Database, openDatabase } from '../../dev/database.ts';
import {
  createClients,
  createSecrets,
  type DemoClient,
  registered,
  type Secrets,
} from '../../dev/keys.ts';
import { startPostgres, type ThrowawayPostgres } from '../../dev/postgres.ts';
import { quietWranglerEnvironment } from '../../dev/quiet-wrangler.ts';
import { type Certificate, createCertificate } from './certificates.ts';

/** Keys of one run: clients as in clients.json, and what the Worker is configured with. */
export type Keys = { readonly clients: readonly DemoClient[]; readonly secrets: Secrets };

/**
 * The Worker, bundled once; `configPath` is wrangler.toml, `generousConfigPath` the same with rate
 * limits out of reach.
 */
export type BuiltWorker = {
  readonly directory: string;
  readonly configPath: string;
  readonly generousConfigPath: string;
};

/** Answers of the workshop by path. */
export type WorkshopAnswers = {
  '/keys': Keys;
  '/worker': BuiltWorker;
  '/template': { readonly path: string };
  '/certificates': { readonly trusted: Certificate; readonly untrusted: Certificate };
  '/database': { readonly url: string };
  '/seeded-database': { readonly url: string };
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const migrations = join(root, 'db/migrations');

async function fill(database: Database, keys: Keys): Promise<void> {
  const { seed } = await import('../../dev/seed.ts');
  await database.migrate(migrations);
  await seed(database.drizzle, { now: new Date(), clients: keys.clients.map(registered) });
}

/**
 * A freshly initialised embedded database. Making one takes two seconds, so it is kept between
 * runs: it holds nothing of ours.
 */
async function emptyTemplate(): Promise<Blob> {
  const manifest = join(root, 'node_modules/@electric-sql/pglite/package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const directory = join(root, 'node_modules/.cache/full-circle');
  const file = join(directory, `pglite-${version}.tar`);
  try {
    return new Blob([await readFile(file)]);
  } catch {
    const database = await openDatabase({});
    const dump = await database.dump();
    await database.close();
    await mkdir(directory, { recursive: true });
    const half = `${file}.${randomUUID()}`;
    await writeFile(half, dump.stream());
    await rename(half, file);
    return dump;
  }
}

async function buildTemplate(directory: string, keys: Keys): Promise<{ path: string }> {
  const database = await openDatabase({ template: await emptyTemplate() });
  await fill(database, keys);
  const path = join(directory, 'template.tar');
  await writeFile(path, (await database.dump()).stream());
  await database.close();
  return { path };
}

async function buildWorker(directory: string): Promise<BuiltWorker> {
  const output = join(directory, 'worker');
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js');
  const configPath = join(root, 'wrangler.toml');
  await promisify(execFile)(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--outdir', output],
    {
      cwd: root,
      env: { ...process.env, ...quietWranglerEnvironment },
    },
  ).catch((error: { stderr?: string }) => {
    throw new Error(`the Worker could not be bundled:\n${error.stderr ?? String(error)}`);
  });
  const config = await readFile(configPath, 'utf8');
  const generousConfigPath = join(directory, 'wrangler.toml');
  await writeFile(
    generousConfigPath,
    config
      .replace(
        /^main = "(.*)"$/m,
        (_, path: string) => `main = ${JSON.stringify(join(root, path))}`,
      )
      .replace(
        /^directory = "(.*)"$/m,
        (_, path: string) => `directory = ${JSON.stringify(join(root, path))}`,
      )
      .replace(/\blimit = \d+/g, 'limit = 1000000'),
  );
  return { directory: output, configPath, generousConfigPath };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Makes what test files share - the bundled Worker, a migrated and seeded template, a PostgreSQL
 * server - each when the first file asks for it, so that a run of pure tests pays for none. Files
 * run in other processes and ask over loopback HTTP.
 */
export async function openWorkshop(): Promise<{
  url: string;
  /** A file with the certificate that is to be trusted; the private keys are in no file. */
  trustedCertificatePath: string;
  close: () => Promise<void>;
}> {
  const directory = await mkdtemp(join(tmpdir(), 'full-circle-tests-'));
  let postgres: ThrowawayPostgres | undefined;
  const certificates = {
    trusted: await createCertificate('localhost'),
    untrusted: await createCertificate('localhost'),
  };
  const trustedCertificatePath = join(directory, 'trusted.pem');
  await writeFile(trustedCertificatePath, certificates.trusted.cert);

  const keys = once(async () => ({
    clients: await createClients(),
    secrets: await createSecrets(),
  }));
  const worker = once(() => buildWorker(directory));
  const template = once(async () => buildTemplate(directory, await keys()));
  const server = once(async () => {
    postgres = await startPostgres();
    return postgres;
  });
  const seededServer = once(async () => {
    const started = await server();
    await started.createDatabase('template');
    const database = await openDatabase({ url: started.url('template') });
    await fill(database, await keys());
    await database.close();
    return started;
  });
  // PostgreSQL copies a template only while nobody else does.
  let copying: Promise<unknown> = Promise.resolve();
  const copy = async (started: ThrowawayPostgres, from?: string): Promise<{ url: string }> => {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    const copied = copying.then(() => started.createDatabase(name, from));
    copying = copied.catch(() => {});
    await copied;
    return { url: started.url(name) };
  };

  const makers: { [path in keyof WorkshopAnswers]: () => Promise<WorkshopAnswers[path]> } = {
    '/keys': keys,
    '/worker': worker,
    '/template': template,
    '/certificates': async () => certificates,
    '/database': async () => copy(await server()),
    '/seeded-database': async () => copy(await seededServer(), 'template'),
  };

  const http = createServer((request, response) => {
    const make = makers[request.url as keyof WorkshopAnswers];
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    make().then(
      (made) => send(200, made),
      (error: unknown) =>
        send(500, {
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    trustedCertificatePath,
    close: async () => {
      http.close();
      http.closeAllConnections();
      await postgres?.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Asks the run's workshop for something, waiting until it is made. */
export async function ask<Path extends keyof WorkshopAnswers>(
  url: string,
  path: Path,
): Promise<WorkshopAnswers[Path]> {
  const response = await fetch(url + path);
  const body: unknown = await response.json();
  if (!response.ok) throw new Error((body as { message: string }).message);
  return body as WorkshopAnswers[Path];
}
