import type { Channel, Perspective, Phase, Polarity, QuestionPublication } from './vocabulary.ts';

/** The timestamps from which a cycle's phase follows. */
export interface CycleTimes {
  /** When an administrator let the draft go; null while it is a draft. */
  scheduledAt: Date | null;
  opensAt: Date;
  closesAt: Date;
  /** When the first release of its results was published; null before. */
  releasedAt: Date | null;
}

/** Most open questions of a cycle. */
export const MAX_QUESTION_COUNT = 20;

/** The rating scale of a standard set: whole numbers from `min` to `max`, one label each. */
export interface Scale {
  min: number;
  max: number;
  labels: string[];
}

export interface Standard {
  code: string;
  title: string;
  statement: string;
}

/** What is rated: standards in the order in which ratings are stored, on one scale. */
export interface RatedSet {
  scale: Scale;
  standards: Standard[];
}

export interface Question {
  code: string;
  prompt: string;
  polarity: Polarity;
  /** `quotes` where it is left out. */
  publication?: QuestionPublication | undefined;
}

export interface Service {
  odsCode: string;
  code: string;
  name: string;
}

/** What a respondent was promised and is checked against: frozen once the cycle is open. */
export interface CycleDefinition extends RatedSet {
  organisations: string[];
  perspectives: Perspective[];
  questions: Question[];
  services: Service[];
  channels: Channel[];
  /** What is asked about the evaluation itself; null where nothing is. Stored after the standards. */
  aboutThisEvaluation: RatedSet | null;
}

/**
 * The phase of a cycle at a moment. Never stored: a status column can disagree with the clock, a
 * timestamp cannot. The window is half-open: at `opensAt` it is open, at `closesAt` it is closed.
 */
export function phaseAt(cycle: CycleTimes, now: Date): Phase {
  if (cycle.scheduledAt === null) return 'draft';
  if (now < cycle.opensAt) return 'scheduled';
  if (now < cycle.closesAt) return 'open';
  return cycle.releasedAt === null ? 'closed' : 'released';
}

/** Phases in which everything about a cycle may still be changed: nobody has answered yet. */
export function isChangeable(phase: Phase): boolean {
  return phase === 'draft' || phase === 'scheduled';
}

export type TransitionTarget = 'scheduled' | 'open' | 'closed';

export type TransitionOutcome =
  | { allowed: true; times: Pick<CycleTimes, 'scheduledAt' | 'opensAt' | 'closesAt'> }
  | { allowed: false; detail: string };

/**
 * What a transition does to a cycle's timestamps, or why it is refused.
 *
 * `scheduled` lets a draft go, to open by itself at `opensAt` (which must lie ahead).
 * `open` opens a draft or scheduled cycle now: an `opensAt` ahead is brought forward, one in the past stays.
 * `closed` ends an open cycle now. Nothing reopens a closed cycle: its results may already be awaited.
 */
export function transition(
  cycle: CycleTimes,
  target: TransitionTarget,
  now: Date,
): TransitionOutcome {
  const phase = phaseAt(cycle, now);
  const { scheduledAt, opensAt, closesAt } = cycle;
  const refused = (detail: string): TransitionOutcome => ({ allowed: false, detail });

  if (target === 'scheduled') {
    if (phase !== 'draft') return refused(`Only a draft can be scheduled; this cycle is ${phase}.`);
    if (opensAt <= now)
      return refused(
        'opensAt has passed: change opensAt to a time ahead, or make the transition to open.',
      );
    return { allowed: true, times: { scheduledAt: now, opensAt, closesAt } };
  }
  if (target === 'open') {
    if (!isChangeable(phase))
      return refused(`Only a draft or scheduled cycle can be opened; this cycle is ${phase}.`);
    if (closesAt <= now)
      return refused('closesAt has passed: change closesAt to a time ahead, then open the cycle.');
    return {
      allowed: true,
      times: { scheduledAt: scheduledAt ?? now, opensAt: opensAt < now ? opensAt : now, closesAt },
    };
  }
  if (phase !== 'open') return refused(`Only an open cycle can be closed; this cycle is ${phase}.`);
  return { allowed: true, times: { scheduledAt, opensAt, closesAt: now } };
}
