import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { scopes as allScopes, type Scope } from '../domain/vocabulary.ts';
import type { PublicJwk } from './schema/index.ts';
import { apiClients } from './schema/index.ts';

/**
 * `npm run register-client -- <client id> --title <text> --organisations RHA,RV3 --jwks <file> [--scopes a,b]`
 *
 * Registers a client with the owner's DATABASE_URL. For the first one of a deployment, which no other client can
 * register through the API; every further one goes through POST /v1/api-clients. Never changes a client that is there.
 */
const help =
  'npm run register-client -- <client id> --title <text> --organisations RHA,RV3 --jwks <file> [--scopes a,b]';

/** Ends with one sentence. */
function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    title: { type: 'string' },
    organisations: { type: 'string' },
    jwks: { type: 'string' },
    scopes: { type: 'string', default: allScopes.join() },
  },
});
const [clientId] = positionals;
const { title, organisations, jwks } = values;
if (!clientId || !title || !organisations || !jwks) stop(help);
if (!/^[a-z0-9][a-z0-9-]{2,63}$/.test(clientId))
  stop('The client id must be 3 to 64 lower-case letters, digits and hyphens.');
const scopes = values.scopes.split(',') as Scope[];
const unknown = scopes.filter((scope) => !allScopes.includes(scope));
if (unknown.length > 0)
  stop(`Not a scope: ${unknown.join(', ')}. There are ${allScopes.join(', ')}.`);
if (!process.env.DATABASE_URL) stop("Set DATABASE_URL to the owner's connection string.");

const { keys } = JSON.parse(await readFile(jwks, 'utf8')) as { keys: Record<string, unknown>[] };
if (keys.some((key) => 'd' in key))
  stop('The file holds a private key. Give the public half only.');
const publicKeys = keys.map(({ kty, kid, n, e }) => ({ kty, kid, n, e }) as PublicJwk);
if (publicKeys.some((key) => key.kty !== 'RSA' || !key.kid || !key.n || !key.e))
  stop('Each key must be an RSA public key with a kid.');

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
const registered = await drizzle(pool).transaction(async (transaction) => {
  // So that the audit trail says who may do what from the first client on.
  await transaction.execute(sql`
    select set_config('app.actor_kind', 'operator', true), set_config('app.actor', 'owner', true),
      set_config('app.request_id', gen_random_uuid()::text, true), set_config('app.purpose', 'clients:write', true),
      set_config('app.operation', 'registerFirstClient', true)`);
  return transaction
    .insert(apiClients)
    .values({
      clientId,
      title,
      organisations: organisations.split(',').map((odsCode) => odsCode.trim().toUpperCase()),
      scopes,
      jwks: { keys: publicKeys },
    })
    .onConflictDoNothing()
    .returning();
});
await pool.end();
if (registered.length === 0) stop(`There is a client ${clientId} already. Nothing was changed.`);
console.log(`Registered ${clientId}.`);
