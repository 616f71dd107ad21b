import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { send } from './support/send.ts';

const build = {
  version: '1.2.3',
  revision: '42',
  releaseId: 'full-circle-1.2.3',
  commitId: '1f2e3d4',
};

let service: Service;
beforeAll(async () => {
  service = await startService({
    vars: {
      VERSION: build.version,
      REVISION: build.revision,
      RELEASE_ID: build.releaseId,
      COMMIT_ID: build.commitId,
    },
  });
});
afterAll(() => service?.stop());
afterEach(() => {
  Object.assign(service.endpoint.faults, { unavailable: false, delayMs: 0 });
});

const status = (headers: Record<string, string> = { apikey: service.statusApiKey }) =>
  send(service, 'GET', '/_status', { headers });

describe('/_ping', () => {
  it('says what is running and nothing else, without asking the database', async () => {
    const before = service.endpoint.calls;
    const { status, headers, body } = await send(service, 'GET', '/_ping');
    expect({ status, body }).toEqual({ status: 200, body: build });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(service.endpoint.calls).toBe(before);
  });
});

describe('/_status', () => {
  const check = () => ({ timeout: 'false', links: { self: `${service.url}/_status` } });

  it('passes while the database answers', async () => {
    const { status: code, headers, body } = await status();
    expect({ code, body }).toEqual({
      code: 200,
      body: {
        status: 'pass',
        ...build,
        checks: {
          database: {
            ...check(),
            status: 'pass',
            responseCode: 200,
            outcome: 'the database answers',
          },
        },
      },
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('fails, and says so with 200, while the database is away', async () => {
    service.endpoint.faults.unavailable = true;
    const { status: code, body } = await status();
    expect({ code, body }).toEqual({
      code: 200,
      body: {
        status: 'fail',
        ...build,
        checks: {
          database: {
            ...check(),
            status: 'fail',
            responseCode: 503,
            outcome: 'the database does not answer',
          },
        },
      },
    });
  });

  it('warns while the database is slow', async () => {
    service.endpoint.faults.delayMs = 2_200;
    const { body } = await status();
    expect(body).toMatchObject({ status: 'warn', checks: { database: { status: 'warn' } } });
  });

  it.each<[string, () => Record<string, string>]>([
    ['no key', () => ({})],
    ['an empty key', () => ({ apikey: '' })],
    ['another key', () => ({ apikey: 'another' })],
    ['a part of the key', () => ({ apikey: service.statusApiKey.slice(0, -1) })],
    ['the key and more', () => ({ apikey: `${service.statusApiKey}x` })],
    ['the key as a bearer token', () => ({ authorization: `Bearer ${service.statusApiKey}` })],
  ])('refuses %s in the words of the platform, without asking the database', async (_, headers) => {
    const before = service.endpoint.calls;
    const requestId = '3b1f0a4e-6f43-4ad1-a8a5-0b9ddbd7d3a1';
    const { status: code, body } = await status({ ...headers(), 'x-request-id': requestId });
    expect({ code, body }).toEqual({
      code: 401,
      body: {
        error: 'Access Denied',
        error_description: 'Invalid api key for _status monitoring endpoint',
        message_id: requestId,
      },
    });
    expect(service.endpoint.calls).toBe(before);
  });
});
