import { defineConfig } from 'drizzle-kit';

/** `npm run migration` writes a migration from db/schema; the owner's DATABASE_URL is needed only to apply one. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/index.ts',
  out: './db/migrations',
  ...(process.env.DATABASE_URL ? { dbCredentials: { url: process.env.DATABASE_URL } } : {}),
});
