import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { createCycle, openCycle, postBatch, rateAs, submission } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const participation = (cycleId: string, sender: { as?: string } = { as: 'demo-admin' }) =>
  send(service, 'GET', `/v1/cycles/${cycleId}/participation`, sender);

async function countsOf(cycleId: string): Promise<Record<string, number | null>> {
  const { body } = await participation(cycleId);
  return Object.fromEntries(
    body.items.map((item: Shown) => [`${item.organisation} ${item.perspective}`, item.count]),
  );
}

/** The Monday of the week of a moment in London, `YYYY-MM-DD`. */
function mondayOf(moment: Date): string {
  const day = new Date(moment.toLocaleDateString('sv-SE', { timeZone: 'Europe/London' }));
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

describe('participation in an open cycle', () => {
  it('is told in whole tens, and a group below the threshold like one of nobody', async () => {
    const { id } = await openCycle(service, { perspectives: ['service_user', 'carer', 'staff'] });
    await rateAs(service, id, 'service_user', 38);
    await rateAs(service, id, 'carer', 9);
    const { status, body } = await participation(id);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          organisation: 'RHA',
          perspective: 'service_user',
          suppressed: false,
          count: 30,
          weeks: [{ week: mondayOf(new Date()), count: 30 }],
        },
        { organisation: 'RHA', perspective: 'carer', suppressed: true, count: null, weeks: [] },
        { organisation: 'RHA', perspective: 'staff', suppressed: true, count: null, weeks: [] },
      ],
      next: null,
    });
  });

  it('moves by ten people or not at all, whatever the threshold is raised to', async () => {
    const { id, version } = await openCycle(service);
    const seen = new Set<number | null>();
    for (let people = 0; people < 45; people += 1) {
      await rateAs(service, id, 'carer', 1);
      seen.add((await countsOf(id))['RHA carer'] ?? null);
    }
    expect([...seen]).toEqual([null, 10, 20, 30, 40]);
    await send(service, 'PATCH', `/v1/cycles/${id}`, {
      as: 'demo-admin',
      headers: { 'if-match': `W/"${version}"` },
      body: { disclosurePolicy: { threshold: 37, roundTo: 5 } },
    });
    expect((await countsOf(id))['RHA carer']).toBe(40);
    // Nor does it go down: who takes back what they sent themselves does not measure the others.
    await service.database.query(
      'delete from rating_parts where id in (select id from rating_parts where cycle_id = $1 limit 6)',
      [id],
    );
    expect((await countsOf(id))['RHA carer']).toBe(40);
  });

  it('does not know who still waits to be taken apart, so that nobody is seen to arrive', async () => {
    const { id } = await openCycle(service);
    await postBatch(
      service,
      id,
      Array.from({ length: 15 }, () => submission()),
    );
    expect((await countsOf(id))['RHA service_user']).toBe(null);
  });

  it('says nothing of what anybody said', async () => {
    const { id } = await openCycle(service);
    await rateAs(service, id, 'service_user', 30, { answer: 1 });
    const low = await participation(id);
    await service.database.query(
      'update rating_parts set as_is = array[5::smallint] where cycle_id = $1',
      [id],
    );
    expect((await participation(id)).text).toBe(low.text);
  });
});

describe('the course of participation', () => {
  const weeksOf = async (cycleId: string, perspective: string) => {
    const { body } = await participation(cycleId);
    return body.items.find((item: Shown) => item.perspective === perspective).weeks;
  };
  /** Taken in and taken apart. */
  const takePart = async (cycleId: string, people: Record<string, number>) => {
    const items = Object.entries(people).flatMap(([perspective, count]) =>
      Array.from({ length: count }, () => submission({ perspective })),
    );
    await postBatch(service, cycleId, items);
    await service.scheduled();
  };
  /** So many weeks pass. */
  const pass = (cycleId: string, weeks: number) =>
    service.database.query(
      'update shown_participation_weeks set week = week - 7 * $2::integer where cycle_id = $1',
      [cycleId, weeks],
    );
  const monday = (weeksAgo: number) =>
    mondayOf(new Date(Date.now() - weeksAgo * 7 * 24 * 3_600_000));

  it('is noted when submissions are taken apart, though nobody looks: one number a week, in whole tens', async () => {
    const { id } = await openCycle(service);
    await takePart(id, { service_user: 16, carer: 9 });
    await takePart(id, { service_user: 15, carer: 5 });
    await pass(id, 2);
    // Nothing is added by few, which is not told of either.
    await takePart(id, { service_user: 5, carer: 15 });
    await pass(id, 1);
    await takePart(id, { service_user: 29 });
    expect(await weeksOf(id, 'service_user')).toEqual([
      { week: monday(3), count: 30 },
      { week: monday(0), count: 60 },
    ]);
    expect(await weeksOf(id, 'carer')).toEqual([
      { week: monday(3), count: 10 },
      { week: monday(1), count: 20 },
    ]);
  });

  it('moves by whole tens whatever the threshold is raised to, and tells nothing below it', async () => {
    const { id, version } = await openCycle(service);
    await takePart(id, { carer: 12, service_user: 19 });
    await pass(id, 1);
    await send(service, 'PATCH', `/v1/cycles/${id}`, {
      as: 'demo-admin',
      headers: { 'if-match': `W/"${version}"` },
      body: { disclosurePolicy: { threshold: 37, roundTo: 5 } },
    });
    await takePart(id, { carer: 20, service_user: 5 });
    expect(await weeksOf(id, 'carer')).toEqual([{ week: monday(1), count: 10 }]);
    await takePart(id, { carer: 20 });
    expect(await weeksOf(id, 'carer')).toEqual([
      { week: monday(1), count: 10 },
      { week: monday(0), count: 50 },
    ]);
    expect(await weeksOf(id, 'service_user')).toEqual([{ week: monday(1), count: 10 }]);
  });

  it('ends with the closing, when also those are taken apart who were left', async () => {
    const { id } = await openCycle(service);
    await takePart(id, { carer: 21 });
    await postBatch(
      service,
      id,
      Array.from({ length: 9 }, () => submission({ perspective: 'carer' })),
    );
    await pass(id, 1);
    const closed = await send(service, 'POST', `/v1/cycles/${id}/transitions`, {
      as: 'demo-admin',
      body: { to: 'closed' },
    });
    expect(closed.status).toBe(200);
    const weeks = [
      { week: monday(1), count: 20 },
      { week: monday(0), count: 30 },
    ];
    expect(await weeksOf(id, 'carer')).toEqual(weeks);
    const [noted] = await service.database.query(
      'select count(*)::int as count from shown_participation_weeks where cycle_id = $1',
      [id],
    );
    expect(noted).toEqual({ count: 2 });
  });

  it('is of the week of the closing where it is noted later', async () => {
    const { id } = await openCycle(service);
    await service.database.query(
      "update cycles set opens_at = now() - interval '40 days', closes_at = now() - interval '30 days' where id = $1",
      [id],
    );
    await rateAs(service, id, 'carer', 20);
    const closing = new Date(Date.now() - 30 * 24 * 3_600_000);
    expect(await weeksOf(id, 'carer')).toEqual([{ week: mondayOf(closing), count: 20 }]);
  });
});

describe('who may ask for participation', () => {
  it('is staff of an organisation of the cycle, for that organisation', async () => {
    const { id } = await openCycle(service, { organisations: ['RHA', 'RV3'], services: [] });
    await rateAs(service, id, 'service_user', 20, { code: null });
    const own = await participation(id);
    expect(new Set(own.body.items.map(({ organisation }: Shown) => organisation))).toEqual(
      new Set(
        service.client('demo-admin').organisations.filter((each) => ['RHA', 'RV3'].includes(each)),
      ),
    );
    const forbidden = { status: 403, code: 'forbidden' };
    expect(refusalOf(await participation(id, { as: 'demo-trust' }))).toEqual(forbidden);
    expect(refusalOf(await participation(id, {}))).toEqual({
      status: 401,
      code: 'unauthenticated',
    });
  });

  it('finds nothing told of a draft yet', async () => {
    const { id } = await createCycle(service);
    expect(await countsOf(id)).toEqual({ 'RHA service_user': null, 'RHA carer': null });
  });
});
