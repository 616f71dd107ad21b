import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { seedReferenceData } from './seed.ts';

/**
 * `npm run migrate`: brings the database of DATABASE_URL (the owner's) up to date and adds reference data that is
 * missing. To be run before the Worker that needs it is deployed.
 */
const url = process.env.DATABASE_URL;
if (!url) {
  console.error("Set DATABASE_URL to the owner's connection string.");
  process.exit(1);
}
const pool = new pg.Pool({ connectionString: url, max: 1 });
const db = drizzle(pool);
await migrate(db, { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) });
await seedReferenceData(db, new Date());
await pool.end();
