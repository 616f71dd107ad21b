import { randomUUID } from 'node:crypto';
import type { Service } from '../../support/service.ts';

/** Things that are published, put into the database past the API. */

/** A theme of a cycle. @returns its id */
export async function storeTheme(
  { database }: Pick<Service, 'database'>,
  {
    id = randomUUID(),
    cycleId,
    organisation = 'RHA',
    title = 'A quiet place',
    publishedAt = new Date(),
    withdrawnAt = null,
    mergedInto = null,
    isPublished = true,
  }: {
    id?: string;
    cycleId: string;
    organisation?: string;
    title?: string;
    publishedAt?: Date;
    withdrawnAt?: Date | null;
    mergedInto?: string | null;
    isPublished?: boolean;
  },
): Promise<string> {
  await database.query(
    `insert into themes (id, organisation, cycle_id, title, vocabulary_version, enquiry_category, standards, quotes,
       merged_into, updated_at, published_version, withdrawn_at)
     values ($1, $2, $3, $4, 1, 'environment-and-activities', '{}', '{}', $5, $6, $7, $8)`,
    [
      id,
      organisation,
      cycleId,
      title,
      mergedInto,
      publishedAt,
      isPublished ? 1 : null,
      withdrawnAt,
    ],
  );
  if (isPublished)
    await database.query(
      `insert into theme_publications (theme_id, version, title, vocabulary_version, enquiry_category, standards, quotes,
         strength, published_at)
       values ($1, 1, $2, 1, 'environment-and-activities', '{}', '{}', 'many', $3)`,
      [id, title, publishedAt],
    );
  return id;
}

/** What a version of a loop record says, as far as it matters here. */
export interface RecordVersion {
  status?: string;
  text?: string | null;
  reason?: string | null;
  dueOn?: string | null;
  themes?: string[];
  title?: string;
  said?: string;
  enquiryCategory?: string | null;
  publishedAt?: Date;
}

/** A loop record with the versions of it that were published, the last of which the public reads. @returns its id */
export async function storeRecord(
  { database }: Pick<Service, 'database'>,
  versions: readonly RecordVersion[],
  {
    organisation = 'RHA',
    cycleId = null,
    withdrawnAt = null,
    isPublished = true,
  }: {
    organisation?: string;
    cycleId?: string | null;
    withdrawnAt?: Date | null;
    isPublished?: boolean;
  } = {},
): Promise<string> {
  const id = randomUUID();
  const contents = versions.map((version) => contentOf(version));
  const last = contents.at(-1);
  if (last === undefined) throw new Error('a record needs a version');
  await database.query(
    `insert into loop_records (id, version, organisation, cycle_id, title, you_said, we_did, updated_at, published_version,
       withdrawn_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      versions.length,
      organisation,
      cycleId,
      last.title,
      last.youSaid,
      last.weDid,
      last.publishedAt,
      isPublished ? versions.length : null,
      withdrawnAt,
    ],
  );
  if (isPublished)
    for (const [index, { title, youSaid, weDid, publishedAt }] of contents.entries())
      await database.query(
        `insert into loop_record_publications (record_id, version, title, you_said, we_did, published_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, index + 1, title, youSaid, weDid, publishedAt],
      );
  return id;
}

function contentOf({
  status = 'planned',
  text = 'There will be a quiet room.',
  reason = null,
  dueOn = null,
  themes,
  title = 'Somewhere quiet to sit',
  said = 'The waiting room is loud.',
  enquiryCategory = null,
  publishedAt = new Date(),
}: RecordVersion) {
  const youSaid = {
    text: said,
    theme: null,
    enquiryCategory,
    standards: [],
    perspectives: [],
    strength: null,
    ...(themes !== undefined && { themes }),
  };
  const weDid = {
    status,
    text,
    reason,
    owner: null,
    dueOn,
    completedOn: null,
    milestones: [],
    evidence: [],
  };
  return { title, youSaid, weDid, publishedAt };
}

/** What is shown of the confirmations of a record. @param distribution of yes, partly, no and too soon; null where it is hidden */
export async function storeConfirmations(
  { database }: Pick<Service, 'database'>,
  recordId: string,
  distribution: readonly [number, number, number, number] | null,
): Promise<void> {
  const count = distribution?.reduce((sum, people) => sum + people, 0) ?? null;
  const row = (perspective: string, isShown: boolean) => ({
    organisation: 'all',
    service: null,
    standard: 'confirmation',
    perspective,
    suppressed: !isShown,
    count: isShown ? count : null,
    asIs: isShown ? { mean: 2, distribution } : null,
    toBe: null,
  });
  await database.query(
    'insert into shown_confirmations (record_id, people, rows) values ($1, $2, $3)',
    [
      recordId,
      count ?? 0,
      JSON.stringify([row('service_user', false), row('all', distribution !== null)]),
    ],
  );
}
