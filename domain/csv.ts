/** Stands for "not applicable" where a column has nothing to say of a row. */
const NOT_APPLICABLE = '-';

/**
 * Lines under their headings as comma-separated values (RFC 4180): `\r\n` after each line, quotes where they are needed.
 * What a spreadsheet would take for a formula is marked as text (OWASP, "CSV injection").
 */
export function writeCsv(headings: readonly string[], lines: readonly string[][]): string {
  return [headings, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
  const safe = text !== NOT_APPLICABLE && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
