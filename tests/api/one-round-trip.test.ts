import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contracts } from '../../api/contracts.ts';
import { type Service, startService } from '../support/service.ts';
import { type GoodRequest, prepareEveryOperation } from './support/every-operation.ts';

let service: Service;
let staffRequests: Record<string, GoodRequest>;
let publicRequests: Record<string, GoodRequest>;
let token: string;
beforeAll(async () => {
  service = await startService();
  token = await service.token('demo-admin');
  staffRequests = await prepareEveryOperation(service);
  publicRequests = await prepareEveryOperation(service);
});
afterAll(() => service?.stop());

/** Some need two: the token endpoint reads the keys, then spends the `jti`; a release is counted, then stored or proposed. */
function allowedCalls(operationId: string): number {
  return ['issueToken', 'createRelease', 'proposeRelease'].includes(operationId) ? 2 : 1;
}

it('every operation of the contract has a request here', () => {
  expect(Object.keys(staffRequests).sort()).toEqual(contracts.map(({ id }) => id).sort());
});

describe('a warm request makes at most one call to the database', () => {
  it.each(contracts.map(({ id }) => id))('%s, for staff', async (id) => {
    const before = service.endpoint.calls;
    const sent = await staffRequests[id]?.(token);
    expect(sent?.status, sent?.text).toBeLessThan(300);
    expect(service.endpoint.calls - before).toBeLessThanOrEqual(allowedCalls(id));
  });

  const open = contracts.filter(
    ({ access }) => access.kind === 'public' || (access.kind === 'scope' && access.orPublic),
  );
  it.each(open.map(({ id }) => id))('%s, for anybody', async (id) => {
    const before = service.endpoint.calls;
    const sent = await publicRequests[id]?.(null);
    expect(sent?.status, sent?.text).toBeLessThan(300);
    expect(service.endpoint.calls - before).toBeLessThanOrEqual(allowedCalls(id));
  });
});

it.each(contracts.filter(({ withoutDatabase }) => withoutDatabase).map(({ id }) => id))(
  '%s, which says that it needs no database, answers without one',
  async (id) => {
    service.endpoint.faults.unavailable = true;
    const sent = await publicRequests[id]?.(null);
    service.endpoint.faults.unavailable = false;
    expect(sent?.status, sent?.text).toBe(200);
  },
);
