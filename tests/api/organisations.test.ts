import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisations } from '../../db/seeds/organisations.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send } from './support/send.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

describe('an organisation', () => {
  it.each(['R1C', 'r1c', '%20r1c%20'])(
    'is found by its code however it is written: %s',
    async (code) => {
      const { body } = await send(service, 'GET', `/v1/organisations/${code}`);
      expect(body).toEqual({
        odsCode: 'R1C',
        name: 'Solent NHS Trust',
        status: 'closed',
        validFrom: null,
        validTo: '2024-09-30',
        successor: {
          odsCode: 'RW1',
          name: 'Hampshire and Isle of Wight Healthcare NHS Foundation Trust',
        },
        note: 'succeeded by RW1 on 1 October 2024',
      });
    },
  );

  it('that is not known is not found, and what is no code is refused', async () => {
    expect(refusalOf(await send(service, 'GET', '/v1/organisations/ZZZ'))).toEqual({
      status: 404,
      code: 'not-found',
    });
    for (const code of ['R', 'R1C!', 'ABCDEFGHI', '%00%00%00']) {
      const refused = await send(service, 'GET', `/v1/organisations/${code}`);
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
      expect(pointersOf(refused)).toEqual(['/odsCode']);
    }
  });

  it('can be read by any site’s script, and kept for an hour', async () => {
    const { headers } = await send(service, 'GET', '/v1/organisations/RHA');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cache-control')).toBe('public, max-age=3600');
    expect(headers.get('etag')).toMatch(/^"[\w-]+"$/);
  });
});

describe('the list of organisations', () => {
  it('has every one that comes with the service, by code', async () => {
    const { body } = await send(service, 'GET', '/v1/organisations');
    expect(body.next).toBeNull();
    expect(body.items.map(({ odsCode, name }: Shown) => ({ odsCode, name }))).toEqual(
      organisations
        .map(({ odsCode, name }) => ({ odsCode, name }))
        .sort((a, b) => (a.odsCode < b.odsCode ? -1 : 1)),
    );
  });

  it.each([1, 2, 4])('visits each once, %s at a time', async (limit) => {
    const visited: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: Shown } = await send(
        service,
        'GET',
        `/v1/organisations?limit=${limit}${cursor && `&cursor=${cursor}`}`,
      );
      expect(body.items.length).toBeLessThanOrEqual(limit);
      visited.push(...body.items.map(({ odsCode }: Shown) => odsCode));
      cursor = body.next;
    }
    expect(visited).toEqual(organisations.map(({ odsCode }) => odsCode).sort());
  });
});
