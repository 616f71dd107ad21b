import { timestamp } from 'drizzle-orm/pg-core';

/** A point in time, as PostgreSQL keeps it: with its zone, as a Date here. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
