import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import {
  countInbox,
  countRated,
  createCycle,
  dateTimeIn,
  moveCycle,
  openCycle,
  postBatch,
  submission,
} from './support/things.ts';

// A real PostgreSQL: copies of a batch must meet each other there.
let service: Service;
let cycle: Shown;
beforeAll(async () => {
  service = await startService({ database: 'server' });
  cycle = await openCycle(service);
});
afterAll(() => service?.stop());
afterEach(() => {
  Object.assign(service.endpoint.faults, { answersToLose: 0, delayMs: 0 });
});

const countRecords = async (): Promise<number> => {
  const [row] = await service.database.query<{ count: number }>(
    'select count(*)::int as count from idempotency_records',
  );
  return row?.count ?? 0;
};

/** Submissions that can be told apart by their second answer. */
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    submission({ answers: [{ question: 'could-improve', text: String(index) }] }),
  );

describe('a batch', () => {
  it('is stored whole, and answered item by item', async () => {
    const { id } = await openCycle(service);
    const sent = await postBatch(service, id, numbered(3));
    expect({ status: sent.status, ...sent.body }).toEqual({
      status: 200,
      accepted: 3,
      rejected: 0,
      results: [0, 1, 2].map((index) => ({ index, status: 'accepted' })),
    });
    expect(await countInbox(service, id)).toBe(3);
  });

  it('refuses an item by itself, in any way in which it can be wrong, and takes the others', async () => {
    const { id } = await openCycle(service);
    const rating = { standard: 'overall-experience', asIs: 4 };
    const items: [unknown, string[]][] = [
      [submission(), []],
      [submission({ ratings: [{ ...rating, asIs: 9 }] }), ['/ratings/0/asIs']],
      [submission({ ratings: [rating, rating] }), ['/ratings/1/standard']],
      [submission({ perspective: 'staff' }), ['/perspective']],
      [submission({ organisation: 'RV3' }), ['/organisation']],
      [submission({ recordId: '17' }), ['/recordId']],
      [submission({ submittedAt: '2026-11-22T09:30:00Z' }), ['/submittedAt']],
      [{ perspective: 'carer' }, ['']],
      [{}, ['/perspective']],
      ['text', ['']],
      [null, ['']],
      [[], ['']],
      [submission({ 'a/b~c': 1 }), ['/a~1b~0c']],
      [submission({ answers: [{ question: 'what-good', text: '' }] }), ['/answers/0/text']],
      [submission({ organisation: 'rha' }), []],
    ];
    const { status, body } = await postBatch(
      service,
      id,
      items.map(([item]) => item),
    );
    expect(status).toBe(200);
    expect(body.results).toEqual(
      items.map(([, pointers], index) =>
        pointers.length === 0
          ? { index, status: 'accepted' }
          : {
              index,
              status: 'rejected',
              problem: {
                code: 'validation-failed',
                errors: pointers.map((pointer) => ({
                  pointer: `/submissions/${index}${pointer}`,
                  detail: expect.any(String),
                })),
              },
            },
      ),
    );
    expect(body).toMatchObject({ accepted: 2, rejected: 13 });
    expect(await countInbox(service, id)).toBe(2);
  });

  it('of which nothing can be taken is answered too, and again the same', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    const first = await postBatch(service, id, [{}], { key });
    expect(first).toMatchObject({ status: 200, body: { accepted: 0, rejected: 1 } });
    expect((await postBatch(service, id, [{}], { key })).text).toBe(first.text);
    expect(await countInbox(service, id)).toBe(0);
  });

  it('is stored all together or not at all', async () => {
    const { id } = await openCycle(service);
    const records = await countRecords();
    // A defect that the database finds in one row of the batch.
    await service.database.query(
      "alter table inbox add constraint refuses check (answers[2] <> '7') not valid",
    );
    const key = randomUUID();
    const refused = await postBatch(service, id, numbered(10), { key });
    await service.database.query('alter table inbox drop constraint refuses');
    expect(refused.status).toBe(500);
    expect(await countInbox(service, id)).toBe(0);
    expect(await countRecords()).toBe(records);
    expect((await postBatch(service, id, numbered(10), { key })).body.accepted).toBe(10);
    expect(await countInbox(service, id)).toBe(10);
  });

  it('takes 500 items and refuses 501, none, and anything beside them', async () => {
    const { id } = await openCycle(service);
    expect((await postBatch(service, id, numbered(500))).body.accepted).toBe(500);
    for (const items of [numbered(501), [], 'x', undefined]) {
      const refused = await postBatch(service, id, items);
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    }
    const withMore = await send(service, 'POST', `/v1/cycles/${id}/submission-batches`, {
      as: 'demo-trust',
      headers: { 'idempotency-key': randomUUID() },
      body: { submissions: numbered(1), source: 'file.csv' },
    });
    expect(refusalOf(withMore)).toEqual({ status: 400, code: 'validation-failed' });
    expect(await countInbox(service, id)).toBe(500);
  });

  it('has texts that come back from the database exactly as they were sent', async () => {
    const { id } = await openCycle(service);
    const anyText = fc
      .oneof(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        fc.stringMatching(/^["\\{},'NULnul \n\t$%]{1,20}$/),
      )
      .filter((text) => text.trim() !== '' && !text.includes('\u0000') && text.isWellFormed());
    const texts = fc.sample(anyText, 500);
    const items = texts.map((text, index) => ({
      perspective: 'carer',
      answers: [
        { question: 'what-good', text },
        { question: 'could-improve', text: String(index) },
      ],
    }));
    const sent = await postBatch(service, id, items);
    expect(sent.body.accepted, sent.text.slice(0, 500)).toBe(500);
    const rows = await service.database.query<{ answers: [string, string] }>(
      'select answers from inbox where cycle_id = $1',
      [id],
    );
    const stored = rows.toSorted((a, b) => Number(a.answers[1]) - Number(b.answers[1]));
    expect(stored.map(({ answers }) => answers[0])).toEqual(texts);
  });
});

describe('the inbox', () => {
  /** Spearman's rank correlation of a permutation with its natural order. */
  function rankCorrelation(places: number[]): number {
    const n = places.length;
    const squares = places.reduce((sum, value, index) => sum + (value - index) ** 2, 0);
    return 1 - (6 * squares) / (n * (n * n - 1));
  }

  it('tells neither by its own order nor by its ids which row of a batch came first', async () => {
    const { id } = await openCycle(service);
    expect((await postBatch(service, id, numbered(500))).body.accepted).toBe(500);
    for (const order of ['ctid', 'id']) {
      const rows = await service.database.query<{ place: number }>(
        `select answers[2]::int as place from inbox where cycle_id = $1 order by ${order}`,
        [id],
      );
      const places = rows.map(({ place }) => place);
      expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, index) => index));
      // Of a random order, the correlation has a standard deviation of 0.045: 0.27 is six of them, met once in 500
      // million runs. More than 15 rows in their own place are met once in 10^13.
      expect(Math.abs(rankCorrelation(places))).toBeLessThan(0.27);
      expect(places.filter((place, index) => place === index).length).toBeLessThan(15);
    }
  });

  it('gives every row a random id (version 4)', async () => {
    const rows = await service.database.query<{ id: string }>('select id from inbox');
    expect(rows.length).toBeGreaterThan(0);
    for (const { id } of rows)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('the same batch again', () => {
  it('is answered the same and stored once', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    const items = [...numbered(3), {}];
    const first = await postBatch(service, id, items, { key });
    const again = await postBatch(service, id, items, { key: key.toUpperCase() });
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(await countInbox(service, id)).toBe(3);
  });

  it('is answered the same after the cycle closed, and a new one is refused', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    const first = await postBatch(service, id, numbered(2), { key });
    await moveCycle(service, id, 'closed');
    const again = await postBatch(service, id, numbered(2), { key });
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(refusalOf(await postBatch(service, id, numbered(2)))).toEqual({
      status: 409,
      code: 'cycle-not-open',
    });
    expect(await countRated(service, id)).toBe(2);
  });

  it('is stored once when the database did the work and its answer was lost', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    service.endpoint.faults.answersToLose = 1;
    const lost = await postBatch(service, id, numbered(4), { key });
    expect(refusalOf(lost)).toEqual({ status: 503, code: 'database-unavailable' });
    expect(lost.headers.get('retry-after')).toMatch(/^\d+$/);
    const again = await postBatch(service, id, numbered(4), { key });
    expect(again).toMatchObject({ status: 200, body: { accepted: 4, rejected: 0 } });
    expect(await countInbox(service, id)).toBe(4);
  });

  it('is stored once when the sender hung up before the answer', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    service.endpoint.faults.delayMs = 400;
    const hungUp = postBatch(service, id, numbered(4), { key, signal: AbortSignal.timeout(200) });
    await expect(hungUp).rejects.toThrow();
    service.endpoint.faults.delayMs = 0;
    const again = await postBatch(service, id, numbered(4), { key });
    expect(again).toMatchObject({ status: 200, body: { accepted: 4, rejected: 0 } });
    expect(await countInbox(service, id)).toBe(4);
  });

  it('in fifty copies at once is stored once, and each copy gets the same answer', async () => {
    const { id } = await openCycle(service);
    await service.token('demo-trust');
    const key = randomUUID();
    const items = [...numbered(20), submission({ perspective: 'staff' })];
    const calls = service.endpoint.calls;
    const sent = await Promise.all(
      Array.from({ length: 50 }, () => postBatch(service, id, items, { key })),
    );
    expect(service.endpoint.calls - calls).toBeLessThanOrEqual(50);
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    expect(sent[0]?.body).toMatchObject({ accepted: 20, rejected: 1 });
    expect(await countInbox(service, id)).toBe(20);
  });
});

describe('an idempotency key', () => {
  const reused = { status: 409, code: 'idempotency-key-reused' };

  it('with another body is refused, and nothing of that is stored', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    await postBatch(service, id, numbered(2), { key });
    expect(refusalOf(await postBatch(service, id, numbered(3), { key }))).toEqual(reused);
    expect(await countInbox(service, id)).toBe(2);
  });

  it('with another cycle is refused', async () => {
    const [one, other] = [await openCycle(service), await openCycle(service)];
    const key = randomUUID();
    await postBatch(service, one.id, numbered(2), { key });
    expect(refusalOf(await postBatch(service, other.id, numbered(2), { key }))).toEqual(reused);
    expect(await countInbox(service, other.id)).toBe(0);
  });

  it('of two bodies at once lets one in', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    const sent = await Promise.all(
      [5, 6].flatMap((count) =>
        Array.from({ length: 5 }, () => postBatch(service, id, numbered(count), { key })),
      ),
    );
    const stored = await countInbox(service, id);
    expect([5, 6]).toContain(stored);
    for (const { status, body } of sent)
      if (status === 200) expect(body.accepted).toBe(stored);
      else expect({ status, code: body.code }).toEqual(reused);
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(5);
  });

  it('is its client’s own: another may use the same', async () => {
    const { id } = await openCycle(service, { organisations: ['RHA', 'RV3'], services: [] });
    const key = randomUUID();
    const sent = await Promise.all(
      ['demo-trust', 'demo-trust-two'].map((as) =>
        postBatch(service, id, numbered(as === 'demo-trust' ? 2 : 3), { key, as }),
      ),
    );
    expect(sent.map(({ body }) => body.accepted)).toEqual([2, 3]);
    expect(await countInbox(service, id)).toBe(5);
  });

  it.each<[string, Record<string, string>]>([
    ['missing', {}],
    ['empty', { 'idempotency-key': '' }],
    ['a number', { 'idempotency-key': '17' }],
    ['a text', { 'idempotency-key': 'batch-2026-11-22' }],
    ['a UUID and more', { 'idempotency-key': `${randomUUID()}-1` }],
  ])('that is %s is refused', async (_, headers) => {
    const refused = await send(service, 'POST', `/v1/cycles/${cycle.id}/submission-batches`, {
      as: 'demo-trust',
      headers,
      body: { submissions: numbered(1) },
    });
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'invalid-header' });
  });

  it('is not stored, nor the body, nor anything that both could be guessed from', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    const marker = 'zqxjk-marker';
    const items = [
      submission({ answers: [{ question: 'what-good', text: marker }] }),
      submission({ perspective: marker, service: marker }),
    ];
    await postBatch(service, id, items, { key });
    const rows = await service.database.query(
      'select * from idempotency_records where cycle_id = $1',
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(JSON.stringify(rows)).not.toContain(marker);
  });
});

describe('what a sender made up', () => {
  it('is not kept, not even the name of a member that the contract does not know', async () => {
    const { id } = await openCycle(service);
    await postBatch(service, id, [submission({ 'zqxjk my phone number is': 1 })]);
    const rows = await service.database.query(
      'select * from idempotency_records where cycle_id = $1',
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('zqxjk');
  });

  it.each([
    ['a NUL', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
    ['a character that is cut in half where names are cut', `${'x'.repeat(59)}😀`],
  ])('as a name with %s refuses its item and no other', async (_, name) => {
    const { id } = await openCycle(service);
    const sent = await postBatch(service, id, [submission({ [name]: 1 }), submission()]);
    expect(sent).toMatchObject({ status: 200, body: { accepted: 1, rejected: 1 } });
    expect(await countInbox(service, id)).toBe(1);
  });

  it('is told at most a hundred times an item', async () => {
    const { id } = await openCycle(service);
    const names = Array.from({ length: 1000 }, (_, index) => [`made-up-${index}`, 1]);
    const { body } = await postBatch(service, id, [submission(Object.fromEntries(names))]);
    expect(body.results[0].problem.errors.length).toBeLessThanOrEqual(100);
  });
});

describe('a dry run', () => {
  it('tells what would become of a batch, and stores nothing at all', async () => {
    const { id } = await openCycle(service);
    const key = randomUUID();
    const records = await countRecords();
    const items = [...numbered(2), {}];
    const dry = await postBatch(service, id, items, { key, query: '?dryRun=true' });
    expect(dry).toMatchObject({ status: 200, body: { accepted: 2, rejected: 1 } });
    expect(await countInbox(service, id)).toBe(0);
    expect(await countRecords()).toBe(records);

    const real = await postBatch(service, id, items, { key, query: '?dryRun=false' });
    expect(real).toMatchObject({ status: 200, text: dry.text });
    expect(await countInbox(service, id)).toBe(2);
  });

  it('is refused where the batch itself would be', async () => {
    const { id } = await openCycle(service);
    await moveCycle(service, id, 'closed');
    const refused = await postBatch(service, id, numbered(1), { query: '?dryRun=true' });
    expect(refusalOf(refused)).toEqual({ status: 409, code: 'cycle-not-open' });
    const malformed = await postBatch(service, id, numbered(1), { query: '?dryRun=yes' });
    expect(refusalOf(malformed)).toEqual({ status: 400, code: 'validation-failed' });
  });
});

describe('a batch goes only', () => {
  it('to a cycle that is open', async () => {
    const { id: draft } = await createCycle(service);
    const { id: scheduled } = await createCycle(service, { opensAt: dateTimeIn(1) });
    await moveCycle(service, scheduled, 'scheduled');
    expect(refusalOf(await postBatch(service, draft, numbered(1))).status).toBe(404);
    expect(refusalOf(await postBatch(service, randomUUID(), numbered(1))).status).toBe(404);
    expect(refusalOf(await postBatch(service, scheduled, numbered(1)))).toEqual({
      status: 409,
      code: 'cycle-not-open',
    });
  });

  it('to a cycle that this instance remembers as open, once another has closed it, no more', async () => {
    const { id } = await openCycle(service);
    await postBatch(service, id, numbered(1));
    await service.database.query(
      'update cycles set closes_at = now(), version = version + 1 where id = $1',
      [id],
    );
    expect(refusalOf(await postBatch(service, id, numbered(1)))).toEqual({
      status: 409,
      code: 'cycle-not-open',
    });
    expect(await countInbox(service, id)).toBe(1);
  });

  it('to a cycle whose threshold was raised meanwhile, as before', async () => {
    const { id } = await openCycle(service);
    await postBatch(service, id, numbered(1));
    await service.database.query(
      'update cycles set threshold = 20, version = version + 1 where id = $1',
      [id],
    );
    expect((await postBatch(service, id, numbered(2))).body.accepted).toBe(2);
  });

  it('by the trust channel, from a client of a trust that takes part, with a token', async () => {
    const { id } = await openCycle(service, { channels: ['public'] });
    expect(refusalOf(await postBatch(service, id, numbered(1))).status).toBe(403);
    const outsider = await postBatch(service, cycle.id, numbered(1), { as: 'demo-trust-two' });
    expect(refusalOf(outsider).status).toBe(403);
    const nobody = await send(service, 'POST', `/v1/cycles/${cycle.id}/submission-batches`, {
      headers: { 'idempotency-key': randomUUID() },
      body: { submissions: numbered(1) },
    });
    expect(refusalOf(nobody).status).toBe(401);
  });
});
