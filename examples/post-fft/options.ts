import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { PostFftError } from './errors.ts';
import type { PostFftOptions } from './post.ts';

export const help = `Posts a Friends and Family Test export to an open evaluation cycle.

  npm run post:fft -- <csv> [options]

  --cycle <id>           the cycle (default: the organisation's only open one on the "fft" set)
  --organisation <ods>   whose feedback it is (default: the client's only organisation)
  --perspective <code>   from whose point of view (default: service_user)
  --url <address>        the service (default: where the clients file says that one signs in)
  --clients <file>       clients with their private keys (default: clients.json in DATA_DIR, or in .local)
  --client <id>          which of them to sign in as (default: demo-trust)
  --state <folder>       where progress is kept, as hashes (default: post-fft beside the clients file)
  --batch-size <n>       responses in one request, 1 to 500 (default: 500)
  --give-up-after <s>    seconds to go on trying one request (default: 300)
  --dry-run              let the service check everything and store nothing
  --help                 this text

Run it again after any interruption: every response is stored at most once.
Exit code: 0 all accepted or skipped, 2 some rejected, 1 stopped.`;

/** Reads the command line. @returns null when help is asked for. @throws PostFftError on anything unknown. */
export function readOptions(
  args: string[],
  environment: NodeJS.ProcessEnv = process.env,
): PostFftOptions | null {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new PostFftError(`${(error as Error).message.split('. ')[0]} (--help lists the options)`);
  }
  const { values, positionals } = parsed;
  if (values.help) return null;
  const [csv, ...more] = positionals;
  if (csv === undefined || more.length > 0)
    throw new PostFftError('name one CSV file (--help lists the options)');
  const clients = values.clients ?? join(environment.DATA_DIR || '.local', 'clients.json');
  return {
    csv,
    url: values.url ?? null,
    clients,
    client: values.client,
    // Beside the clients file, since both belong to one installation of the service: another one has seen nothing yet.
    state: values.state ?? join(dirname(clients), 'post-fft'),
    cycle: values.cycle ?? null,
    organisation: values.organisation?.trim().toUpperCase() ?? null,
    perspective: values.perspective,
    batchSize: whole('--batch-size', values['batch-size'], 1, 500),
    dryRun: values['dry-run'],
    giveUpAfter: whole('--give-up-after', values['give-up-after'], 1, 86_400),
  };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      cycle: { type: 'string' },
      organisation: { type: 'string' },
      perspective: { type: 'string', default: 'service_user' },
      url: { type: 'string' },
      clients: { type: 'string' },
      client: { type: 'string', default: 'demo-trust' },
      state: { type: 'string' },
      'batch-size': { type: 'string', default: '500' },
      'give-up-after': { type: 'string', default: '300' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}

function whole(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most)
    throw new PostFftError(`${name} must be a whole number from ${least} to ${most}`);
  return number;
}
