import type { Content } from './parts.ts';

/** The way back to the page before, above the main content. */
export function BackLink({
  href,
  children = 'Back',
  visuallyHiddenText,
}: {
  href: string;
  children?: Content;
  visuallyHiddenText?: string | undefined;
}) {
  return (
    <a class="nhsuk-back-link" href={href}>
      {visuallyHiddenText && <span class="nhsuk-u-visually-hidden">{visuallyHiddenText} </span>}
      {children}
    </a>
  );
}
