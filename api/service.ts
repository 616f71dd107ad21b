import { type Db, openDb } from '../db/client.ts';
import type { WorkingCopyRow } from '../db/queries/loop-records.ts';
import type { Bindings } from './bindings.ts';
import type { KnownCycle } from './cycles/known-cycle.ts';
import { AccessTokens } from './http/access-token.ts';
import { Pepper } from './http/pepper.ts';
import { Recent } from './http/recent.ts';

/** What every operation works with, made once when the Worker starts. */
export interface Service {
  db: Db;
  /** Where the service is reached from outside, without a slash at the end. */
  url: string;
  accessTokens: AccessTokens;
  pepper: Pepper;
  statusApiKey: string;
  environment: string;
  build: { version: string; revision: string; releaseId: string; commitId: string };
  assets: Fetcher;
  /** Cycles as they were read last, by id. */
  cycles: Recent<KnownCycle>;
  /** Loop records as they were read last by staff, by id. */
  loopRecords: Recent<WorkingCopyRow>;
  now(): Date;
}

export function openService(bindings: Bindings): Service {
  return {
    db: openDb(bindings.DATABASE_URL, bindings.DATABASE_FETCH_ENDPOINT || undefined),
    url: bindings.SERVICE_URL,
    accessTokens: new AccessTokens(bindings.TOKEN_SIGNING_KEY, bindings.SERVICE_URL),
    pepper: new Pepper(bindings.PEPPER),
    statusApiKey: bindings.STATUS_API_KEY,
    environment: bindings.ENVIRONMENT,
    build: {
      version: bindings.VERSION,
      revision: bindings.REVISION,
      releaseId: bindings.RELEASE_ID,
      commitId: bindings.COMMIT_ID,
    },
    assets: bindings.ASSETS,
    cycles: new Recent(200),
    loopRecords: new Recent(500),
    now: () => new Date(),
  };
}
