import { CannotStart } from './cannot-start.ts';

/** How long a stack that was told to stop may still hold its port and its directory: npm does not wait for it. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

/**
 * Tries until it succeeds or patience ends, for what the stack before this one may be about to give back.
 * @throws CannotStart as the last attempt did
 */
export async function patiently<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const endsAt = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof CannotStart) || Date.now() >= endsAt) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
