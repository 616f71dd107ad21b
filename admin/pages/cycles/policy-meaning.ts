import type { Cycle } from './load-cycle.ts';

/** Shows what rounding does. */
const EXAMPLE_COUNT = 47;

/** What a disclosure policy means, in sentences. */
export function policyMeaning({ threshold, roundTo }: Cycle['disclosurePolicy']): string[] {
  const rounded = Math.round(EXAMPLE_COUNT / roundTo) * roundTo;
  return [
    `With a threshold of ${threshold}, no number is shown that could tell what fewer than ${threshold} people said.`,
    roundTo === 1
      ? `Counts are not rounded: ${EXAMPLE_COUNT} people are shown as ${EXAMPLE_COUNT}.`
      : `Counts are rounded to the nearest ${roundTo}: ${EXAMPLE_COUNT} people are shown as ${rounded}.`,
  ];
}
