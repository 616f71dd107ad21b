import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../api/contracts.ts';
import { type Service, startService } from '../support/service.ts';
import { type GoodRequest, prepareEveryOperation } from './support/every-operation.ts';
import { type Sent, send } from './support/send.ts';

let service: Service;
let requests: Record<string, GoodRequest>;
let token: string;
beforeAll(async () => {
  service = await startService();
  token = await service.token('demo-admin');
  requests = await prepareEveryOperation(service);
});
afterAll(() => service?.stop());
afterEach(() => {
  Object.assign(service.endpoint.faults, { unavailable: false, answersToLose: 0, delayMs: 0 });
});

const withDatabase = contracts.filter(({ withoutDatabase }) => !withoutDatabase);

/** What could tell somebody how the service is built, or what was sent. */
function expectNoLeak({ text }: Sent): void {
  expect(text).not.toMatch(/select|insert|neon|drizzle|postgres|127\.0\.0\.1:\d+\/sql|at .*\.ts/i);
}

function expectUnavailable(sent: Sent): void {
  expect(sent.status, sent.text).toBe(503);
  expect(sent.headers.get('retry-after')).toBe('5');
  expect(sent.headers.get('cache-control')).toBe('no-store');
  expect(sent.headers.get('content-type')).toBe('application/problem+json');
  expect(sent.body).toEqual({
    type: `${service.url}/docs/problems#database-unavailable`,
    title: 'The database does not answer',
    status: 503,
    detail: 'The database does not answer. Try again in 5 seconds.',
    instance: expect.stringMatching(/^\/v1\//),
    code: 'database-unavailable',
    requestId: sent.headers.get('x-request-id'),
  });
  expectNoLeak(sent);
}

async function ask(id: string): Promise<Sent> {
  const sent = await requests[id]?.(token);
  if (sent === undefined) throw new Error(`no request of ${id}`);
  return sent;
}

const problems = withDatabase.filter(({ errorShape }) => errorShape !== 'oauth');

describe('while the database does not answer', () => {
  it.each(problems.map(({ id }) => id))('%s says so, and when to come again', async (id) => {
    service.endpoint.faults.unavailable = true;
    expectUnavailable(await ask(id));
  });

  it('signing in says so in the words of its own platform', async () => {
    service.endpoint.faults.unavailable = true;
    const sent = await ask('issueToken');
    expect(sent.status).toBe(503);
    expect(sent.headers.get('retry-after')).toBe('5');
    expect(sent.body).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'The database does not answer. Try again in 5 seconds.',
      message_id: sent.headers.get('x-request-id'),
    });
    expectNoLeak(sent);
  });

  it('a request that is refused anyway is refused as ever', async () => {
    service.endpoint.faults.unavailable = true;
    expect((await send(service, 'GET', '/v1/cycles?limit=0')).status).toBe(400);
    expect((await send(service, 'GET', '/v1/api-clients')).status).toBe(401);
    expect((await send(service, 'GET', '/v1/nowhere')).status).toBe(404);
  });
});

it.each(['getCycle', 'listLoopRecords', 'getOrganisation'])(
  'an answer that is lost on its way is told as a database that does not answer: %s',
  async (id) => {
    service.endpoint.faults.answersToLose = 1;
    expectUnavailable(await ask(id));
    expect((await ask(id)).status).toBe(200);
  },
);

it('every operation works again as soon as the database does', async () => {
  for (const { id } of withDatabase) {
    const sent = await ask(id);
    expect(sent.status, `${id}: ${sent.text}`).toBeLessThan(300);
  }
});

it('a request id that was sent is mirrored, so that an operator can find the cause', async () => {
  service.endpoint.faults.unavailable = true;
  const requestId = '0f8b5d0e-8a3b-4c59-b9c1-6a2d2b7f1c11';
  const sent = await send(service, 'GET', '/v1/cycles', { headers: { 'x-request-id': requestId } });
  expect(sent.headers.get('x-request-id')).toBe(requestId);
  await expect
    .poll(service.logs)
    .toContain(
      `error: {"level":"error","event":"request-failed","operation":"listCycles","problem":"database-unavailable","requestId":"${requestId}","cause":"database-unavailable"}`,
    );
});

it('nobody listens where the database should be: still 503, and no address is told', async () => {
  await service.endpoint.close();
  expectUnavailable(await send(service, 'GET', '/v1/organisations/RHA'));
  expectUnavailable(await send(service, 'GET', '/v1/cycles', { token }));
});
