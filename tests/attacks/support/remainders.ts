import { moveCycle, openCycle, postBatch } from '../../api/support/things.ts';
import type { Service } from '../../support/service.ts';
import type { Goal } from './attacker.ts';
import type { Author } from './chance.ts';
import { dumpTables } from './dump.ts';
import { numbered, partsOf } from './numbered.ts';
import { cycleForPeople } from './people.ts';

const earlyCount = 24;
const lateCount = 2;

/**
 * Cycles in which 24 people were taken apart before and two more have come when it closes. The attacker knows which texts
 * came last, as a moderator would who looks every day, and which ratings were written together with them.
 */
export async function closeWithRemainders(
  service: Service,
  cycleCount: number,
): Promise<{ goal: Goal; author: Author }> {
  let person = 0;
  const send = async (cycleId: string, count: number) => {
    const items = Array.from({ length: count }, (_, index) => numbered(person + index));
    person += count;
    await postBatch(service, cycleId, items);
  };
  const cycleIds: string[] = [];
  for (let index = 0; index < cycleCount; index += 1) {
    const { id } = await openCycle(service, cycleForPeople);
    cycleIds.push(id);
    await send(id, earlyCount);
  }
  await service.scheduled();
  const before = await dumpTables(service.database);
  const seen = new Set(before.text_parts?.map(({ id }) => id));
  for (const id of cycleIds) {
    await send(id, lateCount);
    await moveCycle(service, id, 'closed');
  }
  const { text_parts: texts = [], rating_parts: ratings = [] } = await dumpTables(service.database);
  const from = texts.filter(({ id, question }) => !seen.has(id) && question === 'what-good');
  const transactions = new Set(from.map(({ xmin }) => xmin));
  const to = ratings.filter(({ xmin }) => transactions.has(xmin));
  const people = Array.from({ length: person }, (_, index) => index);
  const written = new Map(
    people.flatMap((index) => partsOf(index).map((part) => [part, index] as const)),
  );
  return {
    goal: { name: 'the last', from, to },
    author: ({ as_is, text }) => written.get(as_is ?? text ?? ''),
  };
}
