import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../api/contracts.ts';
import { Pepper } from '../../api/http/pepper.ts';
import type { Principal } from '../../api/http/principal.ts';
import { limitRate, type RateLimitName } from '../../api/http/rate-limit.ts';
import type { Service as ApiService } from '../../api/service.ts';
import { type Service, startService } from '../support/service.ts';
import { type Sent, type Shown, send } from './support/send.ts';
import {
  countInbox,
  openCycle,
  postBatch,
  publishLoopRecord,
  submission,
} from './support/things.ts';

// The limits of wrangler.toml, as they are deployed.
let service: Service;
let cycle: Shown;
beforeAll(async () => {
  service = await startService({ rateLimits: 'as-configured' });
  cycle = await openCycle(service);
});
afterAll(() => service?.stop());

/**
 * The header in which Cloudflare says where a request comes from. There, whatever a client sends in it is replaced; the
 * local platform sets it where a client did not.
 */
const ADDRESS_HEADER = 'cf-connecting-ip';

/** An address that no test has used. */
const newAddress = () => `10.${[1, 2, 3].map(() => randomInt(1, 255)).join('.')}`;

/** Budgets are renewed at every full minute: what fell into two is done again, from another address. */
async function inOneMinute<Result>(scenario: (address: string) => Promise<Result>) {
  const minute = () => Math.floor(Date.now() / 60_000);
  for (let attempt = 0; ; attempt += 1) {
    const before = minute();
    const result = await scenario(newAddress());
    if (minute() === before) return result;
    if (attempt === 2) throw new Error('took longer than a minute, three times');
  }
}

const submit = (address: string, options: Parameters<typeof send>[3] = {}, cycleId = cycle.id) =>
  send(service, 'POST', `/v1/cycles/${cycleId}/submissions`, {
    body: submission(),
    ...options,
    headers: { [ADDRESS_HEADER]: address, ...options.headers },
  });
const useReceipt = (address: string, operation: string, body: unknown = { receipt: 'none' }) =>
  send(service, 'POST', `/v1/receipts/${operation}`, {
    body,
    headers: { [ADDRESS_HEADER]: address },
  });

async function repeat(count: number, once: (index: number) => Promise<Sent>): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let index = 0; index < count; index += 1) sent.push(await once(index));
  return sent;
}
const statuses = (sent: readonly Sent[]) => sent.map(({ status }) => status);
const times = (count: number, status: number) => Array<number>(count).fill(status);

function expectTooMany(sent: Sent | undefined, path: string): void {
  expect(sent?.status, sent?.text).toBe(429);
  expect(sent?.headers.get('retry-after')).toBe('60');
  expect(sent?.headers.get('content-type')).toBe('application/problem+json');
  expect(sent?.headers.get('cache-control')).toBe('no-store');
  expect(sent?.body).toEqual({
    type: `${service.url}/docs/problems#too-many-requests`,
    title: expect.any(String),
    status: 429,
    detail: 'Too many requests. Try again in 60 seconds.',
    instance: path,
    code: 'too-many-requests',
    requestId: sent?.headers.get('x-request-id'),
  });
}

describe('submissions of the public', () => {
  it('from one address are 60 a minute: one more is refused and not stored, and another address is let in', async () => {
    const { first, more, other, stored } = await inOneMinute(async (address) => {
      const before = await countInbox(service, cycle.id);
      const first = await repeat(60, () => submit(address));
      const more = [
        await submit(address),
        await submit(address, {
          headers: {
            'x-forwarded-for': newAddress(),
            'x-real-ip': newAddress(),
            'true-client-ip': newAddress(),
          },
        }),
      ];
      const other = await submit(newAddress());
      return { first, more, other, stored: (await countInbox(service, cycle.id)) - before };
    });
    expect(statuses(first)).toEqual(times(60, 201));
    for (const sent of more) expectTooMany(sent, `/v1/cycles/${cycle.id}/submissions`);
    expect(other.status).toBe(201);
    expect(stored).toBe(61);
  });

  it('are counted together for a household, which has many IPv6 addresses', async () => {
    const network = `2001:db8:${randomInt(1, 0xffff).toString(16)}`;
    const { first, same, other } = await inOneMinute(async () => {
      const house = `${network}:${randomInt(1, 0xffff).toString(16)}`;
      const first = await repeat(60, (index) => submit(`${house}::${index.toString(16)}`));
      const same = await submit(`${house}:ffff:1:2:3`);
      const other = await submit(`${network}0:1::1`);
      return { first, same, other };
    });
    expect(statuses(first)).toEqual(times(60, 201));
    expect(same.status).toBe(429);
    expect(other.status).toBe(201);
  });

  it('that are refused for their content count too', async () => {
    const { refused, good } = await inOneMinute(async (address) => ({
      refused: await repeat(60, () => submit(address, { body: {} })),
      good: await submit(address),
    }));
    expect(statuses(refused)).toEqual(times(60, 400));
    expect(good.status).toBe(429);
  });

  it("are limited, a trust's are not, alone or in batches, though both come from one address", async () => {
    const { id } = await openCycle(service);
    const token = await service.token('demo-trust');
    const { ofTrust, batches, ofPublic } = await inOneMinute(async (address) => ({
      ofTrust: await repeat(65, () => submit(address, { token }, id)),
      batches: await repeat(5, () => postBatch(service, id, [submission()], { token })),
      ofPublic: await submit(address, {}, id),
    }));
    expect(statuses(ofTrust)).toEqual(times(65, 201));
    expect(statuses(batches)).toEqual(times(5, 200));
    expect(ofPublic.status).toBe(201);
  });

  it('with a token that is none are refused for that, not let in by it', async () => {
    const sent = await submit(newAddress(), { token: 'x.y.z' });
    expect(sent.status).toBe(401);
  });
});

describe('receipts', () => {
  it('can be tried ten times a minute, status and withdrawal together, and other things go on', async () => {
    const { tries, more, submitted, other } = await inOneMinute(async (address) => ({
      tries: await repeat(10, (index) =>
        useReceipt(
          address,
          index % 2 === 0 ? 'status' : 'withdrawal',
          // What is no receipt by its shape is a try as well.
          index === 9 ? { receipt: 'x'.repeat(101) } : undefined,
        ),
      ),
      more: [await useReceipt(address, 'status'), await useReceipt(address, 'withdrawal')],
      submitted: await submit(address),
      other: await useReceipt(newAddress(), 'status'),
    }));
    expect(statuses(tries)).toEqual([...times(9, 404), 400]);
    expectTooMany(more[0], '/v1/receipts/status');
    expectTooMany(more[1], '/v1/receipts/withdrawal');
    expect(submitted.status).toBe(201);
    expect(other.status).toBe(404);
  });

  it('that are good are not used up by a refusal: a withdrawal works later', async () => {
    const { receipt } = (await submit(newAddress())).body;
    const refused = await inOneMinute(async (address) => {
      await repeat(10, () => useReceipt(address, 'status'));
      return useReceipt(address, 'withdrawal', { receipt });
    });
    expect(refused.status).toBe(429);
    const sent = await useReceipt(newAddress(), 'withdrawal', { receipt });
    expect(sent.body).toEqual({ withdrawn: 'everything' });
  });
});

describe('confirmations', () => {
  it('from one address are 60 a minute, whoever it says it is: one more is refused and not counted', async () => {
    const { id } = await publishLoopRecord(service);
    const token = await service.token('demo-trust');
    const confirm = (address: string, options: Parameters<typeof send>[3] = {}) =>
      send(service, 'POST', `/v1/loop-records/${id}/confirmations`, {
        body: { answer: 'yes' },
        ...options,
        headers: { [ADDRESS_HEADER]: address },
      });
    const counted = async () => {
      const [row] = await service.database.query<{ people: number }>(
        'select coalesce(sum(people), 0)::int as people from confirmation_counts where record_id = $1',
        [id],
      );
      return row?.people ?? 0;
    };
    const { first, more, other, people } = await inOneMinute(async (address) => {
      const before = await counted();
      const first = await repeat(60, () => confirm(address));
      const more = [await confirm(address), await confirm(address, { token })];
      const other = await confirm(newAddress());
      return { first, more, other, people: (await counted()) - before };
    });
    expect(statuses(first)).toEqual(times(60, 201));
    for (const sent of more) expectTooMany(sent, `/v1/loop-records/${id}/confirmations`);
    expect(other.status).toBe(201);
    expect(people).toBe(61);
  });
});

describe('the token endpoint', () => {
  it('answers 120 times a minute, and then says so in the words of its platform', async () => {
    const ask = async (address: string): Promise<Sent> => {
      const response = await service.fetch('/oauth2/token', {
        method: 'POST',
        headers: { [ADDRESS_HEADER]: address },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const text = await response.text();
      const { status, headers } = response;
      return { status, headers, text, body: JSON.parse(text) };
    };
    const { first, more, other } = await inOneMinute(async (address) => ({
      first: await repeat(120, () => ask(address)),
      more: await ask(address),
      other: await ask(newAddress()),
    }));
    expect(statuses(first)).toEqual(times(120, 400));
    expect(more.status).toBe(429);
    expect(more.headers.get('retry-after')).toBe('60');
    expect(more.headers.get('content-type')).toBe('application/json');
    expect(more.body).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'Too many requests. Try again in 60 seconds.',
      message_id: more.headers.get('x-request-id'),
    });
    expect(other.status).toBe(400);
  });
});

it('of every request that was refused nothing is logged', () => {
  expect(service.logs().join('\n')).not.toMatch(/too-many|429|10\.\d+\.\d+\.\d+|2001:db8/);
});

describe('what the platform counts by', () => {
  const names: readonly RateLimitName[] = ['publicSubmission', 'confirmation', 'receipt', 'token'];
  const now = new Date('2026-11-22T09:30:00Z');

  /** A service whose limits note the keys that they are given. */
  function recording(pepper = 'A'.repeat(43), success = true) {
    const keys: string[] = [];
    const limit = async (options: { key: string }) => {
      expect(Object.keys(options)).toEqual(['key']);
      keys.push(options.key);
      return { success };
    };
    const rateLimits = Object.fromEntries(names.map((name) => [name, { limit }]));
    const limited = { pepper: new Pepper(pepper), rateLimits } as unknown as ApiService;
    const keyOf = async (
      rateLimit: RateLimitName,
      address: string | null,
      moment = now,
      caller: Principal | null = null,
    ) => {
      const operation = { ...contracts[0], rateLimit } as (typeof contracts)[number];
      const headers = new Headers(address === null ? {} : { [ADDRESS_HEADER]: address });
      await limitRate(operation, headers, caller, limited, moment);
      return keys.pop();
    };
    return keyOf;
  }

  it('is never an address nor anything that it could be guessed from without the key of the Worker', async () => {
    const keyOf = recording();
    for (const address of ['192.0.2.1', '2001:db8:1:2:3:4:5:6', '::1']) {
      const key = await keyOf('receipt', address);
      expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(key).not.toContain(address);
      expect(await recording('B'.repeat(43))('receipt', address)).not.toBe(key);
    }
  });

  it('is one for a network and a kind of request, for an hour', async () => {
    const keyOf = recording();
    const key = await keyOf('receipt', '192.0.2.1');
    expect(await keyOf('receipt', '192.0.2.1', new Date('2026-11-22T09:59:59Z'))).toBe(key);
    expect(await keyOf('receipt', '::ffff:192.0.2.1')).toBe(key);
    const others = [
      await keyOf('receipt', '192.0.2.2'),
      await keyOf('receipt', '192.0.2.1', new Date('2026-11-22T10:00:00Z')),
      await keyOf('receipt', '192.0.2.1', new Date('2026-11-22T08:59:59Z')),
      await keyOf('publicSubmission', '192.0.2.1'),
      await keyOf('token', '192.0.2.1'),
      await keyOf('confirmation', '192.0.2.1'),
      await keyOf('receipt', null),
    ];
    expect(new Set([key, ...others]).size).toBe(8);
    for (const other of others) expect(other).toEqual(expect.any(String));
  });

  it('is nothing for a trust that submits, which is known by its registration', async () => {
    const caller: Principal = {
      clientId: randomUUID(),
      clientVersion: 1,
      organisations: ['RHA'],
      scopes: ['submissions:write'],
    };
    const keyOf = recording();
    expect(await keyOf('publicSubmission', '192.0.2.1', now, caller)).toBeUndefined();
    expect(await keyOf('receipt', '192.0.2.1', now, caller)).toEqual(expect.any(String));
  });

  it('is asked about for the operations that anybody may call with something of their own, and for one that asks others', () => {
    const limited = contracts.filter(({ rateLimit }) => rateLimit !== undefined);
    expect(limited.map(({ id, rateLimit }) => [id, rateLimit]).sort()).toEqual([
      ['checkKeySet', 'token'],
      ['confirmLoopRecord', 'confirmation'],
      ['createSubmission', 'publicSubmission'],
      ['issueToken', 'token'],
      ['readReceiptStatus', 'receipt'],
      ['withdrawSubmission', 'receipt'],
    ]);
    const open = contracts.filter(
      ({ method, access }) =>
        method !== 'get' &&
        (access.kind === 'public' || (access.kind === 'scope' && access.orPublic)),
    );
    expect(limited.map(({ id }) => id).sort()).toEqual(
      [...open.map(({ id }) => id), 'checkKeySet'].sort(),
    );
  });

  it('is counted up to the same limits in every environment', async () => {
    const config = await readFile(resolve(import.meta.dirname, '../../wrangler.toml'), 'utf8');
    const declared = [
      ...config.matchAll(
        /^name = "(\w+_LIMIT)"\nnamespace_id = "(\d+)"\nsimple = \{ limit = (\d+), period = (\d+) \}$/gm,
      ),
    ];
    const limits = declared.map(([, name, , limit, period]) => `${name} ${limit} in ${period}`);
    const each = [
      'CONFIRMATION_LIMIT 60 in 60',
      'PUBLIC_SUBMISSION_LIMIT 60 in 60',
      'RECEIPT_LIMIT 10 in 60',
      'TOKEN_LIMIT 120 in 60',
    ];
    expect(limits.sort()).toEqual(each.flatMap((limit) => [limit, limit, limit]));
    // A namespace of its own each: shared ones would share their budgets.
    expect(new Set(declared.map(([, , namespace]) => namespace)).size).toBe(12);
  });
});
