import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClaimedRoles } from '../../domain/claimed-roles.ts';
import { staffRoles } from '../../domain/vocabulary.ts';

const organisation = fc.stringMatching(/^[A-Z0-9]{3,8}$/);
const assignment = fc.record({ organisation, role: fc.constantFrom(...staffRoles) });
const write = (given: { organisation: string; role: string }) =>
  `${given.organisation}:${given.role}`;

describe('roles that a provider claims', () => {
  it('are read from an array and from a text, each once and in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(assignment, { selector: write }), (assignments) => {
        const words = assignments.map(write);
        expect(readClaimedRoles(words)).toEqual(assignments);
        expect(readClaimedRoles([...words, ...words])).toEqual(assignments);
        expect(readClaimedRoles(words.join(' '))).toEqual(assignments);
        expect(readClaimedRoles(words.join(', '))).toEqual(assignments);
      }),
    );
  });

  it('have ODS codes in capitals', () => {
    expect(readClaimedRoles([' rha:moderator '])).toEqual([
      { organisation: 'RHA', role: 'moderator' },
    ]);
  });

  it.each([
    ...['RHA', 'RHA:', ':moderator', 'RHA:Moderator', 'RHA:owner', 'RHA:moderator:RV3'],
    ...['RH:moderator', 'RHA123456:moderator', 'R-A:moderator', '*:administrator', 'RHA moderator'],
    ...['RHA:constructor', 'RHA:__proto__', 'ＲＨＡ:moderator', 'all-staff', ''],
  ])('leave out what is no role of this service, and keep what is: %j', (word) => {
    expect(readClaimedRoles([word, 'RV3:auditor'])).toEqual([
      { organisation: 'RV3', role: 'auditor' },
    ]);
    expect(readClaimedRoles(word)).toEqual([]);
  });

  it('are none in whatever else a claim can be', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => !JSON.stringify(value).includes(':')),
        (claim) => {
          expect(readClaimedRoles(claim)).toEqual([]);
        },
      ),
    );
    for (const claim of [undefined, { RHA: 'moderator' }, { 0: 'RHA:moderator', length: 1 }])
      expect(readClaimedRoles(claim)).toEqual([]);
    expect(readClaimedRoles([['RHA:moderator'], { toString: () => 'RHA:moderator' }])).toEqual([]);
  });
});
