import { type Db, openDb } from '../db/client.ts';
import type { WorkingCopyRow } from '../db/queries/loop-records.ts';
import type { Bindings } from './bindings.ts';
import type { KnownCycle } from './cycles/known-cycle.ts';
import { AccessTokens } from './http/access-token.ts';
import { EdgeCache } from './http/edge-cache.ts';
import { Pepper } from './http/pepper.ts';
import type { RateLimitName } from './http/rate-limit.ts';
import { Recent } from './http/recent.ts';
import type { FrozenRelease } from './releases/frozen.ts';

/** What every operation works with, made once when the Worker starts. */
export interface Service {
  /** A way to the database for each role that it knows (db/roles.ts). */
  databases: Record<'public' | 'trust' | 'staff' | 'flusher', Db>;
  /** Where the service is reached from outside, without a slash at the end. */
  url: string;
  accessTokens: AccessTokens;
  pepper: Pepper;
  statusApiKey: string;
  environment: string;
  /** What the console is called. */
  consoleName: string;
  /** Days for which backups of the database still hold what was deleted. */
  backupWindowDays: number;
  build: { version: string; revision: string; releaseId: string; commitId: string };
  assets: Fetcher;
  rateLimits: Record<RateLimitName, RateLimit>;
  /** Cycles as they were read last, by id. */
  cycles: Recent<KnownCycle>;
  /** Releases, which never change, by cycle and number; and for a minute which is the latest of a cycle. */
  releases: Recent<FrozenRelease>;
  latestReleases: Recent<{ number: number; until: number }>;
  edgeCache: EdgeCache;
  /** Loop records as they were read last by staff, by id. */
  loopRecords: Recent<WorkingCopyRow>;
  /** The minute in which a client was last refused an operation, by both. */
  notedRefusals: Recent<number>;
  /** Names to which webhooks go whatever the rule of addresses says; none but on a developer's machine. */
  webhookExemptHosts: readonly string[];
  /** The OpenID provider at which staff sign in to the console; null where none is configured, and nobody can. */
  signIn: SignInSettings | null;
  now(): Date;
}

/** How the console is known to an OpenID provider (OIDC_ISSUER and what goes with it, api/bindings.ts). */
export interface SignInSettings {
  issuer: URL;
  clientId: string;
  /** null for a public client. */
  clientSecret: string | null;
  /** The claim that says who may do what; null where the provider is not asked. */
  rolesClaim: string | null;
}

/** @param cache of the data centre that this instance runs in */
export function openService(bindings: Bindings, cache: Cache): Service {
  const open = (url: string) => openDb(url, bindings.DATABASE_FETCH_ENDPOINT || undefined);
  return {
    databases: {
      public: open(bindings.DATABASE_URL_PUBLIC),
      trust: open(bindings.DATABASE_URL_TRUST),
      staff: open(bindings.DATABASE_URL_STAFF),
      flusher: open(bindings.DATABASE_URL_FLUSHER),
    },
    url: bindings.SERVICE_URL,
    accessTokens: new AccessTokens(bindings.TOKEN_SIGNING_KEY, bindings.SERVICE_URL),
    pepper: new Pepper(bindings.PEPPER),
    statusApiKey: bindings.STATUS_API_KEY,
    environment: bindings.ENVIRONMENT,
    consoleName: bindings.CONSOLE_NAME,
    backupWindowDays: bindings.BACKUP_WINDOW_DAYS,
    build: {
      version: bindings.VERSION,
      revision: bindings.REVISION,
      releaseId: bindings.RELEASE_ID,
      commitId: bindings.COMMIT_ID,
    },
    assets: bindings.ASSETS,
    rateLimits: {
      publicSubmission: bindings.PUBLIC_SUBMISSION_LIMIT,
      confirmation: bindings.CONFIRMATION_LIMIT,
      receipt: bindings.RECEIPT_LIMIT,
      token: bindings.TOKEN_LIMIT,
    },
    cycles: new Recent(200),
    releases: new Recent(20),
    latestReleases: new Recent(200),
    edgeCache: new EdgeCache(cache, bindings.SERVICE_URL),
    loopRecords: new Recent(500),
    notedRefusals: new Recent(500),
    webhookExemptHosts: bindings.WEBHOOK_ALLOWED_HOSTS,
    signIn: signInOf(bindings),
    now: () => new Date(),
  };
}

function signInOf(bindings: Bindings): SignInSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = bindings;
  if (issuer === null || clientId === null) return null;
  return {
    issuer,
    clientId,
    clientSecret: bindings.OIDC_CLIENT_SECRET,
    rolesClaim: bindings.OIDC_ROLES_CLAIM,
  };
}
