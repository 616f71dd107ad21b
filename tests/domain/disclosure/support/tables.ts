import type { Counted, Policy, ResultRow, Shape } from '../../../../domain/disclosure/publish.ts';
import type { PublishedRow, Release } from './attacker.ts';

/** The same numbers on every run (mulberry32). */
export function randomFrom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return {
    next,
    upTo,
    between: (least: number, most: number) => least + upTo(most - least),
    of: <T>(choices: readonly T[]): T => choices[upTo(choices.length - 1)] as T,
  };
}

export type Random = ReturnType<typeof randomFrom>;

export const STANDARD = 'safety';

export interface Case {
  shape: Shape;
  counted: Counted[];
  policy: Policy;
}

/** A cycle of a few organisations with services, or of none; cells of nobody, of one, of few and of many. */
export function randomCase(
  random: Random,
  policy: Policy,
  size: { organisations: number; services: number; perspectives: number } = {
    organisations: random.between(1, 3),
    services: random.between(1, 8),
    perspectives: random.between(2, 5),
  },
): Case {
  const organisations = Array.from({ length: size.organisations }, (_, index) => `R${index}`);
  const services = Array.from({ length: size.services }, (_, index) => ({
    odsCode: random.of(organisations),
    code: `s${index}`,
  }));
  const perspectives = Array.from({ length: size.perspectives }, (_, index) => `p${index}`);
  const shape = {
    organisations,
    services,
    perspectives,
    standards: [STANDARD],
    scale: { min: 1, max: 5 },
  };
  const [sparse, wishing] = [random.next(), random.of([0, 0.3, 0.8, 1])];
  const sizeOf = () => {
    if (random.next() < sparse * 0.6) return random.of([0, 0, 1, 1, 2, 3]);
    return random.of([random.upTo(4), random.upTo(15), random.upTo(15), random.between(8, 60)]);
  };
  const counted: Counted[] = [];
  const lines = [
    ...services.map(({ odsCode, code }) => ({ organisation: odsCode, service: code })),
    ...organisations.map((organisation) => ({ organisation, service: null })),
  ];
  const isAnybodyUnnamed = random.next() < 0.6;
  for (const line of lines)
    for (const perspective of perspectives) {
      const isUnparted = !services.some(({ odsCode }) => odsCode === line.organisation);
      const people = line.service === null && !isUnparted && !isAnybodyUnnamed ? 0 : sizeOf();
      if (people === 0) continue;
      const [asIs, toBe] = [
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
      ];
      const [mood, isOfOneMind] = [random.upTo(4), random.next() < 0.2];
      for (let person = 0; person < people; person += 1) {
        add(asIs, isOfOneMind || random.next() < 0.4 ? mood : random.upTo(4), 1);
        if (random.next() < wishing) add(toBe, random.next() < 0.7 ? 4 : random.upTo(4), 1);
      }
      counted.push({ ...line, perspective, standard: STANDARD, asIs, toBe });
    }
  return { shape, counted, policy };
}

export function add(levels: number[], level: number, people: number): void {
  levels[level] = (levels[level] ?? 0) + people;
}

/** What there is to see of a case, for an attacker. */
export function releaseOf({ shape, policy }: Case, rows: readonly PublishedRow[]): Release {
  return {
    rows,
    organisations: shape.organisations,
    perspectives: shape.perspectives,
    ...policy,
    least: shape.scale.min,
    answerCount: shape.scale.max - shape.scale.min + 1,
  };
}

/** The true counts of every row of a release, summed up anew. */
export function truthOf(
  { counted }: Case,
  row: Pick<ResultRow, 'organisation' | 'service' | 'perspective'>,
) {
  const own = counted.filter(
    (each) =>
      (row.organisation === 'all' || each.organisation === row.organisation) &&
      (row.service === null || each.service === row.service) &&
      (row.perspective === 'all' || each.perspective === row.perspective),
  );
  const sum = (measure: 'asIs' | 'toBe') =>
    [0, 1, 2, 3, 4].map((level) => own.reduce((all, each) => all + (each[measure][level] ?? 0), 0));
  return { asIs: sum('asIs'), toBe: sum('toBe') };
}

/** The rows as they would be if only what is too small were hidden, and nothing on top. */
export function primaryOnly(each: Case, rows: readonly ResultRow[]): PublishedRow[] {
  const { threshold, roundTo } = each.policy;
  const sayOf = (levels: number[]) => {
    const people = levels.reduce((all, count) => all + count, 0);
    if (people < threshold) return null;
    const total = levels.reduce((all, count, level) => all + count * (level + 1), 0);
    return {
      people,
      mean: Math.round((10 * total) / people) / 10,
      distribution: levels.map((count) => Math.floor(count / roundTo + 0.5) * roundTo),
    };
  };
  return rows.map(({ organisation, service, perspective }) => {
    const truth = truthOf(each, { organisation, service, perspective });
    const asIs = sayOf(truth.asIs);
    const count = asIs && Math.floor(asIs.people / roundTo + 0.5) * roundTo;
    return {
      ...{ organisation, service, perspective, count, asIs },
      suppressed: asIs === null,
      toBe: asIs && sayOf(truth.toBe),
    };
  });
}
