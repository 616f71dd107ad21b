import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkAddress } from '../../examples/post-fft/api.ts';
import { postFft } from '../../examples/post-fft/post.ts';
import { readClient, signIn } from '../../examples/post-fft/sign-in.ts';
import { type FakeService, someRows, startFakeService } from './fake-service.ts';

let service: FakeService;
beforeEach(async () => {
  service = await startFakeService();
});
afterEach(() => service.stop());

const clockAt = (now: () => number) => ({ now, random: () => 0, sleep: async () => {} });

test('the assertion is what the platform asks for: RS512, typ, kid, one aud, iss = sub, at most five minutes', async () => {
  const client = await readClient(service.options('').clients, 'demo-trust');
  await signIn(client, { clock: clockAt(Date.now), giveUpAfter: 1000 }).token();
  const [{ header, claims } = { header: {}, claims: {} }] = service.assertions;
  expect(header).toEqual({ alg: 'RS512', typ: 'JWT', kid: 'test-1' });
  expect(claims).toMatchObject({ iss: 'demo-trust', sub: 'demo-trust', aud: client.tokenUrl });
  expect(claims.jti).toMatch(/^[0-9a-f-]{36}$/);
  const life = Number(claims.exp) - Date.now() / 1000;
  expect(life).toBeGreaterThan(60);
  expect(life).toBeLessThanOrEqual(300);
});

test('a token is used again until shortly before it ends, then renewed with a new jti', async () => {
  let now = Date.now();
  const session = signIn(await readClient(service.options('').clients, 'demo-trust'), {
    clock: clockAt(() => now),
    giveUpAfter: 1000,
  });
  const first = await session.token();
  now += 500_000;
  expect(await session.token()).toBe(first);
  now += 60_000;
  expect(await session.token()).not.toBe(first);
  expect(new Set(service.assertions.map(({ claims }) => claims.jti)).size).toBe(2);
});

test('a token that the service no longer takes is renewed, and the batch sent again under its key', async () => {
  service.onArrival = (n) => {
    if (n === 2) service.tokens.clear();
    return undefined;
  };
  const report = await postFft(
    service.options(await service.writeCsv(someRows(30)), { batchSize: 10 }),
  );
  expect(report.acceptedNow).toBe(30);
  expect(service.stored).toHaveLength(30);
  expect(service.assertions).toHaveLength(2);
  expect(service.requests[1]).toEqual(service.requests[2]);
});

test('a second 401 stops the run instead of going round for ever', async () => {
  service.onArrival = () => ({
    status: 401,
    body: { code: 'unauthenticated', detail: 'The client was revoked.' },
  });
  await expect(postFft(service.options(await service.writeCsv(someRows(3))))).rejects.toThrow(
    'The client was revoked.',
  );
  expect(service.requests).toHaveLength(2);
});

test("a refused sign-in is told in the service's own words", async () => {
  const client = await readClient(service.options('').clients, 'demo-trust');
  const other = { ...client, tokenUrl: `${service.url}/v1/cycles/none` };
  await expect(
    signIn(other, { clock: clockAt(Date.now), giveUpAfter: 1000 }).token(),
  ).rejects.toThrow(/"demo-trust" was refused \(HTTP 404\)/);
});

describe('what is checked before anything is sent', () => {
  test('an unknown client, one without the scope, no file', async () => {
    const { clients } = service.options('');
    await expect(readClient(clients, 'nobody')).rejects.toThrow('no client "nobody"');
    await expect(readClient(`${clients}.none`, 'demo-trust')).rejects.toThrow('no such file');
  });

  test('comments do not travel in the clear', () => {
    expect(checkAddress('http://127.0.0.1:8787/')).toBe('http://127.0.0.1:8787');
    expect(checkAddress('https://api.example.nhs.uk/circle/')).toBe(
      'https://api.example.nhs.uk/circle',
    );
    expect(checkAddress('https://api.example.nhs.uk')).toBe('https://api.example.nhs.uk');
    expect(() => checkAddress('http://api.example.nhs.uk')).toThrow('only https');
    expect(() => checkAddress('nonsense')).toThrow('not an address');
  });
});
