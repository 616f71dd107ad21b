import type { Content } from './parts.ts';

/** The pages that belong together, and which of them this is. */
export function ContentsList({
  items,
  visuallyHiddenText = 'Contents',
  ariaLabel = 'Pages in this guide',
}: {
  items: readonly ({ text: Content; href: string; current?: boolean | undefined } | false)[];
  visuallyHiddenText?: string | undefined;
  ariaLabel?: string | undefined;
}) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: as the package has it
    <nav class="nhsuk-contents-list" role="navigation" aria-label={ariaLabel}>
      <h2 class="nhsuk-u-visually-hidden">{visuallyHiddenText}</h2>
      <ol class="nhsuk-contents-list__list">
        {items.map(
          (item) =>
            item && (
              <li
                class="nhsuk-contents-list__item"
                aria-current={item.current ? 'page' : undefined}
              >
                {item.current ? (
                  <span class="nhsuk-contents-list__current">{item.text}</span>
                ) : (
                  <a class="nhsuk-contents-list__link" href={item.href}>
                    {item.text}
                  </a>
                )}
              </li>
            ),
        )}
      </ol>
    </nav>
  );
}
