import type * as z from 'zod';
import { decideOnText } from '../../../api/moderation/contract.ts';
import { type ModerationDecision, moderationDecisions } from '../../../domain/vocabulary.ts';
import { ApiProblem } from '../../api-client.ts';
import type { Fields } from '../../fields.ts';
import { Redirect, type Visit } from '../../page.tsx';
import { DECIDED, hrefAt, type Place, QUEUE } from './place.ts';
import { OWN_REASON } from './reasons.ts';

/** Carries what was decided on a text when its form was shown, so that nobody decides on what they did not see. */
export const REVISES = 'revises';

/** Only `reason` and what is taken out can be refused by themselves. */
export const labels = { [OWN_REASON]: 'A reason in your own words', w: 'Words to take out' };
export function fieldOf(place: string): string {
  if (place === 'reason') return OWN_REASON;
  return /^ranges\b/.test(place) ? 'w' : place;
}

export function toDecision(word: string): ModerationDecision | undefined {
  return moderationDecisions.find((decision) => decision === word);
}

/** Decides on a text, and goes on; kindly so where somebody else was quicker, or the text is gone. */
export async function decideAndGoOn(
  visit: Visit,
  fields: Fields,
  place: Place,
  body: Omit<z.input<typeof decideOnText.body.schema>, 'revises'>,
): Promise<Redirect> {
  const { textId = '' } = visit.params;
  const revises = toDecision(fields.raw(REVISES));
  try {
    await visit.api.call(decideOnText, {
      params: { textId },
      body: { ...body, ...(revises !== undefined && { revises }) },
    });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 409) return goOn(place, { did: 'other' });
    if (error.status === 404) return goOn(place, { did: 'gone' });
    throw error;
  }
  return goOn(place, { did: body.decision, text: textId });
}

/** To the next text of the queue, or back to the list; a list begins anew, since its order may have changed. */
export function goOn(place: Place, more: Record<string, string>): Redirect {
  return new Redirect(
    place.isOfList
      ? hrefAt(DECIDED, { ...place, cursor: undefined, isOfList: false }, more)
      : hrefAt(QUEUE, place, more),
  );
}
