/** The longest code that is made here; the API takes longer ones. */
const MAX_LENGTH = 40;

/**
 * A code for a name that people can read, different from those that are taken; it is added to them.
 *
 * @param fallback for a name without a letter from a to z
 */
export function codeOf(name: string, taken: Set<string>, fallback: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-|-$/g, '');
  const base = words || fallback;
  let code = base;
  for (let number = 2; taken.has(code); number += 1) code = `${base}-${number}`;
  taken.add(code);
  return code;
}
