/**
 * A JSON value once for each object in it, with a member added there, and where that is.
 *
 * @param isDeep whether objects within the outermost get one too
 */
export function withMemberEverywhere(
  value: unknown,
  name: string,
  isDeep: boolean,
): { changed: string; pointer: string }[] {
  const found: { changed: string; pointer: string }[] = [];
  const walk = (current: unknown, pointer: string, render: (part: unknown) => unknown): void => {
    if (typeof current !== 'object' || current === null) return;
    // A computed name, so that `__proto__` becomes a member and not the prototype.
    if (!Array.isArray(current))
      found.push({ pointer, changed: JSON.stringify(render({ ...current, [name]: 1 })) });
    if (!isDeep) return;
    for (const [key, member] of Object.entries(current))
      walk(member, `${pointer}/${key}`, (part) =>
        render(
          Array.isArray(current)
            ? current.map((item, index) => (String(index) === key ? part : item))
            : { ...current, [key]: part },
        ),
      );
  };
  walk(value, '', (part) => part);
  return found;
}

/** A JSON value with a member added to every object in it. */
export function withUndeclaredMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUndeclaredMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    withUndeclaredMembers(member),
  ]);
  return { ...Object.fromEntries(members), undeclared: { secret: 'must not leave' } };
}
