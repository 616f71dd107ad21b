import type { TakeInGate } from '../../db/queries/inbox.ts';
import type { Channel } from '../../domain/vocabulary.ts';
import type { KnownCycle } from '../cycles/known-cycle.ts';
import { freshCycle } from '../cycles/recall.ts';
import type { ClientPrincipal } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import type { Session } from '../http/session.ts';
import type { Service } from '../service.ts';
import { isoTime } from '../shapes.ts';

/** How often a cycle that changes under a request is read again before the sender is asked to come back. */
const MAX_READS = 3;

/**
 * Works on a cycle that has opened: as it is remembered, since its definition is frozen, and as the database has it
 * once the statement that writes has found it or the client changed. A cycle that has not opened is never worked
 * on from memory.
 *
 * @param work is given the clock anew at each attempt: a body may have taken longer to come than the cycle stayed open
 */
export async function withCycle<Result>(
  service: Service,
  session: Session,
  cycleId: string,
  work: (known: KnownCycle, moment: Date) => Promise<Result | 'changed'>,
): Promise<Result> {
  const remembered = service.cycles.get(cycleId);
  const first = remembered?.isFrozen ? await work(remembered, service.now()) : 'changed';
  if (first !== 'changed') return first;
  for (let read = 0; read < MAX_READS; read += 1) {
    const known = await freshCycle(service, session, cycleId);
    if (known === null || known.times.scheduledAt === null)
      throw new Problem('not-found', 'There is no cycle with this id.');
    if (!known.isFrozen) throw notOpen(known);
    const result = await work(known, service.now());
    if (result !== 'changed') return result;
  }
  throw new Problem('database-unavailable', 'The cycle is being changed. Try again in a moment.', {
    headers: { 'Retry-After': '1' },
  });
}

/** What the statement that stores holds against the database once more. */
export function gateOf(
  { row, version }: KnownCycle,
  client: ClientPrincipal | null,
  now: Date,
): TakeInGate {
  return { cycleId: row.cycle.id, cycleVersion: version, client, now };
}

export function notOpen({ row: { cycle } }: KnownCycle): Problem {
  return new Problem(
    'cycle-not-open',
    `This cycle takes submissions from ${isoTime(cycle.opensAt)} to ${isoTime(cycle.closesAt)}.`,
  );
}

/** Who may send to a cycle: the public where it says so, and a trust's system for a trust that takes part. */
export function requireChannel(
  { row: { cycle } }: KnownCycle,
  principal: ClientPrincipal | null,
): void {
  const channel: Channel = principal === null ? 'public' : 'trust';
  if (!cycle.channels.includes(channel))
    throw new Problem('forbidden', `This cycle takes no submissions by the channel ${channel}.`);
  if (
    principal !== null &&
    !cycle.organisations.some((odsCode) => principal.organisations.includes(odsCode))
  )
    throw new Problem(
      'forbidden',
      'This client is not registered for an organisation of this cycle.',
    );
}
