import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';

describe.each(['embedded', 'server'] as const)(
  'the service that tests start, on the %s database',
  (database) => {
    let service: Service;
    beforeAll(async () => {
      service = await startService({ database });
    });
    afterAll(() => service?.stop());

    it('is the real Worker, at the address that it calls its own', async () => {
      const response = await service.fetch('/_ping');
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ version: expect.any(String) });
    });

    it('is seeded, and gives its owner access to the rows', async () => {
      const [row] = await service.database.query<{ count: number }>(
        'select count(*)::int as count from organisations',
      );
      expect(row?.count).toBeGreaterThan(0);
    });

    it('signs the demo clients in through the token endpoint', async () => {
      expect(await service.token('demo-trust')).toMatch(/\./);
    });

    it('answers 5xx, not silence, while its database is away', async () => {
      service.endpoint.faults.unavailable = true;
      const response = await service.fetch('/v1/organisations/RHA');
      service.endpoint.faults.unavailable = false;
      expect(response.status).toBeGreaterThanOrEqual(500);
    });
  },
);
