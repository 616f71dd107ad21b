import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import * as schema from '../db/schema/index.ts';
import type { Database } from '../dev/database.ts';
import { perspectives } from '../domain/vocabulary.ts';

/** Who answered in an invented cycle. */
export interface People {
  count: number;
  standardCount: number;
  serviceCount: number;
  perspectiveCount: number;
}

const ORGANISATION = 'RHA';
const SCALE = { min: 1, max: 5, labels: ['Never', 'Seldom', 'Sometimes', 'Often', 'Always'] };
const DAY_MS = 86_400_000;

/**
 * Makes a cycle of one organisation that closed yesterday, with what so many people said of it already taken apart. Written
 * by the owner straight into the tables: a million people would take too long through the front door.
 *
 * @returns the id of the cycle
 */
export async function makeClosedCycle(
  { drizzle }: Database,
  people: People,
  now: Date,
): Promise<string> {
  const cycleId = randomUUID();
  const setId = `bench-${cycleId.slice(0, 8)}`;
  await drizzle.insert(schema.standardSets).values({ id: setId, organisation: null });
  await drizzle.insert(schema.standardSetVersions).values({
    setId,
    version: 1,
    title: 'Invented for a measurement',
    wordingStatus: 'own',
    scale: SCALE,
    standards: Array.from({ length: people.standardCount }, (_, index) => ({
      code: `standard-${index + 1}`,
      title: `Standard ${index + 1}`,
      statement: 'We are heard, and something comes of it.',
    })),
    coProducedBy: [],
    dissent: [],
    publishedAt: now,
  });
  const opensAt = new Date(now.getTime() - 60 * DAY_MS);
  await drizzle.insert(schema.cycles).values({
    id: cycleId,
    title: 'Invented for a measurement',
    organisations: [ORGANISATION],
    standardSetId: setId,
    standardSetVersion: 1,
    perspectives: perspectives.slice(0, people.perspectiveCount),
    questions: [],
    services: Array.from({ length: people.serviceCount }, (_, index) => ({
      odsCode: ORGANISATION,
      code: serviceCode(index),
      name: `Service ${index + 1}`,
    })),
    channels: ['trust'],
    ...{ opensAt, scheduledAt: opensAt, closesAt: new Date(now.getTime() - DAY_MS) },
    ...{ threshold: 10, roundTo: 5 },
    anonymityStatement: '{}',
    anonymityStatementSha256: '',
  });
  await insertRatings(drizzle, cycleId, people);
  // As the database would be some minutes after so many were taken apart.
  await drizzle.execute(sql`vacuum (analyze) ${schema.ratingParts}`);
  await drizzle.execute(sql`checkpoint`);
  return cycleId;
}

/**
 * A tenth gives no answer to a standard or says that it does not apply; the rest lean to the upper end. A third also say how
 * it should be, which is seldom worse than it is. Nobody says that where they have not said how it is.
 */
async function insertRatings(
  drizzle: Database['drizzle'],
  cycleId: string,
  people: People,
): Promise<void> {
  const groups = groupsOf(people);
  const positions = Array.from({ length: people.standardCount }, (_, index) => index + 1);
  const asIs = positions.map(
    () => `('{1,2,2,3,3,3,4,4,4,4,4,5,5,5,5,5,5,5,NULL,-1}'::smallint[])[1 + floor(random() * 20)]`,
  );
  const toBe = positions.map(
    (position) =>
      `case when has_wish and as_is[${position}] > 0 then greatest(as_is[${position}] - 1, 3 + floor(random() * 3)) end`,
  );
  // Each step stands for itself, so that what is random in it is drawn once for each person.
  await drizzle.execute(sql`
    with person as materialized (
      select service, perspective from unnest(
        ${sql.param(groups.map(({ service }) => service))}::text[],
        ${sql.param(groups.map(({ perspective }) => perspective))}::text[],
        ${sql.param(groups.map(({ size }) => size))}::integer[]
      ) as groups (service, perspective, size), generate_series(1, size)
      order by random()
    ), answered as materialized (
      select service, perspective, random() < 0.33 as has_wish, array[${sql.raw(asIs.join(', '))}] as as_is from person
    )
    insert into ${schema.ratingParts} (cycle_id, organisation, service, perspective, as_is, to_be, receipt_hash)
    select ${cycleId}::uuid, ${ORGANISATION}, service, perspective, as_is, array[${sql.raw(toBe.join(', '))}]::smallint[],
      sha256(uuid_send(gen_random_uuid()))
    from answered`);
}

interface Group {
  /** Null: those who named none. */
  service: string | null;
  perspective: string;
  size: number;
}

/**
 * How many people of each service and perspective. Services differ in size as towns do (the second is half of the first), most
 * are of the first perspectives, and in every fifth group there are only a few or nobody, whatever the number of people:
 * those have to be hidden.
 */
function groupsOf({ count, serviceCount, perspectiveCount }: People): Group[] {
  const services = Array.from({ length: serviceCount }, (_, index) => index);
  const roles = perspectives.slice(0, perspectiveCount);
  const weightOf = (service: number, role: number) => 1 / (service + 1) / 2.5 ** role;
  const total = services.reduce(
    (sum, service) => sum + roles.reduce((added, _, role) => added + weightOf(service, role), 0),
    0,
  );
  const groups: Group[] = services.flatMap((service) =>
    roles.map((perspective, role) => ({
      service: serviceCode(service),
      perspective,
      size:
        role > 0 && (service * 3 + role * 7) % 5 === 0
          ? (service + role * 5) % 16
          : Math.floor((0.98 * count * weightOf(service, role)) / total),
    })),
  );
  const named = groups.reduce((sum, { size }) => sum + size, 0);
  const [first = ''] = roles;
  return [...groups, { service: null, perspective: first, size: Math.max(0, count - named) }];
}

function serviceCode(index: number): string {
  return `service-${index + 1}`;
}
