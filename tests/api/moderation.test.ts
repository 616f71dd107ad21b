import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';

import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';
import {
  dateTimeIn,
  openCycle,
  postBatch,
  registerClient,
  signIn,
  waitingText,
} from './support/things.ts';
import { dump, uniqueWord } from './support/traces.ts';

// A real PostgreSQL: two moderators must meet each other there.
let service: Service;
let cycle: Shown;
/** Moderators of RHA, of another trust, and of RHA without the scope. */
let token: string;
let colleague: string;
let otherTrust: string;
let withoutScope: string;
beforeAll(async () => {
  service = await startService({ database: 'server' });
  cycle = await openCycle(service);
  const { privateJwk: key } = service.client('demo-admin');
  const moderator = async (organisations: string[], scopes = ['moderation:write']) =>
    signIn(service, await registerClient(service, { organisations, scopes, key }));
  token = await moderator(['RHA']);
  colleague = await moderator(['RHA']);
  otherTrust = await moderator(['RV3']);
  withoutScope = await moderator(['RHA'], ['loop:write']);
});
afterAll(() => service?.stop());

const list = (query = '', as = token) =>
  send(service, 'GET', `/v1/moderation/texts${query}`, { token: as });

const decide = (id: string, body: unknown, as = token) =>
  send(service, 'POST', `/v1/moderation/texts/${id}/decisions`, { token: as, body });

async function queue(query = '', as = token): Promise<Shown[]> {
  const items: Shown[] = [];
  for (let cursor = ''; ; ) {
    const { status, text, body } = await list(`?limit=100${query}${cursor}`, as);
    expect(status, text).toBe(200);
    items.push(...body.items);
    if (body.next === null) return items;
    cursor = `&cursor=${body.next}`;
  }
}

type TextRow = {
  text: string | null;
  decision: string | null;
  decision_reason: string | null;
};
const stored = async (id: string): Promise<TextRow | undefined> =>
  (
    await service.database.query<TextRow>(
      'select text, decision, decision_reason from text_parts where id = $1',
      [id],
    )
  )[0];

const uuid = expect.stringMatching(
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
);

/** Sends what people wrote, one after the other, and has it taken apart. */
async function takeApart(
  cycleId: string,
  texts: readonly string[],
  changes: Record<string, unknown> = {},
): Promise<void> {
  const submissions = texts.map((text) => ({
    perspective: 'service_user',
    service: 'adult-mental-health',
    ratings: [{ standard: 'overall-experience', asIs: 2, toBe: 5 }],
    answers: [{ question: 'what-good', text }],
    equality: { ethnicity: 'M' },
    ...changes,
  }));
  expect((await postBatch(service, cycleId, submissions)).body.accepted).toBe(texts.length);
  await service.scheduled();
}

/** Spearman's rank correlation of a permutation of 0, 1, 2 … with its natural order. */
function rankCorrelation(places: number[]): number {
  const n = places.length;
  const squares = places.reduce((sum, value, index) => sum + (value - index) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

describe('the queue shows of a text', () => {
  it('exactly what the contract pins, and nothing of ratings, roles, equality answers or times', async () => {
    const { id: cycleId } = await openCycle(service);
    const plain = Array.from({ length: 19 }, () => 'The ward was calm.');
    await takeApart(cycleId, ['😀😀 My nurse Amara listened.', ...plain]);
    const sent = await list(`?cycle=${cycleId}`);
    expect(Object.keys(sent.body)).toEqual(['items', 'next']);
    expect(sent.body.next).toBeNull();
    expect(sent.headers.get('cache-control')).toBe('no-store');
    const about = {
      id: uuid,
      cycle: cycleId,
      organisation: 'RHA',
      service: 'adult-mental-health',
      question: 'what-good',
      prompt: 'What was good?',
    };
    const shown = sent.body.items.filter(({ held }: Shown) => held);
    expect(shown).toEqual([
      {
        ...about,
        text: '😀😀 My nurse Amara listened.',
        highlights: [{ start: 12, end: 17, kind: 'name' }],
        held: true,
        safeguarding: false,
        publication: 'quotes',
        decision: null,
        themes: [],
      },
    ]);
    expect(sent.body.items).toHaveLength(20);
    for (const item of sent.body.items)
      expect(item).toMatchObject({ ...about, safeguarding: false });
    for (const item of sent.body.items)
      expect(Object.keys(item)).toEqual(Object.keys(shown[0] ?? {}));
    expect(sent.text).not.toMatch(/service_user|asIs|as_is|rating|ethnic|receipt|reason/i);
    expect(sent.text).not.toMatch(/\d{4}-\d\d-\d\d|\d\d:\d\d/);
  });

  it('each answer alone: nothing in common with the other of the same person', async () => {
    const { id: cycleId } = await openCycle(service);
    const marks = Array.from({ length: 20 }, uniqueWord);
    const submissions = marks.map((mark) => ({
      perspective: 'carer',
      answers: [
        { question: 'what-good', text: `Good: ${mark}` },
        { question: 'could-improve', text: `Better: ${mark}` },
      ],
    }));
    await postBatch(service, cycleId, submissions);
    await service.scheduled();
    const texts = await queue(`&cycle=${cycleId}`);
    expect(texts).toHaveLength(40);
    expect(new Set(texts.map(({ id }) => id)).size).toBe(40);
    // No two rows share anything that all the others do not share too.
    const rows = await service.database.query<{ others: number }>(
      `select (select count(*)::int from text_parts as other
         where other.cycle_id = text.cycle_id and other.receipt_hash = text.receipt_hash) as others
       from text_parts as text where cycle_id = $1`,
      [cycleId],
    );
    expect(rows.every(({ others }) => others === 1)).toBe(true);
  });

  it('no service that too few share', async () => {
    const { id: cycleId } = await openCycle(service, {
      services: [
        { odsCode: 'RHA', code: 'big', name: 'Big' },
        { odsCode: 'RHA', code: 'small', name: 'Small' },
      ],
    });
    const from = (code: string, count: number) =>
      Array.from({ length: count }, () => ({
        perspective: 'service_user',
        service: code,
        answers: [{ question: 'what-good', text: `From ${code}.` }],
      }));
    await postBatch(service, cycleId, [...from('big', 20), ...from('small', 4)]);
    await service.scheduled();
    const services = new Map<string, Set<string | null>>();
    for (const { text, service: shown } of await queue(`&cycle=${cycleId}`))
      services.set(text, (services.get(text) ?? new Set()).add(shown));
    expect(services.get('From small.')).toEqual(new Set([null]));
  });

  it('positions in characters, whatever stands before them', async () => {
    const befores = ['', '😀 ', '👩🏽‍⚕️🏴󠁧󠁢󠁥󠁮󠁧󠁿 ', 'Zoë\u0308 é 字 '];
    for (const before of befores) {
      const text = `${before}my nurse Amara helped.`;
      const id = await waitingText(service, cycle.id, { text });
      const shown = (await queue(`&cycle=${cycle.id}`)).find((item) => item.id === id);
      const names = shown.highlights
        .filter(({ kind }: Shown) => kind === 'name')
        .map(({ start, end }: Shown) => [...text].slice(start, end).join(''));
      expect(names).toContain('Amara');
    }
  });
});

describe('the order of the queue', () => {
  it('is safeguarding first, then the cycle that opened first, and random within a cycle', async () => {
    const cycles: Shown[] = [];
    for (const opened of [-2, -3, -1])
      cycles.push(
        await openCycle(service, {
          organisations: ['RV3'],
          services: [],
          opensAt: dateTimeIn(opened),
        }),
      );
    const put: { id: string; safeguarding: boolean; opensAt: string }[] = [];
    for (let round = 0; round < 5; round += 1)
      for (const { id: cycleId, opensAt } of cycles)
        for (const safeguarding of [false, true]) {
          const id = await waitingText(service, cycleId, { organisation: 'RV3', safeguarding });
          put.push({ id, safeguarding, opensAt });
        }
    const expected = put.toSorted(
      (one, other) =>
        Number(other.safeguarding) - Number(one.safeguarding) ||
        one.opensAt.localeCompare(other.opensAt) ||
        (one.id < other.id ? -1 : 1),
    );
    const shown = await queue('', otherTrust);
    expect(shown.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));

    const only = async (value: string) =>
      (await queue(`&safeguarding=${value}`, otherTrust)).map(({ id }) => id);
    expect(await only('true')).toEqual(expected.slice(0, 15).map(({ id }) => id));
    expect(await only('false')).toEqual(expected.slice(15).map(({ id }) => id));
    const ofOne = await queue(`&cycle=${cycles[0]?.id}`, otherTrust);
    expect(ofOne.every((item) => item.cycle === cycles[0]?.id)).toBe(true);
    expect(ofOne).toHaveLength(10);
  });

  it('within a cycle has nothing of the order in which texts came', async () => {
    const { id: cycleId } = await openCycle(service);
    for (let sent = 0; sent < 200; sent += 50)
      await postBatch(
        service,
        cycleId,
        Array.from({ length: 50 }, (_, index) => ({
          perspective: 'carer',
          answers: [{ question: 'what-good', text: `This is text ${sent + index}.` }],
        })),
      );
    await service.scheduled();
    const places = (await queue(`&cycle=${cycleId}`)).map(({ text }) =>
      Number(/\d+/.exec(text)?.[0]),
    );
    expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, index) => index));
    // Of a random order, the correlation has a standard deviation of 0.071: 0.43 is six of them.
    expect(Math.abs(rankCorrelation(places))).toBeLessThan(0.43);
  });

  it('lets pages visit every text exactly once, also while texts are decided', async () => {
    const { id: cycleId } = await openCycle(service);
    const ids: string[] = [];
    for (let index = 0; index < 30; index += 1)
      ids.push(await waitingText(service, cycleId, { safeguarding: index % 3 === 0 }));
    const decideAll = async (page: Shown[]) => {
      for (const { id } of page)
        expect((await decide(id, { decision: 'publish', reason: 'Clear.' })).status).toBe(201);
    };
    const order = (await queue(`&cycle=${cycleId}`)).map(({ id }) => id);
    const visited: string[] = [];
    const decidedUnseen = order[20] ?? '';
    for (let cursor = ''; ; ) {
      const { body } = await list(`?cycle=${cycleId}&limit=7${cursor}`);
      visited.push(...body.items.map(({ id }: Shown) => id));
      await decideAll(body.items);
      if (visited.length === 7) await decideAll([{ id: decidedUnseen }]);
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(visited).toEqual(order.filter((id) => id !== decidedUnseen));
    expect(await queue(`&cycle=${cycleId}`)).toEqual([]);
    expect(order.toSorted()).toEqual(ids.toSorted());
  });

  it('has cursors that carry ids that were shown, and neither a time nor a count', async () => {
    const { id: cycleId } = await openCycle(service);
    for (let index = 0; index < 3; index += 1)
      await waitingText(service, cycleId, { safeguarding: index === 0 });
    let cursor = '';
    for (const kind of ['s', 'n']) {
      const { body } = await list(`?cycle=${cycleId}&limit=1${cursor}`);
      const key = Buffer.from(body.next, 'base64url').toString();
      expect(key).toBe(`${kind}.${cycleId}.${body.items[0].id}`);
      cursor = `&cursor=${body.next}`;
    }
  });

  it('refuses a cursor that is none', async () => {
    const hyphens = '-'.repeat(36);
    const keys = [
      'x',
      `s.${cycle.id}`,
      `x.${cycle.id}.${cycle.id}`,
      `s.${cycle.id}.${cycle.id}.`,
      `s.${hyphens}.${hyphens}`,
      `n.${'0'.repeat(36)}.${cycle.id}`,
      `${cycle.id}`,
    ];
    const cursors = keys.map((key) => Buffer.from(key).toString('base64url'));
    for (const cursor of [...cursors, '!', '%00', 'x'.repeat(200)]) {
      const refused = await list(`?cursor=${cursor}`);
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
      expect(pointersOf(refused)).toEqual(['/cursor']);
    }
  });
});

describe('whose texts', () => {
  it('are seen and decided on: those of the own trust, also in a shared cycle', async () => {
    const { id: cycleId } = await openCycle(service, {
      organisations: ['RHA', 'RV3'],
      services: [],
    });
    const own = await waitingText(service, cycleId, { text: 'Only RHA.' });
    const others = await waitingText(service, cycleId, {
      text: 'Only RV3.',
      organisation: 'RV3',
    });
    const seenBy = async (as: string) =>
      (await queue(`&cycle=${cycleId}`, as)).map(({ text }) => text);
    expect(await seenBy(token)).toEqual(['Only RHA.']);
    expect(await seenBy(otherTrust)).toEqual(['Only RV3.']);

    const body = { decision: 'delete', reason: 'No.' };
    for (const [id, as] of [
      [own, otherTrust],
      [others, token],
      [randomUUID(), token],
    ] as const) {
      const before = await stored(id);
      const refused = await decide(id, body, as);
      expect(refusalOf(refused)).toEqual({ status: 404, code: 'not-found' });
      expect(refused.text).not.toMatch(/Only R/);
      expect(await stored(id)).toEqual(before);
    }
    expect((await decide(own, body)).status).toBe(201);
    expect((await decide(others, body, otherTrust)).status).toBe(201);
  });

  it('of several trusts, a client may ask for one at a time', async () => {
    const admin = await service.token('demo-admin');
    const { id: cycleId } = await openCycle(service, {
      organisations: ['RHA', 'RV3'],
      services: [],
    });
    await waitingText(service, cycleId);
    await waitingText(service, cycleId, { organisation: 'RV3' });
    const seen = async (headers: Record<string, string>) => {
      const sent = await send(service, 'GET', `/v1/moderation/texts?cycle=${cycleId}`, {
        token: admin,
        headers,
      });
      return sent.body.items.map(({ organisation }: Shown) => organisation).sort();
    };
    expect(await seen({})).toEqual(['RHA', 'RV3']);
    expect(await seen({ 'nhsd-end-user-organisation-ods': 'RV3' })).toEqual(['RV3']);
  });

  it('are seen and decided on by nobody without the scope', async () => {
    const id = await waitingText(service, cycle.id);
    expect(refusalOf(await list('', withoutScope)).status).toBe(403);
    const refused = await decide(id, { decision: 'publish', reason: 'Clear.' }, withoutScope);
    expect(refusalOf(refused)).toEqual({ status: 403, code: 'forbidden' });
    expect((await stored(id))?.decision).toBeNull();
  });
});

describe('a decision', () => {
  const reason = 'Read with care.';

  it.each([
    ['publish', 'The garden helped.'],
    ['keep_private', 'The garden helped.'],
    ['delete', null],
  ])('to %s is kept with its reason, and the text waits no longer', async (decision, left) => {
    const id = await waitingText(service, cycle.id, { text: 'The garden helped.' });
    const sent = await decide(id, { decision, reason });
    expect({ status: sent.status, body: sent.body }).toEqual({
      status: 201,
      body: { id, decision, text: left },
    });
    expect(await stored(id)).toEqual({ text: left, decision, decision_reason: reason });
    expect((await queue(`&cycle=${cycle.id}`)).map((item) => item.id)).not.toContain(id);
  });

  it('has a reason, from which what identifies somebody is taken out', async () => {
    const id = await waitingText(service, cycle.id);
    for (const none of [undefined, '', ' \n', 'x'.repeat(501), 7, null]) {
      const refused = await decide(id, { decision: 'publish', reason: none });
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
      expect(pointersOf(refused)).toEqual(['/reason']);
    }
    expect((await stored(id))?.decision).toBeNull();
    const sent = await decide(id, {
      decision: 'publish',
      reason: 'They left 07700 900123 and amara@example.org.',
    });
    expect(sent.status).toBe(201);
    expect((await stored(id))?.decision_reason).toBe('They left [phone] and [email].');
    expect(await dump(service.database)).not.toMatch(/07700 900123|amara@example/);
  });

  it('of another kind, or with another member, is refused', async () => {
    const id = await waitingText(service, cycle.id);
    for (const [body, pointer] of [
      [{ decision: 'hide', reason }, '/decision'],
      [{ reason }, '/decision'],
      [{ decision: 'publish', reason, text: 'Another text.' }, '/text'],
      [{ decision: 'redact', reason, ranges: [{ start: 0, end: 1, kind: 'x' }] }, '/ranges/0/kind'],
    ] as const) {
      const refused = await decide(id, body);
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
      expect(pointersOf(refused)).toEqual([pointer]);
    }
    expect((await stored(id))?.decision).toBeNull();
  });

  it('is noted in the audit trail, once, without the words and the reason', async () => {
    const secret = uniqueWord();
    for (const decision of ['publish', 'keep_private', 'redact', 'delete']) {
      const id = await waitingText(service, cycle.id, { text: `Words of ${secret}.` });
      const ranges = decision === 'redact' ? { ranges: [{ start: 0, end: 5 }] } : {};
      const sent = await decide(id, { decision, reason: `Since ${secret}.`, ...ranges });
      expect(sent.status).toBe(201);
      const events = await service.database.query(
        `select actor_kind, organisations, purpose, operation, outcome, counts, request_id
         from audit_events where subject_kind = 'text' and subject = $1`,
        [id],
      );
      expect(events).toEqual([
        {
          actor_kind: 'client',
          organisations: ['RHA'],
          purpose: 'moderation:write',
          operation: 'decideOnText',
          outcome: 'done',
          counts: null,
          request_id: sent.headers.get('x-request-id'),
        },
      ]);
    }
    const [trail] = await service.database.query<{ held: string }>(
      "select string_agg(held::text, ' ') as held from audit_events as held",
    );
    expect(trail?.held).not.toContain(secret);
  });

  it('on what is decided already is refused, and what was decided stands', async () => {
    const id = await waitingText(service, cycle.id);
    await decide(id, { decision: 'keep_private', reason });
    for (const again of [
      { decision: 'keep_private', reason },
      { decision: 'delete', reason: 'Second thoughts.' },
      { decision: 'redact', reason, ranges: [{ start: 0, end: 1 }] },
      { decision: 'redact', reason, ranges: [{ start: 0, end: 900 }] },
    ]) {
      const refused = await decide(id, again, colleague);
      expect(refusalOf(refused)).toEqual({ status: 409, code: 'wrong-phase' });
    }
    expect(await stored(id)).toMatchObject({ decision: 'keep_private', decision_reason: reason });
  });

  it('of two moderators at once is the one of one of them, and the other is told', async () => {
    for (let round = 0; round < 12; round += 1) {
      const text = `A text of round ${round}.`;
      const id = await waitingText(service, cycle.id, { text });
      const decisions = [
        { decision: 'delete', reason: 'One.' },
        { decision: 'redact', reason: 'Other.', ranges: [{ start: 0, end: 1 }] },
      ];
      if (round % 2 === 1) decisions.reverse();
      const sent = await Promise.all([
        decide(id, decisions[0]),
        decide(id, decisions[1], colleague),
      ]);
      expect(sent.map(({ status }) => status).sort()).toEqual([201, 409]);
      const won = sent.findIndex(({ status }) => status === 201);
      const lost = sent[1 - won];
      expect(lost?.body).toMatchObject({
        code: 'wrong-phase',
        detail: `Somebody has decided already: ${decisions[won]?.decision}.`,
      });
      expect(await stored(id)).toEqual({
        text: sent[won]?.body.text,
        decision: decisions[won]?.decision,
        decision_reason: decisions[won]?.reason,
      });
      const events = await service.database.query(
        'select outcome from audit_events where subject = $1',
        [id],
      );
      expect(events).toEqual([{ outcome: 'done' }]);
    }
  });
});

describe('a redaction', () => {
  const reason = 'A name.';
  const text = '😀 Thank you 👩🏽‍⚕️, Amara and Ben!';
  const characters = [...text];
  /** Where a word stands, in characters. */
  const rangeOf = (word: string) => {
    const start = [...text.slice(0, text.indexOf(word))].length;
    return { start, end: start + [...word].length };
  };
  const [amara, ben, and] = [rangeOf('Amara'), rangeOf('Ben'), rangeOf(' and ')];

  it.each([
    ['a word after emoji', [amara], '😀 Thank you 👩🏽‍⚕️, [redacted] and Ben!'],
    ['several, in any order', [ben, amara], '😀 Thank you 👩🏽‍⚕️, [redacted] and [redacted]!'],
    ['those that touch, as one', [amara, and, ben], '😀 Thank you 👩🏽‍⚕️, [redacted]!'],
    [
      'those that overlap, as one',
      [
        { start: amara.start, end: and.end },
        { start: and.start, end: ben.end },
      ],
      '😀 Thank you 👩🏽‍⚕️, [redacted]!',
    ],
    ['an emoji alone', [{ start: 0, end: 1 }], '[redacted] Thank you 👩🏽‍⚕️, Amara and Ben!'],
    [
      'the last character',
      [{ start: characters.length - 1, end: characters.length }],
      '😀 Thank you 👩🏽‍⚕️, Amara and Ben[redacted]',
    ],
    ['everything', [{ start: 0, end: characters.length }], '[redacted]'],
  ])('takes out %s', async (_, ranges, left) => {
    const id = await waitingText(service, cycle.id, { text });
    const sent = await decide(id, { decision: 'redact', reason, ranges });
    expect({ status: sent.status, body: sent.body }).toEqual({
      status: 201,
      body: { id, decision: 'redact', text: left },
    });
    expect(await stored(id)).toEqual({
      text: left,
      decision: 'redact',
      decision_reason: reason,
    });
  });

  it.each([
    ['beyond the end', [amara, { start: 3, end: characters.length + 1 }], ['/ranges/1/end']],
    [
      'beyond the end in UTF-16 units as well',
      [{ start: 0, end: text.length + 1 }, amara, { start: 0, end: 100_000 }],
      ['/ranges/0/end', '/ranges/2/end'],
    ],
    // It would fit if emoji counted twice.
    ['beyond the end in characters alone', [{ start: 0, end: text.length }], ['/ranges/0/end']],
  ])('that reaches %s is refused, and changes nothing', async (_, ranges, pointers) => {
    const id = await waitingText(service, cycle.id, { text });
    const refused = await decide(id, { decision: 'redact', reason, ranges });
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(pointers);
    expect(refused.text).not.toContain('Amara');
    expect(await stored(id)).toEqual({ text, decision: null, decision_reason: null });
    const events = await service.database.query(
      'select number from audit_events where subject = $1',
      [id],
    );
    expect(events).toEqual([]);
    expect((await decide(id, { decision: 'redact', reason, ranges: [amara] })).status).toBe(201);
  });

  it.each([
    ['no range', 'redact', [], ['/ranges']],
    ['no ranges', 'redact', undefined, ['/ranges']],
    ['ranges, to publish', 'publish', [amara], ['/ranges']],
    ['ranges, to delete', 'delete', [amara], ['/ranges']],
    ['an empty range', 'redact', [{ start: 2, end: 2 }], ['/ranges/0/end']],
    ['a range the wrong way round', 'redact', [{ start: 3, end: 2 }], ['/ranges/0/end']],
    ['a range before the beginning', 'redact', [{ start: -1, end: 2 }], ['/ranges/0/start']],
    ['half a character', 'redact', [{ start: 0.5, end: 2 }], ['/ranges/0/start']],
    [
      'a number of characters that no text has',
      'redact',
      [{ start: 0, end: 2 ** 31 }],
      ['/ranges/0/end'],
    ],
    ['more ranges than a text has', 'redact', Array(201).fill({ start: 0, end: 1 }), ['/ranges']],
  ])('with %s is refused', async (_, decision, ranges, pointers) => {
    const id = await waitingText(service, cycle.id, { text });
    const refused = await decide(id, { decision, reason, ranges });
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(pointers);
    expect(await stored(id)).toEqual({ text, decision: null, decision_reason: null });
  });

  it('or a deletion leaves the original nowhere', async () => {
    const { id: cycleId } = await openCycle(service);
    const secrets = [uniqueWord(), uniqueWord()];
    const texts = secrets.map((secret) => `It was ${secret} who came.`);
    await takeApart(cycleId, [...texts, ...Array.from({ length: 18 }, () => 'The ward was calm.')]);
    const waiting = await queue(`&cycle=${cycleId}`);
    const idOf = (wanted = '') => waiting.find(({ text }) => text === wanted).id;
    const before = await dump(service.database);
    for (const secret of secrets) expect(before.split(secret)).toHaveLength(2);

    const redacted = await decide(idOf(texts[0]), {
      decision: 'redact',
      reason,
      ranges: [{ start: 7, end: 7 + 20 }],
    });
    expect(redacted.body.text).toBe('It was [redacted] who came.');
    await decide(idOf(texts[1]), { decision: 'delete', reason });
    const after = `${await dump(service.database)}\n${service.logs().join('\n')}`;
    for (const secret of secrets) expect(after).not.toContain(secret);
  });
});

describe('a text under a question that promised not to publish', () => {
  const questions = [
    { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' },
    {
      code: 'only-for-us',
      prompt: 'What should only we know?',
      polarity: 'nonspecific',
      publication: 'private',
    },
  ];

  it('can be kept private or deleted, and nothing else', async () => {
    const { id: cycleId } = await openCycle(service, { questions });
    const [row] = await service.database.query<{ id: string }>(
      `insert into text_parts (cycle_id, organisation, question, text, safeguarding, receipt_hash)
       values ($1, 'RHA', 'only-for-us', 'Between us.', false, sha256(gen_random_uuid()::text::bytea)) returning id`,
      [cycleId],
    );
    const decide = (body: Record<string, unknown>) =>
      send(service, 'POST', `/v1/moderation/texts/${row?.id}/decisions`, {
        as: 'demo-admin',
        body: { reason: 'Read.', ...body },
      });
    for (const body of [
      { decision: 'publish' },
      { decision: 'redact', ranges: [{ start: 0, end: 2 }] },
    ]) {
      const refused = await decide(body);
      expect(refused.status).toBe(400);
      expect(pointersOf(refused)).toEqual(['/decision']);
    }
    const listed = await send(service, 'GET', `/v1/moderation/texts?cycle=${cycleId}`, {
      as: 'demo-admin',
    });
    expect(listed.body.items).toEqual([
      expect.objectContaining({ text: 'Between us.', publication: 'private' }),
    ]);
    expect((await decide({ decision: 'keep_private' })).status).toBe(201);
  });

  it('is told so in the anonymity statement, and the promise is frozen with the question', async () => {
    const { id, version } = await openCycle(service, { questions });
    const { body } = await send(service, 'GET', `/v1/cycles/${id}/anonymity-statement`);
    expect(JSON.parse(body.statement).publication.words).toContain(
      'only-for-us is never published',
    );
    const changed = await send(service, 'PATCH', `/v1/cycles/${id}`, {
      as: 'demo-admin',
      headers: { 'if-match': `W/"${version}"` },
      body: { questions: [questions[0], { ...questions[1], publication: 'whole' }] },
    });
    expect(changed.status).toBe(409);
  });
});

describe('a decision that was a mistake', () => {
  const decideOn = (id: string, body: Record<string, unknown>) =>
    send(service, 'POST', `/v1/moderation/texts/${id}/decisions`, {
      as: 'demo-admin',
      body: { reason: 'Read again.', ...body },
    });
  async function published() {
    const { id: cycleId } = await openCycle(service, {
      questions: [
        { code: 'story', prompt: 'Your story?', polarity: 'nonspecific', publication: 'whole' },
      ],
    });
    const [row] = await service.database.query<{ id: string }>(
      `insert into text_parts (cycle_id, organisation, question, text, safeguarding, decision, receipt_hash)
       values ($1, 'RHA', 'story', 'Anna was kind.', false, 'publish', sha256(gen_random_uuid()::text::bytea)) returning id`,
      [cycleId],
    );
    const seen = async () => {
      const { body } = await send(service, 'GET', `/v1/cycles/${cycleId}/published-texts`);
      return body.items.map(({ text }: Shown) => text);
    };
    return { id: row?.id ?? '', seen };
  }

  it('is taken back at once, for what shows less and nothing else', async () => {
    const { id, seen } = await published();
    expect(await seen()).toEqual(['Anna was kind.']);
    const redaction = { decision: 'redact', ranges: [{ start: 0, end: 4 }] };
    expect(refusalOf(await decideOn(id, redaction))).toEqual({ status: 409, code: 'wrong-phase' });
    expect((await decideOn(id, { ...redaction, revises: 'publish' })).status).toBe(201);
    expect(await seen()).toEqual(['[redacted] was kind.']);
    expect((await decideOn(id, { decision: 'keep_private', revises: 'redact' })).status).toBe(201);
    expect(await seen()).toEqual([]);
    for (const decision of ['publish', 'keep_private']) {
      const refused = await decideOn(id, { decision, revises: 'keep_private' });
      expect(pointersOf(refused)).toEqual(['/decision']);
    }
    expect((await decideOn(id, { decision: 'delete', revises: 'keep_private' })).body.text).toBe(
      null,
    );
    expect((await decideOn(id, { decision: 'delete', revises: 'delete' })).status).toBe(400);
  });

  it('of two who take it back at once, is taken back once', async () => {
    const { id } = await published();
    const both = await Promise.all([
      decideOn(id, { decision: 'keep_private', revises: 'publish' }),
      decideOn(id, { decision: 'delete', revises: 'publish' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});
