import { Icon } from './Icon.tsx';
import { type Content, joined } from './parts.ts';

/** Where the header leads. `current`: this very page; `active`: a page beneath it. */
export type HeaderNavigationItem = {
  text: string;
  href: string;
  current?: boolean | undefined;
  active?: boolean | undefined;
};

/** Who is signed in, and what they can do about it: text, a link, or with `action` the button of a form. */
export type HeaderAccountItem = {
  text: string;
  /** Shows a person beside the text. */
  icon?: boolean | undefined;
  href?: string | undefined;
  action?: string | undefined;
  /** What the form sends besides, such as the form token. */
  fields?: Readonly<Record<string, string>> | undefined;
};

/**
 * The top of every page: the service, where it leads, and who is signed in. The package's header without
 * the NHS logo, which a supplier may not use.
 */
export type HeaderProps = {
  service: { text: string; href?: string | undefined };
  navigation?: readonly (HeaderNavigationItem | false | undefined)[] | undefined;
  account?: readonly (HeaderAccountItem | false | undefined)[] | undefined;
};

function AccountItem({ item }: { item: HeaderAccountItem }) {
  const content: Content = (
    <>
      {item.icon && <Icon name="user" />}
      {item.text}
    </>
  );
  if (item.href !== undefined) {
    return (
      <a class="nhsuk-header__account-link" href={item.href}>
        {content}
      </a>
    );
  }
  if (item.action === undefined) return content;
  return (
    <form class="nhsuk-header__account-form" action={item.action} method="post" novalidate>
      {Object.entries(item.fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {/* biome-ignore lint/a11y/useButtonType: as the package has it; it submits */}
      <button class="nhsuk-header__account-button">{content}</button>
    </form>
  );
}

function Navigation({ items }: { items: readonly (HeaderNavigationItem | false | undefined)[] }) {
  return (
    <nav class="nhsuk-header__navigation" aria-label="Menu">
      <div class="nhsuk-header__navigation-container nhsuk-width-container">
        <ul class="nhsuk-header__navigation-list">
          {items.map((item) => {
            if (!item) return null;
            const isHere = item.current || item.active;
            return (
              <li
                class={joined(
                  'nhsuk-header__navigation-item',
                  isHere && 'nhsuk-header__navigation-item--current',
                )}
              >
                <a
                  class="nhsuk-header__navigation-link"
                  href={item.href}
                  aria-current={isHere ? (item.current ? 'page' : 'true') : undefined}
                >
                  {isHere ? (
                    <strong class="nhsuk-header__navigation-item-current-fallback">
                      {item.text}
                    </strong>
                  ) : (
                    item.text
                  )}
                </a>
              </li>
            );
          })}
          <li class="nhsuk-header__menu" hidden>
            {/* biome-ignore lint/a11y/useButtonType: as the package has it; it stands in no form */}
            <button
              class="nhsuk-header__menu-toggle nhsuk-header__navigation-link"
              id="toggle-menu"
              aria-expanded="false"
            >
              <span class="nhsuk-u-visually-hidden">Browse </span>More
            </button>
          </li>
        </ul>
      </div>
    </nav>
  );
}

/** See {@link HeaderProps}. */
export function Header({ service, navigation = [], account = [] }: HeaderProps) {
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: as the package has it
    <header class="nhsuk-header" data-module="nhsuk-header" role="banner">
      <div class="nhsuk-header__container nhsuk-width-container">
        <div class="nhsuk-header__service">
          {service.href ? (
            <a class="nhsuk-header__service-name" href={service.href}>
              {service.text}
            </a>
          ) : (
            <span class="nhsuk-header__service-name">{service.text}</span>
          )}
        </div>
        {account.length > 0 && (
          <nav class="nhsuk-header__account" aria-label="Account">
            <ul class="nhsuk-header__account-list">
              {account.map(
                (item) =>
                  item && (
                    <li class="nhsuk-header__account-item">
                      <AccountItem item={item} />
                    </li>
                  ),
              )}
            </ul>
          </nav>
        )}
      </div>
      {navigation.length > 0 && <Navigation items={navigation} />}
    </header>
  );
}
