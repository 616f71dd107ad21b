import type { Content } from './parts.ts';

/** All that is wrong on a page, above its `h1`, each linked to its field. */
export function ErrorSummary({
  errors,
  heading = 'There is a problem',
  children,
  disableAutoFocus,
}: {
  /** The same words as beside the field; `href` is `#` and the id of the field. */
  errors: readonly { text: Content; href?: string | undefined }[];
  heading?: string | undefined;
  /** What is said before the list, where the errors alone do not do. */
  children?: Content;
  disableAutoFocus?: boolean | undefined;
}) {
  return (
    <div
      class="nhsuk-error-summary"
      data-module="nhsuk-error-summary"
      data-disable-auto-focus={disableAutoFocus === undefined ? undefined : `${disableAutoFocus}`}
    >
      <div role="alert">
        <h2 class="nhsuk-error-summary__heading">{heading}</h2>
        <div class="nhsuk-error-summary__body">
          {children && <p>{children}</p>}
          {errors.length > 0 && (
            <ul class="nhsuk-list nhsuk-error-summary__list">
              {errors.map(({ text, href }) => (
                <li>{href ? <a href={href}>{text}</a> : text}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  );
}
