/** The middle one; of an even number of values the greater of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}

export function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
