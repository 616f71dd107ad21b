import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, changesBetween, type Json, type JsonObject } from '../../domain/changes.ts';

const text = fc.constantFrom('', 'a', 'b', 'Ward manager');
const list = fc.array(fc.oneof(text, fc.record({ on: text, text })), { maxLength: 3 });
const leaf: fc.Arbitrary<Json> = fc.oneof(text, fc.constant(null), fc.boolean(), list);
/** Names that a pointer has to escape, and one that an object has already. */
const inner = fc.record({ status: leaf, 'a/b': leaf, 'm~n': leaf, constructor: leaf });
const thing = fc.record({ title: leaf, youSaid: inner, weDid: inner, difference: leaf });

/** Puts the other value at each pointer, as RFC 6901 reads one. */
function apply(before: JsonObject, changes: readonly Change[]): unknown {
  const result = structuredClone(before) as Record<string, unknown>;
  for (const { pointer, after } of changes) {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = path.pop() as string;
    let at = result;
    for (const name of path) at = at[name] as Record<string, unknown>;
    at[last] = after;
  }
  return result;
}

/** The same with the members of every object the other way round. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value as JsonObject).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]));
}

describe('the changes between two versions', () => {
  it('applied to the one before give the one after', () => {
    fc.assert(
      fc.property(thing, thing, (before, after) => {
        expect(apply(before, changesBetween(before, after))).toEqual(after);
      }),
    );
  });

  it('name nothing that is the same, and each place once', () => {
    fc.assert(
      fc.property(thing, thing, (before, after) => {
        const changes = changesBetween(before, after);
        for (const change of changes) expect(change.before).not.toEqual(change.after);
        const pointers = changes.map(({ pointer }) => pointer);
        expect(new Set(pointers).size).toBe(pointers.length);
      }),
    );
  });

  it('are none where nothing differs, in whatever order the members come', () => {
    fc.assert(
      fc.property(thing, (same) => {
        expect(changesBetween(same, reversed(same) as JsonObject)).toEqual([]);
      }),
    );
  });

  it('go into objects and take a list as one value', () => {
    const before = { weDid: { status: 'planned', milestones: [{ on: '2027-01-10', text: 'A' }] } };
    const after = { weDid: { status: 'done', milestones: [] } };
    expect(changesBetween(before, after)).toEqual([
      { pointer: '/weDid/status', before: 'planned', after: 'done' },
      { pointer: '/weDid/milestones', before: [{ on: '2027-01-10', text: 'A' }], after: [] },
    ]);
  });
});
