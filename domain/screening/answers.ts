import type { RemovedKind } from './kinds.ts';
import { screen } from './screen.ts';

/** The answers of a submission as they may be stored, aligned to the cycle's questions. */
export interface ScreenedAnswers {
  answers: (string | null)[];
  /** Whether somebody may be in danger; null where there is no answer. */
  safeguarding: (boolean | null)[];
  /** What was taken out, by the question's position; only where something was. */
  removed: { position: number; removed: { kind: RemovedKind; count: number }[] }[];
}

/** Screens every answer of a submission before it is stored. @param thisYear the clock's year */
export function screenAnswers(
  answers: readonly (string | null)[],
  thisYear: number,
): ScreenedAnswers {
  const screened = answers.map((answer) => (answer === null ? null : screen(answer, { thisYear })));
  return {
    answers: screened.map((answer) => answer?.text ?? null),
    safeguarding: screened.map((answer) => answer?.safeguarding ?? null),
    removed: screened.flatMap((answer, position) =>
      answer !== null && answer.removed.length > 0 ? [{ position, removed: answer.removed }] : [],
    ),
  };
}
