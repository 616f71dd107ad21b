import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeStaffReference,
  organisationsOf,
  reachFor,
  type StaffAssignment,
  scopesOfRole,
  showStaffReference,
  staffReferencePattern,
  staffReferenceSymbols,
} from '../../domain/staff-role.ts';
import { scopes, staffRoles } from '../../domain/vocabulary.ts';

const assignments = fc.array(
  fc.record({
    organisation: fc.constantFrom('RHA', 'RV3', 'RKL', 'RXG'),
    role: fc.constantFrom(...staffRoles),
  }),
);
const wanted = fc.subarray([...scopes]);

/** Whether somebody holds a scope in an organisation, by the plainest reading of the rule. */
const holds = (held: readonly StaffAssignment[], organisation: string, scope: string) =>
  held.some(
    (each) =>
      each.organisation === organisation && scopesOfRole[each.role].some((s) => s === scope),
  );

describe('a person acts', () => {
  it('for exactly those organisations in which a role of theirs grants one of the scopes', () => {
    fc.assert(
      fc.property(assignments, wanted, (held, needed) => {
        const expected = organisationsOf(held).filter((organisation) =>
          needed.some((scope) => holds(held, organisation, scope)),
        );
        expect(reachFor(held, needed).organisations).toEqual(expected);
      }),
    );
  });

  it('by exactly those scopes that they hold in every one of these', () => {
    fc.assert(
      fc.property(assignments, wanted, (held, needed) => {
        const { organisations, scopes: reached } = reachFor(held, needed);
        const expected = scopes.filter(
          (scope) =>
            organisations.length > 0 &&
            organisations.every((organisation) => holds(held, organisation, scope)),
        );
        expect(reached).toEqual(expected);
      }),
    );
  });

  it('for nobody without a role, and for nobody where no scope would do', () => {
    fc.assert(
      fc.property(assignments, wanted, (held, needed) => {
        expect(reachFor([], needed)).toEqual({ organisations: [], scopes: [] });
        expect(reachFor(held, [])).toEqual({ organisations: [], scopes: [] });
      }),
    );
  });

  it('never further for a role more elsewhere than that role reaches by itself', () => {
    fc.assert(
      fc.property(assignments, assignments, wanted, (held, more, needed) => {
        const elsewhere = more.filter(({ organisation }) => organisation === 'RXG');
        const here = held.filter(({ organisation }) => organisation !== 'RXG');
        const alone = reachFor(here, needed).organisations;
        const together = reachFor([...here, ...elsewhere], needed).organisations;
        expect(together.filter((organisation) => organisation !== 'RXG')).toEqual(alone);
      }),
    );
  });
});

it('between them, the roles hold every scope, and nobody by one role reads texts and releases results', () => {
  const held = staffRoles.flatMap((role) => scopesOfRole[role]);
  expect([...held].sort()).toEqual([...scopes].sort());
  for (const role of staffRoles) {
    const both = ['moderation:write', 'results:publish'] as const;
    expect(both.every((scope) => scopesOfRole[role].includes(scope))).toBe(false);
  }
});

describe('a reference', () => {
  it('is read out in two groups and found again however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (randomBytes) => {
        const reference = makeStaffReference(randomBytes);
        const shown = showStaffReference(reference);
        expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        const typed = ` ${shown.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o')} `;
        for (const written of [shown, reference, typed]) {
          expect(written).toMatch(staffReferencePattern);
          expect(staffReferenceSymbols(written)).toBe(reference);
        }
      }),
    );
  });

  it.each(['', 'K7QM', 'K7QM-3XD', 'K7QM-3XD90', 'K7QM_3XD9'])('is not %j', (written) => {
    expect(written).not.toMatch(staffReferencePattern);
  });
});
