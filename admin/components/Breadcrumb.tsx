import { BackLink } from './BackLink.tsx';

/** Where the page is: the pages above it, from the start page down. On narrow screens, the last one only. */
export function Breadcrumb({ items }: { items: readonly { text: string; href: string }[] }) {
  const last = items.at(-1);
  return (
    <nav class="nhsuk-breadcrumb" aria-label="Breadcrumb">
      <ol class="nhsuk-breadcrumb__list">
        {items.map(({ text, href }) => (
          <li class="nhsuk-breadcrumb__list-item">
            <a class="nhsuk-breadcrumb__link" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ol>
      {last && (
        <BackLink href={last.href} visuallyHiddenText="Back to">
          {last.text}
        </BackLink>
      )}
    </nav>
  );
}
