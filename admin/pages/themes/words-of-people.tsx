import type * as z from 'zod';
import type { ModeratedText } from '../../../api/moderation/contract.ts';
import { Caption } from '../../components/Caption.tsx';
import { Details } from '../../components/Details.tsx';
import { Tag } from '../../components/Tag.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';

export type Text = z.output<typeof ModeratedText>;

/**
 * Stands first on pages with what people wrote: where urgent help is, and that reading may be hard. In one line on the many
 * pages of an hour, but for those on which something is written.
 */
export function BeforeReading({ isOpen = false }: { isOpen?: boolean }) {
  return (
    <Details summary="Urgent help, and before you read" open={isOpen}>
      <UrgentHelp />
      <p>
        People wrote these words about their own lives, and some of them may be hard to read. Take
        your time. Stop whenever you want to: nothing is lost. If something stays with you, talk
        with whoever supports you in this work.
      </p>
    </Details>
  );
}

/** A text as its writer left it, and nothing of who wrote it. */
export function TextOfPerson({ text, isWhole = true }: { text: Text; isWhole?: boolean }) {
  return (
    <>
      <Caption>{text.prompt}</Caption>
      <p class="fc-text">{isWhole ? text.text : excerptOf(text.text)}</p>
      {text.safeguarding && (
        <p>
          <Tag colour="red">Marked by screening: somebody may be in danger</Tag>
        </p>
      )}
    </>
  );
}

const EXCERPT_CHARACTERS = 300;

/** The beginning of a long text, up to the end of a word. */
export function excerptOf(text: string): string {
  const characters = [...text];
  if (characters.length <= EXCERPT_CHARACTERS) return text;
  const cut = characters.slice(0, EXCERPT_CHARACTERS).join('');
  return `${cut.replace(/\s+\S{0,40}$/, '')} …`;
}
