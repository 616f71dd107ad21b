import { Pepper } from '../../../api/http/pepper.ts';
import { hashHandles, hashOfUse } from '../../../api/receipts/hashes.ts';
import { deriveHandles, makeReceipt, type ReceiptHandles } from '../../../domain/receipt.ts';
import type { Submission } from '../../../domain/submission.ts';
import { ethnicCategories, type Perspective } from '../../../domain/vocabulary.ts';
import type { Author } from './chance.ts';
import type { DumpRow } from './dump.ts';

/** One of the invented people: what they send, and what is derived from their receipt, if they have one. */
export interface Person {
  submission: Submission & { receiptHandles?: ReceiptHandles };
  handles: ReceiptHandles | null;
}

export const standards = [
  ...['right-people', 'shared-purpose', 'structure-and-values', 'full-potential', 'small-steps'],
  ...['listen', 'evidence', 'comfort-zone', 'bigger-picture', 'cherish'],
];

/** A cycle that all of them can answer. */
export const cycleForPeople = {
  standardSet: { id: 'imroc-ten-tips', version: 1 },
  perspectives: ['service_user', 'carer', 'peer_worker'],
  services: ['adult', 'older', 'young'].map((code) => ({ odsCode: 'RHA', code, name: code })),
};

/**
 * How many come from where. What the twenty and the three write says neither service nor role: too few speak of `young`, and
 * by the roles of those without a told service the three would be told.
 */
const groups: [count: number, perspective: Perspective, service: string | undefined][] = [
  [60, 'service_user', 'adult'],
  [50, 'service_user', 'older'],
  [20, 'service_user', undefined],
  [67, 'carer', 'adult'],
  [3, 'peer_worker', 'young'],
];

const words =
  'amber basil cedar denim elder fennel garnet hazel indigo juniper khaki lilac maple nutmeg olive poplar'.split(
    ' ',
  );

/** Numbers that look random and are the same in every run, so that only the database's own chance is at play. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/**
 * 200 people in the order in which they come. No two rate alike or write the same, and nothing that one part says leads to
 * another part. Every second one has made a receipt on their own device.
 */
export async function invent(): Promise<Person[]> {
  const random = seeded(20_261_122);
  const places = shuffled(
    groups.flatMap(([count, ...place]) => Array<typeof place>(count).fill(place)),
    random,
  );
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const pairs = words.flatMap((one) => words.map((other) => `${one} ${other}`));
  const [liked, missed] = [shuffled(pairs, random), shuffled(pairs, random)];
  return Promise.all(
    places.map(async ([perspective, service], index) => {
      const receipt = makeReceipt(Uint8Array.from({ length: 20 }, () => random() * 256));
      const handles = index % 2 === 0 ? await deriveHandles(receipt) : null;
      return {
        handles,
        submission: {
          ...{ perspective, service },
          ratings: standards.map((standard) => ({ standard, asIs: pick([1, 2, 3, 4, 5]) })),
          answers: [
            { question: 'what-good', text: `I liked the ${liked[index]} room.` },
            { question: 'could-improve', text: `Paint it in ${missed[index]}, please.` },
          ],
          equality: { ethnicity: pick(ethnicCategories) },
          ...(handles && { receiptHandles: handles }),
        },
      };
    }),
  );
}

/** Tells who wrote a row by what only they can have written, or by their receipt and the key of the Worker. */
export async function authorsOf(people: readonly Person[], pepperSecret: string): Promise<Author> {
  const pepper = new Pepper(pepperSecret);
  const known = new Map<string, number>();
  for (const [index, { submission, handles }] of people.entries()) {
    const { ratings = [], answers = [] } = submission;
    known.set(`{${ratings.map(({ asIs }) => asIs)}}`, index);
    for (const { text } of answers) known.set(text, index);
    if (handles === null) continue;
    const hashes = await hashHandles(pepper, handles, [0, 1]);
    const ofUse = await hashOfUse(pepper, handles);
    for (const key of [hashes.rating, hashes.equality, ...hashes.texts, ofUse])
      known.set(key, index);
  }
  return (row: DumpRow) => {
    if (row.place !== undefined) return Number(row.place);
    const key = row.as_is ?? row.text ?? row.receipt_hash;
    return key == null ? undefined : known.get(key);
  };
}
