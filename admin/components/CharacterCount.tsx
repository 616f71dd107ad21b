import { Hint } from './Hint.tsx';
import { idOf } from './parts.ts';
import { Textarea, type TextareaProps } from './Textarea.tsx';

/** A field for more than one line that tells how much may be written and, by the script, how much is left. */
export type CharacterCountProps = Omit<
  TextareaProps,
  'afterInput' | 'groupClasses' | 'groupAttributes' | 'describedBy'
> &
  /** In characters, or in words. */
  ({ maxlength: number; maxwords?: undefined } | { maxwords: number; maxlength?: undefined }) & {
    /** From which share of the limit on, in percent, the script tells how much is left. */
    threshold?: number | undefined;
    /** What is counted, as the script knows it; `length` counts UTF-16 code units. */
    countType?: 'characters' | 'length' | 'words' | undefined;
  };

/** See {@link CharacterCountProps}. */
export function CharacterCount({
  maxlength,
  maxwords,
  threshold,
  countType = maxwords === undefined ? undefined : 'words',
  classes,
  ...field
}: CharacterCountProps) {
  const id = field.id ?? idOf(field.name);
  const messageId = `${id}-info`;
  const text = `You can enter up to ${maxwords ?? maxlength} ${countType === 'words' ? 'words' : 'characters'}`;
  return (
    <Textarea
      {...field}
      id={id}
      describedBy={messageId}
      classes={classes ? `nhsuk-js-character-count ${classes}` : 'nhsuk-js-character-count'}
      groupClasses="nhsuk-character-count"
      groupAttributes={{
        'data-module': 'nhsuk-character-count',
        'data-maxlength': maxlength?.toString(),
        'data-maxwords': maxwords?.toString(),
        'data-threshold': threshold?.toString(),
        'data-count-type': countType,
      }}
      afterInput={
        <Hint id={messageId} classes="nhsuk-character-count__message">
          {text}
        </Hint>
      }
    />
  );
}
