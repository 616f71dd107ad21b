/*
 * Two people publish results: one proposes, another confirms. What was published cannot be taken back, so that nobody
 * should be able to do it alone by mistake (docs/adr/0026).
 */

/** A proposal, as far as it decides who may confirm it. */
export interface Proposal {
  /** The client or the member of staff who made it. */
  proposedBy: string;
  withdrawnAt: Date | null;
  /** Digest of what would have been published when it was made. */
  sha256: string;
}

export const proposalStates = ['open', 'withdrawn', 'released'] as const;
export type ProposalState = (typeof proposalStates)[number];

/** What has become of a proposal. */
export function stateOf(proposal: {
  withdrawnAt: Date | null;
  releasedAt: Date | null;
}): ProposalState {
  if (proposal.releasedAt !== null) return 'released';
  return proposal.withdrawnAt === null ? 'open' : 'withdrawn';
}

/** Why a proposal cannot be confirmed: it was withdrawn, it is the caller's own, or the numbers are others by now. */
export type Unconfirmable = 'withdrawn' | 'own' | 'changed';

/**
 * Whether somebody may confirm a proposal that was not confirmed yet.
 *
 * @param confirmer the client or the member of staff who would
 * @param sha256 digest of what would be published now
 * @returns null where they may
 */
export function whyNotConfirmed(
  proposal: Proposal,
  confirmer: string,
  sha256: string,
): Unconfirmable | null {
  if (proposal.withdrawnAt !== null) return 'withdrawn';
  if (proposal.proposedBy === confirmer) return 'own';
  return proposal.sha256 === sha256 ? null : 'changed';
}

/** Whether a release has to be proposed by somebody else first: what a person does at a console, a system may do by itself. */
export function needsProposal(caller: { isPerson: boolean }): boolean {
  return caller.isPerson;
}
