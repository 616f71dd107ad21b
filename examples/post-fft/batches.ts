import { PostFftError } from './errors.ts';
import type { Mapped, Submission } from './mapping.ts';
import type { IndexedResponse, Response } from './responses.ts';

/** A response on its way, with what is needed to record it and to report on it by row. */
export interface Parcel {
  indexed: IndexedResponse;
  response: Response;
  submission: Submission;
  answerRows: Extract<Mapped, { kind: 'send' }>['answerRows'];
  ratingRows: number[];
}

/** The service takes 4 MiB; the rest is for whatever a proxy adds. Bytes. */
export const maximumBodyBytes = 4 * 1024 * 1024 - 64 * 1024;

/**
 * Packs parcels into batches, in the order given.
 *
 * That order is by keyed hash of the respondent. File order would be wrong: exports are sorted by date, so a place in a batch
 * would tell roughly when someone wrote. Random order would be wrong too: a run that is repeated after a
 * crash must make the same batches under the same keys. A keyed hash has no relation to time or to the id for anybody
 * without the key, and comes out the same each time.
 */
export async function* pack(
  parcels: AsyncIterable<Parcel>,
  size: number,
): AsyncGenerator<Parcel[]> {
  let batch: Parcel[] = [];
  let bytes = 0;
  for await (const parcel of parcels) {
    const weight = Buffer.byteLength(JSON.stringify(parcel.submission)) + 1;
    if (batch.length > 0 && (batch.length === size || bytes + weight > maximumBodyBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(parcel);
    bytes += weight;
  }
  if (batch.length > 0) yield batch;
}

/** The request body of a batch. The same parcels always give the same bytes. */
export function bodyOf(batch: readonly Parcel[]): string {
  return JSON.stringify({ submissions: batch.map(({ submission }) => submission) });
}

/** What became of a batch: for each refused parcel its reasons, with the rows that each is about. */
export interface Outcome {
  accepted: Parcel[];
  rejected: { parcel: Parcel; reasons: { rows: number[]; reason: string }[] }[];
}

interface ServiceReply {
  accepted: number;
  rejected: number;
  results: {
    index: number;
    status: string;
    problem?: {
      code?: string;
      title?: string;
      detail?: string;
      errors?: { pointer: string; detail: string }[];
    };
  }[];
}

/** Reads the service's reply to a batch. @throws PostFftError when it does not add up. */
export function outcomeOf(batch: readonly Parcel[], body: unknown): Outcome {
  const reply = body as ServiceReply;
  const refused = new Map(
    (reply?.results ?? [])
      .filter(({ status }) => status === 'rejected')
      .map((result) => [result.index, result]),
  );
  if (reply?.accepted !== batch.length - refused.size || reply.rejected !== refused.size) {
    throw new PostFftError(
      `the service answered a batch of ${batch.length} with figures that do not add up`,
    );
  }
  const outcome: Outcome = { accepted: [], rejected: [] };
  for (const [index, parcel] of batch.entries()) {
    const result = refused.get(index);
    if (!result) {
      outcome.accepted.push(parcel);
      continue;
    }
    const errors = result.problem?.errors ?? [];
    const general = [
      {
        pointer: '',
        detail:
          result.problem?.detail ??
          result.problem?.title ??
          result.problem?.code ??
          'no reason given',
      },
    ];
    outcome.rejected.push({
      parcel,
      reasons: (errors.length > 0 ? errors : general).map(({ pointer, detail }) =>
        reasonOf(parcel, index, pointer, detail),
      ),
    });
  }
  return outcome;
}

function reasonOf(
  parcel: Parcel,
  index: number,
  pointer: string,
  detail: string,
): { rows: number[]; reason: string } {
  const member = pointer.replace(`/submissions/${index}`, '');
  const [, part, position] = member.split('/');
  const answer = part === 'answers' ? parcel.answerRows[Number(position)] : undefined;
  const rows =
    answer ??
    (part === 'ratings' && parcel.ratingRows.length > 0 ? parcel.ratingRows : parcel.response.rows);
  const said = quotes(detail, parcel.submission)
    ? '(the reason given quotes the comment)'
    : detail.slice(0, 200);
  return { rows, reason: member === '' ? said : `${member}: ${said}` };
}

/** Whether a message repeats a piece of what was written. What is printed ends up in logs, where comments must not be. */
function quotes(message: string, { answers = [] }: Submission): boolean {
  const piece = 12;
  return answers.some(({ text }) => {
    if (text.length < 5) return false;
    for (let at = 0; at === 0 || at + piece <= text.length; at += 1) {
      if (message.includes(text.slice(at, at + piece))) return true;
    }
    return false;
  });
}
