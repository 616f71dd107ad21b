import { asc, eq, gt } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../client.ts';
import { organisations } from '../schema/index.ts';

const successor = alias(organisations, 'successor');

function select(db: Db) {
  return db
    .select({
      odsCode: organisations.odsCode,
      name: organisations.name,
      status: organisations.status,
      validFrom: organisations.validFrom,
      validTo: organisations.validTo,
      note: organisations.note,
      successor: { odsCode: successor.odsCode, name: successor.name },
    })
    .from(organisations)
    .leftJoin(successor, eq(successor.odsCode, organisations.successorOdsCode));
}

/** Organisations by ODS code: one more than the limit, so that the caller knows whether there is a next page. */
export function listOrganisations(db: Db, page: { after: string | null; limit: number }) {
  return select(db)
    .where(page.after === null ? undefined : gt(organisations.odsCode, page.after))
    .orderBy(asc(organisations.odsCode))
    .limit(page.limit + 1);
}

/** One organisation, or nothing. */
export function readOrganisation(db: Db, odsCode: string) {
  return select(db).where(eq(organisations.odsCode, odsCode));
}
