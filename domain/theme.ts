import type { Strength } from './vocabulary.ts';

/**
 * From how many times the cycle's threshold on a theme was said by a band of people. Below the threshold nothing is said of how
 * many there were. The bands are this product's own.
 */
export const strengthFactors = { a_few: 1, some: 2, many: 5 } as const satisfies Record<
  Strength,
  number
>;

/**
 * How many people said a thing, as a band: null below the threshold.
 *
 * @param people who surely said it: nobody answers a question twice, so it is the texts to the one question that has most
 */
export function strengthOf(people: number, threshold: number): Strength | null {
  if (people >= strengthFactors.many * threshold) return 'many';
  if (people >= strengthFactors.some * threshold) return 'some';
  return people >= strengthFactors.a_few * threshold ? 'a_few' : null;
}
