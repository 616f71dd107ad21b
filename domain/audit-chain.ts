/*
 * The chain of the audit trail: each event holds a hash of what it says and of the event before, so that an event that is
 * changed, removed, put in or moved shows. The database makes the hashes (audit_event_text in db/migrations); this is the
 * same rule, made anew, to hold them against.
 */

/** An audit event as the hash is made of it. */
export interface ChainedEvent {
  number: number;
  /** UTC, to the second, such as `2026-11-22T09:30:00Z`; with a fraction if the database has one, which no event had. */
  occurredAt: string;
  actorKind: string;
  actor: string | null;
  organisations: readonly string[];
  purpose: string;
  requestId: string;
  operation: string;
  subjectKind: string | null;
  subject: string | null;
  outcome: string;
  /** As PostgreSQL writes a jsonb. */
  counts: string | null;
  /** In hexadecimal, as is {@link hash}. */
  previousHash: string;
  hash: string;
}

/** Where a chain stands: its last event. */
export interface ChainEnd {
  number: number;
  hash: string;
}

/** Before the first event. */
export const CHAIN_START: ChainEnd = { number: 0, hash: '0'.repeat(64) };

/** The first place at which a chain is not whole. */
export interface ChainBreak {
  /** The event that is wrong, or that should be there and is not. */
  brokenAt: number;
  why: string;
}

/** The text whose SHA-256 is an event's hash: its members, a line each. */
export function auditEventText(event: ChainedEvent): string {
  return [
    event.number,
    event.occurredAt,
    event.actorKind,
    event.actor ?? '',
    event.organisations.join(','),
    event.purpose,
    event.requestId,
    event.operation,
    event.subjectKind ?? '',
    event.subject ?? '',
    event.outcome,
    event.counts ?? '',
    event.previousHash,
  ].join('\n');
}

/**
 * Follows the chain over the events that come next, in the order of their numbers.
 *
 * @returns where it then stands, or the first place at which it is not whole
 */
export async function followChain(
  end: ChainEnd,
  events: readonly ChainedEvent[],
): Promise<ChainEnd | ChainBreak> {
  let { number, hash } = end;
  for (const event of events) {
    number += 1;
    if (event.number !== number)
      return { brokenAt: number, why: `the next event after it has the number ${event.number}` };
    if (event.previousHash !== hash)
      return { brokenAt: number, why: 'it does not follow the event before it' };
    hash = await sha256Hex(auditEventText(event));
    if (event.hash !== hash || !isUnambiguous(event))
      return { brokenAt: number, why: 'it is not what its hash was made of' };
  }
  return { number, hash };
}

export function isBreak(outcome: ChainEnd | ChainBreak): outcome is ChainBreak {
  return 'brokenAt' in outcome;
}

/** Whether no other members make the same text: two organisations and one with a comma in it read alike there. */
function isUnambiguous({ organisations, actor, subjectKind, subject }: ChainedEvent): boolean {
  return (
    organisations.every((odsCode) => /^[A-Z0-9]+$/.test(odsCode)) &&
    ![actor, subjectKind, subject].includes('')
  );
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
