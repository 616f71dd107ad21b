import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isContested, isOverdue } from '../../domain/loop.ts';
import { type LoopStatus, loopStatuses } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { storeConfirmations, storeRecord, storeTheme } from './support/published.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { closeCycle, dateIn } from './support/things.ts';

let service: Service;
/** Two closed cycles of RHA and RV3; the first is released ten days ago. */
let cycleIds: [string, string];
const releasedOn = dateIn(-10);
beforeAll(async () => {
  service = await startService();
  const shared = { organisations: ['RHA', 'RV3'], services: [] };
  const one = (await closeCycle(service, shared)) as { id: string };
  const other = (await closeCycle(service, shared)) as { id: string };
  cycleIds = [one.id, other.id];
});
afterAll(() => service?.stop());

beforeEach(empty);

async function empty(): Promise<void> {
  await service.database.query(
    `truncate themes, theme_publications, loop_records, loop_record_publications, shown_confirmations, confirmation_counts,
       priorities, priority_publications, releases`,
  );
  await release(cycleIds[0], 1, -10);
  // A correction does not make an answer quicker.
  await release(cycleIds[0], 2, -1);
}

async function release(cycleId: string, number: number, days: number): Promise<void> {
  await service.database.query(
    `insert into releases (cycle_id, number, released_at, body, sha256, threshold, round_to, code_version, released_by)
     values ($1, $2, $3, '{}', '', 10, 5, '0', 'test')`,
    [cycleId, number, new Date(`${dateIn(days)}T12:00:00Z`)],
  );
}

const dayAt = (day: number) => new Date(`${dateIn(day)}T12:00:00Z`);
const summaryOf = async (odsCode: string, query = ''): Promise<Shown> =>
  (await send(service, 'GET', `/v1/organisations/${odsCode}/loop-summary${query}`)).body;
const zeros = {
  themes: { published: 0, answered: 0, unanswered: 0 },
  answers: { considering: 0, planned: 0, inProgress: 0, done: 0, cannotDo: 0, noLongerNeeded: 0 },
  overdue: 0,
  declinedWithReason: null,
  claims: { done: 0, confirmed: 0, contested: 0, unconfirmed: 0 },
  medianDaysToFirstAnswer: null,
};

describe('a loop summary', () => {
  it('is zeros where nothing is published, and 404 where there is no such organisation', async () => {
    const [cycleId] = cycleIds;
    await storeTheme(service, { cycleId, isPublished: false });
    await storeTheme(service, { cycleId, withdrawnAt: new Date() });
    await storeRecord(service, [{ status: 'done' }], { isPublished: false });
    await storeRecord(service, [{ status: 'done' }], { withdrawnAt: new Date() });
    expect(await summaryOf('RHA')).toEqual({
      organisation: 'RHA',
      name: expect.stringContaining('Nottinghamshire'),
      cycle: null,
      asOf: dateIn(0),
      ...zeros,
    });
    const unknown = await send(service, 'GET', '/v1/organisations/ZZZ99/loop-summary');
    expect(refusalOf(unknown)).toEqual({ status: 404, code: 'not-found' });
  });

  it('follows themes that went into others, however often, and answers that link those', async () => {
    const [cycleId] = cycleIds;
    const root = await storeTheme(service, { cycleId });
    const middle = await storeTheme(service, { cycleId, mergedInto: root });
    const first = await storeTheme(service, {
      cycleId,
      mergedInto: middle,
      withdrawnAt: new Date(),
    });
    await storeTheme(service, { cycleId });
    expect((await summaryOf('RHA')).themes).toEqual({ published: 2, answered: 0, unanswered: 2 });
    await storeRecord(service, [{ themes: [first] }]);
    expect((await summaryOf('RHA')).themes).toEqual({ published: 2, answered: 1, unanswered: 1 });
    await storeRecord(service, [{ themes: [root, middle] }]);
    expect((await summaryOf('RHA')).themes).toEqual({ published: 2, answered: 1, unanswered: 1 });
  });

  it("takes no answer from another organisation's record, a draft, or one that was withdrawn", async () => {
    const [cycleId] = cycleIds;
    const theme = await storeTheme(service, { cycleId });
    await storeRecord(service, [{ themes: [theme] }], { organisation: 'RV3' });
    await storeRecord(service, [{ themes: [theme] }], { isPublished: false });
    await storeRecord(service, [{ themes: [theme] }], { withdrawnAt: new Date() });
    // Linked once, and no longer.
    await storeRecord(service, [{ themes: [theme] }, { themes: [] }]);
    expect((await summaryOf('RHA')).themes).toMatchObject({ answered: 0, unanswered: 1 });
    expect((await summaryOf('RHA')).medianDaysToFirstAnswer).toBeNull();
  });

  it('counts the days from the first release to the first version that links a theme', async () => {
    const [released, unreleased] = cycleIds;
    const themes: string[] = [];
    for (let number = 0; number < 4; number += 1)
      themes.push(await storeTheme(service, { cycleId: released }));
    const [early, quick, slow] = themes;
    const later = await storeTheme(service, { cycleId: unreleased });
    // Before the release, after 2 days in its second version, and after 7 in another record; the fourth has no answer.
    await storeRecord(service, [{ themes: [early ?? ''], publishedAt: dayAt(-15) }]);
    await storeRecord(service, [
      { themes: [], publishedAt: dayAt(-9) },
      { themes: [quick ?? ''], publishedAt: dayAt(-8) },
      { themes: [quick ?? ''], publishedAt: dayAt(-1) },
    ]);
    await storeRecord(service, [{ themes: [slow ?? '', later], publishedAt: dayAt(-3) }]);
    expect((await summaryOf('RHA')).medianDaysToFirstAnswer).toBe(2);
    await storeRecord(service, [{ themes: [themes[3] ?? ''], publishedAt: dayAt(-1) }]);
    expect((await summaryOf('RHA')).medianDaysToFirstAnswer).toBe(4.5);
    expect(releasedOn).toBe(dateIn(-10));
  });

  it.each<[string, [number, number, number, number] | null, string]>([
    ['more yes than no', [20, 5, 10, 0], 'confirmed'],
    ['as many no as yes and partly', [10, 5, 15, 0], 'confirmed'],
    ['more no than yes and partly', [10, 5, 20, 0], 'contested'],
    ['only no', [0, 0, 15, 0], 'contested'],
    ['only that it is too soon', [0, 0, 0, 15], 'unconfirmed'],
    ['nothing that is shown', null, 'unconfirmed'],
  ])('holds a claim against what people say: %s', async (_, distribution, outcome) => {
    const done = await storeRecord(service, [{ status: 'done', text: 'It is open.' }]);
    await storeConfirmations(service, done, distribution);
    // What is not claimed to be done is nothing that could be contested.
    const planned = await storeRecord(service, [{ status: 'planned' }]);
    await storeConfirmations(service, planned, [0, 0, 50, 0]);
    expect((await summaryOf('RHA')).claims).toEqual({
      ...zeros.claims,
      done: 1,
      [outcome]: 1,
    });
    const { body } = await send(service, 'GET', `/v1/loop-records/${done}`);
    expect(body.contested).toBe(outcome === 'contested');
  });

  it('is narrowed to a cycle', async () => {
    const [one, other] = cycleIds;
    const theme = await storeTheme(service, { cycleId: one });
    await storeTheme(service, { cycleId: other });
    await storeRecord(service, [{ themes: [theme] }], { cycleId: one });
    await storeRecord(service, [{ status: 'done' }], { cycleId: other });
    const summary = await summaryOf('RHA', `?cycle=${one}`);
    expect(summary).toMatchObject({
      cycle: one,
      themes: { published: 1, answered: 1 },
      answers: { planned: 1, done: 0 },
    });
    expect(await summaryOf('RHA', `?cycle=${randomUUID()}`)).toMatchObject(zeros);
  });
});

describe('the list of summaries', () => {
  const list = async (query = ''): Promise<Shown[]> =>
    (await send(service, 'GET', `/v1/loop-summaries${query}`)).body.items;

  it('has a row for each organisation that has ever published anything, and for no other', async () => {
    const codes = async (query = '') =>
      (await list(query)).map(({ organisation }) => organisation).sort();
    // Results of the first cycle, which both organisations share: they have answered nothing.
    expect(await codes()).toEqual(['RHA', 'RV3']);
    await service.database.query('truncate releases');
    expect(await codes()).toEqual([]);
    await storeRecord(service, [{}], { isPublished: false });
    expect(await codes()).toEqual([]);
    await storeRecord(service, [{}], { organisation: 'RV3', withdrawnAt: new Date() });
    expect(await codes()).toEqual(['RV3']);
    await storeTheme(service, { cycleId: cycleIds[1] });
    expect(await codes()).toEqual(['RHA', 'RV3']);
    expect(await codes(`?cycle=${cycleIds[1]}`)).toEqual(['RHA']);
  });

  it('says of each what its own summary says', async () => {
    const theme = await storeTheme(service, { cycleId: cycleIds[0] });
    await storeRecord(service, [{ themes: [theme], status: 'done' }]);
    await storeRecord(service, [{ status: 'cannot_do', reason: 'No money.' }], {
      organisation: 'RV3',
    });
    for (const summary of await list())
      expect(summary).toEqual(await summaryOf(summary.organisation));
  });
});

describe('as CSV', () => {
  const fetchText = async (path: string, headers: Record<string, string> = {}) => {
    const response = await service.fetch(path, { headers });
    return { response, text: await response.text() };
  };

  it('says what the JSON says, one row an organisation, by Accept or by format', async () => {
    const theme = await storeTheme(service, { cycleId: cycleIds[0] });
    await storeRecord(service, [{ themes: [theme], publishedAt: dayAt(-8) }]);
    const { response, text } = await fetchText('/v1/loop-summaries', { accept: 'text/csv' });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect((await fetchText('/v1/loop-summaries?format=csv')).text).toBe(text);
    const rows: Shown[] = parse(text, { columns: true });
    const { body } = await send(service, 'GET', '/v1/loop-summaries');
    expect(rows).toHaveLength(body.items.length);
    const flat = (value: unknown): string[] =>
      typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(flat)
        : [String(value ?? '')];
    for (const [index, item] of body.items.entries())
      expect(Object.values(rows[index])).toEqual(flat(item));
    expect(rows[0]).toMatchObject({ organisation: 'RHA', median_days_to_first_answer: '2' });

    const own = await fetchText('/v1/organisations/RHA/loop-summary?format=csv');
    expect(parse(own.text, { columns: true })).toEqual([rows[0]]);
  });

  it('has an ETag of its own, answers 304, and differs by Accept', async () => {
    const path = '/v1/organisations/RHA/loop-summary';
    const csv = await fetchText(path, { accept: 'text/csv' });
    const json = await fetchText(path);
    const etag = csv.response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    expect(json.response.headers.get('etag')).not.toBe(etag);
    for (const { response } of [csv, json]) {
      expect(response.headers.get('vary')).toContain('Accept');
      expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    }
    const again = await fetchText(path, { accept: 'text/csv', 'if-none-match': etag });
    expect([again.response.status, again.text]).toEqual([304, '']);
  });

  it('marks a name that a spreadsheet would take for a formula as text', async () => {
    await service.database.query(
      `insert into organisations (ods_code, name, status) values ('XF1', '=HYPERLINK("https://evil.example","x")', 'active')
       on conflict do nothing`,
    );
    const { text } = await fetchText('/v1/organisations/XF1/loop-summary?format=csv');
    const [row] = parse(text, { columns: true }) as Shown[];
    expect(row.name).toBe(`'=HYPERLINK("https://evil.example","x")`);
  });
});

/** A loop as somebody might leave it, with the numbers of themes in place of their ids. */
const loopArbitrary = fc.record({
  themes: fc.array(
    fc.record({
      state: fc.constantFrom('published', 'published', 'published', 'withdrawn', 'draft'),
      cycle: fc.constantFrom(0, 1),
      /** Of the themes before it, the one into which it went. */
      mergedInto: fc.option(fc.nat(8), { freq: 3 }),
    }),
    { maxLength: 8 },
  ),
  records: fc.array(
    fc.record({
      state: fc.constantFrom('published', 'published', 'published', 'withdrawn', 'draft'),
      status: fc.constantFrom(...loopStatuses),
      dueOn: fc.option(fc.integer({ min: -2, max: 2 })),
      /** What each published version links, and on which day it was published, counted on from the first. */
      versions: fc.array(
        fc.record({ themes: fc.uniqueArray(fc.nat(7), { maxLength: 3 }), days: fc.nat(6) }),
        { minLength: 1, maxLength: 3 },
      ),
      confirmations: fc.option(
        fc
          .tuple(fc.nat(4), fc.nat(4), fc.nat(6), fc.nat(4))
          .map(
            ([yes, partly, no, tooSoon]) =>
              [yes * 5, partly * 5, no * 5, tooSoon * 5] as [number, number, number, number],
          ),
      ),
    }),
    { maxLength: 8 },
  ),
});
type Loop = typeof loopArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

/** Day, counted from today, on which the first version of each record was published. */
const FIRST_DAY = -14;

async function store({ themes, records }: Loop): Promise<void> {
  const ids = themes.map(() => randomUUID());
  for (const [index, { state, cycle, mergedInto }] of themes.entries())
    await storeTheme(service, {
      id: ids[index] ?? '',
      cycleId: cycle === 0 ? cycleIds[0] : cycleIds[1],
      isPublished: state !== 'draft',
      withdrawnAt: state === 'withdrawn' ? new Date() : null,
      mergedInto: targetOf(index, mergedInto) === null ? null : (ids[mergedInto ?? 0] ?? null),
    });
  for (const { state, status, dueOn, versions, confirmations } of records) {
    const days = daysOf(versions);
    const id = await storeRecord(
      service,
      versions.map((version, index) => ({
        status,
        dueOn: dueOn === null ? null : dateIn(dueOn),
        reason: 'Because.',
        themes: version.themes.flatMap((theme) => ids[theme] ?? []),
        publishedAt: dayAt(days[index] ?? 0),
      })),
      {
        isPublished: state !== 'draft',
        withdrawnAt: state === 'withdrawn' ? new Date() : null,
      },
    );
    if (confirmations !== null) await storeConfirmations(service, id, confirmations);
  }
}

const targetOf = (index: number, mergedInto: number | null): number | null =>
  mergedInto !== null && mergedInto < index ? mergedInto : null;

function daysOf(versions: readonly { days: number }[]): number[] {
  let day = FIRST_DAY;
  return versions.map(({ days }, index) => {
    day += index === 0 ? 0 : days;
    return day;
  });
}

/** The summary as the contract tells it, worked out one thing after another. */
function expected({ themes, records }: Loop) {
  const standing = (index: number): number | null => {
    const theme = themes[index];
    if (theme === undefined || theme.state === 'draft') return null;
    const target = targetOf(index, theme.mergedInto);
    return target === null ? index : standing(target);
  };
  const shown = themes.flatMap(({ state, mergedInto }, index) =>
    state === 'published' && targetOf(index, mergedInto) === null ? [index] : [],
  );
  const published = records.filter(({ state }) => state === 'published');
  const links = (version: { themes: number[] } | undefined, theme: number) =>
    version?.themes.some((each) => standing(each) === theme) ?? false;
  const answers = (theme: number) =>
    published
      .filter(({ versions }) => links(versions.at(-1), theme))
      .map(({ versions }) => {
        const days = daysOf(versions);
        return days[versions.findIndex((version) => links(version, theme))] ?? 0;
      });
  const answered = shown.filter((theme) => answers(theme).length > 0);
  const waits = answered
    .filter((theme) => themes[theme]?.cycle === 0)
    .map((theme) => Math.max(0, Math.min(...answers(theme)) + 10))
    .sort((one, other) => one - other);
  const middle = waits.slice((waits.length - 1) >> 1, (waits.length >> 1) + 1);
  const having = (status: LoopStatus) => published.filter((each) => each.status === status);
  const outcome = ({ confirmations }: Loop['records'][number]) => {
    if (confirmations === null) return 'unconfirmed';
    const [yes, partly, no] = confirmations;
    if (isContested('done', { yes, partly, no })) return 'contested';
    return yes + partly > 0 ? 'confirmed' : 'unconfirmed';
  };
  const claims = (wanted: string) =>
    having('done').filter((record) => outcome(record) === wanted).length;
  const declined = having('cannot_do').length + having('no_longer_needed').length;
  return {
    themes: {
      published: shown.length,
      answered: answered.length,
      unanswered: shown.length - answered.length,
    },
    answers: {
      considering: having('considering').length,
      planned: having('planned').length,
      inProgress: having('in_progress').length,
      done: having('done').length,
      cannotDo: having('cannot_do').length,
      noLongerNeeded: having('no_longer_needed').length,
    },
    overdue: published.filter(({ status, dueOn }) =>
      isOverdue({ status, dueOn: dueOn === null ? null : dateIn(dueOn) }, dateIn(0)),
    ).length,
    declinedWithReason:
      published.length === 0 ? null : Math.round((declined / published.length) * 100) / 100,
    claims: {
      done: having('done').length,
      confirmed: claims('confirmed'),
      contested: claims('contested'),
      unconfirmed: claims('unconfirmed'),
    },
    medianDaysToFirstAnswer:
      middle.length === 0 ? null : middle.reduce((sum, day) => sum + day, 0) / middle.length,
  };
}

it('agrees with its rules, worked out one thing after another, for any loop', async () => {
  await fc.assert(
    fc.asyncProperty(loopArbitrary, async (loop) => {
      await empty();
      await store(loop);
      expect(await summaryOf('RHA')).toMatchObject(expected(loop));
    }),
    { numRuns: 60 },
  );
}, 120_000);

it('is overdue on exactly the days on which the record itself is', async () => {
  for (const status of loopStatuses)
    for (const days of [-400, -1, 0, 1, null]) {
      await empty();
      const dueOn = days === null ? null : dateIn(days);
      const id = await storeRecord(service, [{ status, dueOn, reason: 'Because.' }]);
      const { body } = await send(service, 'GET', `/v1/loop-records/${id}`);
      expect((await summaryOf('RHA')).overdue, `${status} ${days}`).toBe(
        body.weDid.overdue ? 1 : 0,
      );
    }
});
