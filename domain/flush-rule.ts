/**
 * When submissions are taken apart. Among fewer than `minWaitingCount` an attacker would link a rating with a text too
 * often by chance alone; more would keep small evaluations waiting. A text says its service and perspective only where at
 * least `minSharingCount` share them, the smallest group that this product ever shows (docs/adr/0012).
 */
export const flushRule = { minWaitingCount: 20, minSharingCount: 5 } as const;

/** A cycle that closes by the clock is taken apart this much later, when whoever was on their way in has come in. */
export const CLOSING_GRACE_MS = 60_000;
