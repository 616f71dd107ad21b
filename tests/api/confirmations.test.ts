import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmationAnswers } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import { createLoopRecord, openCycle, publishLoopRecord } from './support/things.ts';
import { dumpTables } from './support/traces.ts';

// A real PostgreSQL: many confirm at once.
let service: Service;
beforeAll(async () => {
  service = await startService({ database: 'server' });
  await service.database.query('create schema test');
  // Every table that was ever shown, and of how many it was made; slowly, so that others come meanwhile.
  await service.database.query(
    'create table test.shown (record_id uuid, people integer, rows jsonb, place bigserial)',
  );
  await service.database.query(
    `create function test.note_shown() returns trigger language plpgsql security definer as
     'begin
       insert into test.shown values (new.record_id, new.people, new.rows);
       perform pg_sleep(0.05);
       return null;
     end'`,
  );
  await service.database.query(
    'create trigger noted after insert or update on shown_confirmations for each row execute function test.note_shown()',
  );
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const hidden = { suppressed: true, yes: null, partly: null, no: null, tooSoon: null };
const done = { weDid: { status: 'done', text: 'The room is open.' } };

const confirm = (id: string, body: unknown, options: Parameters<typeof send>[3] = {}) =>
  send(service, 'POST', `/v1/loop-records/${id}/confirmations`, { body, ...options });

/** One after the other. @returns what the last was answered */
async function confirmTimes(id: string, times: number, body: unknown): Promise<Shown> {
  let last: Shown;
  for (let index = 0; index < times; index += 1) {
    const sent = await confirm(id, body);
    expect(sent.status, sent.text).toBe(201);
    last = sent.body;
  }
  return last;
}

/** Puts confirmations there past the API, which shows nothing of them until the next one comes. */
const count = (id: string, perspective: string, answer: string, people: number) =>
  service.database.query(
    `insert into confirmation_counts (record_id, perspective, answer, people) values ($1, $2, $3, $4)
     on conflict (record_id, perspective, answer) do update set people = confirmation_counts.people + $4`,
    [id, perspective, answer, people],
  );

async function counted(id: string): Promise<number> {
  const [row] = await service.database.query<{ people: number }>(
    'select coalesce(sum(people), 0)::int as people from confirmation_counts where record_id = $1',
    [id],
  );
  return row?.people ?? 0;
}

/** A record as everybody reads it: the public alone, in the list, as a version, and its staff alone and in their list. */
async function readEverywhere(id: string): Promise<Shown[]> {
  const path = `/v1/loop-records/${id}`;
  const [alone, version, own] = await Promise.all([
    send(service, 'GET', path),
    send(service, 'GET', `${path}/versions/1`),
    send(service, 'GET', path, staff),
  ]);
  const lists = await Promise.all(
    [{}, staff].map((options) => send(service, 'GET', '/v1/loop-records?limit=100', options)),
  );
  const listed = lists.map(({ body }) => body.items.find((each: Shown) => each.id === id));
  return [alone.body, version.body, own.body, ...listed];
}

describe('what is shown of confirmations', () => {
  it('is nothing below the threshold and something at it, in every place alike', async () => {
    const { id } = await publishLoopRecord(service);
    const ninth = await confirmTimes(id, 9, { answer: 'yes', perspective: 'service_user' });
    expect(ninth).toEqual({ ...hidden, byPerspective: [] });
    for (const { confirmations } of await readEverywhere(id)) expect(confirmations).toEqual(ninth);

    const tenth = await confirmTimes(id, 1, { answer: 'partly' });
    expect(tenth).toMatchObject({ suppressed: false, yes: 10, partly: 0, no: 0, tooSoon: 0 });
    for (const row of tenth.byPerspective) expect(row).toMatchObject(hidden);
    for (const { confirmations } of await readEverywhere(id)) expect(confirmations).toEqual(tenth);
  });

  it('changes when as many as the threshold have answered since, and not before', async () => {
    const { id } = await publishLoopRecord(service);
    const first = await confirmTimes(id, 10, { answer: 'yes' });
    expect(await confirmTimes(id, 9, { answer: 'no' })).toEqual(first);
    const later = await confirmTimes(id, 5, { answer: 'no' });
    expect(later.no).toBeGreaterThanOrEqual(10);
  });

  it('keeps the threshold and the perspectives of its cycle, and those of the service where it has none', async () => {
    const cycle = await openCycle(service, { disclosurePolicy: { threshold: 20, roundTo: 5 } });
    const { id } = await publishLoopRecord(service, { cycle: cycle.id });
    await count(id, 'service_user', 'yes', 18);
    expect((await confirmTimes(id, 1, { answer: 'yes' })).suppressed).toBe(true);
    const shown = await confirmTimes(id, 1, { answer: 'yes' });
    expect(shown).toMatchObject({ suppressed: false, yes: 20 });
    const named = ({ byPerspective }: Shown) => byPerspective.map((row: Shown) => row.perspective);
    expect(named(shown)).toEqual([...cycle.perspectives, 'not_said']);

    const other = await publishLoopRecord(service);
    expect(named(await confirmTimes(other.id, 10, { answer: 'no' }))).toHaveLength(8);
  });

  it('tells perspectives apart once there are enough, those that the cycle does not ask as not said', async () => {
    const cycle = await openCycle(service);
    const { id } = await publishLoopRecord(service, { cycle: cycle.id });
    await confirmTimes(id, 10, { answer: 'yes', perspective: 'service_user' });
    await count(id, 'service_user', 'yes', 14);
    await count(id, 'manager', 'no', 30);
    const shown = await confirmTimes(id, 1, { answer: 'yes', perspective: 'service_user' });
    expect(shown).toMatchObject({ yes: 25, no: 30 });
    const byPerspective = Object.fromEntries(
      shown.byPerspective.map((row: Shown) => [row.perspective, row]),
    );
    // Nobody answered as a carer: that is not told, nor can it be worked out.
    expect(byPerspective).toMatchObject({
      service_user: hidden,
      carer: hidden,
      not_said: { suppressed: false, yes: 0, no: 30 },
    });
    for (const { confirmations } of await readEverywhere(id)) expect(confirmations).toEqual(shown);
  });

  it('changes the strong ETag of the record, so that nobody is told that it is the same', async () => {
    const { id } = await publishLoopRecord(service);
    await confirmTimes(id, 9, { answer: 'yes' });
    const etag = (await send(service, 'GET', `/v1/loop-records/${id}`)).headers.get('etag') ?? '';
    const read = () =>
      send(service, 'GET', `/v1/loop-records/${id}`, { headers: { 'if-none-match': etag } });
    expect((await read()).status).toBe(304);
    await confirmTimes(id, 1, { answer: 'yes' });
    expect((await read()).status).toBe(200);
  });
});

describe('a record that says done', () => {
  it('is contested once people contradict it as far as is shown, and no more once they do not', async () => {
    const { id } = await publishLoopRecord(service, done);
    await confirmTimes(id, 9, { answer: 'no' });
    for (const { contested } of await readEverywhere(id)) expect(contested).toBe(false);
    await confirmTimes(id, 1, { answer: 'no' });
    for (const { contested } of await readEverywhere(id)) expect(contested).toBe(true);
    await count(id, 'carer', 'partly', 40);
    await confirmTimes(id, 1, { answer: 'yes' });
    for (const { contested } of await readEverywhere(id)) expect(contested).toBe(false);
  });

  it('is not contested by those who find it too soon to say', async () => {
    const { id } = await publishLoopRecord(service, done);
    const shown = await confirmTimes(id, 10, { answer: 'too_soon' });
    expect(shown).toMatchObject({ tooSoon: 10 });
    for (const { contested } of await readEverywhere(id)) expect(contested).toBe(false);
  });

  it('is what can be contested: a promise cannot', async () => {
    const { id } = await publishLoopRecord(service);
    await confirmTimes(id, 10, { answer: 'no' });
    for (const { contested } of await readEverywhere(id)) expect(contested).toBe(false);
  });
});

describe('what is kept of a confirmation', () => {
  it('is one count that is one higher, and nothing anywhere else', async () => {
    const { id } = await publishLoopRecord(service);
    await confirmTimes(id, 1, { answer: 'no', perspective: 'carer' });
    const before = await dumpTables(service.database);
    const headers = {
      'user-agent': 'zqx-browser',
      'x-request-id': randomUUID(),
      'cf-connecting-ip': '192.0.2.77',
    };
    const body = { answer: 'no', perspective: 'carer' };
    expect((await confirm(id, body, { headers })).status).toBe(201);
    expect((await confirm(id, body, { ...staff, headers })).status).toBe(201);
    const after = await dumpTables(service.database);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(['public.confirmation_counts']);
    const rows = await service.database.query(
      'select * from confirmation_counts where record_id = $1',
      [id],
    );
    expect(rows).toEqual([{ record_id: id, perspective: 'carer', answer: 'no', people: 3 }]);
    expect(service.logs().join('\n')).not.toMatch(/zqx|192\.0\.2\.77/);
  });
});

describe('a confirmation is refused, and not counted,', () => {
  it.each<[string, unknown, string[]]>([
    ['with free text', { answer: 'no', text: 'They lied.' }, ['/text']],
    ['with a comment', { answer: 'no', comment: null }, ['/comment']],
    ['with who it is from', { answer: 'no', name: 'Anna' }, ['/name']],
    ['with an answer in words', { answer: 'It is not true.' }, ['/answer']],
    ['with an answer in the spelling of replies', { answer: 'tooSoon' }, ['/answer']],
    ['without an answer', { perspective: 'carer' }, ['/answer']],
    [
      'with a perspective that is none',
      { answer: 'no', perspective: 'neighbour' },
      ['/perspective'],
    ],
    ['with the mark of none', { answer: 'no', perspective: 'not_said' }, ['/perspective']],
  ])('%s', async (_, body, pointers) => {
    const { id } = await publishLoopRecord(service);
    const refused = await confirm(id, body);
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(pointers);
    expect(await counted(id)).toBe(0);
  });

  it('of a record that is not there, or a draft', async () => {
    const { id } = await createLoopRecord(service);
    for (const unknown of [id, randomUUID()])
      expect(refusalOf(await confirm(unknown, { answer: 'yes' }))).toEqual({
        status: 404,
        code: 'not-found',
      });
    expect(await counted(id)).toBe(0);
  });

  it('of a record that is withdrawn', async () => {
    const { id } = await publishLoopRecord(service);
    await send(service, 'DELETE', `/v1/loop-records/${id}/publication`, staff);
    const refused = await confirm(id, { answer: 'yes' });
    expect(refusalOf(refused)).toEqual({ status: 410, code: 'gone' });
    expect(await counted(id)).toBe(0);
  });
});

it('anybody may answer in each way, and from each perspective of a record', async () => {
  const { id } = await publishLoopRecord(service);
  for (const answer of confirmationAnswers)
    expect((await confirm(id, { answer, perspective: 'community_partner' })).status).toBe(201);
  expect(await counted(id)).toBe(4);
});

describe('many who answer at once', () => {
  it('are all counted, and no two tables that are shown differ by fewer than the threshold', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await publishLoopRecord(service);
      const sent = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          confirm(id, { answer: confirmationAnswers[index % 2] }),
        ),
      );
      expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
      expect(await counted(id)).toBe(40);

      const steps = await service.database.query<{ people: number }>(
        'select people from test.shown where record_id = $1 order by place',
        [id],
      );
      expect(steps.length).toBeGreaterThan(0);
      let before = 0;
      for (const { people } of steps) {
        expect(people - before, JSON.stringify(steps)).toBeGreaterThanOrEqual(10);
        before = people;
      }
      // What each was answered had been shown to everybody.
      const [{ body }, ...replies] = [
        await send(service, 'GET', `/v1/loop-records/${id}`),
        ...sent,
      ];
      const shown = new Set(replies.map((reply) => JSON.stringify(reply.body)));
      expect(shown.size).toBeLessThanOrEqual(steps.length + 1);
      expect(body.confirmations.suppressed).toBe(false);
    }
  });
});
