import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signAssertion } from '../support/assertion.ts';
import { type Service, startService } from '../support/service.ts';
import { doTheJob, writeTheme } from './client-job.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let service: Service;
let directory: string;
beforeAll(async () => {
  // Within the tree, so that the packages that the job imports are found; ignored by git.
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  [service, directory] = await Promise.all([
    startService(),
    mkdtemp(join(cache, 'generated-client-')),
  ]);
});
afterAll(async () => {
  await service?.stop();
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
});

/** Type-checks a program against types generated from the contract. @returns what the compiler says; empty if nothing */
async function compile(program: string): Promise<string> {
  // As docs/accessing.md says: what has a default may be left out of a request.
  const types = await openapiTypescript(new URL('../../openapi/openapi.json', import.meta.url), {
    defaultNonNullable: false,
  });
  await Promise.all([
    writeFile(join(directory, 'openapi.d.ts'), astToString(types)),
    writeFile(join(directory, 'job.ts'), program),
    writeFile(
      join(directory, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.tools.json'),
        compilerOptions: {
          incremental: false,
          tsBuildInfoFile: null,
          types: ['node'],
          paths: { 'full-circle-openapi': ['./openapi.d.ts'] },
        },
        include: ['./job.ts'],
      }),
    ),
  ]);
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  return promisify(execFile)(process.execPath, [compiler, '-p', directory]).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
}

it('a client that is generated from the contract type-checks for the whole job', async () => {
  const job = await readFile(new URL('./client-job.ts', import.meta.url), 'utf8');
  expect(await compile(job)).toBe('');
  // The types are the real ones: what the contract does not have is refused.
  const wrong = job
    .replace("phase: 'open'", "phase: 'ajar'")
    .replace('cycle.data;', 'cycle.data; cycle.data.respondents;')
    .replace("header: { 'Idempotency-Key': randomUUID() }", 'header: {}');
  const complaints = await compile(wrong);
  expect(complaints).toContain('"ajar"');
  expect(complaints).toContain("'respondents'");
  expect(complaints).toContain('Idempotency-Key');
}, 60_000);

it('and does the whole job against the running service', async () => {
  const client = service.client('demo-trust');
  const before = await service.database.query('select from inbox');
  const done = await doTheJob({
    url: service.url,
    organisation: 'RHA',
    signAssertion: (tokenUrl) => signAssertion(client, tokenUrl),
  });
  expect(done).toEqual({
    cycleTitle: expect.any(String),
    statementSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    accepted: 2,
    rejected: 1,
    promise: 'Somewhere quiet to sit',
    dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
  expect(await service.database.query('select from inbox')).toHaveLength(before.length + 3);
});

it('and writes a theme with no more than the README gives', async () => {
  const client = service.client('demo-admin');
  const written = await writeTheme({
    url: service.url,
    organisation: 'RHA',
    signAssertion: (tokenUrl) => signAssertion(client, tokenUrl),
  });
  expect(written).toEqual({
    title: 'There is nowhere quiet to sit',
    description: null,
    standards: [],
  });
});
