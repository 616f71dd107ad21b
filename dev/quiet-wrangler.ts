import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const cacheDirectory = fileURLToPath(
  new URL('../node_modules/.cache/full-circle/', import.meta.url),
);

/** What keeps wrangler off the network, off the console and out of the home directory. */
export const quietWranglerEnvironment = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  WRANGLER_LOG_PATH: `${cacheDirectory}wrangler-logs`,
  WRANGLER_CACHE_DIR: `${cacheDirectory}wrangler`,
  WRANGLER_REGISTRY_PATH: `${cacheDirectory}wrangler-registry`,
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  // A developer's own .env is not for the Worker: bindings are given one by one.
  CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'false',
  X_LOCAL_EXPLORER: 'false',
  X_LOCAL_OBSERVABILITY: 'false',
} as const;

/**
 * Loads wrangler so that it neither calls out nor writes outside the project. Takes most of a
 * second the first time.
 */
export async function importWrangler(): Promise<typeof import('wrangler')> {
  Object.assign(process.env, quietWranglerEnvironment);
  mkdirSync(cacheDirectory, { recursive: true });
  // 15 MB of JavaScript: compiled once and kept, it loads a third quicker.
  enableCompileCache(`${cacheDirectory}compiled`);
  return import('wrangler');
}
