import { rounded } from './rounding.ts';

/** The smallest group that is shown, and what counts are rounded to. */
export interface Policy {
  threshold: number;
  roundTo: number;
}

/**
 * Policies after rules that NHS organisations publish by. In all of them this product hides a group of nobody like any
 * that is too small, so that the mark of a hidden group tells nothing about it.
 *
 * - `default`: fewer than 10 are hidden; the rest is rounded to the nearest 5.
 * - `mhsds`, as in the monthly statistics of the Mental Health Services Data Set: below 5, zero included, is hidden; the rest
 *   is rounded to the nearest 5.
 * - `hes`, as for Hospital Episode Statistics since September 2018 (NHS Digital, "Disclosure control methodology for Hospital
 *   Episode Statistics and Emergency Care Data Set"): 1 to 7 are hidden; the rest is rounded to the nearest 5. There a zero
 *   is published, and numbers for England as a whole are exact; here neither.
 *
 * Those rules take rounding for enough, and hide nothing on top. Here further groups are hidden under each of them, until
 * no interval that can be worked out is narrower than the threshold.
 */
export const presets = {
  default: { threshold: 10, roundTo: 5 },
  mhsds: { threshold: 5, roundTo: 5 },
  hes: { threshold: 8, roundTo: 5 },
} as const satisfies Record<string, Policy>;

/** What is published of a count by itself, before anything is hidden to protect others: null where it is hidden. */
export function publishedCount(count: number, { threshold, roundTo }: Policy): number | null {
  return count < threshold ? null : rounded(count, roundTo);
}
