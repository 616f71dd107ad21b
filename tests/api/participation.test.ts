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

describe('participation in an open cycle', () => {
  it('is told in whole tens, and a group below the threshold like one of nobody', async () => {
    const { id } = await openCycle(service, { perspectives: ['service_user', 'carer', 'staff'] });
    await rateAs(service, id, 'service_user', 38);
    await rateAs(service, id, 'carer', 9);
    const { status, body } = await participation(id);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        { organisation: 'RHA', perspective: 'service_user', suppressed: false, count: 30 },
        { organisation: 'RHA', perspective: 'carer', suppressed: true, count: null },
        { organisation: 'RHA', perspective: 'staff', suppressed: true, count: null },
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
