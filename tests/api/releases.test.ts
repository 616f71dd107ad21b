import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { closeCycle, createStandardSet, moveCycle, openCycle, rateAs } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };
const release = (cycleId: string, body: unknown = {}, options: Record<string, unknown> = staff) =>
  send(service, 'POST', `/v1/cycles/${cycleId}/releases`, { ...options, body });
const read = (cycleId: string, query = '', headers: Record<string, string> = {}) =>
  service.fetch(`/v1/cycles/${cycleId}/results${query}`, { headers });

/** A closed cycle in which 30 service users and 12 carers took part. */
async function ratedCycle(): Promise<string> {
  const { id } = await closeCycle(service);
  await rateAs(service, id, 'service_user', 30, { answer: 3 });
  await rateAs(service, id, 'carer', 12, { answer: 5 });
  return id;
}

const whole = (results: Shown[], perspective: string) =>
  results.find((row) => row.service === null && row.perspective === perspective);

describe('a release', () => {
  it('is of a closed cycle only', async () => {
    const { id } = await openCycle(service);
    expect(refusalOf(await release(id))).toEqual({ status: 409, code: 'wrong-phase' });
    expect((await read(id)).status).toBe(404);
    await moveCycle(service, id, 'closed');
    expect((await release(id)).status).toBe(201);
  });

  it('has the shape that dashboards rely on, and makes the cycle a released one', async () => {
    const id = await ratedCycle();
    const { status, body, headers } = await release(id);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/cycles/${id}/results?release=1`);
    expect(body).toMatchObject({
      cycleId: id,
      release: 1,
      releasedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      disclosurePolicy: { threshold: 10, roundTo: 5 },
      standardSet: { id: 'fft', version: 1 },
    });
    expect(whole(body.results, 'service_user')).toMatchObject({
      organisation: 'RHA',
      standard: 'overall-experience',
      suppressed: false,
      count: 30,
      asIs: { mean: 3, distribution: [0, 0, 30, 0, 0] },
      toBe: { mean: 5 },
    });
    expect(body.gaps).toContainEqual({
      organisation: 'RHA',
      standard: 'overall-experience',
      between: ['service_user', 'carer'],
      difference: -2,
    });
    expect(body.gaps).toContainEqual({
      organisation: 'RHA',
      standard: 'overall-experience',
      perspective: 'service_user',
      between: ['toBe', 'asIs'],
      difference: 2,
    });
    const cycle = await send(service, 'GET', `/v1/cycles/${id}`);
    expect(cycle.body.phase).toBe('released');
  });

  it('has a digest that anybody can check', async () => {
    const id = await ratedCycle();
    await release(id);
    const text = await (await read(id)).text();
    const { sha256 } = JSON.parse(text);
    const without = text.replace(`"sha256":"${sha256}",`, '');
    expect(createHash('sha256').update(without).digest('hex')).toBe(sha256);
    const list = await send(service, 'GET', `/v1/cycles/${id}/releases`);
    expect(list.body.items).toEqual([expect.objectContaining({ release: 1, sha256 })]);
  });

  it('counts also who waited to be taken apart when it closed', async () => {
    const { id } = await openCycle(service);
    for (let number = 0; number < 12; number += 1)
      await send(service, 'POST', `/v1/cycles/${id}/submissions`, {
        body: {
          perspective: 'service_user',
          service: 'adult-mental-health',
          ratings: [{ standard: 'overall-experience', asIs: 2 }],
        },
      });
    // By the clock, and nobody has taken it apart yet.
    await service.database.query(
      "update cycles set closes_at = now() - interval '1 second' where id = $1",
      [id],
    );
    const { body } = await release(id);
    expect(body.results.map(({ count }: Shown) => count)).toContain(10);
  });

  it('is made once by two who make it at once', async () => {
    const id = await ratedCycle();
    const both = await Promise.all([release(id), release(id)]);
    const numbers = both.filter(({ status }) => status === 201).map(({ body }) => body.release);
    expect(new Set(numbers).size).toBe(numbers.length);
    const [row] = await service.database.query(
      'select count(*)::int as count from releases where cycle_id = $1',
      [id],
    );
    expect(row).toEqual({ count: numbers.length });
  });

  it('is refused to whoever is not of every organisation, or lacks the scope', async () => {
    const id = await ratedCycle();
    expect(refusalOf(await release(id, {}, { as: 'demo-trust' }))).toEqual({
      status: 403,
      code: 'forbidden',
    });
  });

  it('is not made any more once the ratings are deleted, as was promised', async () => {
    const id = await ratedCycle();
    await service.database.query(
      "update cycles set opens_at = now() - interval '800 days', closes_at = now() - interval '400 days', version = version + 1 where id = $1",
      [id],
    );
    expect(refusalOf(await release(id))).toEqual({ status: 409, code: 'wrong-phase' });
  });

  it('is noted in the audit trail, without a number of it', async () => {
    const id = await ratedCycle();
    await release(id);
    const events = await send(
      service,
      'GET',
      '/v1/audit-events?operation=createRelease&limit=5',
      staff,
    );
    expect(events.body.items).toContainEqual(
      expect.objectContaining({ subject: { kind: 'release', id }, outcome: 'done', counts: [] }),
    );
  });
});

describe('a dry run', () => {
  it('says which rows would be hidden and why, without a number, and publishes nothing', async () => {
    const id = await ratedCycle();
    await rateAs(service, id, 'carer', 3, { code: null });
    const { status, body, text } = await release(id, { dryRun: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ release: 1, shown: expect.any(Number) });
    for (const hidden of body.hidden)
      expect(Object.keys(hidden).sort()).toEqual(
        ['organisation', 'perspective', 'service', 'standard', 'why'].sort(),
      );
    expect(text).not.toMatch(/mean|distribution|"count"/);
    expect((await read(id)).status).toBe(404);
  });
});

describe('what is hidden', () => {
  it('looks like a group of nobody, to the letter', async () => {
    const { id } = await closeCycle(service, { perspectives: ['service_user', 'carer', 'staff'] });
    await rateAs(service, id, 'service_user', 40);
    await rateAs(service, id, 'carer', 4);
    const { body } = await release(id);
    const row = (perspective: string) => {
      const { perspective: _, ...rest } = whole(body.results, perspective);
      return rest;
    };
    expect(row('carer')).toEqual(row('staff'));
    expect(row('carer')).toMatchObject({ suppressed: true, count: null, asIs: null, toBe: null });
  });

  it('stays as it is when one person is added to it: nothing in any public answer changes', async () => {
    const { id } = await closeCycle(service);
    await rateAs(service, id, 'service_user', 40);
    await rateAs(service, id, 'carer', 4);
    const first = await release(id);
    const cycle = await send(service, 'GET', `/v1/cycles/${id}`);
    await rateAs(service, id, 'carer', 1, { answer: 1 });
    const second = await release(id);
    expect(second.body.release).toBe(2);
    const { results, gaps, changes } = first.body;
    expect(second.body).toMatchObject({ results, gaps, changes });
    const csvOf = async (number: number) =>
      (await read(id, `?release=${number}&format=csv`)).text();
    expect(await csvOf(2)).toBe(await csvOf(1));
    expect((await send(service, 'GET', `/v1/cycles/${id}`)).text).toBe(cycle.text);
  });
});

it('after many have come shows the largest row anew, says so, and never one that overlaps it', async () => {
  const id = await ratedCycle();
  const first = (await release(id)).body.results;
  await rateAs(service, id, 'service_user', 30, { answer: 3 });
  const second = (await release(id)).body.results;
  await rateAs(service, id, 'carer', 40, { answer: 5 });
  const third = (await release(id)).body.results;

  expect(whole(first, 'all')).toMatchObject({ count: 40 });
  expect(first.filter(({ revised }: Shown) => revised)).toEqual([]);
  expect(whole(second, 'all')).toMatchObject({ count: 70, revised: true });
  expect(whole(third, 'all')).toMatchObject({ count: 110, revised: true });
  for (const later of [second, third]) {
    const isOther = (row: Shown) => row.service !== null || row.perspective !== 'all';
    expect(later.filter(isOther)).toEqual(first.filter(isOther));
  }
});

describe('reading', () => {
  it('what this instance has forgotten costs no call either, as long as the edge still has it', async () => {
    const id = await ratedCycle();
    await release(id);
    const first = await (await read(id, '?release=1')).text();
    // As many others as push it out of memory.
    await service.database.query(
      `insert into releases (cycle_id, number, released_at, body, sha256, threshold, round_to, code_version, released_by)
       select cycle_id, other, released_at, body, sha256, threshold, round_to, code_version, released_by
       from releases, generate_series(2, 30) as other where cycle_id = $1`,
      [id],
    );
    for (let number = 2; number <= 30; number += 1)
      await (await read(id, `?release=${number}`)).text();
    const before = service.endpoint.calls;
    expect(await (await read(id, '?release=1')).text()).toBe(first);
    expect(service.endpoint.calls).toBe(before);
    expect((await read(id, '?release=31')).status).toBe(404);
    expect(service.endpoint.calls).toBe(before + 1);
  });

  it('a second time costs no call to the database, and a numbered release may be kept for good', async () => {
    const id = await ratedCycle();
    await release(id);
    for (const query of ['', '?release=1']) await (await read(id, query)).text();
    const before = service.endpoint.calls;
    for (const query of ['', '?release=1'])
      for (const accept of ['application/json', 'text/csv'])
        expect((await read(id, query, { accept })).status).toBe(200);
    expect(service.endpoint.calls).toBe(before);
    expect((await read(id, '?release=1')).headers.get('cache-control')).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await read(id)).headers.get('cache-control')).toBe('public, max-age=60');
    expect((await read(id, '?release=2')).status).toBe(404);
  });

  it('as CSV has a row for each group with the same numbers, and stars where they are hidden', async () => {
    const { id } = await closeCycle(service);
    await rateAs(service, id, 'service_user', 40, { answer: 3 });
    await rateAs(service, id, 'carer', 4);
    const { body } = await release(id);
    const response = await read(id, '', { accept: 'text/csv' });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('etag')).toMatch(/^"[\w-]{20,}"$/);
    const rows: Record<string, string>[] = parse(await response.text(), { columns: true });
    expect(rows.length).toBe(body.results.length);
    for (const [index, row] of rows.entries()) {
      const shown = body.results[index];
      expect(row).toMatchObject({
        organisation: shown.organisation,
        service: shown.service ?? '-',
        standard: shown.standard,
        perspective: shown.perspective,
        count: shown.count === null ? '*' : String(shown.count),
        as_is_mean: shown.asIs === null ? '*' : shown.asIs.mean.toFixed(1),
        to_be_5: shown.toBe === null ? '*' : String(shown.toBe.distribution[4]),
      });
    }
    const dictionary = await send(service, 'GET', '/v1/data-dictionary');
    expect(dictionary.body.fields.map(({ name }: { name: string }) => name)).toEqual(
      Object.keys(rows[0] ?? {}),
    );
  });

  it('by a tool that knows the data package finds the table, whole, under the names that it gives', async () => {
    const id = await ratedCycle();
    await release(id);
    const { body } = await send(service, 'GET', `/v1/cycles/${id}/data-package`);
    const [resource] = body.resources;
    expect(resource.path.startsWith(service.url)).toBe(true);
    const response = await fetch(resource.path);
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    const rows: Record<string, string>[] = parse(await response.text(), { columns: true });
    expect(Object.keys(rows[0] ?? {})).toEqual(
      resource.schema.fields.map(({ name }: { name: string }) => name),
    );
    for (const row of rows)
      for (const { name, type } of resource.schema.fields) {
        const value = row[name] ?? '';
        if (type === 'string' || body.resources[0].schema.missingValues.includes(value)) continue;
        expect(value, name).toMatch(type === 'integer' ? /^\d+$/ : /^\d+\.\d$/);
      }
  });

  it('prefers what Accept gives the greatest weight', async () => {
    const id = await ratedCycle();
    await release(id);
    const typeFor = async (accept: string) =>
      (await read(id, '', { accept })).headers.get('content-type')?.split(';')[0];
    expect(await typeFor('text/csv;q=0.5, application/json')).toBe('application/json');
    expect(await typeFor('application/json;q=0.5, text/csv')).toBe('text/csv');
    expect(await typeFor('text/*')).toBe('text/csv');
    expect(await typeFor('*/*')).toBe('application/json');
    expect((await read(id, '', { accept: 'text/csv;q=0' })).status).toBe(406);
  });
});

it('the change since a cycle on an earlier version of the set is told for the codes that both have', async () => {
  const { id: setId } = await createStandardSet(service);
  const versions = `/v1/standard-sets/${setId}/versions`;
  const publishVersion = (version: number) =>
    send(service, 'PUT', `${versions}/${version}/publication`, staff);
  expect((await publishVersion(1)).status).toBe(200);
  const next = await send(service, 'POST', versions, {
    ...staff,
    body: {
      title: 'A better ward round',
      scale: { min: 1, max: 3, labels: ['No', 'Partly', 'Yes'] },
      standards: [
        { code: 'place', title: 'A place', statement: 'There is a quiet place.' },
        { code: 'time', title: 'Time to speak', statement: 'People have time.' },
      ],
    },
  });
  expect(next.status).toBe(201);
  expect((await publishVersion(2)).status).toBe(200);
  const on = (version: number) => ({ standardSet: { id: setId, version } });
  const before = await closeCycle(service, on(1));
  await rateAs(service, before.id, 'service_user', 30, { answers: [1] });
  await release(before.id);
  const after = await closeCycle(service, on(2));
  await rateAs(service, after.id, 'service_user', 30, { answers: [2, 3] });
  const { body } = await release(after.id);
  const since = { cycleId: before.id, release: 1 };
  expect(body.changes).toEqual([
    { organisation: 'RHA', standard: 'time', perspective: 'service_user', since, difference: 2 },
  ]);
});

it('the change since the cycle before is told where both show the group', async () => {
  const before = await ratedCycle();
  await release(before);
  const { id } = await closeCycle(service);
  await rateAs(service, id, 'service_user', 20, { answer: 4 });
  const { body } = await release(id);
  expect(body.changes).toContainEqual(
    expect.objectContaining({
      organisation: 'RHA',
      standard: 'overall-experience',
      perspective: 'service_user',
    }),
  );
});
