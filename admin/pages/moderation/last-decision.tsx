import { stricterDecisions } from '../../../domain/moderation.ts';
import type { ModerationDecision } from '../../../domain/vocabulary.ts';
import type { Visit } from '../../page.tsx';
import { toDecision } from './decide.ts';
import { type Place, textHref } from './place.ts';

/** What became of a text, once it is decided. */
export const decidedWords: Readonly<Record<ModerationDecision, string>> = {
  publish: 'Published',
  redact: 'Published without some words',
  keep_private: 'Kept private',
  delete: 'Deleted',
};

const other: Readonly<Record<string, string>> = {
  other:
    'Somebody else had decided on that text a moment before you. Theirs stands, and nothing of yours is lost.',
  gone: 'That text is not here any more: whoever wrote it took it back, or somebody deleted it.',
};

/** What was just decided, in one quiet line, with the way to take it back. */
export function LastDecision({ visit, place }: { visit: Visit; place: Place }) {
  const did = visit.query.get('did') ?? '';
  const textId = visit.query.get('text') ?? '';
  const decision = toDecision(did);
  if (decision === undefined) {
    const words = other[did];
    return words === undefined ? null : <p class="fc-last">{words}</p>;
  }
  const canChange = stricterDecisions[decision].length > 0 && textId !== '';
  return (
    <p class="fc-last">
      The last text: {decidedWords[decision].toLowerCase()}.{' '}
      {canChange && (
        <a href={textHref(textId, { ...place, cursor: undefined })}>Change that decision</a>
      )}
    </p>
  );
}
