import { describe, expect, it } from 'vitest';
import { needsProposal, stateOf, whyNotConfirmed } from '../../domain/release-proposal.ts';

const open = { proposedBy: 'amina', withdrawnAt: null, sha256: 'as it was' };
const noon = new Date('2026-11-26T12:00:00Z');

describe('a proposed release', () => {
  it('is confirmed by somebody else, while it says the same', () => {
    expect(whyNotConfirmed(open, 'bo', 'as it was')).toBeNull();
  });

  it.each([
    ['withdrawn', { ...open, withdrawnAt: noon }, 'bo', 'as it was'],
    ['own', open, 'amina', 'as it was'],
    ['changed', open, 'bo', 'otherwise'],
    // Whoever may not confirm it at all is not told whether its numbers have moved.
    ['own', open, 'amina', 'otherwise'],
    ['withdrawn', { ...open, withdrawnAt: noon }, 'amina', 'otherwise'],
  ])('is not confirmed where it is %s', (why, proposal, confirmer, sha256) => {
    expect(whyNotConfirmed(proposal, confirmer, sha256)).toBe(why);
  });

  it('is open until it is withdrawn or released', () => {
    expect(stateOf({ withdrawnAt: null, releasedAt: null })).toBe('open');
    expect(stateOf({ withdrawnAt: noon, releasedAt: null })).toBe('withdrawn');
    expect(stateOf({ withdrawnAt: null, releasedAt: noon })).toBe('released');
  });

  it('is needed by a person, and not by a system', () => {
    expect(needsProposal({ isPerson: true })).toBe(true);
    expect(needsProposal({ isPerson: false })).toBe(false);
  });
});
