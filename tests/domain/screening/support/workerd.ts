import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importWrangler } from '../../../../dev/quiet-wrangler.ts';
import type { Screened } from '../../../../domain/screening/screen.ts';
import { thisYear } from './screened.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

export interface ScreeningInWorkerd {
  /** The result, and how long each of so many screenings took on average, in milliseconds. */
  screen: (text: string, times: number) => Promise<{ screened: Screened; milliseconds: number }>;
  stop: () => Promise<void>;
}

/** The module alone in workerd, at the compatibility date of the product. */
export async function startScreening(): Promise<ScreeningInWorkerd> {
  const directory = await mkdtemp(join(tmpdir(), 'screening-'));
  const date = /^compatibility_date = "(.+)"$/m.exec(
    await readFile(join(root, 'wrangler.toml'), 'utf8'),
  )?.[1];
  const configPath = join(directory, 'wrangler.json');
  await writeFile(
    configPath,
    JSON.stringify({
      name: 'screening',
      main: join(root, 'tests/domain/screening/support/screening-worker.ts'),
      compatibility_date: date,
    }),
  );
  const { createTestHarness } = await importWrangler();
  const harness = createTestHarness({ workers: [{ configPath }] });
  const stop = async (): Promise<void> => {
    await harness.close();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const { url } = await harness.listen();
    return {
      async screen(text, times) {
        const started = performance.now();
        const response = await fetch(new URL(`?times=${times}&thisYear=${thisYear}`, url), {
          method: 'POST',
          body: JSON.stringify(text),
        });
        const screened = (await response.json()) as Screened;
        return { screened, milliseconds: (performance.now() - started) / times };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
