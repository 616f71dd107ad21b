import * as z from 'zod';
import { proposalStates } from '../../domain/release-proposal.ts';
import { operation } from '../http/contract.ts';
import { DateTime, Id } from '../shapes.ts';

export const ReleaseProposal = z
  .object({
    id: Id,
    cycleId: Id,
    release: z.int().meta({ description: 'The number that the release would have, or has.' }),
    disclosurePolicy: z.object({ threshold: z.int(), roundTo: z.int() }),
    shown: z.int().meta({ description: 'How many rows of all tables would be shown.' }),
    hidden: z.int().meta({ description: 'How many rows of all tables would be hidden.' }),
    proposedBy: z.string().meta({
      description: 'Id of the client or member of staff who proposed it, as in the audit trail.',
    }),
    proposedAt: DateTime,
    state: z.enum(proposalStates).meta({
      description: '`open` until it is withdrawn, or confirmed and so `released`.',
    }),
    withdrawnAt: DateTime.nullable(),
    releasedAt: DateTime.nullable(),
  })
  .meta({
    id: 'ReleaseProposal',
    description: 'A release that somebody proposed and somebody else has to confirm.',
  });

const example = {
  id: '0d9e6c1b-4f0a-4c43-9a58-6f6d1f3c2b70',
  cycleId: '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10',
  release: 1,
  disclosurePolicy: { threshold: 10, roundTo: 5 },
  shown: 41,
  hidden: 7,
  proposedBy: '7a0d6a1f-33f4-4d5e-8a39-0f8a4a1f9a52',
  proposedAt: '2026-12-09T15:00:00Z',
  state: 'open' as const,
  withdrawnAt: null,
  releasedAt: null,
};

const path = '/v1/cycles/{cycleId}/release-proposals';
const params = z.object({ cycleId: Id });
const access = { kind: 'scope', scope: 'results:publish' } as const;

export const proposeRelease = operation({
  id: 'proposeRelease',
  method: 'post',
  path,
  tag: 'results',
  summary: 'Propose the release of a closed cycle',
  description:
    'Counts and hides as a release would, and keeps a digest of the outcome. Nothing is published until somebody else confirms it (`proposal` of POST /v1/cycles/{cycleId}/releases), and then only if the outcome is still the same. A cycle has one open proposal: withdraw it to make another.',
  access,
  params,
  replies: {
    201: {
      description: 'The proposal.',
      schema: ReleaseProposal,
      example,
    },
  },
  problems: ['wrong-phase', 'release-refused', 'already-exists'],
});

export const listReleaseProposals = operation({
  id: 'listReleaseProposals',
  method: 'get',
  path,
  tag: 'results',
  summary: 'List the proposed releases of a cycle',
  description:
    'Every proposal, the last one first, for whoever may release the cycle: who acts for each of its organisations.',
  access,
  params,
  replies: {
    200: {
      description: 'The proposals.',
      schema: z
        .object({ items: z.array(ReleaseProposal), next: z.null() })
        .meta({ id: 'ReleaseProposalList' }),
      example: { items: [example], next: null },
    },
  },
  problems: [],
});

export const withdrawReleaseProposal = operation({
  id: 'withdrawReleaseProposal',
  method: 'delete',
  path: `${path}/{proposalId}`,
  tag: 'results',
  summary: 'Withdraw a proposed release',
  description:
    'Whoever may release the cycle may withdraw a proposal, whoever made it. Doing so twice changes nothing. Once it was released it stays (409).',
  access,
  params: z.object({ cycleId: Id, proposalId: Id }),
  replies: { 204: { description: 'It cannot be confirmed any more.' } },
  problems: ['wrong-phase'],
});
