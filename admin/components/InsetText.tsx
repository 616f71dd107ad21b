import { type Content, joined } from './parts.ts';

/** Something beside the main text, such as what `*` means in a table. Text is a paragraph of its own. */
export function InsetText({
  children,
  classes,
}: {
  children: Content;
  classes?: string | undefined;
}) {
  return (
    <div class={joined('nhsuk-inset-text', classes)}>
      <span class="nhsuk-u-visually-hidden">Information: </span>
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  );
}
