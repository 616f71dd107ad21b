import type { Content } from './parts.ts';

/** The bottom of every page: links about the service itself. Whose it is, a page says by `children`. */
export function Footer({
  items = [],
  children,
}: {
  items?: readonly { text: string; href: string }[] | undefined;
  children?: Content;
}) {
  return (
    <footer class="nhsuk-footer" role="contentinfo">
      <div class="nhsuk-width-container">
        <div class="nhsuk-footer__meta">
          {items.length > 0 && (
            <>
              <h2 class="nhsuk-u-visually-hidden">Support links</h2>
              <ul class="nhsuk-footer__list">
                {items.map(({ text, href }) => (
                  <li class="nhsuk-footer__list-item">
                    <a class="nhsuk-footer__list-item-link" href={href}>
                      {text}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
          {typeof children === 'string' ? <p class="nhsuk-body-s">{children}</p> : children}
        </div>
      </div>
    </footer>
  );
}
