import type { OwnerAccess } from '../../support/database.ts';

/** What the database holds that a request could have written, as numbers that add up. */
const counts = {
  'submissions taken in': 'select count(*) from test.taken_in',
  'receipts used': 'select count(*) from used_receipts',
  'texts decided on': 'select count(*) from text_parts where decision is not null',
  releases: 'select count(*) from releases',
  'proposed releases': 'select count(*) from release_proposals',
  'withdrawn proposals': 'select count(*) from release_proposals where withdrawn_at is not null',
  'cycles under a legal hold': 'select count(*) from cycles where legal_hold_since is not null',
  'batches remembered': 'select count(*) from idempotency_records',
  'assertions spent': 'select count(*) from spent_assertions',
  cycles: 'select count(*) from cycles',
  'versions of cycles': 'select sum(version) from cycles',
  'cycles let go': 'select count(*) from cycles where scheduled_at is not null',
  'standard sets': 'select count(*) from standard_sets',
  'versions of standard sets': 'select count(*) from standard_set_versions',
  'revisions of standard sets': 'select sum(revision) from standard_set_versions',
  'published standard sets':
    'select count(*) from standard_set_versions where published_at is not null',
  'loop records': 'select count(*) from loop_records',
  'versions of loop records': 'select sum(version) from loop_records',
  'published versions of loop records': 'select count(*) from loop_record_publications',
  'withdrawn loop records': 'select count(*) from loop_records where withdrawn_at is not null',
  confirmations: 'select coalesce(sum(people), 0) from confirmation_counts',
  priorities: 'select count(*) from priorities',
  'versions of priorities': 'select coalesce(sum(version), 0) from priorities',
  'published versions of priorities': 'select count(*) from priority_publications',
  clients: 'select count(*) from api_clients',
  'versions of clients': 'select sum(version) from api_clients',
  'revoked clients': 'select count(*) from api_clients where revoked_at is not null',
  organisations: 'select count(*) from organisations',
} as const;

type Count = keyof typeof counts;

interface Accepted {
  body: unknown;
  path: string;
  idempotencyKey: string | null;
  isDryRun: boolean;
  /** The body as it was sent, read as JSON; undefined where it is none. */
  sent: unknown;
}

/** What of a submission says that it is the same as one before. */
interface SentSubmission {
  receiptHandles?: { ratings: string };
}

/**
 * Holds the database against the replies: every row and every change of a row has to stem from a request that was
 * accepted, and every accepted request has to have left what it promised.
 */
export class Ledger {
  readonly #database: OwnerAccess;
  readonly #expected: Record<Count, number>;
  /** What was done once and changes nothing the second time. */
  readonly #done = new Set<string>();

  private constructor(database: OwnerAccess, start: Record<Count, number>) {
    this.#database = database;
    this.#expected = start;
  }

  static async open(database: OwnerAccess): Promise<Ledger> {
    // A flush moves submissions on: what was ever taken in is counted as it comes.
    for (const statement of [
      'create schema test',
      'create table test.taken_in ()',
      `create function test.count_taken_in() returns trigger language plpgsql security definer
       as 'begin insert into test.taken_in default values; return null; end'`,
      'create trigger counted after insert on inbox for each row execute function test.count_taken_in()',
    ])
      await database.query(statement);
    const ledger = new Ledger(database, {} as Record<Count, number>);
    Object.assign(ledger.#expected, await ledger.stored());
    const done = await database.query<{ what: string }>(
      `select 'publish ' || set_id || ' ' || version as what from standard_set_versions where published_at is not null
       union all select 'publish ' || record_id || ' ' || version from loop_record_publications
       union all select 'publish ' || priority_id || ' ' || version from priority_publications
       union all select 'let go ' || id from cycles where scheduled_at is not null
       union all select 'revoke /v1/api-clients/' || client_id from api_clients where revoked_at is not null
       union all select 'hold /v1/cycles/' || id || '/legal-hold' from cycles where legal_hold_since is not null`,
    );
    for (const { what } of done) ledger.#done.add(what);
    return ledger;
  }

  async stored(): Promise<Record<Count, number>> {
    const columns = Object.entries(counts).map(([name, query]) => `(${query})::int as "${name}"`);
    const [row] = await this.#database.query(`select ${columns.join(', ')}`);
    return row as Record<Count, number>;
  }

  expected(): Record<Count, number> {
    return this.#expected;
  }

  /** Books a request that was answered with 2xx. */
  accepted(operationId: string, { body, path, idempotencyKey, isDryRun, sent }: Accepted): void {
    const add = (...what: Count[]): void => {
      for (const each of what) this.#expected[each] += 1;
    };
    const once = (key: string, ...what: Count[]): void => {
      if (this.#done.has(key)) return;
      this.#done.add(key);
      add(...what);
    };
    const takeIn = ({ receiptHandles }: SentSubmission): void => {
      if (receiptHandles === undefined) add('submissions taken in');
      else once(`receipt ${receiptHandles.ratings}`, 'submissions taken in', 'receipts used');
    };
    const { id, version } = (body ?? {}) as Record<string, string | number>;
    const effects: Record<string, () => void> = {
      createSubmission: () => takeIn(sent as SentSubmission),
      createRelease: () => {
        // A dry run has no digest.
        if ('sha256' in (body as object)) {
          // A proposal that is sent again gives the same release again.
          const { release } = body as { release: number };
          once(`release ${path} ${release}`, 'releases');
          once(`release ${path}`, 'versions of cycles');
        }
      },
      proposeRelease: () => add('proposed releases'),
      withdrawReleaseProposal: () => once(`withdraw ${path}`, 'withdrawn proposals'),
      // A decision that is revised is one on the same text.
      decideOnText: () => once(`decide ${path}`, 'texts decided on'),
      setLegalHold: () => once(`hold ${path}`, 'cycles under a legal hold'),
      endLegalHold: () => {
        if (this.#done.delete(`hold ${path}`)) this.#expected['cycles under a legal hold'] -= 1;
      },
      createSubmissionBatch: () => {
        const key = `batch ${idempotencyKey?.toLowerCase()}`;
        if (isDryRun || this.#done.has(key)) return;
        once(key, 'batches remembered');
        const { results } = body as { results: { index: number; status: string }[] };
        const { submissions } = sent as { submissions: SentSubmission[] };
        for (const { index, status } of results)
          if (status === 'accepted') takeIn(submissions[index] ?? {});
      },
      issueToken: () => add('assertions spent'),
      createCycle: () => add('cycles', 'versions of cycles'),
      changeCycle: () => add('versions of cycles'),
      makeTransition: () => {
        add('versions of cycles');
        once(`let go ${id}`, 'cycles let go');
      },
      createStandardSet: () =>
        add('standard sets', 'versions of standard sets', 'revisions of standard sets'),
      createStandardSetVersion: () =>
        add('versions of standard sets', 'revisions of standard sets'),
      changeStandardSetVersion: () => add('revisions of standard sets'),
      publishStandardSetVersion: () => once(`publish ${id} ${version}`, 'published standard sets'),
      createLoopRecord: () => add('loop records', 'versions of loop records'),
      changeLoopRecord: () => add('versions of loop records'),
      publishLoopRecord: () =>
        once(`publish ${id} ${version}`, 'published versions of loop records'),
      withdrawLoopRecord: () => add('withdrawn loop records'),
      confirmLoopRecord: () => add('confirmations'),
      createPriority: () => add('priorities', 'versions of priorities'),
      changePriority: () => add('versions of priorities'),
      publishPriority: () => once(`publish ${id} ${version}`, 'published versions of priorities'),
      registerApiClient: () => add('clients', 'versions of clients'),
      changeApiClient: () => add('versions of clients'),
      revokeApiClient: () => once(`revoke ${path}`, 'revoked clients'),
    };
    // Everything else reads.
    effects[operationId]?.();
  }
}
