import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../dev/database.ts';
import { experienceCycleId } from '../../dev/demo.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import { type OwnerAccess, ownerAccess } from '../support/database.ts';
import { ask } from '../support/workshop.ts';

let database: Database;
let owner: OwnerAccess;
beforeAll(async () => {
  const { path } = await ask(inject('run').workshopUrl, '/template');
  database = await openDatabase({ template: new Blob([await readFile(path)]) });
  owner = ownerAccess(database);
});
afterAll(() => database?.close());

/** Somebody who waits: from a role, about a service or none. */
interface Waiting {
  perspective: string;
  service: string | null;
}

type Told = {
  perspective: string | null;
  service: string | null;
};

const { minWaitingCount, minSharingCount } = flushRule;

/** Puts people into an empty inbox, each with a rating and a text, and takes them apart. @returns what the texts tell */
async function flush(people: readonly Waiting[]): Promise<(Told & { text: string })[]> {
  await owner.query('truncate inbox, rating_parts, text_parts, equality_parts');
  await owner.query(
    `insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, safeguarding)
     select $1::uuid, 'RHA', nullif(service, '-'), perspective, '{4}', '{null}', array['text ' || number, null, null],
       '{false,null,null}'
     from unnest($2::text[], $3::text[]) with ordinality as person (service, perspective, number)`,
    [
      experienceCycleId,
      people.map(({ service }) => service ?? '-'),
      people.map(({ perspective }) => perspective),
    ],
  );
  await owner.query('select flush_inbox($1, $2, $3, $4)', [
    minWaitingCount,
    minSharingCount,
    new Date(0),
    null,
  ]);
  return owner.query<Told & { text: string }>('select perspective, service, text from text_parts');
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

const people = fc
  .array(
    fc.record({
      perspective: fc.constantFrom(
        'service_user',
        'service_user',
        'service_user',
        'carer',
        'staff',
      ),
      service: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'd', null),
    }),
    { minLength: minWaitingCount, maxLength: 80 },
  )
  .map((all) => all as Waiting[]);

describe('of those who are taken apart together', () => {
  it('a text says only what at least five of them share, and those of whom it is not said are none or five', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (all) => {
        const texts = await flush(all);
        expect(texts.length).toBe(all.length);
        const byText = new Map(all.map((person, index) => [`text ${index + 1}`, person]));
        for (const { text, perspective, service } of texts) {
          const person = byText.get(text);
          if (perspective !== null) expect(perspective).toBe(person?.perspective);
          if (service !== null) expect(service).toBe(person?.service);
        }
        for (const [group, count] of countBy(texts, (told) => JSON.stringify([told.perspective])))
          expect(count, group).toBeGreaterThanOrEqual(minSharingCount);
        const cells = countBy(texts, ({ perspective, service }) =>
          JSON.stringify([perspective, service]),
        );
        for (const [cell, count] of cells)
          expect(count, cell).toBeGreaterThanOrEqual(minSharingCount);
      }),
      { numRuns: 150 },
    );
  });

  it('what many share is said', async () => {
    const all = [
      ...Array<Waiting>(12).fill({ perspective: 'carer', service: 'a' }),
      ...Array<Waiting>(9).fill({ perspective: 'carer', service: 'b' }),
    ];
    const cells = countBy(await flush(all), ({ service }) => String(service));
    expect(Object.fromEntries(cells)).toEqual({ a: 12, b: 9 });
  });

  it('whoever stands alone in a service takes the next smallest along into silence', async () => {
    const all = [
      { perspective: 'carer', service: 'alone' },
      ...Array<Waiting>(6).fill({ perspective: 'carer', service: 'small' }),
      ...Array<Waiting>(15).fill({ perspective: 'carer', service: 'large' }),
    ];
    const cells = countBy(await flush(all), ({ service }) => String(service));
    expect(Object.fromEntries(cells)).toEqual({ null: 7, large: 15 });
  });

  it('a lone carer silences the role of those about the same service, not the service', async () => {
    const all = [
      { perspective: 'carer', service: 'a' },
      ...Array<Waiting>(24).fill({ perspective: 'service_user', service: 'a' }),
      ...Array<Waiting>(8).fill({ perspective: 'service_user', service: 'b' }),
    ];
    const cells = countBy(
      await flush(all),
      ({ service, perspective }) => `${service} ${perspective}`,
    );
    expect(Object.fromEntries(cells)).toEqual({ 'a null': 25, 'b service_user': 8 });
  });

  it('nobody who may call it can ask for less', async () => {
    await flush([]);
    await owner.query(
      `insert into inbox (cycle_id, organisation, perspective, as_is, to_be, answers)
       values ($1, 'RHA', 'carer', '{4}', '{null}', '{null,null,null}')`,
      [experienceCycleId],
    );
    await owner.query("select flush_inbox(1, 1, now() + interval '10 years', null)");
    expect(await owner.query('select id from inbox')).toHaveLength(1);
  });

  it('ratings keep both, since results are protected when they are released', async () => {
    await flush([
      { perspective: 'staff', service: 'alone' },
      ...Array<Waiting>(20).fill({ perspective: 'carer', service: 'a' }),
    ]);
    const rows = await owner.query("select service from rating_parts where perspective = 'staff'");
    expect(rows).toEqual([{ service: 'alone' }]);
  });
});

describe('what is left when a cycle closes', () => {
  it('is shuffled together with as many parts as must wait otherwise, and tells neither service nor role', async () => {
    const cycleId = randomUUID();
    await owner.query(
      `insert into cycles (id, title, organisations, standard_set_id, standard_set_version, perspectives, questions,
         services, channels, opens_at, closes_at, threshold, round_to, scheduled_at, anonymity_statement,
         anonymity_statement_sha256)
       select $1, title, organisations, standard_set_id, standard_set_version, perspectives, questions, services, channels,
         opens_at, now() + interval '1 day', threshold, round_to, scheduled_at, '', '' from cycles where id = $2`,
      [cycleId, experienceCycleId],
    );
    await owner.query('truncate inbox, rating_parts, text_parts, equality_parts');
    const arrive = (count: number, word: string) =>
      owner.query(
        `insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, safeguarding, ethnicity)
         select $1, 'RHA', 'a', 'carer', '{4}', '{null}', array[$3 || number, null, null], '{false,null,null}', 'A'
         from generate_series(1, $2::integer) as number`,
        [cycleId, count, word],
      );
    const flushAt = (closedBefore: Date) =>
      owner.query('select flush_inbox($1, $2, $3, null)', [
        minWaitingCount,
        minSharingCount,
        closedBefore,
      ]);
    await arrive(60, 'early ');
    await flushAt(new Date(0));
    const before = await owner.query<{ id: string; text: string }>(
      'select id, text from text_parts',
    );
    await arrive(3, 'late ');
    await flushAt(new Date(0));
    expect(await owner.query('select id from inbox')).toHaveLength(3);
    await owner.query("update cycles set closes_at = now() - interval '1 hour' where id = $1", [
      cycleId,
    ]);
    await flushAt(new Date());

    for (const table of ['rating_parts', 'text_parts', 'equality_parts']) {
      const groups = await owner.query<{ count: number }>(
        `select count(*)::integer as count from ${table} group by xmin::text order by count`,
      );
      expect(
        groups.map(({ count }) => count),
        table,
      ).toEqual([23, 40]);
    }
    const texts = await owner.query<Told & { id: string; text: string }>(
      'select id, text, service, perspective from text_parts',
    );
    for (const { text, service, perspective } of texts)
      expect([service, perspective]).toEqual(
        text.startsWith('late') ? [null, null] : ['a', 'carer'],
      );
    // Whoever was looking at a text finds it under its id.
    const ids = new Map(texts.map(({ id, text }) => [text, id]));
    for (const { id, text } of before) expect(ids.get(text)).toBe(id);
  });
});
