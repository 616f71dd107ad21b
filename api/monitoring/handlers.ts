import * as queries from '../../db/queries/monitoring.ts';
import { serve } from '../http/serve.ts';
import type { Service } from '../service.ts';
import * as contract from './contract.ts';

/** A database that takes longer than this is a warning to whoever watches. */
const SLOW_MS = 2_000;

export const ping = serve(contract.ping).with(async ({ service }) => ({
  status: 200,
  body: service.build,
}));

export const status = serve(contract.status).with(async ({ service }) => {
  const database = await checkDatabase(service);
  return {
    status: 200,
    body: { status: database.status, ...service.build, checks: { database } },
  };
});

async function checkDatabase(service: Service) {
  const startedAt = service.now().getTime();
  const isAnswering = await queries.ping(service.db).then(
    () => true,
    () => false,
  );
  const isSlow = service.now().getTime() - startedAt > SLOW_MS;
  const links = { self: `${service.url}/_status` };
  if (!isAnswering)
    return {
      status: 'fail' as const,
      timeout: isSlow ? ('true' as const) : ('false' as const),
      responseCode: 503,
      outcome: 'the database does not answer',
      links,
    };
  return {
    status: isSlow ? ('warn' as const) : ('pass' as const),
    timeout: 'false' as const,
    responseCode: 200,
    outcome: isSlow ? 'the database answers slowly' : 'the database answers',
    links,
  };
}
