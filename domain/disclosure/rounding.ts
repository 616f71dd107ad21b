/** Rounds to the nearest multiple, halves up. */
export function rounded(count: number, roundTo: number): number {
  return Math.floor(count / roundTo + 0.5) * roundTo;
}
