import type { Content } from './parts.ts';

/** What is wrong with a field and how to mend it. Its id goes into the field's `aria-describedby`. */
export function ErrorMessage({
  children,
  id,
  visuallyHiddenText = 'Error',
}: {
  children: Content;
  id?: string | undefined;
  visuallyHiddenText?: string | undefined;
}) {
  return (
    <span class="nhsuk-error-message" id={id}>
      {visuallyHiddenText && <span class="nhsuk-u-visually-hidden">{visuallyHiddenText}: </span>}
      {children}
    </span>
  );
}
