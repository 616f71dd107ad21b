/** A value as JSON has them. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [member: string]: Json };

/** What a member said before and after, with its place as a JSON Pointer (RFC 6901). */
export interface Change {
  pointer: string;
  before: Json;
  after: Json;
}

/**
 * The difference between two versions of a thing of one shape, in the order of its members. Objects are gone into; a list is
 * one value, since what moved within it and what was replaced cannot be told apart.
 *
 * @param after has the members that `before` has
 */
export function changesBetween(before: JsonObject, after: JsonObject, within = ''): Change[] {
  return Object.keys(before).flatMap((name) => {
    const [old, now] = [before[name] as Json, after[name] as Json];
    const pointer = `${within}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (isObject(old) && isObject(now)) return changesBetween(old, now, pointer);
    return isSame(old, now) ? [] : [{ pointer, before: old, after: now }];
  });
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** In whatever order the members of an object come: a database may give them in another. */
function isSame(one: Json, other: Json): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, index) => isSame(each, other[index]));
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) => Object.hasOwn(other, name) && isSame(one[name] as Json, other[name] as Json),
    )
  );
}
