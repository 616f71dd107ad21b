import { join } from 'node:path';
import { type Api, apiAt, checkAddress } from './api.ts';
import { findOpenCycle, readCycle } from './cycle.ts';
import { PostFftError } from './errors.ts';
import { deriveSecret, hashesWith } from './hashes.ts';
import type { Target } from './mapping.ts';
import { folderSecret, lockFolder, openProgress, readOnlyProgress } from './progress.ts';
import type { Happening, Report } from './report.ts';
import { type Clock, type Persistence, systemClock } from './retry.ts';
import { openRows } from './rows.ts';
import { Run } from './run.ts';
import { type Client, readClient, signIn } from './sign-in.ts';

export interface PostFftOptions {
  /** Path of the export. */
  csv: string;
  /** Address of the service, up to where `/v1` begins; null: the server of the clients file's token URL. */
  url: string | null;
  /** Path of the clients file. */
  clients: string;
  /** Client id in that file. */
  client: string;
  /** Folder for progress. */
  state: string;
  /** Cycle id; null: the organisation's only open cycle on the `fft` set. */
  cycle: string | null;
  /** ODS code; null: the only one that the client is registered for. */
  organisation: string | null;
  perspective: string;
  /** Most responses in one batch, 1 to 500. */
  batchSize: number;
  /** The service checks everything and stores nothing; nor is anything written here. */
  dryRun: boolean;
  /** How long to go on asking about one request, in seconds. */
  giveUpAfter: number;
}

export interface Surroundings {
  clock?: Clock;
  onHappening?: (happening: Happening) => void;
}

/**
 * Posts an export to a cycle and says what became of every row.
 *
 * May be stopped at any moment and called again, with the same file or with one that has grown: every response is stored
 * at most once.
 *
 * @throws PostFftError when it cannot go on; what was accepted until then is remembered.
 */
export async function postFft(
  options: PostFftOptions,
  { clock = systemClock, onHappening = () => {} }: Surroundings = {},
): Promise<Report> {
  const client = await readClient(options.clients, options.client);
  const tokenUrl = checkAddress(client.tokenUrl);
  const base = checkAddress(options.url ?? new URL(tokenUrl).origin);
  const persistence: Persistence = {
    clock,
    giveUpAfter: options.giveUpAfter * 1000,
    onWait: (reason, milliseconds) => onHappening({ kind: 'wait', reason, milliseconds }),
  };
  const file = await openRows(options.csv);
  let unlock = async () => {};
  try {
    const session = signIn(client, persistence);
    const api = apiAt(
      base,
      session,
      client.organisations.length > 1 ? options.organisation : null,
      persistence,
    );
    const target = await findTarget(api, client, options);
    // With the organisation, since a supplier's trusts may well number their respondents alike.
    const scope = [client.clientId, target.organisation, target.cycle.id];
    const folder = join(options.state, scope.map(encodeURIComponent).join('.'));
    if (!options.dryRun) unlock = await lockFolder(folder);
    const derive = () => deriveSecret(client.privateJwk.d ?? '', scope);
    const hashes = hashesWith(await folderSecret(folder, derive, !options.dryRun));
    const progress = options.dryRun ? await readOnlyProgress(folder) : await openProgress(folder);
    const { csv, batchSize, dryRun } = options;
    return await new Run({
      csv,
      file,
      api,
      target,
      hashes,
      progress,
      folder,
      batchSize,
      dryRun,
      onHappening,
    }).run();
  } finally {
    await unlock();
    await file.close();
  }
}

/** Settles which cycle, organisation and perspective, and refuses before anything is sent what the service would refuse. */
async function findTarget(api: Api, client: Client, options: PostFftOptions): Promise<Target> {
  const { organisation: wanted, perspective } = options;
  const listed = client.organisations.join(', ');
  if (wanted !== null && !client.organisations.includes(wanted)) {
    throw new PostFftError(
      `client "${client.clientId}" is not registered for ${wanted} (it is for ${listed})`,
    );
  }
  const organisation =
    wanted ?? (client.organisations.length === 1 ? client.organisations[0] : undefined);
  if (organisation === undefined)
    throw new PostFftError(
      `client "${client.clientId}" serves several organisations: choose one with --organisation (${listed})`,
    );
  const cycle =
    options.cycle === null
      ? await findOpenCycle(api, organisation)
      : await readCycle(api, options.cycle);
  if (!cycle.organisations.includes(organisation))
    throw new PostFftError(
      `cycle ${cycle.id} is not for ${organisation} (it is for ${cycle.organisations.join(', ')})`,
    );
  if (!cycle.perspectives.includes(perspective))
    throw new PostFftError(
      `cycle ${cycle.id} does not invite "${perspective}": choose --perspective from ${cycle.perspectives.join(', ')}`,
    );
  return { cycle, organisation, perspective };
}
