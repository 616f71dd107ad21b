import { date, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Scope } from '../../domain/vocabulary.ts';

/** The public half of a signing key, as RFC 7517 writes it. */
export interface PublicJwk {
  kty: 'RSA';
  kid: string;
  n: string;
  e: string;
  alg?: 'RS512' | undefined;
  use?: 'sig' | undefined;
  key_ops?: string[] | undefined;
}

/** Systems that may sign in. What a client may do and for whom comes from here, never from a request. */
export const apiClients = pgTable('api_clients', {
  clientId: text('client_id').primaryKey(),
  /** Counts changes; the weak ETag, and part of each access token, so that a change ends older tokens at once. */
  version: integer('version').notNull().default(1),
  title: text('title').notNull(),
  organisations: text('organisations').array().notNull(),
  scopes: text('scopes').array().$type<Scope[]>().notNull(),
  jwks: jsonb('jwks').$type<{ keys: PublicJwk[] }>(),
  jwksUrl: text('jwks_url'),
  revokedAt: timestamp('revoked_at', { withTimezone: true, mode: 'date' }),
});

/**
 * The last day (UTC) on which a client was given an access token: by which one that nobody uses any more is found. Never a time,
 * and no day before the last. Beside the registration, whose changes are audited and counted.
 */
export const apiClientUses = pgTable('api_client_uses', {
  clientId: text('client_id')
    .primaryKey()
    .references(() => apiClients.clientId),
  lastUsedOn: date('last_used_on', { mode: 'string' }).notNull(),
});

/** `jti`s of client assertions that were used: one insert-or-nothing spends one. Hashed, since a sender chooses them. */
export const spentAssertions = pgTable(
  'spent_assertions',
  {
    clientId: text('client_id').notNull(),
    jtiHash: text('jti_hash').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.jtiHash] })],
);
