import { and, asc, eq, gt, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { standardSets, standardSetVersions } from '../schema/index.ts';

const versions = standardSetVersions;

export type StandardSetVersionRow = typeof versions.$inferSelect & { organisation: string | null };
export type StandardSetContent = Pick<
  typeof versions.$inferInsert,
  | 'title'
  | 'source'
  | 'licence'
  | 'attribution'
  | 'scale'
  | 'standards'
  | 'coProducedBy'
  | 'dissent'
  | 'changes'
>;

/** Members to replace; one that is undefined stays. */
export type StandardSetChanges = {
  [Member in keyof StandardSetContent]?: StandardSetContent[Member] | undefined;
};

const columns = {
  setId: versions.setId,
  version: versions.version,
  revision: versions.revision,
  title: versions.title,
  wordingStatus: versions.wordingStatus,
  source: versions.source,
  licence: versions.licence,
  attribution: versions.attribution,
  scale: versions.scale,
  standards: versions.standards,
  coProducedBy: versions.coProducedBy,
  dissent: versions.dissent,
  changes: versions.changes,
  publishedAt: versions.publishedAt,
  organisation: standardSets.organisation,
};

/** Who may see drafts: the organisations of a member of staff; null is the public, who see none. */
type DraftsOf = readonly string[] | null;

function isOwn(organisations: readonly string[]): SQL {
  return sql`${standardSets.organisation} = any(${sql.param([...organisations])}::text[])`;
}

function isVisible(draftsOf: DraftsOf): SQL | undefined {
  const isPublished = isNotNull(versions.publishedAt);
  return draftsOf === null ? isPublished : or(isPublished, isOwn(draftsOf));
}

/** Each set as its newest visible version has it, with all that are visible. */
function selectSets(db: Db, draftsOf: DraftsOf) {
  const visible = db
    .select({
      setId: versions.setId,
      newest: sql<number>`max(${versions.version})`.as('newest'),
      all: sql<{ version: number; publishedAt: string | null; changes: string | null }[]>`
        json_agg(json_build_object('version', ${versions.version}, 'publishedAt', ${versions.publishedAt},
          'changes', ${versions.changes}) order by ${versions.version})`.as('all'),
    })
    .from(versions)
    .innerJoin(standardSets, eq(standardSets.id, versions.setId))
    .where(isVisible(draftsOf))
    .groupBy(versions.setId)
    .as('visible');
  return db
    .select({ ...columns, versions: visible.all })
    .from(versions)
    .innerJoin(standardSets, eq(standardSets.id, versions.setId))
    .innerJoin(
      visible,
      and(eq(visible.setId, versions.setId), eq(visible.newest, versions.version)),
    );
}

export type StandardSetRow = Awaited<ReturnType<typeof selectSets>>[number];

/** Sets by id. One more than the limit. */
export function listStandardSets(
  db: Db,
  draftsOf: DraftsOf,
  page: { after: string | null; limit: number },
) {
  return selectSets(db, draftsOf)
    .where(page.after === null ? undefined : gt(versions.setId, page.after))
    .orderBy(asc(versions.setId))
    .limit(page.limit + 1);
}

export function readStandardSet(db: Db, id: string, draftsOf: DraftsOf) {
  return selectSets(db, draftsOf).where(eq(versions.setId, id));
}

/** One version, if it is visible. */
export function readVersion(db: Db, id: string, version: number, draftsOf: DraftsOf) {
  return db
    .select(columns)
    .from(versions)
    .innerJoin(standardSets, eq(standardSets.id, versions.setId))
    .where(and(eq(versions.setId, id), eq(versions.version, version), isVisible(draftsOf)));
}

/** Whether a set is there, and whose it is. */
export function readOwner(db: Db, id: string) {
  return db
    .select({
      organisation: standardSets.organisation,
      isPublished: sql<boolean>`exists (select from ${versions}
        where ${versions.setId} = ${id} and ${versions.publishedAt} is not null)`,
    })
    .from(standardSets)
    .where(eq(standardSets.id, id));
}

/** Whether a set is there, and who may know of it. */
export type SetOwner = Awaited<ReturnType<typeof readOwner>>[number];

/** Keeps others from adding versions to a set until the batch is over: two writers get two numbers. */
export function lockSet(db: Db, id: string) {
  return db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`standard-set ${id}`}, 0))`,
  );
}

/** Makes a set; nothing when there is one with this id. To be followed by {@link insertFirstVersion}. */
export function insertSet(db: Db, id: string, organisation: string) {
  return db.insert(standardSets).values({ id, organisation }).onConflictDoNothing();
}

/**
 * Adds the first version to a set that has just been made, as a draft. Nothing for a set that was there before: it has
 * its first version, or is another's.
 */
export function insertFirstVersion(
  db: Db,
  id: string,
  organisation: string,
  content: StandardSetContent,
) {
  const first = sql`select id, 1 from ${standardSets} where id = ${id} and organisation = ${organisation}`;
  return db.execute(sql`${insertVersion(content, first)} on conflict do nothing`);
}

/** Adds a version with the next number to a set of one of the organisations, as a draft. Nothing for another's set. */
export function insertNextVersion(
  db: Db,
  id: string,
  organisations: readonly string[],
  content: StandardSetContent,
) {
  const next = sql`select id, (select max(version) from ${versions} where set_id = ${id}) + 1
    from ${standardSets} where id = ${id} and ${isOwn(organisations)}`;
  return db.execute(insertVersion(content, next));
}

/** @param place a query for the set's id and the version's number; no row inserts nothing */
function insertVersion(content: StandardSetContent, place: SQL): SQL {
  return sql`
    insert into ${versions} (set_id, version, title, wording_status, source, licence, attribution, scale, standards,
      co_produced_by, dissent, changes)
    select place.id, place.number, ${content.title}, 'own', ${content.source ?? null}, ${content.licence ?? null},
      ${content.attribution ?? null}, ${JSON.stringify(content.scale)}::jsonb,
      ${JSON.stringify(content.standards)}::jsonb, ${sql.param(content.coProducedBy)}::text[],
      ${sql.param(content.dissent)}::text[], ${content.changes ?? null}
    from (${place}) as place (id, number)`;
}

/** The newest version, for the reply to an insert. */
export function readNewestVersion(db: Db, id: string, organisations: readonly string[]) {
  return db
    .select(columns)
    .from(versions)
    .innerJoin(standardSets, eq(standardSets.id, versions.setId))
    .where(and(eq(versions.setId, id), isOwn(organisations)))
    .orderBy(sql`${versions.version} desc`)
    .limit(1);
}

/** Changes a draft that is at the revision. */
export function updateDraft(
  db: Db,
  id: string,
  version: number,
  revision: number,
  organisations: readonly string[],
  content: StandardSetChanges,
) {
  return db
    .update(versions)
    .set({ ...content, revision: revision + 1 })
    .where(
      and(
        eq(versions.setId, id),
        eq(versions.version, version),
        eq(versions.revision, revision),
        isNull(versions.publishedAt),
        isSetOwn(id, organisations),
      ),
    );
}

/** Publishes a draft; a published version keeps its date. */
export function publishVersion(
  db: Db,
  id: string,
  version: number,
  expectedRevision: number | undefined,
  organisations: readonly string[],
  now: Date,
) {
  return db
    .update(versions)
    .set({ publishedAt: sql`coalesce(${versions.publishedAt}, ${now.toISOString()}::timestamptz)` })
    .where(
      and(
        eq(versions.setId, id),
        eq(versions.version, version),
        expectedRevision === undefined ? undefined : eq(versions.revision, expectedRevision),
        isSetOwn(id, organisations),
      ),
    );
}

function isSetOwn(id: string, organisations: readonly string[]): SQL {
  return sql`exists (select from ${standardSets} where ${standardSets.id} = ${id} and ${isOwn(organisations)})`;
}
