import type { Content } from './parts.ts';

/** What can be done with a card or a row of a summary: a link or, without `href`, a button of the form around it. */
export type CardActionProps = {
  text: Content;
  /** What the action is about, so that "Change" is clear when read alone. */
  visuallyHiddenText?: string | undefined;
  href?: string | undefined;
  name?: string | undefined;
  value?: string | undefined;
  id?: string | undefined;
};

/** See {@link CardActionProps}; `of` is the heading of the card it stands in. */
export function CardAction({
  text,
  visuallyHiddenText,
  href,
  name,
  value,
  id,
  of,
}: CardActionProps & { of?: Content }) {
  const content = (
    <>
      {text}
      {(visuallyHiddenText || of) && (
        <span class="nhsuk-u-visually-hidden">
          {visuallyHiddenText && ` ${visuallyHiddenText}`}
          {of && <> ({of})</>}
        </span>
      )}
    </>
  );
  if (href !== undefined) {
    return (
      <a class="nhsuk-link" href={href} id={id}>
        {content}
      </a>
    );
  }
  return (
    <button class="nhsuk-link" type="submit" name={name} value={value} id={id}>
      {content}
    </button>
  );
}
