import type * as z from 'zod';
import type { getModerationProgress, ModeratedText } from '../../../api/moderation/contract.ts';
import type { QuestionPublication } from '../../../domain/vocabulary.ts';
import { Caption } from '../../components/Caption.tsx';
import { Details } from '../../components/Details.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { SafeguardingGuidance } from './guidance.tsx';
import { decidedWords } from './last-decision.tsx';
import { MarkedText } from './marked-text.tsx';

export type Text = z.output<typeof ModeratedText>;
export type Progress = z.output<(typeof getModerationProgress.replies)[200]['schema']>['items'];

const promises: Readonly<Record<QuestionPublication, string>> = {
  private: 'People were promised that nothing of this is published.',
  quotes: 'People were told that their words may be quoted.',
  whole: 'People chose this question so that their words may be published whole.',
};

/** How far one is: about, since texts come in while others are read. */
export function HowFar({ progress }: { progress: Progress }) {
  const waiting = sum(progress, (each) => each.waiting);
  const decided = decidedOf(progress);
  const all = waiting + decided;
  if (waiting === 0) return null;
  const words = `Text ${decided + 1} of about ${all}`;
  return (
    <p class="fc-progress">
      <label>
        {words} in {progress[0]?.cycleTitle} <progress max={all} value={decided} />
      </label>
    </p>
  );
}

export function decidedOf(progress: Progress): number {
  return sum(progress, ({ decided }) =>
    Object.values(decided).reduce((total, count) => total + count, 0),
  );
}

function sum(progress: Progress, of: (each: Progress[number]) => number): number {
  return progress.reduce((total, each) => total + of(each), 0);
}

/** One text with all that a moderator may know of it, and nothing that anybody rated. */
export function TextShown({ text, isOpen }: { text: Text; isOpen: boolean }) {
  const marked = <MarkedText text={text.text} findings={text.highlights} />;
  return (
    <>
      <Help isOpen={text.safeguarding} />
      <h1 class="nhsuk-heading-l">
        <Caption size="l">People were asked</Caption>
        {text.prompt}
      </h1>
      <WhereFrom text={text} />
      {text.safeguarding && <SafeguardingGuidance />}
      {text.held && (
        <InsetText>
          Look twice: it likely has a name, a place or a long number in it, which is marked below.
        </InsetText>
      )}
      {text.safeguarding ? (
        <Details summary="Show the text, which may be distressing" open={isOpen}>
          {marked}
        </Details>
      ) : (
        marked
      )}
    </>
  );
}

/** Where help is, first of all; in one line on the many pages of an hour, unless somebody may be in danger. */
export function Help({ isOpen }: { isOpen: boolean }) {
  return (
    <Details summary="Urgent help, for you or somebody else" open={isOpen}>
      <UrgentHelp />
    </Details>
  );
}

/** Where a text came in, what was promised, and what was decided. */
export function WhereFrom({ text }: { text: Text }) {
  const { organisation, service, publication, decision } = text;
  return (
    <p class="nhsuk-hint">
      {service === null
        ? `Written about ${organisation}.`
        : `Written about ${organisation}, ${service}.`}{' '}
      {promises[publication]}
      {decision !== null && (
        <>
          {' '}
          <strong>{decidedWords[decision]}</strong> already.
        </>
      )}
    </p>
  );
}
