import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { quietWranglerEnvironment } from './quiet-wrangler.ts';

/**
 * `npm run deploy -- staging|production`: deploys the checked-out commit, which must be clean, with the version,
 * revision, release and commit that /_ping tells. Further arguments go to wrangler (`--dry-run`).
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

const [environment = '', ...more] = process.argv.slice(2);
if (!['staging', 'production'].includes(environment)) {
  console.error('Say where to: npm run deploy -- staging, or npm run deploy -- production.');
  process.exit(1);
}
if (git('status', '--porcelain') !== '' && !more.includes('--dry-run')) {
  console.error(
    'There are changes that are not committed: what runs would not be what /_ping says.',
  );
  process.exit(1);
}
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
const commitId = git('rev-parse', 'HEAD');
const revision = git('rev-list', '--count', 'HEAD');
const said = {
  VERSION: version,
  REVISION: revision,
  RELEASE_ID: `full-circle-${version}-${revision}`,
  COMMIT_ID: commitId,
};
const variables = Object.entries(said).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
const { status } = spawnSync(
  process.execPath,
  [
    `${root}node_modules/wrangler/bin/wrangler.js`,
    'deploy',
    '--env',
    environment,
    '--minify',
    '--keep-vars',
    ...variables,
    ...more,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...quietWranglerEnvironment } },
);
process.exit(status ?? 1);
