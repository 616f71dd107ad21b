import * as queries from '../../db/queries/monitoring.ts';
import { serve } from '../http/serve.ts';
import type { Service } from '../service.ts';
import * as contract from './contract.ts';

/** A database that takes longer than this is a warning to whoever watches. */
const SLOW_MS = 2_000;

/** Whoever watches gets an answer by then, whatever the database does. */
const TIMEOUT_MS = 5_000;

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

type Outcome = 'answers' | 'does not answer' | 'has not answered in time';

async function checkDatabase(service: Service) {
  const startedAt = service.now().getTime();
  const outcome = await Promise.race<Outcome>([
    queries.ping(service.databases.public).then(
      () => 'answers',
      () => 'does not answer',
    ),
    new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS, 'has not answered in time')),
  ]);
  const isSlow = service.now().getTime() - startedAt > SLOW_MS;
  const status = outcome !== 'answers' ? 'fail' : isSlow ? 'warn' : 'pass';
  return {
    status: status as 'pass' | 'warn' | 'fail',
    timeout: outcome === 'has not answered in time' ? ('true' as const) : ('false' as const),
    responseCode: outcome === 'answers' ? 200 : 503,
    outcome: status === 'warn' ? 'the database answers slowly' : `the database ${outcome}`,
    links: { self: `${service.url}/_status` },
  };
}
