/**
 * The local stack behind `npm start`: PostgreSQL, Neon's protocol in front of it, a demo sign-in for
 * the console, and the Worker in workerd. Reads PORT, DATA_DIR and DATABASE_URL; prints `ready <address>` when it serves; ends
 * everything on SIGTERM or Ctrl-C.
 */
import { relative } from 'node:path';
import { inspect } from 'node:util';
import { CannotStart } from './cannot-start.ts';
import { lockDirectory, prepareDirectory } from './data-directory.ts';
import { patiently } from './patience.ts';
import { checkPort, readSettings } from './settings.ts';

const stopTimeoutMs = 1_500;

/** How to end what was started, to be done in reverse order. */
const stops: (() => Promise<void>)[] = [];
let ending: Promise<void> | undefined;

/** Ends everything, and this process; a part that hangs does not hold up the end. */
function end(exitCode: number): Promise<void> {
  ending ??= (async () => {
    setTimeout(() => process.exit(exitCode), stopTimeoutMs);
    for (const stop of stops.reverse()) await stop().catch(() => {}); // Failing means that it is gone already.
    process.exit(exitCode);
  })();
  return ending;
}

function welcome(url: string, dataDirectory: string): string {
  const shown = relative(process.cwd(), dataDirectory) || '.';
  return `ready ${url}

  Open    ${url}/docs        the reference
          ${url}/console     the admin console (demo people to sign in as)
          ${url}/v1/cycles   the cycles of the demonstration, as JSON
  Try     curl ${url}/v1/organisations/RHA
  Post    npm run post:fft -- <csv>      a trust's Friends and Family Test file, signed in as demo-trust
  Keys    ${shown}/clients.json      of three demo clients, for signing in yourself
  Stop    Ctrl-C
`;
}

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  await patiently(() => checkPort(settings.port));
  await prepareDirectory(settings.dataDirectory);
  stops.push(await patiently(() => lockDirectory(settings.dataDirectory)));
  // Loaded only now, since it takes a second that nobody should wait to be told that a port is in
  // use.
  const { startStack } = await import('./stack.ts');
  const { url } = await startStack(settings, (stop) => stops.push(stop));
  if (ending === undefined) process.stdout.write(welcome(url, settings.dataDirectory));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
// Behind the bootstrap, which ends this process by hanging up when it is killed itself.
process.on('disconnect', () => end(0));
process.channel?.unref();
// A reader that went away, as in `npm start | head -1`, ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

start().catch((error: unknown) => {
  if (ending !== undefined) return;
  // Anything but the expected is a fault of ours: shown with where it comes from.
  const shown = error instanceof CannotStart ? error.message : inspect(error);
  process.stderr.write(`${shown}\n`);
  void end(1);
});
