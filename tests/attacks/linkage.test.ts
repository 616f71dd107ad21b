import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attack, splitByOpenAttributes } from './support/attacker.ts';
import { bestOf, expectedByChance, rankCorrelation, tooManyForChance } from './support/chance.ts';
import { switchOffMixing } from './support/controls.ts';
import { dumpFile, dumpStatistics } from './support/dump.ts';
import { closeWithRemainders } from './support/remainders.ts';
import { goalNames } from './support/sending.ts';
import {
  type Channel,
  makeWorld,
  tryGoal,
  type World,
  type WorldOptions,
} from './support/world.ts';

/*
 * 200 invented people submit through the API to a real PostgreSQL, and what waits is taken apart by the scheduled event.
 * Then somebody with the whole database tries to find out which parts one person wrote, and who came when. The same
 * attacker is set on databases in which a protection is switched off, and finds nearly everybody.
 */

const worlds = new Map<string, Promise<World>>();
/** Each world is made when it is first asked for. */
function worldOf(channel: Channel, options: WorldOptions = {}): Promise<World> {
  const key = JSON.stringify([channel, options]);
  const world = worlds.get(key) ?? makeWorld(channel, options);
  worlds.set(key, world);
  return world;
}
afterAll(async () => {
  for (const world of await Promise.allSettled(worlds.values()))
    if (world.status === 'fulfilled') await world.value.service.stop();
});

describe.each<[Channel]>([['one by one'], ['in batches']])(
  'of 200 people who send %s',
  (channel) => {
    let world: World;
    beforeAll(async () => {
      world = await worldOf(channel);
    });

    it('every part is there, and the test knows who wrote it', () => {
      expect(world.dump.inbox?.length).toBe(1);
      const { 'first texts with ratings': one, 'second texts with ratings': other } = world.goals;
      for (const rows of [one.from, one.to, other.from])
        expect(new Set(rows.map(world.author)).size).toBe(200);
      // Only whoever has a receipt can be told by their equality answer: of a batch, those who brought one.
      const { from, to } = world.goals['used receipts with equality answers'];
      expect([from.length, to.length]).toEqual([100, 200]);
      const known = new Set(to.flatMap((row) => world.author(row) ?? []));
      expect(known.size).toBe(channel === 'one by one' ? 200 : 100);
    });

    it.each(goalNames)('the attacker links no more than chance does: %s', (name) => {
      const { right, bound, strategy } = tryGoal(world, name);
      expect(right, strategy).toBeLessThan(bound);
    });

    const tables = ['rating_parts', 'text_parts', 'equality_parts'];
    const orders = tables.flatMap((table) =>
      ['ctid', 'id', 'receipt_hash'].map((by) => [table, by]),
    );
    it.each(orders)('%s tells by its %s nothing about who came earlier', (table = '', by = '') => {
      const all = world.dump[table] ?? [];
      const rows = all.filter(({ question }) => question !== 'could-improve');
      // A dump has them as they lie on disk.
      if (by !== 'ctid') rows.sort((a, b) => (String(a[by]) < String(b[by]) ? -1 : 1));
      const places = rows.flatMap((row) => world.author(row) ?? []);
      // 6.5 standard deviations: met by chance once in ten billion orders.
      const bound = 6.5 / Math.sqrt(new Set(places).size - 1);
      expect(Math.abs(rankCorrelation(places))).toBeLessThan(bound);
    });
  },
);

describe('once staff have found themes in what was written, and answered', () => {
  it.each(goalNames)('the attacker links no more than chance does: %s', async (name) => {
    const world = await worldOf('one by one', { isModerated: true });
    expect(world.dump.themes?.length).toBeGreaterThan(1);
    const { right, bound, strategy } = tryGoal(world, name);
    expect(right, strategy).toBeLessThan(bound);
  });

  it('no theme is named beside anything but texts and answers, and no text beside anything', async () => {
    const { dump } = await worldOf('one by one', { isModerated: true });
    const idsOf = (table: string) => (dump[table] ?? []).map(({ id }) => id as string);
    const mentions = (id: string) =>
      Object.entries(dump).flatMap(([table, rows]) =>
        rows.some((row) =>
          Object.entries(row).some(([column, value]) => column !== 'id' && value?.includes(id)),
        )
          ? [table]
          : [],
      );
    // Those of the demonstration are ranked, too.
    const own = (dump.themes ?? []).filter(({ title }) => title?.startsWith('Theme '));
    const themed = new Set(own.flatMap(({ id }) => mentions(id as string)));
    expect([...themed].sort()).toEqual([
      'audit_events',
      'loop_record_publications',
      'loop_records',
      'text_parts',
      'theme_publications',
    ]);
    for (const id of idsOf('text_parts').slice(0, 20)) expect(mentions(id)).toEqual([]);
  });
});

describe('the same attacker finds nearly everybody', () => {
  const withoutReceipts = goalNames.filter((name) => !name.startsWith('used receipts'));

  it.each([
    // Of a batch, the equality answers of those without a receipt have no author that the test knows.
    ['one by one', ['flush_inbox'], withoutReceipts],
    [
      'in batches',
      ['flush_inbox', 'take_in_batch'],
      withoutReceipts.filter((name) => !name.includes('equality')),
    ],
  ] as const)(
    'of those who send %s, if nothing is shuffled',
    async (channel, unshuffled, names) => {
      const world = await worldOf(channel, { unshuffled });
      for (const name of names) {
        const { right, strategy } = tryGoal(world, name);
        expect(right, `${name}: ${strategy}`).toBeGreaterThanOrEqual(190);
      }
    },
    60_000,
  );

  it('if each submission is taken apart as soon as it comes, however it is shuffled', async () => {
    const world = await worldOf('one by one', { flushesAfterEach: true });
    for (const name of goalNames) {
      const { right, strategy } = tryGoal(world, name);
      const most = name.startsWith('used receipts') ? 95 : 190;
      expect(right, `${name}: ${strategy}`).toBeGreaterThanOrEqual(most);
    }
  }, 60_000);
});

describe('what PostgreSQL keeps beside the rows, once all are taken apart,', () => {
  const textGoal = 'first texts with second texts';
  let world: World;
  beforeAll(async () => {
    world = await worldOf('one by one');
  });

  it('has nothing that one person wrote: the statistics of the planner', async () => {
    const statistics = await dumpStatistics(world.service.database);
    const { right, bound, strategy } = tryGoal(world, textGoal, statistics);
    expect(right, strategy).toBeLessThan(bound);
    const kept = statistics.statistics?.flatMap((row) => Object.values(row)).join('\n') ?? '';
    const { from, to } = world.goals['first texts with ratings'];
    const written = [...from, ...to].flatMap((row) => [row.text, row.as_is]);
    expect(written.filter((value) => value != null && kept.includes(value))).toEqual([]);
  });

  it('has nothing that one person wrote: the file of the inbox', async () => {
    const file = await dumpFile(world.service.database, 'inbox');
    const { right, bound, strategy } = tryGoal(world, textGoal, { file: [{ file }] });
    expect(right, strategy).toBeLessThan(bound);
  });
});

describe('what is left when a cycle closes, of fewer people than are ever taken apart together,', () => {
  const cycleCount = 12;
  const candidatesOf = (cells: ReturnType<typeof splitByOpenAttributes>) =>
    Math.min(...cells.map(({ to }) => to.length));

  it('is told by no strategy from at least twenty others', async () => {
    const { service } = await worldOf('in batches');
    const { goal, author } = await closeWithRemainders(service, cycleCount);
    const cells = splitByOpenAttributes(goal);
    expect(goal.from.length).toBe(cycleCount * 2);
    expect(candidatesOf(cells)).toBe(22);
    const attempts = attack(goal, {});
    const { right, strategy } = bestOf(attempts, author);
    const bound = tooManyForChance(expectedByChance(cells), attempts.length);
    expect(right, strategy).toBeLessThan(bound);
  });

  it('would stand by itself if it were not mixed with parts from before', async () => {
    const { service } = await worldOf('in batches');
    await switchOffMixing(service);
    const { goal } = await closeWithRemainders(service, cycleCount);
    expect(candidatesOf(splitByOpenAttributes(goal))).toBe(2);
  });
});
