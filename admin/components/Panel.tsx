import { type Content, type HeadingLevel, headingTag, isShown, joined } from './parts.ts';

/** That something is done, on a confirmation page and nowhere else. */
export function Panel({
  heading,
  headingLevel = 1,
  headingSize,
  variant,
  children,
}: {
  heading: Content;
  headingLevel?: HeadingLevel | undefined;
  headingSize?: 'm' | 'l' | 'xl' | undefined;
  /** `interruption`: before something unusual, to stop and check. */
  variant?: 'interruption' | undefined;
  children?: Content;
}) {
  const Heading = headingTag(headingLevel);
  return (
    <div class={joined('nhsuk-panel', variant && `nhsuk-panel--${variant}`)}>
      <Heading
        class={joined(
          'nhsuk-panel__heading',
          headingSize && `nhsuk-panel__heading--${headingSize}`,
        )}
      >
        {heading}
      </Heading>
      {isShown(children) && <div class="nhsuk-panel__body">{children}</div>}
    </div>
  );
}
