import { deriveHandles } from '../../../domain/receipt.ts';
import { send } from '../../api/support/send.ts';
import { postBatch } from '../../api/support/things.ts';
import type { Service } from '../../support/service.ts';
import type { Goal } from './attacker.ts';
import type { Dump, DumpRow } from './dump.ts';
import type { Person } from './people.ts';

/** Everybody sends by themselves, one after the other. @returns the people, each with their receipt */
export async function sendOneByOne(
  service: Service,
  cycleId: string,
  people: readonly Person[],
  afterEach: () => Promise<unknown> = async () => {},
): Promise<Person[]> {
  const sent: Person[] = [];
  for (const person of people) {
    const { status, body, text } = await send(
      service,
      'POST',
      `/v1/cycles/${cycleId}/submissions`,
      {
        body: person.submission,
      },
    );
    if (status !== 201) throw new Error(`a submission was answered ${status}: ${text}`);
    sent.push({ ...person, handles: person.handles ?? (await deriveHandles(body.receipt)) });
    await afterEach();
  }
  return sent;
}

/** A trust sends them in batches of 50, in which only those have a receipt who made it. */
export async function sendInBatches(
  service: Service,
  cycleId: string,
  people: readonly Person[],
): Promise<readonly Person[]> {
  for (let start = 0; start < people.length; start += 50) {
    const items = people.slice(start, start + 50).map(({ submission }) => submission);
    const { body, text } = await postBatch(service, cycleId, items);
    if (body?.accepted !== items.length)
      throw new Error(`a batch was answered ${text.slice(0, 500)}`);
  }
  return people;
}

/** What the attacker wants to join. */
export const goalNames = [
  'first texts with ratings',
  'second texts with ratings',
  'first texts with second texts',
  'equality answers with ratings',
  'equality answers with first texts',
  'arrivals with ratings',
  'arrivals with first texts',
  'arrivals with equality answers',
  'used receipts with ratings',
  'used receipts with first texts',
  'used receipts with equality answers',
] as const;
export type GoalName = (typeof goalNames)[number];

/** The rows of each goal: every two kinds that one person wrote, and who came when. */
export function goalsIn(
  dump: Dump,
  cycleId: string,
  people: readonly Person[],
): Record<GoalName, Goal> {
  const rowsOf = (table: string) =>
    (dump[table] ?? []).filter(({ cycle_id }) => cycle_id === cycleId);
  const textsTo = (code: string) =>
    rowsOf('text_parts').filter(({ question }) => question === code);
  // Somebody has sat beside the kiosk and noted who came, in which role and about which service.
  const arrivals = people.map(({ submission: { perspective, service } }, place): DumpRow => {
    const seen = { perspective, service: service ?? null };
    return { cycle_id: cycleId, organisation: 'RHA', ...seen, place: String(place) };
  });
  const sides: Record<string, readonly DumpRow[]> = {
    ratings: rowsOf('rating_parts'),
    'first texts': textsTo('what-good'),
    'second texts': textsTo('could-improve'),
    'equality answers': rowsOf('equality_parts'),
    'used receipts': rowsOf('used_receipts'),
    arrivals,
  };
  const goals = goalNames.map((name) => {
    const [from = '', to = ''] = name.split(' with ');
    return [name, { name, from: sides[from] ?? [], to: sides[to] ?? [] }] as const;
  });
  return Object.fromEntries(goals) as Record<GoalName, Goal>;
}
