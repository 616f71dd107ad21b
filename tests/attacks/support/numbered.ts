import type { Service } from '../../support/service.ts';
import { standards } from './people.ts';

/*
 * Submissions that are told apart by a number: no two rate alike or write the same, so that each part can be counted.
 */

/** The number in base five: a rating for each standard. */
const ratingsOf = (person: number) =>
  standards.map((_, place) => (Math.floor(person / 5 ** place) % 5) + 1);

const textOf = (person: number, question: string) =>
  `${question}: ${ratingsOf(person)
    .map((rating) => 'aeiou'[rating - 1])
    .join('')}`;

const questions = ['what-good', 'could-improve'];

/** What person number so and so sends to a cycle for people. */
export function numbered(person: number) {
  return {
    perspective: 'service_user' as const,
    ratings: ratingsOf(person).map((asIs, place) => ({ standard: standards[place] ?? '', asIs })),
    answers: questions.map((question) => ({ question, text: textOf(person, question) })),
    equality: { ethnicity: 'Z' as const },
  };
}

/** By what the parts of a person are known: their ratings and both texts. */
export function partsOf(person: number): string[] {
  const texts = questions.map((question) => textOf(person, question));
  return [`{${ratingsOf(person)}}`, ...texts];
}

/** Every part of a cycle, whether it waits in the inbox or was taken apart, in one snapshot. */
export async function storedParts(
  { database }: Pick<Service, 'database'>,
  cycleId: string,
): Promise<{ parts: string[]; equalityCount: number }> {
  const rows = await database.query<{ part: string }>(
    `select as_is::text as part from inbox where cycle_id = $1
     union all select unnest(answers) from inbox where cycle_id = $1
     union all select as_is::text from rating_parts where cycle_id = $1
     union all select text from text_parts where cycle_id = $1
     union all select 'equality' from inbox where cycle_id = $1
     union all select 'equality' from equality_parts where cycle_id = $1`,
    [cycleId],
  );
  const parts = rows.map(({ part }) => part).filter((part) => part !== 'equality');
  return { parts: parts.sort(), equalityCount: rows.length - parts.length };
}

/** What {@link storedParts} finds if each of these people is stored exactly once. */
export function exactlyOnce(people: readonly number[]) {
  return { parts: people.flatMap(partsOf).sort(), equalityCount: people.length };
}
