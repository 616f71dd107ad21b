import { type Api, refusal } from './api.ts';
import { bodyOf, type Outcome, outcomeOf, type Parcel, pack } from './batches.ts';
import type { Hashes } from './hashes.ts';
import { type Target, toSubmission } from './mapping.ts';
import type { Mark, Pending, Progress } from './progress.ts';
import type { Happening, Report } from './report.ts';
import { fingerprintOf, gather, type IndexedResponse, indexResponses } from './responses.ts';
import type { Reply } from './retry.ts';
import { fileChanged, type RowFile } from './rows.ts';

/** What a run works with, once it is known what goes where. */
export interface RunContext {
  csv: string;
  file: RowFile;
  api: Api;
  target: Target;
  hashes: Hashes;
  progress: Progress;
  /** Where progress is kept, for the report. */
  folder: string;
  batchSize: number;
  dryRun: boolean;
  onHappening: (happening: Happening) => void;
}

/** One run over one file. Its steps share the report that they fill. */
export class Run {
  readonly #report: Report;
  readonly #withoutService = new Map<string, number>();
  #batches = 0;
  #done = 0;
  #responses = 0;

  readonly #context: RunContext;

  constructor(context: RunContext) {
    this.#context = context;
    this.#report = {
      dryRun: context.dryRun,
      folder: context.folder,
      cycle: context.target.cycle,
      organisation: context.target.organisation,
      acceptedNow: 0,
      acceptedEarlier: 0,
      rejected: [],
      skipped: [],
      withoutService: [],
      changed: [],
      unsettled: [],
    };
  }

  async run(): Promise<Report> {
    const { file, hashes, progress, target, batchSize, onHappening } = this.#context;
    const { responses, withoutRespondent } = await indexResponses(file, hashes);
    for (const row of withoutRespondent)
      this.#reject([row], [{ rows: [row], reason: 'the row names no respondent' }]);

    const byHandle = new Map(responses.map((response) => [response.handle, response]));
    const decided = new Set(progress.accepted.keys());
    const earlier = responses.filter(({ handle }) => decided.has(handle)).length;
    this.#report.acceptedEarlier = earlier;
    this.#done += earlier;
    this.#responses = responses.length + withoutRespondent.length;
    const { cycle, organisation } = target;
    onHappening({ kind: 'start', cycle, organisation, responses: this.#responses, earlier });

    // First what an earlier run left without an answer: until then nobody knows whether those responses are stored.
    for (const pending of progress.pending) {
      await this.#resume(pending, byHandle);
      for (const { handle } of pending.marks) decided.add(handle);
    }
    const fresh = responses.filter(({ handle }) => !decided.has(handle));
    for await (const batch of pack(this.#parcels(fresh), batchSize)) await this.#send(batch);

    for (const { handle, fingerprint, places } of responses) {
      const posted = progress.accepted.get(handle);
      if (posted !== undefined && posted !== fingerprint)
        this.#report.changed.push(places.map(({ row }) => row));
    }
    return this.#inFileOrder();
  }

  /** Responses were taken in the order of their hashes; whoever reads the report looks them up in the file. */
  #inFileOrder(): Report {
    const byFirstRow = (a: number[], b: number[]) => (a[0] ?? 0) - (b[0] ?? 0);
    this.#report.rejected.sort((a, b) => byFirstRow(a.rows, b.rows));
    this.#report.skipped.sort(byFirstRow);
    this.#report.changed.sort(byFirstRow);
    this.#report.withoutService = [...this.#withoutService]
      .map(([name, responses]) => ({ name, responses }))
      .sort((a, b) => b.responses - a.responses);
    return this.#report;
  }

  /** Reads responses and maps them, one at a time; what is not to be sent goes into the report. */
  async *#parcels(responses: Iterable<IndexedResponse>): AsyncGenerator<Parcel> {
    for (const indexed of responses) {
      const { response, garbled } = await this.#readAgain(indexed);
      if (garbled.length > 0) {
        const reason = 'the row is not UTF-8 (export the file as "CSV UTF-8")';
        this.#reject(response.rows, [{ rows: garbled, reason }]);
        continue;
      }
      const mapped = toSubmission(response, this.#context.target);
      if (mapped.kind === 'reject') {
        const { rows, reason } = mapped;
        this.#reject(response.rows, [{ rows, reason }]);
      } else if (mapped.kind === 'skip') {
        this.#report.skipped.push(response.rows);
        this.#done += 1;
      } else {
        const { submission, answerRows, ratingRows, unknownService } = mapped;
        if (unknownService !== null)
          this.#withoutService.set(
            unknownService,
            (this.#withoutService.get(unknownService) ?? 0) + 1,
          );
        yield { indexed, response, submission, answerRows, ratingRows };
      }
    }
  }

  /** The rows of a response, read by their places. @throws PostFftError when they no longer say what they said. */
  async #readAgain({ handle, places, fingerprint }: IndexedResponse) {
    const { csv, file, hashes } = this.#context;
    const read = await Promise.all(places.map((place) => file.read(place)));
    const rows = read.map(({ row }) => row);
    const same = rows.every(({ respondent }) => hashes.handle(respondent) === handle);
    if (!same || fingerprintOf(rows, hashes) !== fingerprint) throw fileChanged(csv);
    const garbled = read.filter(({ readable }) => !readable).map(({ row }) => row.row);
    return { response: gather(rows), garbled };
  }

  async #send(batch: Parcel[]): Promise<void> {
    const { hashes, progress, dryRun } = this.#context;
    const json = bodyOf(batch);
    // A dry run's key is its own: it must not stand in the way of the real one.
    const key = hashes.idempotencyKey(dryRun ? `dry run\n${json}` : json);
    await progress.begin({ key, body: hashes.body(json), marks: batch.map(markOf) });
    const reply = await this.#post(json, key);
    if (reply.status !== 200) throw refusal(`batch ${this.#batches + 1}`, reply);
    await this.#settle(key, batch, reply, false);
  }

  /** Sends a batch of an earlier run again, under its own key, so that the service stores it at most once. */
  async #resume(pending: Pending, byHandle: ReadonlyMap<string, IndexedResponse>): Promise<void> {
    const { hashes, progress } = this.#context;
    const present = pending.marks.flatMap(({ handle }) => byHandle.get(handle) ?? []);
    const batch: Parcel[] = [];
    for await (const parcel of this.#parcels(present)) batch.push(parcel);
    if (batch.length === 0) {
      this.#report.unsettled.push(pending.marks.length);
      return;
    }
    const json = bodyOf(batch);
    const reply = await this.#post(json, pending.key);
    if (saysKeyReused(reply) && hashes.body(json) !== pending.body) {
      // The rows were edited since, and the service has the batch as it was. It stays so: the key has done its work.
      await progress.settle(pending.key, pending.marks);
      this.#count({ accepted: batch, rejected: [] }, true);
      return;
    }
    if (reply.status !== 200) throw refusal('a batch of an earlier run', reply);
    await this.#settle(pending.key, batch, reply, true);
  }

  #post(json: string, key: string): Promise<Reply> {
    const { api, target, dryRun } = this.#context;
    const path = `/v1/cycles/${encodeURIComponent(target.cycle.id)}/submission-batches`;
    return api.post(dryRun ? `${path}?dryRun=true` : path, json, key, `batch ${this.#batches + 1}`);
  }

  async #settle(key: string, batch: Parcel[], reply: Reply, resumed: boolean): Promise<void> {
    const outcome = outcomeOf(batch, reply.body);
    await this.#context.progress.settle(key, outcome.accepted.map(markOf));
    for (const { parcel, reasons } of outcome.rejected) this.#reject(parcel.response.rows, reasons);
    this.#count(outcome, resumed);
  }

  #count({ accepted, rejected }: Outcome, resumed: boolean): void {
    this.#batches += 1;
    this.#report.acceptedNow += accepted.length;
    this.#done += accepted.length;
    const figures = {
      accepted: accepted.length,
      rejected: rejected.length,
      done: this.#done,
      responses: this.#responses,
    };
    this.#context.onHappening({ kind: 'batch', number: this.#batches, resumed, ...figures });
  }

  #reject(rows: number[], reasons: { rows: number[]; reason: string }[]): void {
    this.#report.rejected.push({ rows, reasons });
    this.#done += 1;
  }
}

function saysKeyReused({ status, body }: Reply): boolean {
  return (
    status === 409 && (body as { code?: unknown } | undefined)?.code === 'idempotency-key-reused'
  );
}

function markOf({ indexed: { handle, fingerprint } }: Parcel): Mark {
  return { handle, fingerprint };
}
