import { and, arrayContained, asc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import type { Scope } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import { apiClients, apiClientUses, spentAssertions } from '../schema/index.ts';
import type { TokenClient } from './act-for.ts';

export type ApiClientRow = typeof apiClients.$inferSelect;
/** With the last day on which it was given an access token, or null. */
export type UsedApiClientRow = ApiClientRow & { lastUsedOn: string | null };
/** Members to replace; one that is undefined stays. */
export type ApiClientChanges = {
  [Member in Exclude<keyof ApiClientValues, 'clientId'>]?: ApiClientValues[Member] | undefined;
};

export type ApiClientValues = Omit<typeof apiClients.$inferInsert, 'version' | 'revokedAt'>;

function selectUsed(db: Db) {
  return db
    .select({ ...getTableColumns(apiClients), lastUsedOn: apiClientUses.lastUsedOn })
    .from(apiClients)
    .leftJoin(apiClientUses, eq(apiClientUses.clientId, apiClients.clientId));
}

/** Clients that are registered for no organisation beyond those given, revoked ones included. One more than the limit. */
export function listApiClients(
  db: Db,
  organisations: readonly string[],
  page: { after: string | null; limit: number },
) {
  return selectUsed(db)
    .where(
      and(
        arrayContained(apiClients.organisations, [...organisations]),
        page.after === null ? undefined : gt(apiClients.clientId, page.after),
      ),
    )
    .orderBy(asc(apiClients.clientId))
    .limit(page.limit + 1);
}

/** One client, if it is registered for no organisation beyond those given. */
export function readApiClient(db: Db, clientId: string, organisations: readonly string[]) {
  return selectUsed(db).where(
    and(
      eq(apiClients.clientId, clientId),
      arrayContained(apiClients.organisations, [...organisations]),
    ),
  );
}

export function insertApiClient(db: Db, values: ApiClientValues) {
  return db.insert(apiClients).values(values).returning();
}

/**
 * Changes a client that is at the version and not revoked. Only one whose scopes the caller holds too: whoever
 * can replace a client's keys can sign in as that client.
 */
export function updateApiClient(
  db: Db,
  clientId: string,
  version: number,
  organisations: readonly string[],
  scopes: readonly Scope[],
  values: ApiClientChanges,
) {
  return db
    .update(apiClients)
    .set({ ...values, version: version + 1 })
    .where(
      and(
        eq(apiClients.clientId, clientId),
        eq(apiClients.version, version),
        isNull(apiClients.revokedAt),
        arrayContained(apiClients.organisations, [...organisations]),
        arrayContained(apiClients.scopes, [...scopes]),
      ),
    )
    .returning();
}

/** Revokes a client; one that is revoked already keeps its first date. */
export function revokeApiClient(
  db: Db,
  clientId: string,
  organisations: readonly string[],
  now: Date,
) {
  return db
    .update(apiClients)
    .set({ revokedAt: sql`coalesce(${apiClients.revokedAt}, ${now.toISOString()}::timestamptz)` })
    .where(
      and(
        eq(apiClients.clientId, clientId),
        arrayContained(apiClients.organisations, [...organisations]),
      ),
    )
    .returning({ clientId: apiClients.clientId });
}

/** What sign-in needs to know of a client, and whether a `jti` of it was spent. Nothing when there is no such client. */
export function readSigningClient(db: Db, clientId: string, jtiHash: string | null) {
  return db
    .select({
      client: apiClients,
      isJtiSpent: sql<boolean>`exists (select from ${spentAssertions}
        where ${spentAssertions.clientId} = ${clientId} and ${spentAssertions.jtiHash} = ${jtiHash})`,
    })
    .from(apiClients)
    .where(eq(apiClients.clientId, clientId));
}

/**
 * Spends a `jti` of a client that is still registered at the version: one insert-or-nothing, so that of two
 * simultaneous uses exactly one gets a row back (RFC 7523 section 3, item 7). Keeps the day of it, once a day.
 *
 * @param today UTC, `YYYY-MM-DD`
 */
export function spendAssertion(
  db: Db,
  client: TokenClient,
  jtiHash: string,
  expiresAt: Date,
  today: string,
) {
  return db.execute<{ spent: number }>(sql`
    with spent as (
      insert into ${spentAssertions} (client_id, jti_hash, expires_at)
      select client_id, ${jtiHash}, ${expiresAt.toISOString()}::timestamptz from ${apiClients}
      where client_id = ${client.clientId} and version = ${client.clientVersion} and revoked_at is null
      on conflict do nothing returning client_id
    ), used as (
      insert into ${apiClientUses} as known (client_id, last_used_on)
      select client_id, ${today}::date from spent
      -- Asked first, since an upsert locks the row that it leaves as it is: those who sign in would wait for each other.
      where not exists (
        select from ${apiClientUses} where client_id = ${client.clientId} and last_used_on >= ${today}::date)
      on conflict (client_id) do update set last_used_on = excluded.last_used_on
        where known.last_used_on < excluded.last_used_on
    )
    select 1 as spent from spent`);
}
