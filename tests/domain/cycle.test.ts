import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CycleTimes,
  isChangeable,
  phaseAt,
  type TransitionTarget,
  transition,
} from '../../domain/cycle.ts';
import { type Phase, phases } from '../../domain/vocabulary.ts';

const start = Date.UTC(2026, 10, 1);
const moment = fc.integer({ min: 0, max: 1_000_000 }).map((ms) => new Date(start + ms));

/** Cycles as the database lets them be: the window is not turned round, results come after it. */
const cycles: fc.Arbitrary<CycleTimes> = fc
  .tuple(fc.option(moment, { nil: null }), moment, moment, fc.boolean())
  .map(([scheduledAt, one, other, isReleased]) => {
    const [opensAt, closesAt] = one <= other ? [one, other] : [other, one];
    return {
      scheduledAt,
      opensAt,
      closesAt,
      releasedAt: isReleased && scheduledAt !== null ? new Date(closesAt.getTime() + 1) : null,
    };
  });

const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const scheduled: CycleTimes = {
  scheduledAt: day(1),
  opensAt: day(10),
  closesAt: day(20),
  releasedAt: null,
};
const draft: CycleTimes = { ...scheduled, scheduledAt: null };
const justBefore = (date: Date) => new Date(date.getTime() - 1);

describe('the phase of a cycle', () => {
  it.each<[string, CycleTimes, Date, Phase]>([
    ['a draft, whatever the time', draft, day(15), 'draft'],
    ['a draft whose window is over', draft, day(25), 'draft'],
    ['let go, a millisecond before opensAt', scheduled, justBefore(day(10)), 'scheduled'],
    ['at opensAt itself', scheduled, day(10), 'open'],
    ['a millisecond before closesAt', scheduled, justBefore(day(20)), 'open'],
    ['at closesAt itself', scheduled, day(20), 'closed'],
    ['released', { ...scheduled, releasedAt: day(22) }, day(23), 'released'],
    [
      'closed in the moment in which it opened',
      { ...scheduled, closesAt: day(10) },
      day(10),
      'closed',
    ],
  ])('%s', (_, cycle, now, phase) => {
    expect(phaseAt(cycle, now)).toBe(phase);
  });

  it('only goes forward as time passes', () => {
    fc.assert(
      fc.property(cycles, moment, moment, (cycle, one, other) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        expect(phases.indexOf(phaseAt(cycle, earlier))).toBeLessThanOrEqual(
          phases.indexOf(phaseAt(cycle, later)),
        );
      }),
    );
  });

  it('lets a cycle be changed before it opens and never after', () => {
    expect(phases.filter(isChangeable)).toEqual(['draft', 'scheduled']);
  });
});

describe('a transition', () => {
  const closed = { ...scheduled, closesAt: day(12) };
  const examples: Record<Phase, CycleTimes> = {
    draft: { ...draft, opensAt: day(14) },
    scheduled: { ...scheduled, opensAt: day(14) },
    open: scheduled,
    closed,
    released: { ...closed, releasedAt: day(12) },
  };
  const now = day(13);
  const allowed = ['draft scheduled', 'draft open', 'scheduled open', 'open closed'];
  const targets: TransitionTarget[] = ['scheduled', 'open', 'closed'];
  const cases = phases.flatMap((from) => targets.map((to) => [from, to] as const));

  it.each(cases)('from %s to %s is as the table says', (from, to) => {
    const cycle = examples[from];
    expect(phaseAt(cycle, now)).toBe(from);
    const outcome = transition(cycle, to, now);
    expect(outcome.allowed).toBe(allowed.includes(`${from} ${to}`));
    if (outcome.allowed) expect(phaseAt({ ...cycle, ...outcome.times }, now)).toBe(to);
    else expect(outcome.detail).toContain(`this cycle is ${from}`);
  });

  /** A cycle of which nothing was done later than `at`: results are only released once it is over. */
  const asOf = (cycle: CycleTimes, at: Date): CycleTimes => ({
    ...cycle,
    releasedAt: cycle.closesAt < at ? cycle.releasedAt : null,
  });

  it('that is allowed puts the cycle into the phase asked for, at once, and never back', () => {
    fc.assert(
      fc.property(cycles, fc.constantFrom(...targets), moment, (made, to, at) => {
        const cycle = asOf(made, at);
        const outcome = transition(cycle, to, at);
        if (!outcome.allowed) return;
        const after = phaseAt({ ...cycle, ...outcome.times }, at);
        expect(after).toBe(to);
        expect(phases.indexOf(after)).toBeGreaterThan(phases.indexOf(phaseAt(cycle, at)));
      }),
    );
  });

  it('that is allowed leaves a window that is not turned round', () => {
    fc.assert(
      fc.property(cycles, fc.constantFrom(...targets), moment, (made, to, at) => {
        const cycle = asOf(made, at);
        const outcome = transition(cycle, to, at);
        if (outcome.allowed)
          expect(outcome.times.closesAt.getTime()).toBeGreaterThanOrEqual(
            outcome.times.opensAt.getTime(),
          );
      }),
    );
  });

  it('to scheduled needs an opensAt that lies ahead', () => {
    expect(transition(draft, 'scheduled', justBefore(day(10))).allowed).toBe(true);
    expect(transition(draft, 'scheduled', day(10))).toEqual({
      allowed: false,
      detail: expect.stringContaining('opensAt has passed'),
    });
  });

  it('to open needs a closesAt that lies ahead', () => {
    expect(transition(draft, 'open', justBefore(day(20))).allowed).toBe(true);
    expect(transition(draft, 'open', day(20))).toEqual({
      allowed: false,
      detail: expect.stringContaining('closesAt has passed'),
    });
  });

  it('to open brings opensAt forward, and leaves one that has passed', () => {
    expect(transition(scheduled, 'open', day(5))).toMatchObject({
      times: { opensAt: day(5), closesAt: day(20), scheduledAt: day(1) },
    });
    expect(transition(draft, 'open', day(15))).toMatchObject({
      times: { opensAt: day(10), closesAt: day(20), scheduledAt: day(15) },
    });
  });

  it('to closed ends the window now', () => {
    expect(transition(scheduled, 'closed', day(15))).toMatchObject({
      times: { opensAt: day(10), closesAt: day(15) },
    });
  });
});
