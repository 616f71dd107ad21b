import { inject } from 'vitest';
import { openCycle, sendSubmission } from '../../api/support/things.ts';
import { type Service, startService } from '../../support/service.ts';
import { ask } from '../../support/workshop.ts';
import { attack, type Goal, splitByOpenAttributes } from './attacker.ts';
import { type Author, bestOf, expectedByChance, tooManyForChance } from './chance.ts';
import { switchOffFloor, switchOffShuffling } from './controls.ts';
import { type Dump, dumpTables } from './dump.ts';
import { moderate } from './moderating.ts';
import { authorsOf, cycleForPeople, invent } from './people.ts';
import { type GoalName, goalNames, goalsIn, sendInBatches, sendOneByOne } from './sending.ts';

export type Channel = 'one by one' | 'in batches';

/** A database after everybody has sent and what they sent was taken apart, and who wrote what in it. */
export interface World {
  service: Service;
  dump: Dump;
  goals: Readonly<Record<GoalName, Goal>>;
  author: Author;
}

export interface WorldOptions {
  /** Functions of the database that do not shuffle. */
  unshuffled?: readonly string[];
  /** Whether each submission is taken apart as soon as it comes. */
  flushesAfterEach?: boolean;
  /** Whether staff have read the texts, found themes in them and answered. */
  isModerated?: boolean;
}

/** 200 people send through the API to a database of their own; the scheduled event takes apart what waits. */
export async function makeWorld(
  channel: Channel,
  { unshuffled = [], flushesAfterEach = false, isModerated = false }: WorldOptions = {},
): Promise<World> {
  const [people, service] = await Promise.all([invent(), startService({ database: 'server' })]);
  const { database } = service;
  await switchOffShuffling(service, unshuffled);
  if (flushesAfterEach) await switchOffFloor(service);
  const cycle = await openCycle(service, cycleForPeople);
  const flush = () => database.query('select flush_inbox(1, 5, now(), null)');
  const sent =
    channel === 'in batches'
      ? await sendInBatches(service, cycle.id, people)
      : await sendOneByOne(service, cycle.id, people, flushesAfterEach ? flush : undefined);
  // Somebody of another cycle waits on.
  await sendSubmission(service);
  // What autovacuum does by itself, before and after.
  await database.query('analyze');
  await service.scheduled();
  await database.query('vacuum inbox');
  if (isModerated) await moderate(service, cycle.id);
  const dump = await dumpTables(database);
  const { secrets } = await ask(inject('run').workshopUrl, '/keys');
  return {
    service,
    dump,
    goals: goalsIn(dump, cycle.id, sent),
    author: await authorsOf(sent, secrets.pepper),
  };
}

/**
 * What the attacker's best strategy for a goal finds, and the number that chance does not reach: in both channels and for
 * all goals together, in one run of ten million.
 */
export function tryGoal({ goals, dump, author }: World, name: GoalName, found: Dump = dump) {
  const attempts = attack(goals[name], found);
  const chance = expectedByChance(splitByOpenAttributes(goals[name]));
  const bound = tooManyForChance(chance, attempts.length * goalNames.length * 2);
  return { ...bestOf(attempts, author), chance, bound };
}
