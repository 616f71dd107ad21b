import type { Perspective } from './vocabulary.ts';

/**
 * Who has lived experience of services in their own life. A priority is theirs to choose: what many people said becomes an
 * action once "people with lived experience, together, have decided what matters most" (Rethink, 2022: the golden thread
 * from enquiry to priority). A peer worker speaks from their work here; who also uses services takes part as that.
 */
export const livedExperience: readonly Perspective[] = ['service_user', 'carer'];

/** Whether somebody of a group that decided uses services, or cares for somebody who does. */
export function isLivedExperienceGroup(
  decidedBy: readonly { perspective: Perspective }[],
): boolean {
  return decidedBy.some(({ perspective }) => livedExperience.includes(perspective));
}

/** Whether a day is still to come: nothing has been decided on it. Dates are `YYYY-MM-DD`. */
export function isStillToCome(date: string, today: string): boolean {
  return date > today;
}
